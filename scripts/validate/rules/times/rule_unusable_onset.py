"""Q45: a time of the event that no clock of the series can use, so that it is shown and enters no number; or an onset that
is told apart from the others."""

from operator import methodcaller

import pandas as pd

from schemas.codes import labels
from schemas.fields import bounded, stated, timed
from schemas.profile import Profile
from scripts.clock.intervals import DOSES, STUDY_DAYS, calendar
from scripts.clock.named_origins import DIAGNOSIS
from scripts.records.drugs import is_suspect, of_the_drug
from scripts.records.events import is_sign, shows_event
from scripts.records.uses import is_of_one_dose, is_the_only_dose, through_mother
from scripts.validate.clock import COURSE, starts
from scripts.validate.flags import as_severe, flag, matching, together
from scripts.validate.row_keys import SEPARATOR, joined
from scripts.validate.rules.event_courses import of_the_event
from scripts.validate.rules.time_columns import typed
from scripts.validate.usable_elsewhere import FROM_LAST_DOSE

OF_AN_ONSET = methodcaller("startswith", "onset:")
DATED = "date"
NOT_SAID = "Say what the source counts from, or write to the authors; until then it is a stratum of its own."
ELSEWHERE = "Give the onset from a dose, or when that happened counted from a dose, in the units of the source."
UNTIMED = "Give the onset from a dose, or a time from a dose to the reaction it is counted from."
NO_START = "Give the date of the first dose in `courses`, and that of the onset, where the source has them."
NO_DOSES = (
    "List the doses with their days in 'doses': then the clock of the first dose can use it. Or count the series from the last "
    "dose: `analysis: {clock: last_dose}` in the config."
)
WORSENING = "Give as its onset the time at which it worsened, where the source has it; else nothing to do."
APART = "Nothing to do if that is meant: the time is shown and counted on a clock of its own."


def find(tables: dict[str, pd.DataFrame], profile: Profile) -> pd.DataFrame:
    """Times of the event, its signs and the tests that show it, that the clock of the first dose cannot use."""
    event_rows, shown = _of_the_event(tables["reactions"]), tables["tests"][shows_event(tables["tests"])]
    return together(
        [
            *_told_apart(event_rows[timed(event_rows, "onset")], _doses_of_the_drug(tables, profile)),
            _worsened_sometime(event_rows[~timed(event_rows, "onset")]),
            *_without_a_day_to_count_from(tables, profile),
            *_counted_from_elsewhere("reactions", "onset", event_rows, tables),
            *_counted_from_elsewhere("tests", "time", shown, tables),
        ]
    )


def _of_the_event(reactions: pd.DataFrame) -> pd.DataFrame:
    return reactions[is_sign(reactions)]


def _counted_from_elsewhere(
    table_name: str, prefix: str, rows: pd.DataFrame, tables: dict[str, pd.DataFrame]
) -> list[pd.DataFrame]:
    """Bounds, without a date, that are counted from no dose, or from one whose day is not known."""
    rows = rows[rows[f"{prefix}_origin"] != "first_dose"]
    rows = rows[bounded(rows, prefix) & ~stated(rows[f"{prefix}_date"]) & stated(rows[f"{prefix}_scale"])]
    if not len(rows):
        return []
    origin = rows[f"{prefix}_origin"]
    of_an_onset = matching(origin, OF_AN_ONSET)
    diagnosed = (origin == DIAGNOSIS) & rows["case_id"].isin(_diagnosed(tables))
    elsewhere = rows[stated(origin) & ~origin.isin(DOSES) & ~of_an_onset & ~diagnosed]
    from_there = elsewhere[f"{prefix}_origin"]
    nowhere = rows[of_an_onset & ~_leads_to_a_dose(rows, origin, tables)]
    undated = rows[(origin == "last_dose") & ~_doses_have_days(rows, tables)]
    elsewhere_words = "counted from " + from_there.map(labels("origin")).fillna(from_there) + ", which is no dose"
    return [
        flag(table_name, part, "Q45", f"{prefix}_origin", what, value=typed(part, prefix), cure=cure)
        for part, what, cure in (
            (rows[origin == "not_stated"], "a time whose source does not say what it is counted from", NOT_SAID),
            (elsewhere, elsewhere_words, ELSEWHERE),
            (nowhere, "counted from an onset that is itself not known from a dose", UNTIMED),
            (undated, FROM_LAST_DOSE, NO_DOSES),
        )
    ]


def _without_a_day_to_count_from(tables: dict[str, pd.DataFrame], profile: Profile) -> list[pd.DataFrame]:
    """Dates of the event, its signs, the tests that show it and the death, where no date says from which day they count.

    An onset, a diagnosis and a death count from the first dose, an end and a death from the onset of the event.
    """
    if not profile.drug.substances:
        return []
    tests, deaths = tables["tests"], tables["deaths"]
    event, shown = of_the_event(tables), tests[shows_event(tests)]
    dosed = _cases_with_a_first_dose(tables, profile)
    begun = set(event.loc[stated(event["onset_date"]), "case_id"])
    counted = set(event.loc[_leads_to_a_dose_day(event, tables), "case_id"]) & dosed
    parts = (
        ("reactions", "onset", _of_the_event(tables["reactions"]), dosed),
        ("tests", "time", shown, dosed),
        ("reactions", "end", event[event["outcome"] != "fatal"], begun | counted),
        ("deaths", "time", deaths, dosed | begun),
    )
    return [
        _undated(table_name, prefix, rows[~rows["case_id"].isin(known)]) for table_name, prefix, rows, known in parts
    ]


