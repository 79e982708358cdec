"""The courses of a case that the event belongs to: what speaks of another course has no part in it."""

import pandas as pd

from schemas.fields import filled
from scripts.records.events import is_event
from scripts.validate.clock import COURSE
from scripts.validate.flags import narrow
from scripts.validate.row_keys import joined


def of_the_event(tables: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """Reactions that are the event and happened."""
    reactions = tables["reactions"]
    return reactions[is_event(reactions)]


def in_event_course(rows: pd.DataFrame, tables: dict[str, pd.DataFrame]) -> pd.Series:
    """Rows of a course with the event in it; where the row names no course, or the case has none such, none is ruled out."""
    event = narrow(of_the_event(tables), "course")
    event = event[event["case_id"].isin(rows["case_id"]) & event["course"].ne("")]
    open_ = ~filled(rows["course"]) | ~rows["case_id"].isin(event["case_id"])
    return open_ | joined(rows, COURSE).isin(joined(event, COURSE))
