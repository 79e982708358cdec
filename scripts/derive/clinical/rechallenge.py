"""Rechallenge: what happened when the drug was given again, in two readings side by side (definitions: rechallenge).

`reported` is what the source says; the strict reading is that of `rechallenge_strict`.
"""

import numpy as np

from schemas.fields import NO_VALUE
from schemas.rows_by_case import Row
from scripts.derive.clinical.mitigation import FIELDS, another_way, modifiers
from scripts.derive.clinical.rechallenge_record import (
    NOT_DONE,
    NOT_RECURRED,
    OUTCOME_OPEN,
    RECURRED,
    SAID,
    Record,
    events_of,
)
from scripts.derive.clinical.rechallenge_strict import (
    class_of_symptoms,
    class_of_tests,
    ended_before,
    fraction_of_doses,
    said_absent,
    since_restart,
    strict_class,
)
from scripts.derive.exposures import UNDATED_LINE
from scripts.derive.rows_of_cases import joined, runs
from scripts.words import times
from scripts.words.wording import span

REPORTED = {RECURRED: "recurred", NOT_RECURRED: "not_recurred", OUTCOME_OPEN: "unknown"}


def rechallenges(record: Record) -> list[Row]:
    """Rows of the table `rechallenges` of one case, without the group."""
    if not record.exposures:
        return []
    later = [exposure for exposure in record.exposures if _after_the_first_episode(exposure, record)]
    rows = _past_reaction(record) + [_re_exposure(exposure, record) for exposure in later] + _continued(record)
    if not later:
        rows += _without_exposure(record)
    return rows


def _after_the_first_episode(exposure: Row, record: Record) -> bool:
    """A re-exposure begins after the exposure with the first episode; without an episode, after the first exposure."""
    home = int(record.first["exposure"]) if record.first else 1
    return int(exposure["exposure"]) > home


def _re_exposure(exposure: Row, record: Record) -> Row:
    exposure_number = exposure["exposure"]
    reactions, tests = record.reactions.get(exposure_number, []), record.tests.get(exposure_number, [])
    fraction = fraction_of_doses(exposure, record)
    ended, ended_by = ended_before(exposure, record)
    recurred, doubtful, tests_class = class_of_tests(record, since_restart(tests))
    new, symptoms_class = class_of_symptoms(record, since_restart(reactions))
    reported_reading = reported(reactions, record.code, described=True)
    row = {
        "case_id": record.case,
        "exposure": exposure_number,
        "course": exposure["course"],
        "kind": "re_exposure",
        "gap": _gap(exposure),
        "doses_given": _given(exposure),
        "dose_fraction": fraction,
        **{field: exposure[field] for field in FIELDS},
        "modifiers": modifiers(
            exposure, fraction, another_way(record.doses.get(record.home, []), record.doses.get(exposure_number, []))
        ),
        "e2b_literal": record.literal,
        "reported": reported_reading,
        "symptoms": symptoms_class,
        "symptoms_new": new,
        "tests": tests_class,
        "tests_recurred": recurred,
        "tests_doubtful": doubtful,
        "ended_by": ended_by,
        **strict_class(exposure, record, ended, fraction, reported_reading),
    }
    if row["reported"] == "not_recurred":
        coded = ["assessments.rechallenge"] if record.code == NOT_RECURRED else []
        row["basis"] = joined([*row["basis"].split("; "), *said_absent(reactions), *coded])
    if row["event"] == "exposure_continued":
        row |= {"kind": "exposure_continued", "symptoms": "exposure_continued", "tests": "exposure_continued"}
    return row


def reported(reactions: list[Row], code: str, *, described: bool, from_extract: bool = False) -> str:
    """As the source says it: recurred before unknown before not recurred, where statements differ; that the drug was not
    given again only where nothing else is told.

    An extract codes `no` for `not done` too: without a described restart its outcome is unknown.
    """
    readings = {
        "recurred" if row["occurred"] == "yes" else "not_recurred"
        for row in events_of(reactions)
        if row["occurred"] in ("yes", "no")
    }
    if code in REPORTED:
        word = REPORTED[code]
        readings.add("unknown" if word == "not_recurred" and from_extract and not described else word)
    return next(
        (word for word in SAID if word in readings),
        "unknown" if described else "not_done" if code == NOT_DONE else "not_stated",
    )


