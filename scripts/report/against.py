"""One patient against the others of the series: sentences on onset, resolution, outcome and re-exposure, what the
headline numbers would be without the patient, and the times as strips.

Times are compared as intervals: earlier or later only where that is sure. Nobody is compared who is not counted
(definitions: a-patient-against-the-others).
"""

import math
from collections import defaultdict
from collections.abc import Mapping
from typing import Any

import pandas as pd

from schemas.codes import DEAD, labels
from schemas.plain_rows import plain_rows
from scripts.clock.intervals import lies_before
from scripts.files.bundle import Bundle
from scripts.report import strips
from scripts.words import times, wording
from scripts.words.wording import cell, name, number

Row = dict[str, Any]
LADDER = ("ladder", "ladder_open")
COUNTED = {"outcome": "outcome", "rechallenge_reported": "re-exposure as reported"}
"""Columns of `patients` whose values are set beside those of the others as squares, one for each patient."""
NOT_COMPARED: dict[str, list] = {"sentences": [], "behind": [], "strips": []}


class Others:
    """The patients of a series, to set one against the rest; what all comparisons share is looked up once."""

    def __init__(self, bundle: Bundle) -> None:
        declared = bundle.conventions
        self.bundle = bundle
        self.counted: list[Row] = plain_rows(bundle.counted)
        self.ids = {row["case_id"] for row in self.counted}
        self.timed: dict[str, list[Row]] = {
            declared.onset: _known(bundle.main_times(declared.onset, declared.clock)),
            declared.resolution: _known(bundle.main_times(declared.resolution)),
        }
        rows = bundle.results_of("robustness", group="all")[["statistic", "endpoint", "level", "value", "line"]]
        whole = plain_rows(rows[rows["statistic"] == "leave_one_case_out"])
        self.whole = {(row["endpoint"], row["level"]): row for row in whole}
        self.without: dict[str, list[Row]] = defaultdict(list)
        for row in plain_rows(rows[rows["statistic"] == "without_case"]):
            case, statistic = row["level"].rsplit(": ", 1)
            self.without[case].append(row | {"asked": (row["endpoint"], statistic)})
        self.behind = _behind(bundle)

    def against(self, case_id: str) -> dict:
        """`sentences`, `behind` (for each of them the lines of results.csv) and `strips` for a patient; all empty where the
        patient is not counted."""
        if case_id not in self.ids:
            return NOT_COMPARED
        split = [
            (endpoint, mine, [row for row in rest if _has_time(row)])
            for endpoint, (mine, rest) in ((each, _apart(case_id, rows)) for each, rows in self.timed.items())
        ]
        (patient,), others = _apart(case_id, self.counted)
        moved = [row for row in self.without[case_id] if not _as_before(row, self.whole[row["asked"]])]
        told = [
            *((_time(self.bundle.facts.sentinel, *each), self.behind[each[0]]) for each in split),
            (_outcome(patient, others), self.behind["outcome"]),
            (_again(patient, others), self.behind["again"]),
        ]
        if self.without[case_id]:
            told.append(
                (_without(self.bundle, moved, self.whole), _lines(moved, [self.whole[row["asked"]] for row in moved]))
            )
        drawn = [strips.of_times(self.bundle, mine, rest) for _, mine, rest in split if _shared_origin(mine, rest)]
        drawn += [strips.of_codes(self.counted, case_id, column, what) for column, what in COUNTED.items()]
        return {"sentences": [words for words, _ in told], "behind": [lines for _, lines in told], "strips": drawn}


def _behind(bundle: Bundle) -> dict[str, list[int]]:
    """The lines of results.csv whose cases a patient is set against: those with a time of each endpoint, the outcomes and who
    died, and who was re-exposed."""
    declared, of_all = bundle.conventions, {"group": "all"}
    onset, resolution = (
        bundle.results_of(analysis, set=bundle.main_set, endpoint=endpoint, statistic="median_bounds", **of_all)
        for analysis, endpoint in (("onset", declared.onset), ("resolution", declared.resolution))
    )
    again = bundle.results_of("rechallenge", endpoint="event")
    return {
        declared.onset: _lines(plain_rows(onset[onset["clock"] == declared.clock])),
        declared.resolution: _lines(plain_rows(resolution)),
        "outcome": _lines(
            plain_rows(bundle.results_of("characteristics", endpoint="outcome", **of_all)),
            plain_rows(bundle.results_of("death", statistic="vital", **of_all)),
        ),
        "again": _lines(
            plain_rows(again[again["statistic"].isin(LADDER) & again["level"].str.startswith("re_exposed")])
        ),
    }


def _lines(*rows: list[Row]) -> list[int]:
    return sorted({row["line"] for part in rows for row in part})


