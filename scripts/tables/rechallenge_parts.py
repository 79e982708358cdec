"""Recurrence by indication and by what the re-exposed course had: one row per part, the outcomes in its cells."""

import pandas as pd

from schemas.plain_rows import plain_rows
from scripts.words.results import lines_of, measure
from scripts.words.wording import cell, count, limits, name

METHODS = ("Clopper-Pearson", "Jeffreys")
PARTS = {"clopper_pearson": METHODS[0], "jeffreys": METHODS[1]}


def parts(results: pd.DataFrame, level: str) -> list[dict]:
    """Recurrence by indication and by what the re-exposed course had: one row per part, the outcomes in its cells."""
    lines: dict[tuple[str, str], dict] = {}
    for row in plain_rows(results[(results["group"] != "all") | (results["level"] != "")]):
        line = lines.setdefault((row["group"], row["level"]), _part(row))
        outcome, method = name(row["endpoint"]), PARTS[row["statistic"]]
        told = limits(row["lower"], row["upper"]) if row["n"] else "none: n = 0"
        line.setdefault(f"{method} {level}", []).append(f"{outcome} {told}")
        line.setdefault(f"source: {method} {level}", []).append(lines_of(row))
        line |= {f"value: {method} lower, {outcome}": row["lower"], f"value: {method} upper, {outcome}": row["upper"]}
        if method == METHODS[0]:
            line["Patients"].append(f"{outcome} {count(row['value'])} of {count(row['n'])}")
            line["source: Patients"].append(lines_of(row))
            line |= {f"value: x, {outcome}": row["value"], f"value: n, {outcome}": row["n"]}
    return [
        {key: _in_one(key, cell) if isinstance(cell, list) else cell for key, cell in line.items()}
        for line in lines.values()
    ]


def _in_one(key: str, parts: list[str]) -> str:
    return (" " if key.startswith("source: ") else "; ").join(parts)


def _part(row: dict) -> dict:
    kind, what = measure(row["level"])
    item = f"{kind}: {cell(what)}" if kind else cell(row["group"])
    return {
        "Block": "Recurrence by mitigation" if kind else "Recurrence by indication",
        "Item": item,
        "Patients": [],
        "source: Patients": [],
        "Remarks": f"{count(row['n_total'])} re-exposed",
    }
