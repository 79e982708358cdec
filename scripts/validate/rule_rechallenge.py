"""Stopping and starting again: Q12 re-exposure too early, Q13 recurrence of what never ended, Q14 nothing to withdraw."""

import pandas as pd

from schemas.fields import NO_VALUE
from schemas.profile import Profile
from scripts.intervals import calendar, elapsed, numbers
from scripts.validate.clock import before_origin, precedes
from scripts.validate.flags import flag, narrow, together, worded
from scripts.validate.keys import SEPARATOR, joined
from scripts.validate.rule_time_order import times_of

ABATED = ("recovered", "recovered_with_sequelae")
STOPPED = ("withdrawn", "reduced")
WENT_ON = ("not_changed", "increased", "not_applicable")
REACTION = ["case_id", "reaction"]


def find(tables: dict[str, pd.DataFrame], profile: Profile) -> pd.DataFrame:
    """Findings about dechallenge and rechallenge as reported."""
    return together([*_too_early(tables), _unresolved(tables), *_nothing_withdrawn(tables, profile)])


def _too_early(tables: dict[str, pd.DataFrame]) -> list[pd.DataFrame]:
    """Q12: a later course of the same drug begins before the event began (error) or was over (warning)."""
    courses, reactions = tables["courses"], tables["reactions"]
    courses = narrow(courses, "course", "substance", *times_of("start"))
    reactions = narrow(reactions, "course", "reaction", "role", "occurred", *times_of("onset"), *times_of("end"))
    later = courses[courses.duplicated(["case_id", "substance"], keep="first")].reset_index(names="at")
    mine = reactions["case_id"].isin(later["case_id"])
    event = reactions[mine & (reactions["role"] == "event") & (reactions["occurred"] == "yes")].reset_index(drop=True)
    pairs = later.merge(event, on="case_id", suffixes=("", "_event"))
    first = numbers(pairs["course"]) > numbers(pairs["course_event"])
    pairs = pairs[first].reset_index(drop=True)
    start, onset, end = (calendar(pairs[f"{prefix}_date"]) for prefix in ("start", "onset", "end"))
    counted, ended = elapsed(pairs, "start"), elapsed(pairs, "end")
    from_event = counted["origin"] == "onset:" + pairs["reaction"]
    same = (counted["origin"] == ended["origin"]) & counted["origin"].ne("")
    before_onset = (start["last"] < onset["first"]) | (from_event & before_origin(counted))
    before_end = ((start["last"] < end["first"]) | (same & precedes(counted, ended))) & ~before_onset
    sooner, still = courses.loc[pairs.loc[before_onset, "at"]], courses.loc[pairs.loc[before_end, "at"]]
    what = "the next course began before the event was over: continued exposure, not a rechallenge"
    return [
        flag("courses", _once(sooner), "Q12", "start_date", "the next course began before the event of the one before"),
        flag("courses", _once(still), "Q12", "start_date", what, severity="warning"),
    ]


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
    drug = _one_name(rows["drug"], profile)
    of_drug = (rows["case_id"] + SEPARATOR + drug).map(by_drug)
    of_case = rows["case_id"].map(by_case).where(drug == "")
    has_course = ~rows["course"].isin(NO_VALUE)
    return named.where(has_course, of_drug.where(drug != "", of_case)).eq(True)


def drug_names(courses: pd.DataFrame, profile: Profile) -> pd.Series:
    """The drug of each course under one name, whatever synonym of the profile it was typed as; blank if unknown."""
    named = courses["substance"].where(~courses["substance"].isin(NO_VALUE), courses["drug"])
    return _one_name(named, profile)


def _one_name(named: pd.Series, profile: Profile) -> pd.Series:
    own = profile.drug.name.casefold()
    one = dict.fromkeys(NO_VALUE, "") | {name.casefold(): own for name in profile.drug.substances}
    return worded(named, lambda name: one.get(name.casefold(), name.casefold()))
