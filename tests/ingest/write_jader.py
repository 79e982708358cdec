"""Writes the invented cases as a download of JADER: decades for ages and sizes, dates and recurrence in cells of the drug."""

import csv
import io

from schemas.codes import crosswalk
from scripts.ingest.jader.from_jader import COLUMNS
from tests.ingest.written_texts import folder_of_texts

UNREAD = {"DEMO": ["状況", "E2B"], "DRUG": ["リスク区分等"]}
"""Columns that a download has and the reader does not read."""


def files(cases, month="202311"):
    """File name -> text."""
    rows = {table: [] for table in COLUMNS}
    for case in cases:
        for table, row in _rows(case):
            rows[table].append({"case_id": case["id"], "version": case["version"]} | row)
    return {f"{table.lower()}{month}.csv": _text(table, of_table) for table, of_table in rows.items()}


def folder(path, texts):
    """Write the texts into a folder, in the encoding of the publisher."""
    return folder_of_texts(path, texts, "cp932")


def _text(table, rows):
    headings = [*COLUMNS[table].values(), *UNREAD.get(table, [])]
    text = io.StringIO()
    lines = csv.writer(text, lineterminator="\r\n")
    lines.writerow(headings)
    for row in rows:
        lines.writerow([row.get(column, "") for column in COLUMNS[table]] + [""] * len(UNREAD.get(table, [])))
    return text.getvalue()


def _jader(codelist, code):
    return crosswalk(codelist, "jader").get(code, "不明" if code == "unknown" else "").split("|")[0]


def _day(iso):
    digits = (iso or "").replace("-", "")
    return digits if digits.isdigit() else ""


def _age(case):
    number, unit = case.get("age", ("", ""))
    if unit == "decade":
        return f"{number}0歳代"
    return {"a": f"{number[:-1]}0歳代", "mo": "10歳未満"}.get(unit, _jader("age_group", case.get("age_group")))


def _rows(case):
    yield (
        "DEMO",
        {
            "sex": _jader("sex", case["sex"]),
            "age": _age(case),
            "quarter_received": "2022・第二",
            "type": _jader("report_type", case["type"]),
            "qualification": _jader("qualification", case["qualification"]),
        },
    )
    for number, entry in enumerate(case["reactions"], start=1):
        outcome, onset = _jader("outcome", entry["outcome"]), _day(entry.get("onset"))
        yield "REAC", {"reaction": number, "term": entry["term"], "outcome": outcome, "onset": onset}
    for number, entry in enumerate(case["drugs"], start=1):
        if entry["role"] != "not_administered":
            yield "DRUG", {"course": number} | _drug(entry)
    for number, entry in enumerate(case.get("history", ()), start=1):
        if entry["kind"] == "condition":
            yield "HIST", {"item": number, "term": entry["term"]}


def _drug(drug):
    judged = drug["judged"][0] if drug["judged"] else {}
    doses = drug["doses"]
    return {
        "role": _jader("drug_role", drug["role"]), "substance": drug["substance"], "drug": drug["drug"],
        "start": ";".join(_day(dose["start"]) for dose in doses), "finish": ";".join(_day(dose["end"]) for dose in doses),
        "amount": ";".join(dose.get("amount", "") for dose in doses).strip(";"),
        "unit": doses[0].get("unit", "") if doses else "", "indication": drug.get("indication", ""),
        "action": _jader("action_taken", drug.get("action")), "rechallenge": _jader("rechallenge", judged.get("rechallenge")),
    }  # fmt: skip