def _gap(exposure: Row) -> str:
    low, high = exposure["gap_lower"], exposure["gap_upper"]
    told = low not in NO_VALUE or high not in NO_VALUE
    return times.amount(low, high, exposure["gap_scale"]) if told else low


def _given(exposure: Row) -> str:
    low, high = exposure["given_lower"], exposure["given_upper"]
    return span(low, high) if low not in NO_VALUE or high not in NO_VALUE else low


def _continued(record: Record) -> list[Row]:
    """Doses of the first exposure that surely followed its onset; after its end they are `within_course`.

    None where its dated lines may be several exposures: then it is not known what they were.
    """
    first = record.first
    if first is None:
        return []
    home = next(exposure for exposure in record.exposures if exposure["exposure"] == first["exposure"])
    if home["not_one_because"] not in ("", UNDATED_LINE):
        return []
    days = record.begins.get(first["exposure"], [])
    after = [(place, day) for place, day in enumerate(days, start=1) if day >= first["onset_upper"]]
    resumed = [place for place, day in after if day >= first["end_upper"]]
    going_on = [place for place, day in after if not day >= first["end_upper"]]
    rows = []
    for kind, places, why in (
        ("exposure_continued", going_on, "followed the first symptom: not a rechallenge"),
        ("within_course", resumed, "followed the end of the event within the course"),
    ):
        if places:
            named = runs(places)
            class_name = "exposure_continued" if kind == "exposure_continued" else "not_stated"
            rows.append(
                dict.fromkeys(("event", "symptoms", "tests"), class_name)
                | {
                    "case_id": record.case,
                    "exposure": first["exposure"],
                    "kind": kind,
                    "doses_given": named,
                    "course": home["course"],
                    "reported": "not_stated",
                    "why": f"dose {named} of the course {why}",
                    "basis": f"doses[{named}]",
                }
            )
    return rows


def _without_exposure(record: Record) -> list[Row]:
    """A code without a described re-exposure, or lines that may be a second exposure."""
    if record.code:
        return [_code_only(record)]
    why = joined([exposure["not_one_because"] for exposure in record.exposures])
    if not why:
        return []
    return [
        dict.fromkeys(("event",), "not_assessable")
        | {
            "case_id": record.case,
            "kind": "not_assessable",
            "reported": "not_stated",
            "symptoms": "not_stated",
            "tests": "not_stated",
            "why": f"one or several exposures: {why}",
            "basis": record.exposures[0]["basis"],
        }
    ]


def _past_reaction(record: Record) -> list[Row]:
    """The event after a past use of the drug and again in this one: of the first nobody says whether it had ended."""
    first = record.first
    if not record.past or first is None:
        return []
    home = next(exposure for exposure in record.exposures if exposure["exposure"] == first["exposure"])
    row = {
        "case_id": record.case,
        "exposure": home["exposure"],
        "course": home["course"],
        "kind": "past_reaction",
        "doses_given": _given(home),
        **{field: home[field] for field in FIELDS},
        "modifiers": modifiers(home, np.nan),
        "reported": "recurred",
        "event": "inconclusive",
        "symptoms": "not_stated",
        "tests": "not_stated",
        "why": "of the earlier use only the reaction in the past is told",
        "basis": joined([*record.past, first["basis"]]),
    }
    return [row]


def _code_only(record: Record) -> Row:
    """Not done if the code says so, else inconclusive: only the code describes the re-exposure."""
    return {
        "case_id": record.case,
        "kind": "code_only",
        "modifiers": modifiers(dict.fromkeys(FIELDS, ""), np.nan),
        "e2b_literal": record.literal,
        "reported": reported([], record.code, described=False, from_extract=record.from_extract),
        "event": "not_done" if record.code == NOT_DONE else "inconclusive",
        "symptoms": "not_stated",
        "tests": "not_stated",
        "why": "only a code is reported",
        "basis": "assessments.rechallenge",
    }
