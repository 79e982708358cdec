"""Columns that hold several things in one cell, and columns without a target: rows of their own, and notes of the case."""

import re

import numpy as np
import pandas as pd

from schemas.column_map import TARGETS
from scripts.ingest.native_cells import each_distinct
from scripts.ingest.table.columns_read import ColumnRead
from scripts.ingest.table.slots import NOTED, Row, texts

AND = re.compile(r"^(?:and|or)\s+", re.IGNORECASE)
KEYS = {"history": "item", "alternatives": "cause", "managements": "item", "reactions": "reaction"}


def list_rows(row: Row, read: ColumnRead, last_course: np.ndarray) -> pd.DataFrame:
    """One row of the target's table for each entry of each cell; an entry that stands twice for a case counts once.

    last_course: the greatest number of a course of each row's case, behind which other drugs are numbered.
    """
    target = TARGETS[read.column.target]
    cells = read[target["column"]]
    at = np.flatnonzero(read.value)
    entries = pd.Series(cells[at], index=at, dtype=object)
    entries = each_distinct(entries, lambda cell: parted(cell, read.column.separator)).explode()
    entries = entries[entries.notna() & (entries != "")]
    case = pd.Series(row.case[entries.index], index=range(len(entries)))
    episode = pd.Series(row.episode[entries.index], index=range(len(entries)))
    term = pd.Series(entries.to_numpy(object), dtype=object)
    apart = [case, term.str.casefold()] + ([episode] if target["table"] == "reactions" else [])
    once = ~pd.concat(apart, axis=1).duplicated().to_numpy()
    at, term, case = entries.index.to_numpy()[once], term[once].to_numpy(object), case[once]
    own = _cells(target, term, row.episode[at])
    if target["table"] == "courses":
        own["course"] = (last_course[at] + case.groupby(case).cumcount().to_numpy() + 1).astype(str).astype(object)
    if target["table"] == "reactions" and read.column.order:
        own["onset_order"] = texts(len(at), read.column.order)
    return row.frame(target["table"], own, at, read.heading)


def _cells(target: dict[str, str], term: np.ndarray, episode: np.ndarray) -> dict[str, np.ndarray]:
    number, row = len(term), target["row"]
    cells = {target["column"]: term}
    if key := KEYS.get(target["table"]):
        cells[key] = np.where(episode == "1", term, term + "_" + episode).astype(object) if row == "sign" else term
    more = {
        "sign": {"role": "symptom", "occurred": "yes"},
        "concomitant": {"role": "concomitant"},
        "condition": {"kind": "condition"},
        "past_drug": {"kind": "past_drug"},
        "yes": {"excluded": "yes"},
        "no": {"excluded": "no"},
    }.get(row, {})
    cells |= {name: texts(number, text) for name, text in more.items()}
    return cells | ({"course": episode} if row == "sign" else {})


def parted(cell: str, separator: str) -> list[str]:
    """The entries of a cell: by the separator of the map, else by semicolons or line ends, else by commas."""
    marks = separator or next((mark for mark in (";", "\n") if mark in cell), ",")
    return [AND.sub("", entry.strip()).strip() for entry in cell.split(marks)]


def notes(row: Row, kept: list[tuple[str, np.ndarray]]) -> pd.DataFrame | None:
    """`heading: words` of columns without a target, and of words that have no row: one row of `provenance` for a case."""
    text = texts(len(row))
    for heading, cells in kept:
        if not (there := cells != "").any():
            continue
        said = each_distinct(pd.Series(cells[there], dtype=object), lambda cell, name=heading: f"{name}: {cell}")
        before = text[there]
        text[there] = np.where(before == "", said, before + "; " + said)
    at = np.flatnonzero(text != "")
    if not len(at):
        return None
    told = pd.DataFrame({"case": row.case[at], "at": at, "text": text[at]})
    if told["case"].duplicated().any():
        told = told.groupby("case", sort=False).agg(at=("at", "first"), text=("text", "; ".join)).reset_index()
    table, column = NOTED
    own = {"table": texts(len(told), table), "key": told["case"].to_numpy(object), "column": texts(len(told), column),
           "note": told["text"].to_numpy(object)}  # fmt: skip
    return row.frame("provenance", own, told["at"].to_numpy(int))
