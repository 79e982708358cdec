"""T2: characteristics with missingness: n stated of N everywhere, reasons for missing kept apart, no p-values."""

import pandas as pd

from scripts.displays import Displays, find
from scripts.tables.shown import Shown, shown
from scripts.wording import cell, coded, count, name, number, of

TITLE = "Characteristics"
CODELISTS = {"outcome": "outcome", "sex": "sex", "certainty": "case_definition", "dechallenge": "dechallenge_class",
             "identity": "identity"}  # fmt: skip


def build(displays: Displays) -> Shown:
    """One row per variable and level, one column per group."""
    results = find(displays.results, analysis="characteristics")
    groups = list(dict.fromkeys(results["group"]))
    sizes = {row["group"]: row["value"] for _, row in find(results, statistic="cases").iterrows()}
    headings = {group: f"{group} (N = {count(sizes[group])})" for group in groups}
    rows = []
    body = results[results["statistic"] != "cases"]
    for variable, part in body.groupby("endpoint", sort=False):
        rows += _stated(variable, part, groups, headings)
        for (statistic, level), cells in part.groupby(["statistic", "level"], sort=False):
            rows.append(_level(variable, statistic, level, cells, headings))
    notes = ("n stated / N: cases with the item over all cases of the column; counts are over the stated ones.",
             "Age as stated, in years; a band stays a band: median and range are given as bounds.")  # fmt: skip
    return shown(TITLE, rows, ["Item", "Level", *headings.values()], footnotes=notes)


def _stated(variable: str, part: pd.DataFrame, groups: list[str], headings: dict[str, str]) -> list[dict]:
    line = {"Item": name(variable), "Level": "n stated / N"}
    for group, cells in part.groupby("group", sort=False):
        line[headings[group]] = f"{count(cells['n'].iloc[0])} / {count(cells['n_total'].iloc[0])}"
    return [line]


def _level(variable: str, statistic: str, level: str, cells: pd.DataFrame, headings: dict[str, str]) -> dict:
    line = {"Item": "", "Level": _words(variable, statistic, level)}
    for group, heading in headings.items():
        row = cells[cells["group"] == group]
        if not len(row):
            line[heading] = "–" if statistic in ("median_bounds", "range") else "0"
            continue
        first = row.iloc[0]
        line[heading] = _shown(first, statistic)
        line[f"value: {heading}"] = first["value"]
        line[f"value: {heading} lower"], line[f"value: {heading} upper"] = first["lower"], first["upper"]
    return line


def _words(variable: str, statistic: str, level: str) -> str:
    if statistic == "missing":
        return f"missing: {cell(level)}"
    if statistic in ("median_bounds", "range"):
        return {"median_bounds": "median, bounds", "range": "range"}[statistic]
    return coded(CODELISTS[variable], level) if variable in CODELISTS else level


def _shown(row: pd.Series, statistic: str) -> str:
    if statistic in ("median_bounds", "range"):
        low, high = number(row["lower"], 1), number(row["upper"], 1)
        return low if low == high else f"{low} to {high}"
    return count(row["value"]) if statistic == "missing" else of(row["value"], row["n"])
