"""Further episodes of a case, each with its own exposure, onset, signs, outcome, seriousness and end.

What is decided of the patient or of the index episode stands on the line of the index episode and is referred to.
"""

from collections import defaultdict
from dataclasses import dataclass

import pandas as pd

from schemas.plain_rows import plain_rows
from scripts.files.bundle import Bundle
from scripts.records.events import SIGNS

Row = dict
Key = tuple[str, str]
"""Case and number of the episode or of the exposure."""


@dataclass(frozen=True)
class Further:
    """A further episode: its row of `episodes`, its exposure, times by endpoint, signs and keys of tests.

    alone: no other episode is in its exposure. Where one is, nothing says which signs and tests belong to which of the
    two, and they stay with the other.
    """

    episode: Row
    episodes: int
    exposure: Row
    times: dict[str, Row]
    signs: tuple[str, ...]
    tests: frozenset[str]
    alone: bool


def further(bundle: Bundle) -> dict[str, list[Further]]:
    """The further episodes of every case that has any, in the order of time."""
    of_case = _grouped(bundle.derived["episodes"], "case_id")
    several = {case: rows for case, rows in of_case.items() if len(rows) > 1}
    if not several:
        return {}
    uses = {(row["case_id"], row["exposure"]): row for row in _rows_of(bundle.derived["exposures"], several)}
    signs = _grouped(_frame(bundle.derived["signs"], several), "case_id", "exposure")
    times = _times(bundle.own_times, bundle.conventions.clock)
    return {
        case: [_further(row, rows, uses[case, row["exposure"]], times, signs) for row in rows if row["index"] != "yes"]
        for case, rows in several.items()
    }


def _further(row: Row, rows: list[Row], use: Row, times: dict, signs: dict) -> Further:
    case, exposure = row["case_id"], row["exposure"]
    alone = sum(other["exposure"] == exposure for other in rows) == 1
    exposure_signs = signs.get((case, exposure), []) if alone else []
    seen = [
        sign
        for sign in exposure_signs
        if sign["kind"] == "reaction" and sign["occurred"] == "yes" and sign["role"] in SIGNS
    ]
    return Further(
        episode=row,
        episodes=len(rows),
        exposure=use,
        times=times.get((case, row["episode"]), {}),
        signs=tuple(dict.fromkeys(sign["term"] for sign in seen)),
        tests=frozenset(sign["key"] for sign in exposure_signs if sign["kind"] == "test"),
        alone=alone,
    )


def _times(table: pd.DataFrame, clock: str) -> dict[Key, dict[str, Row]]:
    """Onsets on the clock of the headline, and resolutions from whatever origin."""
    episode_times: dict[Key, dict[str, Row]] = defaultdict(dict)
    for row in plain_rows(table[table["of_index"] == "no"]):
        if row["clock"] == clock or row["endpoint"].endswith("resolution"):
            episode_times[row["case_id"], row["episode"]].setdefault(row["endpoint"], row)
    return episode_times


def _frame(table: pd.DataFrame, cases: dict) -> pd.DataFrame:
    return table[table["case_id"].isin(list(cases))]


def _rows_of(table: pd.DataFrame, cases: dict) -> list[Row]:
    return plain_rows(_frame(table, cases))


def _grouped(table: pd.DataFrame, *keys: str) -> dict:
    groups: dict = defaultdict(list)
    for row in plain_rows(table):
        groups[row[keys[0]] if len(keys) == 1 else tuple(row[key] for key in keys)].append(row)
    return groups
