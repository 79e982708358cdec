"""Stopping and starting again: Q12 re-exposure too early, Q13 recurrence of what never ended, Q14 nothing to withdraw."""

import pandas as pd

from schemas.profile import Profile
from scripts.intervals import calendar, elapsed, numbers
from scripts.validate.clock import before_origin, precedes
from scripts.validate.flags import flag, narrow, together
from scripts.validate.keys import joined
from scripts.validate.rule_time_order import times_of

ABATED = ("recovered", "recovered_with_sequelae")
REACTION = ["case_id", "reaction"]


def find(tables: dict[str, pd.DataFrame], profile: Profile) -> pd.DataFrame:
    """Findings about dechallenge and rechallenge as reported."""
    return together([*_too_early(tables), _unresolved(tables), *_nothing_withdrawn(tables)])


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


def _nothing_withdrawn(tables: dict[str, pd.DataFrame]) -> list[pd.DataFrame]:
    """Q14: stopped or reduced, though every planned dose was given; positive, though nothing was stopped."""
    courses = tables["courses"]
    planned, given = numbers(courses["planned_doses"]), numbers(courses["given_lower"])
    stopped = courses["action_taken"].isin(["withdrawn", "reduced"])
    complete = courses[stopped & (given >= planned)]
    what = "the course was complete, so nothing was left to withdraw"
    parts = [flag("courses", complete, "Q14", "action_taken", what)]
    rows = tables["assessments"]
    if "dechallenge" in rows:
        going_on = set(courses.loc[~stopped & ~courses["action_taken"].isin(["", "unknown"]), "case_id"])
        going_on -= set(courses.loc[stopped, "case_id"])
        odd = rows[(rows["dechallenge"] == "positive") & rows["case_id"].isin(going_on)]
        parts.append(flag("assessments", odd, "Q14", "dechallenge", "coded as positive, while no course was stopped"))
    return parts
