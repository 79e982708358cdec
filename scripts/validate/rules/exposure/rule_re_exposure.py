"""Q12: a re-exposure before the first episode began, or before it was over."""

import pandas as pd

from schemas.fields import NO_VALUE, filled
from schemas.profile import Profile
from schemas.time_columns import times_of
from scripts.clock.intervals import DAYS_PER_UNIT, between_dates, calendar, elapsed, lies_before, numbers, plus
from scripts.records.events import is_event
from scripts.validate.clock import COURSE, before_origin, since_first_dose, starts
from scripts.validate.flags import as_severe, flag, narrow, together
from scripts.validate.names import drug_names
from scripts.validate.row_keys import joined

GAP = ("gap_lower", "gap_upper", "gap_scale")
VERDICTS = {
    "before the onset": ("the next course began before the event of the one before", "error"),
    "beside it": (
        "another record of the drug begins before the event: the exposure went on, or one course has two records",
        "warning",
    ),
    "before the end": (
        "the next course began before the event was over: continued exposure, not a rechallenge", "warning",
    ),
    "never over": ("the drug was given again although the event did not recover: not a rechallenge", "warning"),
}  # fmt: skip


def find(tables: dict[str, pd.DataFrame], profile: Profile) -> pd.DataFrame:
    """A later course of the event's drug that begins before the event began, or before it was over.

    Messages and databases list one exposure on several lines: two forms, two doses, two roles. So a later start alone
    is no more than a warning; an error is one of rows that speak of another course (`_claims`). A line of the same
    day is no re-exposure, nor is one of a drug that was not administered.
    """
    pairs = _pairs(tables, profile)
    if not len(pairs):
        return together([])
    verdict = _verdicts(pairs, tables)
    by_gap = ~filled(pairs["start_date"]) & ~pairs["gap_upper"].isin(NO_VALUE)
    parts = []
    for verdict_name, (what, severity) in VERDICTS.items():
        for typed, typed_so in (("start_date", ~by_gap), ("gap_upper", by_gap)):
            rows = tables["courses"].loc[pairs.loc[(verdict == verdict_name) & typed_so, "at"].unique()]
            # The error is about the course: without its start it could not be told from a re-exposure.
            column = "course" if severity == "error" else typed
            parts.append(as_severe(flag("courses", rows, "Q12", column, what, value=rows[typed]), severity))
    return together(parts)


def _pairs(tables: dict[str, pd.DataFrame], profile: Profile) -> pd.DataFrame:
    """Every event of a drug's course, beside every later course `at` of that drug; `_event` marks the event's course.

    One that names no course is asked beside all after the first: that it is counted to a later one is what nobody says.
    """
    courses = narrow(
        tables["courses"], "course", "drug", "substance", "role", "ordinal", "given_upper", *GAP, *times_of("start")
    )
    repeated_courses = _several(courses, profile)
    reactions = tables["reactions"][tables["reactions"]["case_id"].isin(repeated_courses["case_id"])]
    event = reactions[is_event(reactions)]
    named = event.get("course_named", True)
    event = event[["case_id", "course", "reaction", "outcome", *times_of("onset"), *times_of("end")]]
    first = event["case_id"].map(repeated_courses.drop_duplicates("case_id").set_index("case_id")["course"])
    event = event.assign(named=named)
    event = event.assign(course=event["course"].where(event["named"], first))
    of_course = repeated_courses[["case_id", "course", "name", "number", "ordinal"]]
    event = event.merge(of_course, on=COURSE)
    pairs = repeated_courses.merge(event, on=["case_id", "name"], suffixes=("", "_event"))
    return pairs[pairs["number"] > pairs["number_event"]].reset_index(drop=True)


def _several(courses: pd.DataFrame, profile: Profile) -> pd.DataFrame:
    """Courses of drugs given in several courses of a case: `name` of the drug, `number`, course `before`, row `at`."""
    courses = courses[courses["case_id"].duplicated(keep=False)]
    names = drug_names(courses, profile)
    again = pd.concat([courses["case_id"], names], axis=1).duplicated(keep=False) & (names != "")
    several = courses[again].assign(name=names[again])
    several = several[(several["role"] != "not_administered") & (numbers(several["given_upper"]) != 0)]
    ordered = several.assign(number=numbers(several["course"])).sort_values("number", kind="stable")
    before = ordered.groupby(["case_id", "name"], sort=False)["course"].shift()
    return ordered.assign(before=before).reset_index(names="at")


