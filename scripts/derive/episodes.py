"""Episodes: occurrences of the event, one in each exposure unless an end between two is stated (definitions: episodes).

Several event terms in one episode are one event.
"""

from itertools import groupby

import numpy as np
import pandas as pd

from schemas.codes import SERIOUSNESS
from schemas.derived_course import EPISODES
from schemas.rows_by_case import Row, RowsByCase
from scripts.clock.dose_days import doses_before
from scripts.derive.rows_of_cases import cell, joined
from scripts.derive.signs import ENDS
from scripts.records.events import (
    ABATED,
    ENDED,
    NOT_ABATED,
    NOT_ENDED,
    criteria_met,
    is_event,
    is_fatal,
    is_open,
    is_sign,
)

GRAVEST = ("fatal", "not_recovered", "recovered_with_sequelae", "recovering", "unknown", "recovered")
"""Outcome shown of an episode: the first of these that one of its terms has; blank and reasons count as unknown."""
WORST = ("death", "life_threatening", "disability", "hospitalisation", "congenital_anomaly", "other_important")
NEEDED = ["reaction", "term", "outcome", "exposure", *SERIOUSNESS]


def episodes(
    reactions: pd.DataFrame, signs: pd.DataFrame, days: dict[tuple[str, str], list[int]], marked: str
) -> pd.DataFrame:
    """The table `episodes`. reactions: placed, with the mark `index`. marked: first or worst, where no analyst chose.

    days: dose days by case and exposure.
    """
    event = is_event(reactions) & (reactions["exposure"] != "")
    event_rows = reactions[event]
    rows = event_rows[["case_id", "index", *NEEDED]]
    times = signs[signs["kind"] == "reaction"].set_index(["case_id", "key"])[["lower", "upper", "origin", *ENDS]]
    keyed = pd.MultiIndex.from_frame(rows[["case_id", "reaction"]])
    rows = rows.join(times.reindex(keyed).set_axis(rows.index))
    onsets = _first_symptoms(signs)
    doubted, made = _doubted(reactions), []
    for case, event_rows in RowsByCase(rows).items():
        of_case = [_in_doubt(row, doubted) for row in _of_case(case, event_rows, onsets, days)]
        made += _with_index(of_case, event_rows, marked)
    numbers = {
        column_name: float
        for column_name, column in EPISODES.columns.items()
        if column.dtype.type is np.float64 or str(column.dtype) == "float64"
    }
    return EPISODES.validate(pd.DataFrame(made, columns=list(EPISODES.columns)).astype(numbers), inplace=True)


def _doubted(reactions: pd.DataFrame) -> dict[tuple[str, str], set[str]]:
    """(case, exposure) -> outcomes of terms of the event of which nobody says whether they occurred."""
    rows = reactions[(reactions["role"] == "event") & is_open(reactions)]
    doubted_outcomes: dict[tuple[str, str], set[str]] = {}
    for case, exposure, outcome in rows[["case_id", "exposure", "outcome"]].itertuples(index=False):
        doubted_outcomes.setdefault((case, exposure), set()).add(_known(outcome))
    return doubted_outcomes


def _in_doubt(row: Row, doubted: dict[tuple[str, str], set[str]]) -> Row:
    """The episode; it is not known to have ended or abated where it would not be if such a term occurred."""
    perhaps = doubted.get((row["case_id"], row["exposure"]), set())
    without = {
        "ended": perhaps and _all(perhaps, ENDED, NOT_ENDED) != "yes",
        "abated": perhaps and _all(perhaps, ABATED, NOT_ABATED) != "yes",
    }
    return row | {column: "unknown" for column, open_ in without.items() if open_ and row[column] == "yes"}


def _known(outcome: str) -> str:
    return outcome if outcome in GRAVEST else "unknown"


def _first_symptoms(signs: pd.DataFrame) -> dict[tuple[str, str], tuple[float, float]]:
    """(case, exposure) -> earliest attributed sign of the event on the clock of the first dose."""
    event_signs = signs[(signs["kind"] == "reaction") & is_sign(signs) & (signs["origin"] == "first_dose")]
    event_signs = event_signs.dropna(subset=["lower", "upper"])
    first = event_signs.groupby(["case_id", "exposure"])[["lower", "upper"]].min()
    return {key: (low, high) for key, low, high in first.itertuples()} if len(first) else {}