def _apart(case_id: str, rows: list[Row]) -> tuple[list[Row], list[Row]]:
    """The rows of the patient, and those of the others; plain rows, since there is a comparison for every patient."""
    return [row for row in rows if row["case_id"] == case_id], [row for row in rows if row["case_id"] != case_id]


def _shared_origin(mine: list[Row], others: list[Row]) -> bool:
    """Whether the patient has a time, and another one is counted from the same origin."""
    return bool(mine) and _has_time(mine[0]) and any(row["clock"] == mine[0]["clock"] for row in others)


def _has_time(row: Row) -> bool:
    """Not where all that is known is a state, as of one who died at a time that is not told."""
    return row["lower"] > 0 or math.isfinite(row["upper"])


def _others(number: int) -> str:
    return wording.counted(number, "other")


def _known(table: pd.DataFrame) -> list[Row]:
    """One usable time, or state, for each case."""
    usable = ~table["state"].isin(("unknown", "not_usable"))
    return plain_rows(table[usable].drop_duplicates("case_id"))


def _time(sign: str, endpoint: str, mine: list[Row], others: list[Row]) -> str:
    what = wording.endpoint(endpoint, sign).capitalize()
    if not len(mine):
        return f"{what}: not known; of the others known in {len(others)}."
    timed = mine[0]
    if not _has_time(timed):
        return f"{what}: {labels('time_state')[timed['state']]}, at a time that is not known; of the others known in {len(others)}."
    same = [row for row in others if row["clock"] == timed["clock"]]
    apart = (
        f"; in {_others(len(others) - len(same))} the time is counted from another point"
        if len(others) > len(same)
        else ""
    )
    state = "" if timed["state"] == "observed" else f" ({name(timed['state'])})"
    told = f"{what}: {times.of_case(timed)} from {wording.start(timed['clock'], sign)}{state}."
    if not len(same):
        return f"{told} No other time is counted from there{apart}."
    earlier = sum(bool(lies_before(row, timed)) for row in same)
    later = sum(bool(lies_before(timed, row)) for row in same)
    return (
        f"{told} Of {_others(len(same))} counted from there {earlier} surely earlier, {later} surely later, "
        f"{len(same) - earlier - later} possibly at the same time{apart}."
    )


def _outcome(patient: Row, others: list[Row]) -> str:
    same = sum(row["outcome"] == patient["outcome"] for row in others)
    outcome_words = labels("outcome").get(patient["outcome"], cell(patient["outcome"]))
    dead = sum(row["vital"] in DEAD for row in others)
    unknown = sum(row["vital"] == "unknown" for row in others)
    open_ = f"; for {unknown} it is not known whether they are alive" if unknown else ""
    return f"Outcome: {outcome_words}, as in {same} of {_others(len(others))}; {dead} of them died{open_}."


def _again(patient: Row, others: list[Row]) -> str:
    again = [row for row in others if row["re_exposed"] == "yes"]
    if patient["re_exposed"] != "yes":
        return f"Re-exposed: {'no' if patient['re_exposed'] == 'no' else 'not known'}; of the others {len(again)}."
    told = f"Re-exposed: yes, {name(patient['rechallenge_reported'])} as reported."
    if not len(again):
        return f"{told} None of the others is known to have been."
    recurred = sum(row["rechallenge_reported"] == "recurred" for row in again)
    unknown = len(again) - recurred - sum(row["rechallenge_reported"] == "not_recurred" for row in again)
    open_ = f", not known in {unknown}" if unknown else ""
    were = "was" if len(again) == 1 else "were"
    return f"{told} Of the others {len(again)} {were}, with recurrence reported in {recurred}{open_}."


def _as_before(row: Row, whole: Row) -> bool:
    return math.isclose(row["value"], whole["value"], abs_tol=1e-12)


def _without(bundle: Bundle, moved: list[Row], whole: Mapping[tuple[str, str], Row]) -> str:
    """The headline numbers that would be others without this case, from the leave-one-out rows of the results."""

    def amount(asked: tuple[str, str], value: float) -> str:
        endpoint, statistic = asked
        timed = statistic.startswith("median") and math.isfinite(value)
        return times.length(value, bundle.unit(endpoint)) if timed else number(value)

    if not moved:
        return "Without this patient no headline number would move."
    told = [
        f"{name(row['endpoint'])}, {_told(row['asked'][1])}, {amount(row['asked'], row['value'])} instead of "
        f"{amount(row['asked'], whole[row['asked']]['value'])}"
        for row in moved
    ]
    return f"Without this patient: {'; '.join(told)}."


def _told(statistic: str) -> str:
    """known_by_4 -> share known by study day 4, known_by_14d -> within 14 days; median_lower -> median, lower bound."""
    kind, _, rest = statistic.partition("_")
    if kind == "median":
        return f"median, {rest} bound"
    return f"share {kind} {times.by_code(rest.removeprefix('by_'))}"
