"""Q45: an onset counted from something that no clock of the series knows, so that it is shown and enters no number; or
one that is told apart from the others."""

import pandas as pd

from schemas.codes import labels
from schemas.fields import stated
from schemas.profile import Profile
from scripts.clock.intervals import DOSES
from scripts.records.routes import through_mother
from scripts.validate.clock import COURSE
from scripts.validate.flags import as_severe, flag, matching, narrow, together
from scripts.validate.names import of_the_drug
from scripts.validate.row_keys import joined
from scripts.validate.rules.time_columns import typed

OF_THE_EVENT = ("event", "sentinel_sign", "symptom")
TIME = ("onset_date", "onset_lower", "onset_upper", "onset_scale", "onset_origin")
NOT_SAID = (
    "Say in 'onset_origin' what the source counts from, or write to the authors; until then it is a stratum of its own."
)
ELSEWHERE = "Give the onset from a dose, or when that happened counted from a dose, in the units of the source."
NO_DOSES = "List the doses with their days in 'doses': then the clock of the first dose can use it."
APART = "Nothing to mend if that is meant: the time is shown and counted on a clock of its own."


def find(tables: dict[str, pd.DataFrame], profile: Profile) -> pd.DataFrame:
    """Onsets of the event and its signs that the clock of the first dose cannot use."""
    rows = narrow(tables["reactions"], "role", "occurred", "attribution", "course", "present_before", *TIME)
    own = rows["role"].isin(OF_THE_EVENT) & (rows["occurred"] == "yes") & (rows["attribution"] != "unlikely")
    timed = (stated(rows["onset_lower"]) | stated(rows["onset_upper"])) & ~stated(rows["onset_date"])
    apart = _told_apart(rows[own & (timed | stated(rows["onset_date"]))], _doses_of_the_drug(tables, profile))
    rows = rows[own & timed & stated(rows["onset_scale"])]
    origin = rows["onset_origin"]
    elsewhere = rows[stated(origin) & ~origin.isin(DOSES) & ~matching(origin, lambda text: text.startswith("onset:"))]
    unsaid = rows[origin == "not_stated"]
    undated = rows[(origin == "last_dose") & ~_doses_have_days(rows, tables)]
    said = "counted from " + elsewhere["onset_origin"].map(labels("origin")).fillna(elsewhere["onset_origin"])
    return together(
        [
            *apart,
            _unusable(unsaid, "a time whose source does not say what it is counted from", NOT_SAID),
            _unusable(elsewhere, said + ", which is no dose", ELSEWHERE),
            _unusable(undated, "counted from the last dose, and the doses have no days", NO_DOSES),
        ]
    )


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
        (rows[worse], "it was there before the drug: the onset is that of its worsening, told apart"),
        (rows[child], "exposed through the mother: the onset is counted from the mother's first dose, told apart"),
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
