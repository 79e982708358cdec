"""Q15: the action taken with the drug against the doses of its course."""

import pandas as pd

from schemas.profile import Profile
from schemas.time_columns import times_of
from scripts.clock.intervals import numbers
from scripts.validate.clock import COURSE, starts
from scripts.validate.flags import flag, narrow, together
from scripts.validate.row_keys import joined
from scripts.validate.rules.event_courses import of_the_event
from scripts.validate.rules.time_columns import surely_before, typed

LEFT_OUT = "not changed, and doses of the course were left out: the action counts as it stands"


def find(tables: dict[str, pd.DataFrame], profile: Profile) -> pd.DataFrame:
    """Findings about a drug withdrawn and given again in one course, or unchanged with doses left out."""
    courses = narrow(tables["courses"], "course", "action_taken", "planned_doses", "given_upper")
    doses = tables["doses"]
    missed = joined(doses[doses["given"] == "no"], COURSE)
    fewer = numbers(courses["given_upper"]) < numbers(courses["planned_doses"])
    left_out = (joined(courses, COURSE).isin(missed) | fewer) & (courses["action_taken"] == "not_changed")
    return together([flag("courses", courses[left_out], "Q15", "action_taken", LEFT_OUT), _again(tables)])


def _again(tables: dict[str, pd.DataFrame]) -> pd.DataFrame:
    courses, doses = tables["courses"], narrow(tables["doses"], "course", "dose", "given", *times_of("time"))
    stopped = joined(courses[courses["action_taken"] == "withdrawn"], COURSE)
    given = doses[(doses["given"] != "no") & joined(doses, COURSE).isin(stopped)]
    event = narrow(of_the_event(tables), "course", "reaction", *times_of("end")).drop(columns=["at_file", "at_row"])
    pairs = given.reset_index(names="at").merge(event, on=COURSE)
    if not len(pairs):
        return together([])
    late = surely_before((pairs, "end"), (pairs, "time"), joined(pairs, COURSE), starts(tables))
    rows = doses.loc[pairs.loc[late, "at"].unique()]
    return flag(
        "doses",
        rows,
        "Q15",
        "given",
        "given after the end of the event, in a course withdrawn for it",
        value=typed(rows, "time"),
    )
