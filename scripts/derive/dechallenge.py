"""Dechallenge: derived from action taken and outcome; E2B has no element for it (definitions: dechallenge).

positive        withdrawn or reduced, and the event abated
negative        withdrawn, and it persisted
not_applicable  the course was already complete, or the drug went on unchanged
not_assessable  fatal
unknown         not enough stated
"""

import numpy as np
import pandas as pd

from schemas.fields import NO_VALUE
from scripts.clock.intervals import numbers

ABATED = ("recovered", "recovering", "recovered_with_sequelae")
CONTINUED = ("not_applicable", "not_changed", "increased")


def dechallenges(index: pd.DataFrame, outcome: pd.Series, coded: pd.Series) -> pd.DataFrame:
    """`dechallenge` and `dechallenge_note` per case of `index`.

    outcome: E2B outcome of the event by case. coded: a reported dechallenge result by case, used only where the
    action taken is not stated.
    """
    cases = index["case_id"]
    action, end = index["action_taken"], cases.map(outcome).fillna("")
    complete = _complete(index)
    stopped = action.isin(["withdrawn", "reduced"])
    conditions = [
        end == "fatal",
        complete | action.isin(CONTINUED),
        stopped & end.isin(ABATED),
        (action == "withdrawn") & (end == "not_recovered"),
    ]
    derived = np.select(conditions, ["not_assessable", "not_applicable", "positive", "negative"], "unknown")
    said = cases.map(coded).fillna("")
    use_said = (derived == "unknown") & ~stopped & (said != "")
    classes = pd.Series(derived, index=index.index).mask(use_said, said)
    notes = [
        _note(row, name, bool(used)) for (_, row), name, used in zip(index.iterrows(), classes, use_said, strict=True)
    ]
    return pd.DataFrame({"case_id": cases, "dechallenge": classes, "dechallenge_note": notes})


def coded_dechallenges(assessments: pd.DataFrame, substances: list[str]) -> pd.Series:
    """Dechallenge results that a source codes for the drug (FAERS, openFDA), by case; the first of each case."""
    wanted = {name.casefold() for name in substances} | {""}
    own = assessments[~assessments["dechallenge"].isin(NO_VALUE) & assessments["drug"].str.casefold().isin(wanted)]
    return own.drop_duplicates("case_id").set_index("case_id")["dechallenge"]


def _complete(index: pd.DataFrame) -> pd.Series:
    """All planned doses were given, so nothing was left to withhold."""
    planned, given = numbers(index["planned_doses"]), numbers(index["given_lower"])
    return planned.notna() & (given >= planned)


def _note(row: pd.Series, name: str, coded: bool) -> str:
    if coded:
        return "as coded by the reporter"
    planned, given = numbers(pd.Series([row["planned_doses"], row["given_upper"]]))
    if name in ("positive", "negative") and planned > given:
        return f"{planned - given:.0f} of {planned:.0f} planned doses withheld"
    if name == "not_applicable" and planned == given:
        return "the course was complete"
    return ""


def with_effect(table: pd.DataFrame, times: pd.DataFrame, effect_days: float | None, words: str) -> pd.DataFrame:
    """Add the long-effect note where the drug goes on acting for longer than the event took to resolve.

    times: rows of `times` for the resolution. The class does not change (definitions: dechallenge).
    """
    if effect_days is None:
        return table
    longest = times[times["state"] == "observed"].groupby("case_id")["upper"].min()
    outlasts = table["case_id"].map(longest).lt(effect_days) & table["dechallenge"].isin(["positive", "negative"])
    note = f"says little about causality, since the drug goes on acting: {words}"
    joined = (table["dechallenge_note"] + "; " + note).str.removeprefix("; ")
    return table.assign(dechallenge_note=table["dechallenge_note"].mask(outlasts, joined))