def _claims(pairs: pd.DataFrame) -> pd.Series:
    """Rows that speak of another course: a gap, or an event that names the earlier one as its own.

    A higher ordinal alone does not say to which of the two an event belongs that names no course.

    An action taken tells nothing: both lines of one exposure carry the drug's withdrawal after the event.
    """
    return _gapped(pairs) | pairs["named"].astype(bool)


def _gapped(pairs: pd.DataFrame) -> pd.Series:
    return ~pairs["gap_lower"].isin(NO_VALUE) | ~pairs["gap_upper"].isin(NO_VALUE)


def _verdicts(pairs: pd.DataFrame, tables: dict[str, pd.DataFrame]) -> pd.Series:
    """A name of VERDICTS for each pair, blank where nothing is wrong or the times leave it open.

    Times compare by dates, by bounds from the event's onset, or as days since the first dose of the event's course.
    """
    first, second = (joined(pairs[["case_id", column]], ["case_id", column]) for column in ("course_event", "course"))
    begun = starts(tables)
    dated = between_dates(*(begun.reindex(course_key).set_axis(pairs.index) for course_key in (first, second)))
    start = dated.where(dated["lower"].notna(), _after_gap(pairs, first, tables, begun))
    day = begun.reindex(second).set_axis(pairs.index)
    before_onset, after_onset = _against_onset(pairs, day, start, first, begun)
    claimed, beside = _claims(pairs), (dated["lower"] <= 0) & ~_gapped(pairs)
    never = (pairs["outcome"] == "not_recovered") & (after_onset | claimed)
    verdict = pd.Series("never over", index=pairs.index, dtype=object).where(never, "")
    verdict = verdict.mask(_before_end(pairs, day, start, first, begun), "before the end")
    verdict = verdict.mask(before_onset, "beside it").mask(before_onset & claimed, "before the onset")
    return verdict.mask(beside, "")


def _against_onset(
    pairs: pd.DataFrame, day: pd.DataFrame, start: pd.DataFrame, first: pd.Series, begun: pd.DataFrame
) -> tuple[pd.Series, pd.Series]:
    """Whether each later course surely began before the onset, and whether surely after it."""
    counted = elapsed(pairs, "start")
    is_from_onset = counted["origin"] == "onset:" + pairs["reaction"]
    onset, dates = since_first_dose(pairs, "onset", first, begun), calendar(pairs["onset_date"])
    before = (day["last"] < dates["first"]) | lies_before(start, onset) | (is_from_onset & before_origin(counted))
    after = (dates["last"] < day["first"]) | lies_before(onset, start) | (is_from_onset & (counted["lower"] >= 0))
    return before, after


def _before_end(
    pairs: pd.DataFrame, day: pd.DataFrame, start: pd.DataFrame, first: pd.Series, begun: pd.DataFrame
) -> pd.Series:
    """Whether each later course surely began before the event's end."""
    counted, ended = elapsed(pairs, "start"), elapsed(pairs, "end")
    onset = since_first_dose(pairs, "onset", first, begun)
    end = since_first_dose(pairs, "end", first, begun)[["lower", "upper"]]
    end = end.where(ended["origin"] != "onset:" + pairs["reaction"], plus(onset, ended))
    same = (counted["origin"] == ended["origin"]) & counted["origin"].ne("")
    by_date = day["last"] < calendar(pairs["end_date"])["first"]
    return by_date | lies_before(start, end) | (same & lies_before(counted, ended))


def _after_gap(
    pairs: pd.DataFrame, first: pd.Series, tables: dict[str, pd.DataFrame], begun: pd.DataFrame
) -> pd.DataFrame:
    """Start of a course given by its gap after the event's course, as days since the first dose of that one.

    The gap may run from the first or from the last dose: the start is no later than the last listed dose and the gap.
    """
    days = pairs["gap_scale"].map(DAYS_PER_UNIT)
    doses = tables["doses"][tables["doses"]["case_id"].isin(pairs["case_id"]) & (tables["doses"]["given"] != "no")]
    course = joined(doses, COURSE)
    last = since_first_dose(doses, "time", course, begun)["upper"].groupby(course).max()
    gap = pd.DataFrame(
        {
            "lower": numbers(pairs["gap_lower"]).fillna(0.0) * days,
            "upper": numbers(pairs["gap_upper"]) * days + first.map(last).fillna(0.0),
        }
    )
    return gap.where(pairs["before"] == pairs["course_event"])
