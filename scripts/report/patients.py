"""The patients one by one: what is concluded of each and on which grounds, their times, and every row as reported.

In comes the bundle; out come plain dictionaries for the page. Nothing is decided here.
"""

from collections import defaultdict

import pandas as pd

from schemas.fields import OUT_OF_USE
from schemas.plain_rows import plain_rows
from schemas.reported import TABLES
from scripts.files.bundle import Bundle
from scripts.report.against import NOT_COMPARED, Others
from scripts.report.timeline import timelines
from scripts.words import times, withheld_cells
from scripts.words.wording import cell, coded, endpoint, name, start

CONCLUSIONS = (
    ("vital", "Vital status", "vital", "vital_basis"),
    ("survived_event", "Survived the event", "known", "survived_basis"),
    ("dechallenge", "Dechallenge", "", "dechallenge_basis"),
    ("rechallenge_reported", "Rechallenge, as reported", "rechallenge_reported", ""),
    ("rechallenge_event", "Rechallenge, strict", "rechallenge_class", ""),
    ("other_cause", "Another cause", "", "other_cause_basis"),
    ("certainty", "Certainty", "case_definition", ""),
)
"""Column of `patients`, what it is called, the code list that words it (none: the code itself, as in the forms), and the column
with its grounds."""
MASKED = "masked"
"""What stands for grounds that are not shared."""
OF_THE_ROW = ("case_id", "source_id", "locator", "status", "at_file", "at_row")
IN_TEXT = {table: schema for table, schema in TABLES.items() if "case_id" in schema.columns}


def patients(bundle: Bundle, case_ids: set[str], *, compared: bool = True) -> list[dict]:
    """`case_id`, `counted`, `concluded`, `times`, `timelines`, `rows`, `against` of these cases, in the order of the series.

    compared: whether each is set against all others, which for thousands would take as long as the run.
    """
    others = Others(bundle) if compared else None
    lines = timelines(bundle, case_ids)
    rows, timed = _rows(bundle, case_ids), _times(bundle, case_ids)
    return [
        {
            "case_id": case["case_id"],
            "counted": case["counted"],
            "concluded": [
                {
                    "label": label,
                    "value": coded(codelist, str(case[column])) if codelist else name(str(case[column])),
                    "basis": case[basis] if basis and case[basis] != MASKED else "",
                }
                for column, label, codelist, basis in CONCLUSIONS
                if str(case[column])
            ],
            "times": timed[case["case_id"]],
            "timelines": lines.get(case["case_id"], []),
            "rows": rows[case["case_id"]],
            "against": others.against(case["case_id"]) if others else NOT_COMPARED,
        }
        for case in plain_rows(bundle.cases[bundle.cases["case_id"].isin(case_ids)])
    ]


def _times(bundle: Bundle, wanted: set[str]) -> dict[str, list[str]]:
    """case -> its times in words: `first symptom, first dose: study day 2`."""
    told: dict[str, list[str]] = defaultdict(list)
    every, sign = bundle.own_times, bundle.facts.sentinel
    known = every[every["case_id"].isin(wanted) & (every["state"] != "unknown")]
    for row in plain_rows(known):
        again = f", episode {row['episode']}" if row["of_index"] == "no" else ""
        state = "" if row["state"] == "observed" else f" ({name(row['state'])})"
        told[row["case_id"]].append(
            f"{endpoint(row['endpoint'], sign)}{again}, from {start(row['clock'], sign)}: {times.of_case(row)}{state}"
        )
    return told


def _rows(bundle: Bundle, wanted: set[str]) -> dict[str, list[dict]]:
    """case -> its reported rows: `table`, `key`, `cells` (title, words), `source`, `locator`, `status`, `place`, `marks`."""
    findings, provenance = bundle.findings, bundle.series["provenance"]
    marks = _marks(findings[findings["case_id"].isin(wanted | {""})])
    cell_remarks = _provenance(provenance[provenance["key"].str.split(";").str[0].isin(wanted)])
    withheld = withheld_cells.by_row(plain_rows(bundle.books["withheld"]))
    reported_rows: dict[str, list[dict]] = defaultdict(list)
    for table, schema in IN_TEXT.items():
        reported = bundle.series[table]
        keys = [part for part in (schema.metadata or {})["key"] if part != "case_id"]
        titles = {
            column_name: column.title or column_name
            for column_name, column in schema.columns.items()
            if column_name not in OF_THE_ROW
        }
        for row in plain_rows(reported[reported["case_id"].isin(wanted)]):
            key = ";".join(str(row[part]) for part in (schema.metadata or {})["key"])
            reported_rows[row["case_id"]].append(
                {
                    "table": table,
                    "key": ", ".join(str(row[part]) for part in keys if row[part]),
                    "cells": _cells(row, titles, dict(withheld.get((table, key), []))),
                    "source": row.get("source_id", ""),
                    "locator": row.get("locator", ""),
                    "status": row.get("status", ""),
                    "place": f"{row['at_file']}, row {row['at_row']}",
                    "marks": marks[row["at_file"], str(row["at_row"])],
                    "said": cell_remarks[table, key],
                }
            )
    return reported_rows


def _cells(row: dict, titles: dict[str, str], withheld: dict[str, str]) -> list[tuple[str, str]]:
    """Title and words of the cells that hold something; what a check keeps out of use stands there as printed."""
    return [
        (title, withheld_cells.marked(withheld[column]) if column in withheld else cell(str(row[column])))
        for column, title in titles.items()
        if row[column] and (column in withheld or not _emptied(column, row[column], withheld))
    ]


def _emptied(column: str, value: str, withheld: dict[str, str]) -> bool:
    """Whether a cell held nothing and belongs to a time that is withheld as a whole."""
    return value == OUT_OF_USE and any(
        column.rpartition("_")[0] == other.rpartition("_")[0] for other in withheld if "_" in other
    )


def _marks(findings: pd.DataFrame) -> dict[tuple[str, str], list[str]]:
    """(file, row) -> the findings on it."""
    marks: dict[tuple[str, str], list[str]] = defaultdict(list)
    for row in plain_rows(findings):
        marks[row["file"], str(row["row"])].append(row["finding"])
    return marks


def _provenance(provenance: pd.DataFrame) -> dict[tuple[str, str], list[str]]:
    """(table, key) -> what is said of single cells of the row: where they stand, in which words, how they are known."""
    cell_remarks: dict[tuple[str, str], list[str]] = defaultdict(list)
    for row in plain_rows(provenance):
        words = f"“{row['words']}”" if row["words"] else ""
        parts = [row["source_id"], row["locator"], row["status"], words, row["note"]]
        cell_remarks[row["table"], row["key"]].append(f"{name(row['column'])}: {', '.join(filter(None, parts))}")
    return cell_remarks
