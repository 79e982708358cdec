"""Columns that hold several things in one cell, and columns without a target: rows of their own, and notes of the case."""

import numpy as np
import pandas as pd

from schemas.map_column import TARGETS
from scripts.ingest.table.columns_read import ColumnRead
from scripts.ingest.table.parts import Part, Texts
from scripts.ingest.table.printed_words import parted
from scripts.ingest.table.slots import NOTED, Row

KEYS = {"history": "item", "alternatives": "cause", "managements": "item", "reactions": "reaction"}


def list_rows(row: Row, read: ColumnRead, last_course: np.ndarray) -> Part:
    """One row of the target's table for each entry of each cell; an entry that stands twice for a case counts once.

    last_course: the greatest number of a course of each row's case, behind which other drugs are numbered.
    """
    target = TARGETS[read.column.target]
    at, term, folded = _entries(read, np.flatnonzero(read.value))
    if row.several:
        apart = {"case": row.case[at], "term": folded}
        apart |= {"episode": row.episode[at]} if target["table"] == "reactions" else {}
        once = ~pd.DataFrame(apart).duplicated().to_numpy()
        at, term = at[once], term[once]
    cells = _cells(target, term, row.episode[at])
    if target["table"] == "courses":
        before = pd.Series(at).groupby(row.case[at]).cumcount().to_numpy()
        cells["course"] = (last_course[at] + before + 1).astype(str).astype(object)
    if target["table"] == "reactions" and read.column.order:
        cells["onset_order"] = read.column.order
    return row.part(cells, at, read.heading)


def _entries(read: ColumnRead, at: np.ndarray) -> tuple[np.ndarray, Texts, np.ndarray]:
    """The entries of the cells `at`, one below the other: row, words, and a number that is the same for words that differ in capitals only.

    An entry that stands twice in a cell counts once, as first spelled.
    """
    places, distinct = pd.factorize(read[TARGETS[read.column.target]["column"]][at])
    numbers: dict[str, int] = {}
    cells = []
    for cell in distinct:
        once = {entry.casefold(): entry for entry in reversed(parted(cell, read.column.separator)) if entry}
        cells.append([(numbers.setdefault(fold, len(numbers)), entry) for fold, entry in reversed(once.items())])
    flat = [pair for cell in cells for pair in cell]
    lengths = np.fromiter(map(len, cells), int, len(cells))
    of_row, starts = lengths[places], np.cumsum(lengths) - lengths
    index = np.arange(of_row.sum()) + np.repeat(starts[places] - np.cumsum(of_row) + of_row, of_row)
    words = np.array([entry for _, entry in flat], dtype=object)
    return np.repeat(at, of_row), words[index], np.array([number for number, _ in flat], int)[index]


def _cells(target: dict[str, str], term: Texts, episode: Texts) -> dict[str, str | Texts]:
    row = target["row"]
    cells: dict[str, str | Texts] = {target["column"]: term}
    if key := KEYS.get(target["table"]):
        later = np.flatnonzero((episode != "1") & (row == "sign"))
        cells[key] = term
        if len(later):
            named = term.copy()
            named[later] = term[later] + "_" + episode[later]
            cells[key] = named
    more = {
        "sign": {"role": "symptom", "occurred": "yes"},
        "concomitant": {"role": "concomitant"},
        "condition": {"kind": "condition"},
        "past_drug": {"kind": "past_drug"},
        "yes": {"excluded": "yes"},
        "no": {"excluded": "no"},
    }.get(row, {})
    return cells | more | ({"course": episode} if row == "sign" else {})


def notes(row: Row, kept: list[tuple[str, np.ndarray]]) -> Part | None:
    """`heading: words` of columns without a target, and of words that have no row: one row of `provenance` for a case."""
    note_texts, code = np.array([""], dtype=object), np.zeros(len(row), int)
    for heading, cells in kept:
        if (cells != "").any():
            note_texts, code = _behind(note_texts, code, heading, cells)
    text = note_texts[code]
    at = np.flatnonzero(text != "")
    if not len(at):
        return None
    case, note_texts = row.case[at], text[at]
    if row.several:
        told = pd.DataFrame({"case": case, "at": at, "text": note_texts}).groupby("case", sort=False)
        together = told.agg(at=("at", "first"), text=("text", "; ".join)).reset_index()
        case, at, note_texts = (together[label].to_numpy() for label in ("case", "at", "text"))
    table, column = NOTED
    return row.part({"table": table, "key": case, "column": column, "note": note_texts}, at)


def _behind(note_texts: Texts, code: np.ndarray, heading: str, cells: Texts) -> tuple[Texts, np.ndarray]:
    """The notes with those of one more column behind them: the distinct texts, and of each row which it is.

    A note is put together once, however many rows say it.
    """
    places, distinct = pd.factorize(cells)
    pair, together = pd.factorize(code * len(distinct) + places)
    before, cell = note_texts[together // len(distinct)], distinct[together % len(distinct)]
    further_notes = [f"{heading}: {word}" if word else "" for word in cell]
    return np.array(
        ["; ".join(filter(None, both)) for both in zip(before, further_notes, strict=True)], dtype=object
    ), pair
