"""An invented case in reported rows with everything that a transmissible message needs. Codes are 00000000: no dictionary."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache

import pandas as pd

from schemas.config import Sender
from schemas.reported import TABLES
from scripts.documents.case_file import CaseFile
from scripts.documents.e2b.message import Message
from scripts.documents.e2b.term_codes import TermCodes
from tests.documents.line import LOCK, SENDER, Tables, derived_cases, empty

CASE = "CASE-1"
CODES = TermCodes(dict.fromkeys(("invented bleeding", "cough", "invented sclerosis", "migraine"), ("00000000", "27.1")))

ROWS: dict[str, list[dict[str, str]]] = {
    "sources": [{"source_id": "S1", "kind": "article", "citation": "Nobody A. J Invent 2022;1:1.", "doi": "10.0/1"}],
    "reports": [{"version": "1", "report_type": "spontaneous", "received": "2022-08-01", "latest_information": "2022-08-15",
                 "reporter_qualification": "physician", "country": "GB", "narrative": "An invented narrative."}],
    "cases": [{"identity": "identified", "country": "GB", "sex": "F", "age_lower": "29", "age_upper": "29",
               "weight": "61.5", "height": "168"}],
    "history": [{"item": "h1", "kind": "condition", "term": "migraine", "start_date": "2010", "continuing": "yes"}],
    "courses": [
        {"course": "1", "drug": "INVENTAB", "substance": "inventumab", "role": "suspect", "ordinal": "1",
         "indication": "invented sclerosis", "action_taken": "withdrawn"},
        {"course": "2", "drug": "INVENTAB", "substance": "inventumab", "role": "suspect", "ordinal": "2",
         "indication": "invented sclerosis"},
        {"course": "3", "drug": "Otherdrug", "substance": "othersubstance", "role": "concomitant"},
    ],
    "doses": [
        {"course": "1", "dose": "1", "time_date": "2022-07-04", "amount": "12", "unit": "mg", "route": "infusion", "given": "yes"},
        {"course": "1", "dose": "2", "time_date": "2022-07-06", "amount": "12", "unit": "mg", "given": "partial"},
        {"course": "1", "dose": "3", "given": "no"},
    ],
    "reactions": [
        {"reaction": "bleeding", "course": "1", "term": "invented bleeding", "role": "event", "occurred": "yes",
         "onset_date": "2022-07-07", "end_date": "2022-07-20", "outcome": "recovered", "hospitalisation": "yes",
         "death": "no"},
        {"reaction": "cough", "course": "1", "term": "cough", "role": "symptom", "occurred": "yes",
         "onset_date": "masked"},
        {"reaction": "fever", "course": "1", "term": "fever", "role": "symptom", "occurred": "no"},
    ],
    "tests": [
        {"result": "crp", "test": "C-reactive protein", "time_date": "2022-07-07", "value": "<5", "unit_as_printed": "mg/L",
         "reference_as_printed": "0-5"},
        {"result": "ct", "test": "CT", "time_date": "2022-07", "finding": "opacities"},
    ],
    "alternatives": [{"cause": "infection", "excluded": "yes", "how": "culture"}],
    "assessments": [{"assessor": "reporter", "drug": "inventumab", "reaction": "bleeding", "rechallenge": "not_recurred",
                     "method": "global", "result": "probable"}],
}  # fmt: skip


def tables(**changed: list[dict[str, str]]) -> Tables:
    """The reported tables of the case; a table named replaces its rows."""
    rows = ROWS | changed
    return {table: _table(table, rows[table]) if rows.get(table) else empty(table) for table in TABLES}


def _table(table_name: str, rows: list[dict[str, str]]) -> pd.DataFrame:
    case_cells = {"case_id": CASE, "source_id": "S1", "locator": "p. 1", "status": "stated"}
    blank = dict.fromkeys(TABLES[table_name].columns, "") | {
        key: value for key, value in case_cells.items() if key in TABLES[table_name].columns
    }
    table = pd.DataFrame([blank | row for row in rows]).astype(object)
    return table.assign(at_file=f"{table_name}.csv", at_row=range(2, len(table) + 2))


def changed(table: str, number: int, **cells: str) -> dict[str, list[dict[str, str]]]:
    """Rows of one table with cells of one row replaced."""
    return {table: [row | cells if at == number else row for at, row in enumerate(ROWS[table])]}


def case(**rows: list[dict[str, str]]) -> CaseFile:
    """The case as derived, once for the same rows: many tests ask for the same."""
    return _derived(json.dumps(rows))


@cache
def _derived(rows: str) -> CaseFile:
    return derived_cases(tables(**json.loads(rows)))[CASE]


@dataclass(frozen=True)
class _Otherwise(CaseFile):
    """A case of which something else was derived."""

    other: dict[str, str]

    @property
    def derived(self) -> dict[str, str]:
        return {**super().derived, **self.other}


def concluded(**derived: str) -> CaseFile:
    """The case with these conclusions about the patient."""
    return _Otherwise(CASE, case().shelf, derived)


def one_of(variants: dict[str, dict[str, list[dict[str, str]]]], variant: str) -> CaseFile:
    """The case with the rows that one variant replaces. All are derived together: that costs as much for one as for fifty."""
    return _together(json.dumps(variants))[variant]


@cache
def _together(variants: str) -> dict[str, CaseFile]:
    changes: dict[str, dict] = json.loads(variants)
    made = [_called(tables(**rows), number) for number, rows in enumerate(changes.values())]
    filled = {table: [reported[table] for reported in made if len(reported[table])] for table in TABLES}
    case_files = derived_cases(
        {table: pd.concat(parts, ignore_index=True) if parts else empty(table) for table, parts in filled.items()}
    )
    return {variant: case_files[f"{CASE}.{number}"] for number, variant in enumerate(changes)}


def _called(reported: Tables, number: int) -> Tables:
    """The tables with the case and its source under names of their own."""
    keys = ("case_id", "source_id")
    named = {
        table_name: table.assign(**{key: table[key] + f".{number}" for key in keys if key in table})
        for table_name, table in reported.items()
    }
    marks = named["provenance"]
    return named | {"provenance": marks.assign(key=marks["key"].str.replace(CASE, f"{CASE}.{number}", regex=False))}


def message_of(variants: dict[str, dict[str, list[dict[str, str]]]], variant: str) -> Message:
    return Message(one_of(variants, variant), CODES, LOCK, Sender.model_validate(SENDER))


def message(sender: dict | None = SENDER, codes: TermCodes = CODES, **rows: list[dict[str, str]]) -> Message:
    return Message(case(**rows), codes, LOCK, Sender.model_validate(sender) if sender else None)
