"""Stopping and starting again: Q12 re-exposure too early, Q13 recurrence of what never ended, Q14 nothing to withdraw."""

import pandas as pd

from schemas.fields import NO_VALUE, filled
from schemas.profile import Profile
from scripts.intervals import DAYS_PER_UNIT, calendar, elapsed, numbers, plus
from scripts.validate.clock import before_origin, dates_since, precedes, since_first_dose, starts
from scripts.validate.flags import flag, narrow, together
from scripts.validate.keys import SEPARATOR, joined
from scripts.validate.names import drug_names, one_name
from scripts.validate.rule_time_order import times_of

ABATED = ("recovered", "recovered_with_sequelae")
STOPPED = ("withdrawn", "reduced")
WENT_ON = ("not_changed", "increased", "not_applicable")
GAP = ("gap_lower", "gap_upper", "gap_scale")
REACTION = ["case_id", "reaction"]


def find(tables: dict[str, pd.DataFrame], profile: Profile) -> pd.DataFrame:
    """Findings about dechallenge and rechallenge as reported."""
    return together([*_too_early(tables, profile), _unresolved(tables), *_nothing_withdrawn(tables, profile)])


def _too_early(tables: dict[str, pd.DataFrame], profile: Profile) -> list[pd.DataFrame]:
    """Q12: a later course of the same drug begins before the event began (error) or was over (warning)."""
    courses = narrow(tables["courses"], "course", "drug", "substance", *GAP, *times_of("start"))
    reactions = narrow(
        tables["reactions"], "course", "reaction", "role", "occurred", *times_of("onset"), *times_of("end")
    )
    later = _later(courses, profile)
    mine = reactions["case_id"].isin(later["case_id"])
    event = reactions[mine & (reactions["role"] == "event") & (reactions["occurred"] == "yes")]
    pairs = later.merge(event, on="case_id", suffixes=("", "_event"))
    pairs = pairs[numbers(pairs["course"]) > numbers(pairs["course_event"])].reset_index(drop=True)
    if not len(pairs):
        return []
    before_onset, before_end = _order(pairs, tables)
    what = "the next course began before the event was over: continued exposure, not a rechallenge"
    parts = []
    for column, typed_so in (("start_date", filled(pairs["start_date"])), ("gap_upper", ~filled(pairs["start_date"]))):
        sooner = courses.loc[pairs.loc[before_onset & typed_so, "at"]]
        still = courses.loc[pairs.loc[before_end & ~before_onset & typed_so, "at"]]
        parts += [
            flag("courses", _once(sooner), "Q12", column, "the next course began before the event of the one before"),
            flag("courses", _once(still), "Q12", column, what, severity="warning"),
        ]
    return parts


def _later(courses: pd.DataFrame, profile: Profile) -> pd.DataFrame:
    """Courses of a drug after the first one of their case: their row `at`, and the number `before` of the course before."""
    drug = courses["case_id"] + SEPARATOR + drug_names(courses, profile)
    again = drug.duplicated(keep=False) & ~drug.str.endswith(SEPARATOR)
    ordered = (
        courses[again].assign(drug=drug[again], number=numbers(courses.loc[again, "course"])).sort_values("number")
    )
    before = ordered.groupby("drug", sort=False)["course"].shift()
    return ordered.assign(before=before)[before.notna()].reset_index(names="at")


def _order(pairs: pd.DataFrame, tables: dict[str, pd.DataFrame]) -> tuple[pd.Series, pd.Series]:
    """Whether the start of each later course surely comes before the onset, and before the end, of the event.

    Times compare by dates, by bounds from the event's onset, or as days since the first dose of the event's course.
    """
    first, begun = pairs["case_id"] + SEPARATOR + pairs["course_event"], starts(tables)
    counted, own = elapsed(pairs, "start"), "onset:" + pairs["reaction"]
    onset, ended = since_first_dose(pairs, "onset", first, begun), elapsed(pairs, "end")
    end = since_first_dose(pairs, "end", first, begun)[["lower", "upper"]]
    end = end.where(ended["origin"] != own, plus(onset, ended))
    dated = dates_since(pairs["start_date"], first, begun)
    start = dated.where(dated["lower"].notna(), _after_gap(pairs, first, tables, begun))
    days = {prefix: calendar(pairs[f"{prefix}_date"]) for prefix in ("start", "onset", "end")}
    same = (counted["origin"] == ended["origin"]) & counted["origin"].ne("")
    before_onset = (days["start"]["last"] < days["onset"]["first"]) | precedes(start, onset)
    before_end = (
        (days["start"]["last"] < days["end"]["first"]) | precedes(start, end) | (same & precedes(counted, ended))
    )
    return before_onset | ((counted["origin"] == own) & before_origin(counted)), before_end


