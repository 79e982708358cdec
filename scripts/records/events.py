"""Which rows of `reactions` tell of the event of the series, and which signs of the exposure they stand in."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from schemas.codes import SERIOUSNESS

SIGNS = ("sentinel_sign", "symptom")
OF_THE_EVENT = ("event", *SIGNS)
"""Roles of reactions that are signs of the event, and that are it or a sign of it."""
ENDED = ("recovered", "recovered_with_sequelae")
"""Outcomes that say that the event has ended."""
ABATED = (*ENDED, "recovering")
NOT_ABATED = ("not_recovered", "fatal")
"""Outcomes that say that it has ended or gets better, and that it has not."""
NOT_ENDED = (*NOT_ABATED, "recovering")
WAS_THERE = (*NOT_ENDED, "recovered_with_sequelae")
"""Outcomes that say that it has not ended, whatever became of the patient; and those of what was there: `recovered` may say of
a sign that it was absent by then."""
GOING_ON = ("not_recovered", "recovering")
END_NOT_KNOWN = ("unknown", "asked_unknown")
"""Outcomes beside which an end is that of the last look, after which the event went on; and beside which it is none (Q40)."""


def is_event(reactions: pd.DataFrame) -> pd.Series:
    """Rows of the event that happened; a stated absence, or silence on whether it happened, is no event."""
    return (reactions["role"] == "event") & (reactions["occurred"] == "yes")


def is_sign(reactions: pd.DataFrame) -> pd.Series:
    """Rows of the event or of a sign of it that happened and are not judged to be something else."""
    return (
        (reactions["occurred"] == "yes")
        & (reactions["attribution"] != "unlikely")
        & reactions["role"].isin(OF_THE_EVENT)
    )


def telling_of_death(tables: Mapping[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """By table, the rows that tell of the patient's death, of whatever cause; tables that are not there tell of none."""
    telling = {
        "deaths": lambda rows: pd.Series(True, index=rows.index),
        "reports": lambda rows: rows["serious_death"] == "yes",
        "reactions": lambda rows: (rows["occurred"] != "no") & is_fatal(rows),
    }
    here = {name: tables[name] for name in telling if len(tables.get(name, ()))}
    return {name: rows[telling[name](rows)] for name, rows in here.items()}


def is_fatal(reaction: Any) -> Any:
    """Whether a reaction was fatal, by its outcome or its criterion: of one row, or of each row of a table."""
    return (reaction["outcome"] == "fatal") | (reaction["death"] == "yes")


def criteria_met(reaction: Any) -> list[str]:
    """The seriousness criteria that a reaction meets: those stated, and death where its outcome is fatal, whatever is said."""
    return [
        criterion
        for criterion in SERIOUSNESS
        if reaction[criterion] == "yes" or (criterion == "death" and is_fatal(reaction))
    ]


def shows_event(test: Any) -> Any:
    """Whether a test shows the event, as it was read: of one row, or of each row of a table."""
    return test["reading"] == "shows_event"


def is_open(reactions: pd.DataFrame) -> pd.Series:
    """Rows of which nobody says whether they occurred."""
    return ~reactions["occurred"].isin(["yes", "no"])


def is_before_exposure(sign: Mapping[str, Any]) -> bool:
    """Whether a row of `signs` lies surely before the first dose of its exposure: it shows nothing of what that did."""
    return bool(sign["origin"] == "first_dose" and sign["lower"] < 0 and sign["upper"] <= 0)
