"""Q45: an onset counted from something that no clock of the series knows, so that it is shown and enters no number; or
one that is told apart from the others."""

from operator import methodcaller

import pandas as pd

from schemas.codes import labels
from schemas.fields import NO_VALUE, stated
from schemas.profile import Profile
from scripts.clock.intervals import DOSES
from scripts.records.routes import through_mother
from scripts.validate.clock import COURSE, starts
from scripts.validate.flags import as_severe, flag, matching, narrow, together
from scripts.validate.names import of_the_drug
from scripts.validate.row_keys import joined
from scripts.validate.rules.event_courses import of_the_event
from scripts.validate.rules.time_columns import typed

OF_THE_EVENT = ("event", "sentinel_sign", "symptom")
OF_AN_ONSET = methodcaller("startswith", "onset:")
DATED = "date"
TIME = ("onset_date", "onset_lower", "onset_upper", "onset_scale", "onset_origin")
NOT_SAID = (
    "Say in 'onset_origin' what the source counts from, or write to the authors; until then it is a stratum of its own."
)
ELSEWHERE = "Give the onset from a dose, or when that happened counted from a dose, in the units of the source."
UNTIMED = "Give the onset from a dose, or a time from a dose to the reaction it is counted from."
NO_START = "Give the date of the first dose in `courses`, and that of the onset, where the source has them."
NO_DOSES = "List the doses with their days in 'doses': then the clock of the first dose can use it."
APART = "Nothing to correct if that is intended: the time is shown and counted on a clock of its own."


def find(tables: dict[str, pd.DataFrame], profile: Profile) -> pd.DataFrame:
    """Onsets of the event and its signs that the clock of the first dose cannot use."""
    rows = narrow(tables["reactions"], "role", "occurred", "attribution", "course", "present_before", *TIME)
    own = rows["role"].isin(OF_THE_EVENT) & (rows["occurred"] == "yes") & (rows["attribution"] != "unlikely")
    timed = (stated(rows["onset_lower"]) | stated(rows["onset_upper"])) & ~stated(rows["onset_date"])
    apart = _told_apart(rows[own & (timed | stated(rows["onset_date"]))], _doses_of_the_drug(tables, profile))
    rows = rows[own & timed & stated(rows["onset_scale"])]
    origin = rows["onset_origin"]
    elsewhere = rows[stated(origin) & ~origin.isin(DOSES) & ~matching(origin, OF_AN_ONSET)]
    unsaid = rows[origin == "not_stated"]
    nowhere = rows[~_leads_to_a_dose(rows, tables["reactions"])]
    undated = rows[(origin == "last_dose") & ~_doses_have_days(rows, tables)]
    said = "counted from " + elsewhere["onset_origin"].map(labels("origin")).fillna(elsewhere["onset_origin"])
    return together(
        [
            *apart,
            *_without_a_day_to_count_from(tables, profile),
            _unusable(unsaid, "a time whose source does not say what it is counted from", NOT_SAID),
            _unusable(elsewhere, said + ", which is no dose", ELSEWHERE),
            _unusable(nowhere, "counted from an onset that is itself not known from a dose", UNTIMED),
            _unusable(undated, "counted from the last dose, and the doses have no days", NO_DOSES),
        ]
    )


def _without_a_day_to_count_from(tables: dict[str, pd.DataFrame], profile: Profile) -> list[pd.DataFrame]:
    """Dates of the event, its signs, the tests that show it and the death, where no date says from which day they count.

    An onset, a diagnosis and a death count from the first dose, an end and a death from the onset of the event.
    """
    if not profile.drug.substances:
        return []
    reactions, tests, deaths = tables["reactions"], tables["tests"], tables["deaths"]
    own = (
        reactions["role"].isin(OF_THE_EVENT)
        & (reactions["occurred"] == "yes")
        & (reactions["attribution"] != "unlikely")
    )
    event, shown = of_the_event(tables), tests[tests["reading"] == "shows_event"]
    dosed = _cases_with_a_first_dose(tables, profile)
    begun = set(event.loc[stated(event["onset_date"]), "case_id"])
    counted = set(event.loc[event["onset_origin"].isin(DOSES), "case_id"]) & dosed
    parts = (
        ("reactions", "onset", reactions[own], dosed),
        ("tests", "time", shown, dosed),
        ("reactions", "end", event[event["outcome"] != "fatal"], begun | counted),
        ("deaths", "time", deaths, dosed | begun),
    )
    return [_undated(name, prefix, rows[~rows["case_id"].isin(known)]) for name, prefix, rows, known in parts]


