"""Dechallenge, the rechallenge ladder, and recurrence of event, symptoms and tests with exact limits."""

import re

import pandas as pd

from scripts.files.displays import Displays, find, one
from scripts.tables.shown import Shown, shown
from scripts.words.wording import NONE, NOTES, cell, coded, count, limits, name

TITLE = "Dechallenge and rechallenge"
METHODS = ("Clopper-Pearson", "Jeffreys")
PARTS = {"clopper_pearson": METHODS[0], "jeffreys": METHODS[1]}
LADDER = {"cases": "cases", "survived": "survived the index event", "stopped": "stopped", "re_exposed": "re-exposed",
          "informative": "informative", "recurred": "event recurred"}  # fmt: skip
KINDS = {"re_exposure": "Re-exposure", "exposure_continued": "Exposure continued", "code_only": "Code only"}
SILENT = {"not_stated": "nothing said: not the same as not rechallenged",
          "not_done": "stated not to have been re-exposed",
          "exposure_continued": "doses continued in the same course: not a rechallenge"}  # fmt: skip


def build(displays: Displays) -> Shown:
    """Blocks: dechallenge, ladder, outcome per endpoint and part, what is not counted, each re-exposure."""
    results = find(displays.results, analysis="rechallenge")
    level = _level(results)
    rows = _dechallenge(results) + _ladder(results) + _recurrence(results, level)
    rows += _parts(find(displays.results, analysis="recurrence"), level) + _silence(results) + _re_exposures(displays)
    columns = ["Block", "Item", "Patients", *(f"{method} {level}" for method in METHODS), "Remarks"]
    claims = [f"Elsewhere: {claim}" for claim in displays.claims]
    notes = (NOTES["patient"], NOTES["strict"], NOTES["parts"], NOTES["inside"], *claims)
    return shown(TITLE, rows, columns, footnotes=notes, block="Block", wide=True)


def _level(results: pd.DataFrame) -> str:
    """The confidence level the analysis declares."""
    row = one(results, statistic="recurrence_limits")
    found = re.search(r"\d+(\.\d+)?%", row["method"]) if row is not None else None
    return found[0] if found else "limits"


def _dechallenge(results: pd.DataFrame) -> list[dict]:
    rows = [
        {
            "Block": "Dechallenge",
            "Item": coded("dechallenge_class", row["level"]),
            "Patients": f"{count(row['value'])} of {count(row['n_total'])}",
            "value: x": row["value"],
            "value: n": row["n_total"],
            "Remarks": row["note"],
        }
        for _, row in find(results, statistic="dechallenge").iterrows()
    ]
    positive = one(results, statistic="dechallenge_positive")
    if positive is not None:
        rows.append(
            {
                "Block": "Dechallenge",
                "Item": "positive of assessable",
                "Remarks": positive["note"],
                "Patients": f"{count(positive['value'])} of {count(positive['n'])}",
                "value: x": positive["value"],
                "value: n": positive["n"],
            }
        )
    return rows or [{"Block": "Dechallenge", "Item": NONE}]


def _ladder(results: pd.DataFrame) -> list[dict]:
    rows = [
        {
            "Block": "Ladder",
            "Item": LADDER.get(row["level"], name(row["level"])),
            "Patients": count(row["value"]),
            "Remarks": row["note"],
            "value: x": row["value"],
            "value: n": row["n_total"],
        }
        for _, row in find(results, statistic="ladder").iterrows()
    ]
    return rows or [{"Block": "Ladder", "Item": NONE}]


def _recurrence(results: pd.DataFrame, level: str) -> list[dict]:
    rows = []
    for _, row in find(results, statistic="recurred").iterrows():
        line = {
            "Block": "Recurrence on re-exposure",
            "Item": name(row["endpoint"]),
            "Remarks": "; ".join(filter(None, [row["note"], _zero(results, row["endpoint"])])),
            "Patients": f"{count(row['value'])} of {count(row['n'])} informative",
            "value: x": row["value"],
            "value: n": row["n"],
        }
        for method in METHODS:
            limit = one(results, statistic="recurrence_limits", endpoint=row["endpoint"], level=method)
            line[f"{method} {level}"] = limits(limit["lower"], limit["upper"]) if limit is not None else "none: n = 0"
            line[f"value: {method} lower"] = limit["lower"] if limit is not None else None
            line[f"value: {method} upper"] = limit["upper"] if limit is not None else None
        rows.append(line)
    return rows or [{"Block": "Recurrence on re-exposure", "Item": NONE}]