def _undated(table_name: str, prefix: str, rows: pd.DataFrame) -> pd.DataFrame:
    elsewhere = ~bounded(rows, prefix) | (rows[f"{prefix}_origin"] != "first_dose")
    rows = rows[elsewhere & stated(rows[f"{prefix}_date"])]
    what = "a date, and no date of what it counts from: reported, not usable"
    return as_severe(flag(table_name, rows, "Q45", f"{prefix}_date", what, cure=NO_START), "information")


def _cases_with_a_first_dose(tables: dict[str, pd.DataFrame], profile: Profile) -> set[str]:
    """Cases of which a course of the drug has a start, or a dose, with its date."""
    courses, dated = tables["courses"], starts(tables)
    courses_of_drug = courses[of_the_drug(courses, profile.drug.substances)]
    return set(courses_of_drug.loc[joined(courses_of_drug, COURSE).isin(dated.index), "case_id"])


def _leads_to_a_dose(rows: pd.DataFrame, origin: pd.Series, tables: dict[str, pd.DataFrame]) -> pd.Series:
    """Rows counted from an onset that in the end is counted from a dose or a known diagnosis, or has a date."""
    reactions = tables["reactions"]
    diagnosed = (reactions["onset_origin"] == DIAGNOSIS) & reactions["case_id"].isin(_diagnosed(tables))
    origins = reactions["onset_origin"].mask(stated(reactions["onset_date"]) | diagnosed, DATED)
    next_of = dict(zip(zip(reactions["case_id"], reactions["reaction"], strict=True), origins, strict=True))
    last = [_last_origin(case, each, next_of) for case, each in zip(rows["case_id"], origin, strict=True)]
    return pd.Series(last, index=rows.index, dtype=object).isin([*DOSES, DATED])


def _leads_to_a_dose_day(event: pd.DataFrame, tables: dict[str, pd.DataFrame]) -> pd.Series:
    """Terms of the event whose onset is counted from a dose whose day is known, or from another onset that is."""
    origin = event["onset_origin"]
    leads, last, chained = origin == "first_dose", origin == "last_dose", matching(origin, OF_AN_ONSET)
    if last.any():
        leads |= last & _doses_have_days(event, tables)
    if chained.any():
        leads |= chained & _leads_to_a_dose(event, origin, tables)
    return leads


def _last_origin(case: str, origin: str, next_of: dict[tuple[str, str], str]) -> str:
    """What a chain of onsets is counted from; blank where it leads back to itself.

    A reaction that does not exist is a fault of the reference, and no second one of the time.
    """
    seen: set[str] = set()
    while OF_AN_ONSET(origin):
        if origin in seen:
            return ""
        seen.add(origin)
        origin = next_of.get((case, origin.removeprefix("onset:")), DATED)
    return origin


def _diagnosed(tables: dict[str, pd.DataFrame]) -> set[str]:
    """Cases with a test that shows the event at a time from the first dose, or on a day where that dose has one."""
    shown = tables["tests"][shows_event(tables["tests"])]
    if not len(shown):
        return set()
    dosed = {case.partition(SEPARATOR)[0] for case in starts(tables).index}
    by_date = stated(shown["time_date"]) & shown["case_id"].isin(dosed)
    return set(shown.loc[by_date | (bounded(shown, "time") & (shown["time_origin"] == "first_dose")), "case_id"])


def _doses_of_the_drug(tables: dict[str, pd.DataFrame], profile: Profile) -> pd.DataFrame:
    """Doses of the courses that `derive` takes for exposures: of the drug of the series, as suspect or interacting."""
    doses, courses = tables["doses"], tables["courses"]
    courses_of_drug = courses[of_the_drug(courses, profile.drug.substances) & is_suspect(courses)]
    return doses[joined(doses, COURSE).isin(joined(courses_of_drug, COURSE))]


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


def _worsened_sometime(rows: pd.DataFrame) -> pd.DataFrame:
    """What was there before the drug and worsened, without a time of the worsening."""
    worse = rows[rows["present_before"] == "yes"]
    what = "it was there before the drug, and nobody says when it worsened: it has no onset"
    return as_severe(flag("reactions", worse, "Q45", "present_before", what, cure=WORSENING), "information")


def _doses_have_days(rows: pd.DataFrame, tables: dict[str, pd.DataFrame]) -> pd.Series:
    """Rows whose course is one dose, or lists doses, each of them with its day."""
    doses, courses = tables["doses"], tables["courses"]
    given, once = doses[doses["given"] != "no"], courses[is_of_one_dose(courses)]
    given = given[~is_the_only_dose(given, joined(given, COURSE), joined(once, COURSE))]
    days = calendar(given["time_date"])
    dated = (days["first"] == days["last"]) | given["time_scale"].isin(STUDY_DAYS)
    every = dated.groupby(joined(given, COURSE)).all()
    single = once[~joined(once, COURSE).isin(every.index)]
    return joined(rows, COURSE).isin([*every.index[every], *joined(single, COURSE)])
