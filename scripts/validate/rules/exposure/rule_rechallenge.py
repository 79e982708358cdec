"""Stopping and starting again as coded: Q13 recurrence of what never ended, Q14 nothing to withdraw."""

from operator import methodcaller

import pandas as pd

from schemas.fields import NO_VALUE
from schemas.profile import Profile
from scripts.clock.intervals import numbers
from scripts.records.drugs import is_suspect
from scripts.records.events import NOT_ENDED
from scripts.validate.clock import COURSE
from scripts.validate.flags import flag, narrow, together, worded
from scripts.validate.names import drug_names, event_terms, later_courses, one_name
from scripts.validate.row_keys import SEPARATOR, joined

STOPPED = ("withdrawn", "reduced")
WENT_ON = ("not_changed", "increased", "not_applicable")
REACTION = ["case_id", "reaction"]


def find(tables: dict[str, pd.DataFrame], profile: Profile) -> pd.DataFrame:
    """Findings about dechallenge and rechallenge as reported."""
    return together([_unresolved(tables, profile), *_nothing_withdrawn(tables, profile)])


def _unresolved(tables: dict[str, pd.DataFrame], profile: Profile) -> pd.DataFrame:
    """Q13: `recurred`, of a reaction whose first episode has an outcome that says that it was never over."""
    recurred = tables["assessments"]["rechallenge"] == "recurred"
    if not recurred.any():
        return together([])
    rows = tables["assessments"][recurred]
    first = _first_episodes(rows, tables, profile)
    reaction_key = joined(rows, REACTION)
    state = reaction_key.map(first["outcome"])
    open_ = rows[state.isin(NOT_ENDED)]
    episode = reaction_key[open_.index].map(first["reaction"]).astype(object)
    outcome = worded(state[open_.index], methodcaller("replace", "_", " "))
    what = "coded as recurred, while the first episode, '" + episode + "', is " + outcome
    return flag("assessments", open_, "Q13", "rechallenge", what)


def _first_episodes(rows: pd.DataFrame, tables: dict[str, pd.DataFrame], profile: Profile) -> pd.DataFrame:
    """The `reaction` and `outcome` of the first episode of each judged reaction, by case and reaction joined.

    Episodes are reactions of one case under one term, in the order of their courses. A reaction of a later course of
    the drug of which no earlier episode is listed is not the first: of that nothing is known.
    """
    reactions = narrow(tables["reactions"], "reaction", "course", "term", "occurred", "outcome")
    seen = reactions[reactions["case_id"].isin(rows["case_id"]) & (reactions["occurred"] == "yes")]
    term = event_terms(seen["term"], profile)
    seen = seen.assign(term=term.where(term != "", seen["reaction"]), number=numbers(seen["course"]))
    first = seen.sort_values("number", kind="stable").drop_duplicates(["case_id", "term"])
    known = first[~joined(first, COURSE).isin(later_courses(tables, profile).index)]
    episodes = seen[[*REACTION, "term"]].merge(
        known[["case_id", "term", "reaction", "outcome"]], on=["case_id", "term"], suffixes=("", "_first")
    )
    episodes = episodes.drop_duplicates(REACTION)
    by_reaction = episodes.set_index(joined(episodes, REACTION))[["reaction_first", "outcome"]]
    return by_reaction.rename(columns={"reaction_first": "reaction"})


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
    What another drug did says nothing; a course about which nothing is known may have been stopped.
    """
    mine = courses["case_id"].isin(rows["case_id"])
    courses, complete = courses[mine], complete[mine]
    nothing = complete | courses["action_taken"].isin(WENT_ON)
    suspect = is_suspect(courses)
    by_course = nothing.groupby(joined(courses, ["case_id", "course"])).all()
    by_drug = nothing.groupby(courses["case_id"] + SEPARATOR + drug_names(courses, profile)).all()
    by_case = nothing[suspect].groupby(courses.loc[suspect, "case_id"]).all()
    named = joined(rows, ["case_id", "course"]).map(by_course).eq(True)
    drug = one_name(rows["drug"], profile)
    of_drug = (rows["case_id"] + SEPARATOR + drug).map(by_drug).eq(True)
    of_case = rows["case_id"].map(by_case).eq(True)
    return named.where(~rows["course"].isin(NO_VALUE), of_drug.where(drug != "", of_case))