def _parts(results: pd.DataFrame, level: str) -> list[dict]:
    """Recurrence by indication and by what the re-exposed course had: one row per part, the outcomes in its cells."""
    lines: dict[tuple[str, str], dict] = {}
    for row in results[(results["group"] != "all") | (results["level"] != "")].to_dict("records"):
        line = lines.setdefault((row["group"], row["level"]), _part(row))
        outcome, method = name(row["endpoint"]), PARTS[row["statistic"]]
        told = limits(row["lower"], row["upper"]) if row["n"] else "none: n = 0"
        line.setdefault(f"{method} {level}", []).append(f"{outcome} {told}")
        line |= {f"value: {method} lower, {outcome}": row["lower"], f"value: {method} upper, {outcome}": row["upper"]}
        if method == METHODS[0]:
            line["Patients"].append(f"{outcome} {count(row['value'])} of {count(row['n'])}")
            line |= {f"value: x, {outcome}": row["value"], f"value: n, {outcome}": row["n"]}
    return [
        {key: "; ".join(cell) if isinstance(cell, list) else cell for key, cell in line.items()}
        for line in lines.values()
    ]


def _part(row: dict) -> dict:
    kind, _, what = row["level"].partition(": ")
    item = f"{kind}: {cell(what)}" if kind else cell(row["group"])
    return {
        "Block": "Recurrence by mitigation" if kind else "Recurrence by indication",
        "Item": item,
        "Patients": [],
        "Remarks": f"{count(row['n_total'])} re-exposed",
    }


def _zero(results: pd.DataFrame, endpoint: str) -> str:
    """The one-sided limit where nobody recurred."""
    row = one(results, statistic="zero_event_upper", endpoint=endpoint)
    return "" if row is None else f"{row['method']} upper limit {count(100 * row['upper'])}%"


def _silence(results: pd.DataFrame) -> list[dict]:
    rows = []
    for level, words in SILENT.items():
        row = one(results, statistic="class", endpoint="event", level=level)
        number = row["value"] if row is not None else 0
        rows.append(
            {
                "Block": "Not counted as rechallenge",
                "Item": words,
                "Patients": count(number),
                "value: x": row["value"] if row is not None else None,
            }
        )
    return rows


def _re_exposures(displays: Displays) -> list[dict]:
    inside = set(displays.cases.loc[displays.cases["counted"] == "inside", "case_id"])
    rows = [_re_exposure(row, row["case_id"] in inside) for row in displays.rechallenges.to_dict("records")]
    return rows or [{"Block": "Re-exposure", "Item": NONE}]


def _re_exposure(row: dict, inside: bool) -> dict:
    parts = [
        f"event {name(row['event'])}",
        f"symptoms {name(row['symptoms'])}",
        f"tests {name(row['tests'])}" + (f" ({row['tests_recurred']})" if row["tests_recurred"] else ""),
    ]
    code = f"E2B code {row['e2b_literal']}" if row["e2b_literal"] else ""
    given = f"{row['doses_given']} doses given" if row["kind"] == "re_exposure" and row["doses_given"] else ""
    before = f"premedication: {cell(row['premedication'])}" if row["premedication"] else ""
    facts = [
        row["why"],
        f"gap {row['gap']}" if row["gap"] else "",
        given,
        before,
        cell(row["setting"]) if row["setting"] else "",
        row["mitigation"],
        code,
        "counted inside an aggregate, not added" if inside else "",
    ]
    return {
        "Block": KINDS[row["kind"]],
        "Item": ", course ".join(filter(None, [row["case_id"], row["course"]])),
        "Patients": "not a rechallenge" if row["kind"] == "exposure_continued" else "; ".join(parts),
        "Remarks": "; ".join(filter(None, facts)),
    }
