"""Counts of patients that may be published: small ones masked, and as many others as it takes that none can be worked out.

A line is the parts of a total: the groups of one level, or the levels of one variable in one group. Where a total is
shown, the masked parts of it are none, or two and more that together are at least five; where it is masked, so is a part
of it, or the sum of the parts would tell it (definitions: sharing).
"""

from collections.abc import Iterable, Sequence

import numpy as np
import pandas as pd

from scripts.words.results import characteristic
from scripts.words.wording import NOTHING

LEAST = 5
"""A count of patients below it is masked; none is no patient, and is shown."""
MASKED = "masked"
NOT_SHARED = "known, not shared"
"""What is counted under the reason `masked` of the copy."""
TOTAL = "all"
COUNTS = {"characteristics": ("count", "missing"), "rechallenge": ("reported",)}
"""Analysis -> the statistics that count each patient under one level."""
REPORTED = "Event on re-exposure, as reported"
RULE = (
    f"Counts of 1 to {LEAST - 1} patients are masked, and further ones where a masked count could be worked out from a "
    f"total: the masked parts of a shown total are at least two, and together at least {LEAST} patients."
)


def public(results: pd.DataFrame) -> pd.DataFrame:
    """variable, level, one column per group: counts as text, or `masked`."""
    sizes = results[(results["analysis"] == "characteristics") & (results["statistic"] == "cases")]
    groups = list(dict.fromkeys([TOTAL, *sizes["group"]]))
    totals = sizes.set_index("group")["value"].reindex(groups).fillna(0)
    tables = [table for rows in _variables(results) if (table := _counted(rows, groups)) is not None]
    frames = [_frame("Patients", pd.DataFrame([totals], index=["all"]), masked_of(totals.to_numpy()[None, :], None))]
    hidden_totals = frames[0][groups].eq(MASKED).to_numpy()[0]
    for variable, table in tables:
        group_count = len(table.columns)
        hidden = masked_of(table.to_numpy(), totals.to_numpy()[:group_count], hidden_totals[:group_count])
        frames.append(_frame(variable, table, hidden))
    return pd.concat(frames, ignore_index=True)[["variable", "level", *groups]].fillna(NOTHING)


def _variables(results: pd.DataFrame) -> Iterable[tuple[str, pd.DataFrame]]:
    for analysis, statistics in COUNTS.items():
        analysis_rows = results[(results["analysis"] == analysis) & results["statistic"].isin(statistics)]
        for endpoint, rows in analysis_rows.groupby("endpoint", sort=False):
            yield (REPORTED if analysis == "rechallenge" else characteristic(str(endpoint))), rows


def _counted(named: tuple[str, pd.DataFrame], groups: Sequence[str]) -> tuple[str, pd.DataFrame] | None:
    variable, rows = named
    table = rows.assign(group=rows["group"].replace("", TOTAL)).pivot_table(
        index="level", columns="group", values="value", aggfunc="sum", sort=False
    )
    columns = groups if set(table.columns) - {TOTAL} else [TOTAL]  # what is told of all alone is not 0 in the groups
    return (variable, table.reindex(columns=columns).fillna(0)) if len(table) else None


def _frame(variable: str, table: pd.DataFrame, hidden: np.ndarray) -> pd.DataFrame:
    shown = table.map(lambda number: f"{number:.0f}").mask(pd.DataFrame(hidden, table.index, table.columns), MASKED)
    return shown.assign(
        variable=variable,
        level=[NOT_SHARED if level == MASKED else str(level).replace("_", " ") for level in table.index],
    )


def masked_of(counts: np.ndarray, totals: np.ndarray | None, hidden_totals: np.ndarray | None = None) -> np.ndarray:
    """Which cells are masked. counts: levels by groups, the first column the total of the others; totals: of each column
    over the levels, where they are known."""
    hidden = (counts > 0) & (counts < LEAST)
    while True:
        before = hidden.copy()
        for level in range(len(counts)):
            _close(counts[level, 1:], hidden[level, 1:], hidden[level], 0)
        if totals is not None:
            hide_total = hidden_totals if hidden_totals is not None else np.zeros(len(totals), dtype=bool)
            for group in range(counts.shape[1]):
                if not hide_total[group] and counts[:, group].sum() == totals[group]:
                    _close(counts[:, group], hidden[:, group], None, 0)
        if (hidden == before).all():
            return hidden


def _close(parts: np.ndarray, hidden: np.ndarray, line: np.ndarray | None, total: int) -> None:
    """Mask further parts, the smallest first, until nothing masked can be worked out; in place.

    line: the cells with the total among them, at `total`; None where the total is shown.
    """
    if not len(parts) or (line is None and not hidden.any()):
        return
    shown_total = line is None or not line[total]
    if shown_total and not hidden.any():
        return
    while not _safe(parts, hidden, shown_total):
        open_ = np.flatnonzero(~hidden)
        if not len(open_):
            if line is not None:
                line[total] = True
            return
        hidden[open_[np.argmin(np.where(parts[open_] > 0, parts[open_], np.inf))]] = True


def _safe(parts: np.ndarray, hidden: np.ndarray, shown_total: bool) -> bool:
    if not shown_total:
        return bool(hidden.any())
    return hidden.sum() >= 2 and parts[hidden].sum() >= LEAST
