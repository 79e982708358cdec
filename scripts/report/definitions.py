"""The definitions used, with the conventions of this run and the sources of the profile's facts."""

from schemas.profile import Analyte, Profile, Schedule
from scripts.files.bundle import Bundle
from scripts.words.wording import clock, name, percent

OF_EVERY_SERIES = (
    "Study day",
    "Clocks",
    "Known to possible",
    "Limits",
    "Median",
    "Dechallenge",
    "Rechallenge",
    "Missing",
)
"""Terms whose words hold no fact of a profile: what a copy to share prints."""


def definitions(bundle: Bundle) -> list[tuple[str, str]]:
    """(term, words) in the order of reading."""
    event, drug, declared = bundle.profile.event, bundle.profile.drug, bundle.conventions
    effect = (
        f"{drug.effect.words} (at least {drug.effect.at_least:g} {drug.effect.unit}; {drug.effect.source})"
        if drug.effect
        else "not given"
    )
    return [
        ("Case", f"{drug.name} as suspect drug and one of the event terms: {', '.join(event.terms)}."),
        (
            "Not a case",
            "; ".join(f"{term}: {why}" for term, why in event.not_this_event.items()) or "no look-alikes named",
        ),
        ("Certainty", event.certainty.source or "as reported"),
        (
            "Study day",
            "First dose day of the index course is day 1; there is no day 0. As elapsed time, study day [a, b] is "
            "(a-1, b] days from the beginning of the dosing day; a date k days after the dosing date is (k, k+1].",
        ),
        (
            "Onset",
            f"Three endpoints are given side by side; the primary one is {name(declared.onset)} on the "
            f"{name(declared.clock)} clock. First symptom: earliest sign or symptom judged part of the event. "
            f"Characteristic sign: {', '.join(event.sentinel_signs) or 'none declared'}. Diagnosis: first test that shows the event.",
        ),
        ("Clocks", "First dose of the index course; last dose at or before onset; first exposure ever."),
        (
            "Resolution",
            f"Primary: {name(event.primary_resolution)}. Times with different starting points are put together only for: "
            f"{', '.join(map(clock, event.poolable_origins)) or 'none'}. Death is a state of its own; improvement and sequelae are not resolution.",
        ),
        (
            "Known to possible",
            "From the cases whose whole interval lies by time t to those whose interval begins before t; a case that "
            "straddles t is possible, not known.",
        ),
        (
            "Limits",
            f"Exact (Clopper-Pearson), level {percent(declared.level)}; lower limit of the known, upper of the possible.",
        ),
        (
            "Median",
            "Bounds first: median of the lower ends to median of the upper ends. The nonparametric maximum likelihood "
            "estimate (Turnbull) is given beside it, with a warning where one case decides its shape.",
        ),
        (
            "Dechallenge",
            "Derived from action taken and outcome; not applicable when the course was complete; not assessable when fatal.",
        ),
        ("Effect of the drug", effect),
        *profile_facts(bundle.profile),
        ("Not checked", not_checked(bundle.profile)),
        (
            "Rechallenge",
            "A later course after the event had resolved. Missing information is never taken as `not rechallenged`; doses of "
            "the same course after onset are continued exposure. Event, symptoms and tests are classified separately.",
        ),
        (
            "Missing",
            "Reasons are kept apart: not stated (text read in full), not seen (text not available), unknown, masked, not applicable, no information.",
        ),
    ]


def profile_facts(profile: Profile) -> list[tuple[str, str]]:
    """(term, words) of what the profile holds the data against, each fact with its source; `not given` where it holds none."""
    first = profile.drug.first_used
    without = [group for group in profile.groups if group not in profile.schedules]
    schedules = [_schedule(group, schedule) for group, schedule in profile.schedules.items()]
    facts = {
        "First use of the drug": [f"{first.date} ({first.source})"] if first else [],
        "Usual schedule": schedules + ([f"none for {', '.join(without)}"] if schedules and without else []),
        "Usual limits of tests": [_limits(test, analyte) for test, analyte in profile.analytes.items()],
        "Competing causes": [
            f"{kind}: {cause.why} ({cause.source})" for kind, cause in profile.event.competing.items()
        ],
        "Usual ages": [
            f"{group}: {ages.lower:g} to {ages.upper:g} years ({ages.source})"
            for group, ages in profile.plausible_ages.items()
        ],
        "Usual time between doses": [
            f"{drug}: {interval.every:g} {interval.unit} ({interval.source})"
            for drug, interval in profile.usual_intervals.items()
        ],
    }
    return [(term, "; ".join(statements) or "not given") for term, statements in facts.items()]


def not_checked(profile: Profile) -> str:
    """What the report does without, because the profile does not hold the fact for it; said here and nowhere else."""
    event, drug = profile.event, profile.drug
    held = {
        "look-alikes of the event (`event.not_this_event`): none is kept out by its name": event.not_this_event,
        "the characteristic sign (`event.sentinel_signs`): it has no onset of its own": event.sentinel_signs,
        "other causes (`event.competing`): none is looked for, and none counts as excluded": event.competing,
        "certainty (`event.certainty`): no case is confirmed or probable": event.certainty.confirmed_by
        or event.certainty.signs,
        "how long recurrence must be looked for (`event.risk_window`): the longest time to onset of the series is "
        "used instead": event.risk_window,
        "exposures before the drug was in use (`drug.first_used`)": drug.first_used,
        "an effect beyond the last dose (`drug.effect`)": drug.effect,
        "when a further line of a message is a new exposure (`drug.new_exposure_after`): 30 days are used instead": (
            drug.new_exposure_after or profile.usual_intervals
        ),
        "groups by indication (`groups`): all patients are one": profile.groups,
        "doses against the usual schedule (`schedules`)": profile.schedules,
        "results of tests against usual limits (`analytes`)": profile.analytes,
        "ages against the indication (`plausible_ages`)": profile.plausible_ages,
        "resolution times with different starting points (`event.poolable_origins`): none are put together": event.poolable_origins,
    }
    return "; ".join(what for what, fact in held.items() if not fact) or "nothing: the profile holds every fact"


def _schedule(group: str, schedule: Schedule) -> str:
    planned = ", then ".join(map(str, schedule.planned_doses))
    return f"{group}: {schedule.dose:g} {schedule.unit} a dose, {planned} doses a course ({schedule.source})"


def _limits(test: str, analyte: Analyte) -> str:
    limits = [
        f"{word} {value:g}" for word, value in (("from", analyte.lower), ("up to", analyte.upper)) if value is not None
    ]
    return f"{test}: {' '.join(limits)} {analyte.unit} ({analyte.source})"
