"""T4: dechallenge, the rechallenge ladder, and recurrence of event, symptoms and tests with exact limits."""

import pandas as pd

from scripts.displays import Displays, find, one
from scripts.tables.shown import Shown, shown
from scripts.wording import coded, count, limits, name

TITLE = "Dechallenge and rechallenge"
COLUMNS = ["Block", "Item", "Patients", "Clopper-Pearson 95%", "Jeffreys 95%", "Remarks"]
LADDER = {"cases": "cases", "survived": "survived the index event", "stopped": "stopped", "re_exposed": "re-exposed",
          "informative": "informative", "recurred": "event recurred"}  # fmt: skip


def build(displays: Displays) -> Shown:
    """Blocks: dechallenge, ladder, outcome per endpoint, what is said elsewhere, each re-exposure."""
    results = find(displays.results, analysis="rechallenge")
    rows = _dechallenge(results) + _ladder(results) + _recurrence(results) + _silence(results)
    rows += [_re_exposure(row) for row in displays.rechallenges.to_dict("records") if _counted(row, displays.cases)]
    return shown(TITLE, rows, COLUMNS, footnotes=_footnotes(displays))


def _counted(row: dict, cases: pd.DataFrame) -> bool:
    return row["case_id"] in set(cases.loc[cases["counted"] == "in", "case_id"])


def _dechallenge(results: pd.DataFrame) -> list[dict]:
    rows = [{"Block": "Dechallenge", "Item": coded("dechallenge_class", row["level"]),
             "Patients": f"{count(row['value'])} of {count(row['n_total'])}", "value: x": row["value"],
             "value: n": row["n_total"]} for _, row in find(results, statistic="dechallenge").iterrows()]  # fmt: skip
    positive = one(results, statistic="dechallenge_positive")
    if positive is not None:
        rows.append({"Block": "Dechallenge", "Item": "positive of assessable", "Remarks": positive["note"],
                     "Patients": f"{count(positive['value'])} of {count(positive['n'])}",
                     "value: x": positive["value"], "value: n": positive["n"]})  # fmt: skip
    return rows


def _ladder(results: pd.DataFrame) -> list[dict]:
    return [{"Block": "Ladder", "Item": LADDER[row["level"]], "Patients": count(row["value"]), "Remarks": row["note"],
             "value: x": row["value"], "value: n": row["n_total"]}
            for _, row in find(results, statistic="ladder").iterrows()]  # fmt: skip


def _recurrence(results: pd.DataFrame) -> list[dict]:
    rows = []
    for _, row in find(results, statistic="recurred").iterrows():
        line = {"Block": "Recurrence on re-exposure", "Item": name(row["endpoint"]), "Remarks": row["note"],
                "Patients": f"{count(row['value'])} of {count(row['n'])} informative", "value: x": row["value"],
                "value: n": row["n"]}  # fmt: skip
        for method in ("Clopper-Pearson", "Jeffreys"):
            limit = one(results, statistic="recurrence_limits", endpoint=row["endpoint"], level=method)
            line[f"{method} 95%"] = limits(limit["lower"], limit["upper"]) if limit is not None else "none: n = 0"
            line[f"value: {method} lower"] = limit["lower"] if limit is not None else None
            line[f"value: {method} upper"] = limit["upper"] if limit is not None else None
        rows.append(line)
    return rows


def _silence(results: pd.DataFrame) -> list[dict]:
    rows = []
    for level, words in (("not_stated", "nothing said: not the same as not rechallenged"),
                         ("not_done", "stated not to have been re-exposed"),
                         ("exposure_continued", "doses continued in the same course: not a rechallenge")):  # fmt: skip
        row = one(results, statistic="class", endpoint="event", level=level)
        number = row["value"] if row is not None else 0
        rows.append({"Block": "Not counted as rechallenge", "Item": words, "Patients": count(number),
                     "value: x": number})  # fmt: skip
    return rows


def _re_exposure(row: dict) -> dict:
    title = {"re_exposure": "Re-exposure", "exposure_continued": "Exposure continued", "code_only": "Code only"}
    parts = [f"event {name(row['event'])}", f"symptoms {name(row['symptoms'])}", f"tests {name(row['tests'])}"]
    facts = [row["why"], f"gap {row['gap']}" if row["gap"] else "", row["setting"], row["mitigation"]]
    return {"Block": title[row["kind"]], "Item": f"{row['case_id']}, course {row['course']}",
            "Patients": parts[0] if row["kind"] == "exposure_continued" else "; ".join(parts),
            "Remarks": "; ".join(filter(None, facts))}  # fmt: skip


def _footnotes(displays: Displays) -> tuple[str, ...]:
    claims = tuple(f"Elsewhere: {claim}" for claim in displays.claims)
    return (
        "The patient is the unit; doses within a patient are not independent. Re-exposed patients are chosen: mild cases "
        "are re-exposed more readily.",
        "Strict class: positive = met the case definition again; negative = looked for and absent after at least half of "
        "the index doses; inconclusive otherwise.",
        *claims,
    )
