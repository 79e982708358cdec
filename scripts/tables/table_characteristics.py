"""Characteristics with missingness: n stated of N everywhere, reasons for missing kept apart, no p-values."""

from collections import defaultdict

from schemas.plain_rows import plain_rows
from scripts.files.bundle import Bundle
from scripts.tables.shown import Shown, shown
from scripts.words.patients_told import NOT_SERIOUS
from scripts.words.results import characteristic, lines_of, result_rows
from scripts.words.wording import LEAST_FOR_QUARTILES, NONE, NOTES, NOTHING, cell, coded, count, count_of, name, number

TITLE = "Characteristics"
CODELISTS = {"vital": "vital", "outcome": "outcome", "sex": "sex", "certainty": "case_definition", "dechallenge": "dechallenge_class",
             "identity": "identity", "reporter": "qualification", "report_type": "report_type"}  # fmt: skip
BOUNDS = {"median_bounds": "median, bounds", "range": "range", "quartiles": "quartiles, bounds"}


def build(bundle: Bundle) -> Shown:
    """One row per variable and level, one column per group, the largest groups of the profile in its order."""
    results = bundle.results_of("characteristics")
    rows = plain_rows(results)
    sizes = {row["group"]: row["value"] for row in rows if row["statistic"] == "cases"}
    order = ["all", *bundle.profile.groups]
    groups = sorted(sizes, key=lambda group: order.index(group) if group in order else len(order))
    headings = {group: f"{group} (N = {count(sizes[group])})" for group in groups}
    lines = []
    for variable, part in _grouped([row for row in rows if row["statistic"] != "cases"], "endpoint").items():
        lines += _variable(variable, part, headings)
    return shown(
        TITLE,
        lines or [{"Item": NONE}],
        ["Item", "Level", *headings.values()],
        block="Item",
        footnotes=(NOTES["stated"], NOTES["missing"], NOTES["age"], NOTES["levels"], *_untested(bundle)),
    )


def _grouped(rows: list[dict], *keys: str) -> dict:
    groups = defaultdict(list)
    for row in rows:
        groups[row[keys[0]] if len(keys) == 1 else tuple(row[key] for key in keys)].append(row)
    return groups


def _variable(variable: str, rows: list[dict], headings: dict[str, str]) -> list[dict]:
    item = characteristic(variable)
    stated = {row["group"]: row for row in rows}
    head = {"Item": item, "Level": "n stated / N"}
    for group, row in stated.items():
        head[headings[group]] = f"{count(row['n'])} / {count(row['n_total'])}"
        head[f"value: {headings[group]}"] = row["n"]
        head[f"source: {headings[group]}"] = lines_of(row)
    lines = [head]
    levels = _grouped(rows, "statistic", "level")
    for (statistic, level), cells in sorted(levels.items(), key=lambda entry: _rank(entry[0][0])):
        line = {"Item": item, "Level": _words(variable, statistic, level)}
        lines.append(line | _cells({row["group"]: row for row in cells}, statistic, stated, headings))
    return lines


def _rank(statistic: str) -> int:
    """Values first, reasons for missing last."""
    return statistic == "missing"


def _cells(cells: dict[str, dict], statistic: str, stated: dict[str, dict], headings: dict[str, str]) -> dict:
    line: dict = {}
    for group, heading in headings.items():
        row = cells.get(group)
        if row is None:
            nothing = group not in stated or statistic in BOUNDS or not stated[group]["n"]
            line[heading] = NOTHING if nothing and statistic != "missing" else "0"
            line[f"source: {heading}"] = lines_of(stated.get(group)) if line[heading] != NOTHING else ""
            continue
        line[heading] = _shown(row, statistic)
        names = {"value": heading, "lower": f"{heading} lower", "upper": f"{heading} upper"}
        line |= {f"value: {label}": row[key] for key, label in names.items()} | {f"source: {heading}": lines_of(row)}
    return line


def _words(variable: str, statistic: str, level: str) -> str:
    if statistic in BOUNDS:
        return BOUNDS[statistic]
    level_words = (
        coded(CODELISTS[variable], level) if variable in CODELISTS else cell(level) if statistic == "missing" else level
    )
    level_words = NOT_SERIOUS if level == "not_serious" else level_words
    plain = level_words if statistic in ("count", "missing") else f"{name(statistic)} {level_words}".strip()
    return f"missing: {plain}" if statistic == "missing" else plain


def _shown(row: dict, statistic: str) -> str:
    if statistic == "quartiles" and row["n"] < LEAST_FOR_QUARTILES:
        return f"not given below n = {LEAST_FOR_QUARTILES}"
    if statistic in BOUNDS:
        low, high = number(row["lower"], 1), number(row["upper"], 1)
        return low if low == high else f"{low} to {high}"
    return count(row["value"]) if statistic == "missing" else count_of(row["value"], row["n"])


def _untested(bundle: Bundle) -> list[str]:
    """Why the groups are not compared, where the analysis says so."""
    rows = result_rows(bundle.results, statistic="groups_not_tested")
    return [f"Groups are not tested against each other: {note}." for note in rows["note"] if note]