def _undated(name: str, prefix: str, rows: pd.DataFrame) -> pd.DataFrame:
    bare = rows[f"{prefix}_lower"].isin(NO_VALUE) & rows[f"{prefix}_upper"].isin(NO_VALUE)
    rows = rows[bare & stated(rows[f"{prefix}_date"])]
    what = "a date, but no date for what it is counted from: reported, not usable"
    return as_severe(flag(name, rows, "Q45", f"{prefix}_date", what, cure=NO_START), "information")


def _cases_with_a_first_dose(tables: dict[str, pd.DataFrame], profile: Profile) -> set[str]:
    """Cases of which a course of the drug has a start, or a dose, with its date."""
    courses, dated = tables["courses"], starts(tables)
    own = courses[of_the_drug(courses, profile)]
    return set(own.loc[joined(own, COURSE).isin(dated.index), "case_id"])


def _leads_to_a_dose(rows: pd.DataFrame, reactions: pd.DataFrame) -> pd.Series:
    """Rows not counted from an onset, or from one that is in the end counted from a dose, or has a date."""
    origins = reactions["onset_origin"].mask(stated(reactions["onset_date"]), DATED)
    next_of = dict(zip(zip(reactions["case_id"], reactions["reaction"], strict=True), origins, strict=True))
    pairs = zip(rows["case_id"], rows["onset_origin"], strict=True)
    last = pd.Series([_last_origin(case, origin, next_of) for case, origin in pairs], index=rows.index, dtype=object)
    return ~matching(rows["onset_origin"], OF_AN_ONSET) | last.isin([*DOSES, DATED])


def _last_origin(case: str, origin: str, next_of: dict[tuple[str, str], str]) -> str:
    """What a chain of onsets is counted from; blank where it leads back to itself."""
    seen: set[str] = set()
    while OF_AN_ONSET(origin):
        if origin in seen:
            return ""
        seen.add(origin)
        origin = next_of.get((case, origin.removeprefix("onset:")), "")
    return origin


def _doses_of_the_drug(tables: dict[str, pd.DataFrame], profile: Profile) -> pd.DataFrame:
    """Doses of the courses that `derive` takes for exposures: of the drug of the series, as suspect or interacting."""
    doses, courses = tables["doses"], tables["courses"]
    own = courses[of_the_drug(courses, profile) & courses["role"].isin(["suspect", "interacting"])]
    return doses[joined(doses, COURSE).isin(joined(own, COURSE))]


def _told_apart(rows: pd.DataFrame, doses: pd.DataFrame) -> list[pd.DataFrame]:
    """Onsets of what was there before the drug and worsened, and of children exposed through the mother by these doses."""
    child = rows["case_id"].isin(doses.loc[through_mother(doses), "case_id"])
    worse = (rows["present_before"] == "yes") & ~child
    parts = (
        (rows[worse], "it was there before the drug: the onset is that of its worsening, kept apart"),
        (rows[child], "exposed through the mother: the onset is counted from the mother's first dose, kept apart"),
    )
    return [
        as_severe(
            flag("reactions", part, "Q45", "present_before", what, value=typed(part, "onset"), cure=APART),
            "information",
        )
        for part, what in parts
    ]


def _unusable(rows: pd.DataFrame, what: str | pd.Series, cure: str) -> pd.DataFrame:
    return flag("reactions", rows, "Q45", "onset_origin", what, value=typed(rows, "onset"), cure=cure)


def _doses_have_days(rows: pd.DataFrame, tables: dict[str, pd.DataFrame]) -> pd.Series:
    """Rows whose course is one dose, or lists a dose with its day or date."""
    doses, courses = tables["doses"], tables["courses"]
    dated = doses[stated(doses["time_date"]) | stated(doses["time_upper"])]
    single = courses[courses["given_upper"] == "1"]
    return joined(rows, COURSE).isin([*joined(dated, COURSE), *joined(single, COURSE)])