def _after_gap(
    pairs: pd.DataFrame, first: pd.Series, tables: dict[str, pd.DataFrame], begun: pd.DataFrame
) -> pd.DataFrame:
    """Start of a course given by its gap after the event's course, as days since the first dose of that one.

    The gap may run from the first or from the last dose: the start is no later than the last listed dose and the gap.
    """
    days = pairs["gap_scale"].map(DAYS_PER_UNIT)
    doses = tables["doses"][tables["doses"]["case_id"].isin(pairs["case_id"]) & (tables["doses"]["given"] != "no")]
    course = joined(doses, ["case_id", "course"])
    last = since_first_dose(doses, "time", course, begun)["upper"].groupby(course).max()
    gap = pd.DataFrame({
        "lower": numbers(pairs["gap_lower"]).fillna(0.0) * days,
        "upper": numbers(pairs["gap_upper"]) * days + first.map(last).fillna(0.0),
    })  # fmt: skip
    return gap.where(pairs["before"] == pairs["course_event"])


def _once(rows: pd.DataFrame) -> pd.DataFrame:
    return rows[~rows.index.duplicated()]


def _unresolved(tables: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """Q13: `recurred`, of a reaction whose outcome says that it was never over."""
    recurred = tables["assessments"]["rechallenge"] == "recurred"
    if not recurred.any():
        return together([])
    outcome = narrow(tables["reactions"], "reaction", "outcome").drop_duplicates(REACTION)
    outcome = pd.Series(outcome["outcome"].to_numpy(), index=joined(outcome, REACTION))
    rows = tables["assessments"][recurred]
    state = joined(rows, REACTION).map(outcome)
    open_ = rows[state.isin(["not_recovered", "recovering", "fatal"])]
    what = "coded as recurred, while the first episode is " + state[open_.index].str.replace("_", " ")
    return flag("assessments", open_, "Q13", "rechallenge", what)


def _nothing_withdrawn(tables: dict[str, pd.DataFrame], profile: Profile) -> list[pd.DataFrame]:
    """Q14: stopped or reduced, though every planned dose was given; positive, though nothing was or could be stopped."""
    courses = tables["courses"]
    complete = numbers(courses["given_lower"]) >= numbers(courses["planned_doses"])
    full = courses[courses["action_taken"].isin(STOPPED) & complete]
    rows = tables["assessments"]
    positive = rows[rows["dechallenge"] == "positive"]
    odd = positive[_never_stopped(positive, courses, complete, profile)]
    what = "coded as positive, while no course of the drug was stopped before it was complete"
    return [
        flag("courses", full, "Q14", "action_taken", "the course was complete, so nothing was left to withdraw"),
        flag("assessments", odd, "Q14", "dechallenge", what),
    ]


def _never_stopped(rows: pd.DataFrame, courses: pd.DataFrame, complete: pd.Series, profile: Profile) -> pd.Series:
    """Whether each course a judgement speaks of went on or was complete (a single dose given is complete).

    A judgement speaks of the course it names, else of all courses of its drug, else of the suspect ones of its case.
    What another drug did says nothing; a course of which nobody knows may have been stopped.
    """
    mine = courses["case_id"].isin(rows["case_id"])
    courses, complete = courses[mine], complete[mine]
    nothing = complete | courses["action_taken"].isin(WENT_ON)
    suspect = courses["role"].isin(["suspect", "interacting"])
    by_course = nothing.groupby(joined(courses, ["case_id", "course"])).all()
    by_drug = nothing.groupby(courses["case_id"] + SEPARATOR + drug_names(courses, profile)).all()
    by_case = nothing[suspect].groupby(courses.loc[suspect, "case_id"]).all()
    named = joined(rows, ["case_id", "course"]).map(by_course)
    drug = one_name(rows["drug"], profile)
    of_drug = (rows["case_id"] + SEPARATOR + drug).map(by_drug)
    of_case = rows["case_id"].map(by_case).where(drug == "")
    has_course = ~rows["course"].isin(NO_VALUE)
    return named.where(has_course, of_drug.where(drug != "", of_case)).eq(True)