def _of_case(case: str, rows: list[Row], onsets: dict, days: dict) -> list[Row]:
    order = sorted(
        rows, key=lambda row: (int(row["exposure"]), _late(row["lower"]), _late(row["upper"]), row["reaction"])
    )
    made = []
    for exposure, exposure_rows in groupby(order, key=lambda row: row["exposure"]):
        for place, part in enumerate(_apart(list(exposure_rows))):
            times = onsets.get((case, exposure), (np.nan, np.nan)) if place == 0 else _earliest(part)
            made.append(_episode(case, exposure, part, times, days.get((case, exposure), [])))
    return [row | {"episode": str(number)} for number, row in enumerate(made, start=1)]


def _late(value: float) -> float:
    return np.inf if np.isnan(value) else value


def _apart(rows: list[Row]) -> list[list[Row]]:
    """The terms of one exposure in episodes: a new one begins only where all before had surely ended by its onset."""
    parts = [[rows[0]]]
    for row in rows[1:]:
        over = all(before["end_upper"] <= row["lower"] for before in parts[-1])
        if over:
            parts.append([row])
        else:
            parts[-1].append(row)
    return parts


def _earliest(rows: list[Row]) -> tuple[float, float]:
    known = [row for row in rows if row["origin"] == "first_dose" and not np.isnan(row["lower"])]
    if not known:
        return np.nan, np.nan
    return min(row["lower"] for row in known), min(row["upper"] for row in known)


def _episode(case: str, exposure: str, rows: list[Row], onset: tuple[float, float], days: list[int]) -> Row:
    outcomes = {_known(row["outcome"]) for row in rows}
    shown = next(outcome for outcome in GRAVEST if outcome in outcomes)
    criteria = {criterion for row in rows for criterion in criteria_met(row)}
    met = [criterion for criterion in SERIOUSNESS if criterion in criteria]
    fatal = any(map(is_fatal, rows))
    denied = not fatal and all(row[criterion] == "no" for row in rows for criterion in SERIOUSNESS)
    before = doses_before(days, *onset)
    return {
        "case_id": case,
        "exposure": exposure,
        "reactions": "; ".join(row["reaction"] for row in rows),
        "terms": joined([row["term"] for row in rows]),
        "outcome": rows[0]["outcome"] if len({row["outcome"] for row in rows}) == 1 else shown,
        "ended": _all(outcomes, ENDED, NOT_ENDED),
        "abated": _all(outcomes, ABATED, NOT_ABATED),
        "fatal": "yes" if fatal else "",
        "serious": "; ".join(criterion.replace("_", " ") for criterion in met),
        "not_serious": "yes" if denied else "",
        "onset_lower": onset[0],
        "onset_upper": onset[1],
        **{end: max((row[end] for row in rows), key=_unknown_last) for end in ENDS},
        "doses_before": (f"{before[0]}" if before[0] == before[1] else f"{before[0]} to {before[1]}")
        if days and np.isfinite(onset[1])
        else "",
        "basis": joined([cell("reactions", row, "outcome", "reaction") for row in rows]),
    }


def _unknown_last(value: float) -> tuple[bool, float]:
    """An end that is not known is later than any that is: the whole has an end only where every term has one."""
    return bool(np.isnan(value)), 0.0 if np.isnan(value) else value


def _all(outcomes: set[str], good: tuple[str, ...], bad: tuple[str, ...]) -> str:
    if outcomes & set(bad):
        return "no"
    return "yes" if outcomes <= set(good) else "unknown"


def _with_index(made: list[Row], rows: list[Row], marked: str) -> list[Row]:
    """One episode is the index: the one an analyst marked, else the first, or the worst where the config wants that."""
    chosen = {row["reaction"] for row in rows if row["index"] == "yes"}
    wanted = [row for row in made if chosen & set(row["reactions"].split("; "))]
    index = wanted[0] if wanted else made[0] if marked == "first" else min(made, key=_gravity)
    return [row | {"index": "yes" if row is index else ""} for row in made]


def _gravity(row: Row) -> tuple[int, int]:
    """Worst first: by the gravest criterion met, then by outcome; `min` leaves ties to the earlier."""
    met = row["serious"].split("; ")
    criterion = next(
        (place for place, criterion_name in enumerate(WORST) if criterion_name.replace("_", " ") in met), len(WORST)
    )
    criterion = 0 if row["fatal"] else criterion
    return criterion, GRAVEST.index(row["outcome"]) if row["outcome"] in GRAVEST else GRAVEST.index("unknown")
