"""Rows of a printed table that are no patients: totals, footnotes, headings within the table or printed again.

Read as patients they would be counted, and nobody would see it: each stops the run until the row is deleted, or the patient
has a number that is not taken for anything else.
"""

import re

import numpy as np
import pandas as pd

from schemas.codes import codes
from scripts.ingest.native_cells import fault
from scripts.ingest.table.flat import Flat
from scripts.ingest.table.headings import target_of

CURE = "Delete the row from the table; if it is a patient, give it a number of its own."
NO_NUMBER, UNNAMED = "a row without the number of its patient", "Fill it in, or delete the row."
TURN = "Turn the table, so that each patient has a row: in a spreadsheet, copy it and paste it transposed."
BRACKETS = re.compile(r"\([^)]*\)|\[[^\]]*\]")
WORDS_ALONE = re.compile(r"\n[^\d\n]+\n")
NUMBERED = re.compile(r"\n(?:[A-Za-z]{0,3}[0-9]+\n)*+")
"""Numbers, at most behind a few letters, which is what most tables have."""
FOOTNOTE = re.compile(r"[*†‡§¶#]\s*\w|(?:abbreviations?|notes?|legend)\s*[:.]", re.IGNORECASE)
BESIDE_TOTALS = frozenset({"of", "or", "and", "n", "patients", "cases", "values"})
WIDE, FEW_HEADINGS = 200, 3
"""So many numbers of patients that are headings make a table with a column per patient."""


def without(flat: Flat, case: str) -> Flat:
    """The table without rows that are no patients, each of them a fault; case: the heading of the numbers of the patients."""
    if what := turned(flat, case):
        return Flat(flat.place, flat.cells.iloc[:0], flat.at_row[:0], [*flat.faults, fault("", flat.place, what, TURN)])
    named = flat.cells[case]
    if not _suspicious(named, case):
        return flat
    kinds = {text: _what(text, case) for text in pd.unique(named.to_numpy(object))}
    told = np.array(named.map(kinds), dtype=object)
    told[_alone(flat, case) & (told == "")] = "a heading within the table"
    there = told != ""
    if not there.any():
        return flat
    faults = [
        fault("", flat.place, what, UNNAMED if what == NO_NUMBER else CURE, row=row, column=case, value=text[:60])
        for what, row, text in zip(told[there], flat.at_row[there].tolist(), named[there], strict=True)
    ]
    return Flat(flat.place, flat.cells[~there].reset_index(drop=True), flat.at_row[~there], [*flat.faults, *faults])


def _suspicious(named: pd.Series, case: str) -> bool:
    """Whether any of the cells may be no number of a patient: one look at all of them, since most tables have none."""
    lines = "\n" + "\n".join(named) + "\n"
    if NUMBERED.fullmatch(lines) and not NUMBERED.fullmatch(f"\n{case}\n"):
        return False
    if WORDS_ALONE.search(lines):
        return True
    words = "|".join([*codes("printed_totals"), *BESIDE_TOTALS, "abbreviations?", "notes?", "legend"])
    begins = re.compile(rf"\n(?:[*†‡§¶#]|\W*(?:{words})\b|{re.escape(case)}\n|\n)", re.IGNORECASE)
    return len(named) > 0 and (" " in lines or begins.search(lines) is not None)


def turned(flat: Flat, case: str) -> str:
    """What shows that each patient has a column; blank where nothing does."""
    numbers = pd.unique(flat.cells[case].to_numpy(object)[:WIDE])
    headings = [text for text in numbers if target_of(text)]
    if len(headings) < FEW_HEADINGS:
        return ""
    return f"the column of patients holds headings, such as '{headings[0]}': a column for each patient?"


def _what(text: str, case: str) -> str:
    """What a cell says that is no number of a patient; blank where it may be one."""
    if not text:
        return NO_NUMBER
    if text.casefold() == case.casefold():
        return "the headings once more, of this table or of another"
    if FOOTNOTE.match(text):
        return "a footnote"
    words = set(re.findall(r"[^\W\d_]+", BRACKETS.sub("", text.casefold())))
    if words and words <= set(codes("printed_totals")) | BESIDE_TOTALS and words & set(codes("printed_totals")):
        return "a total, not a patient"
    return ""


def _alone(flat: Flat, case: str) -> np.ndarray:
    """Rows of a wider table that hold nothing but several words where the number of the patient stands, or one without a
    digit where most of the numbers have one."""
    named = flat.cells[case]
    words = named.str.contains(r"\S\s+\S").to_numpy(bool)
    numbered = named.str.contains(r"\d").to_numpy(bool)
    if numbered.sum() * 2 > len(numbered):
        words = words | ~numbered
    if len(flat.cells.columns) < FEW_HEADINGS or not words.any():
        return np.zeros(len(words), bool)
    return words & ~(flat.cells.drop(columns=case) != "").any(axis=1).to_numpy(bool)
