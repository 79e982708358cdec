"""A flat table and its map to reported tables: every row is placed, what cannot be read is a finding, the rest is kept."""

import numpy as np
import pandas as pd

from schemas.codes import MISSING
from schemas.column_map import ColumnMap
from schemas.findings import findings
from schemas.map_column import TARGETS, Column
from schemas.reported import TABLES
from scripts.commands.progress import counted
from scripts.ingest import Reading
from scripts.ingest.native_cells import each_distinct, fault
from scripts.ingest.table import base_rows, strange_rows
from scripts.ingest.table.base_rows import Joined
from scripts.ingest.table.columns_read import ColumnRead, read_column
from scripts.ingest.table.flat import Flat
from scripts.ingest.table.grammar import Written
from scripts.ingest.table.lists import list_rows, notes
from scripts.ingest.table.parts import Part, Texts, joined, texts, where
from scripts.ingest.table.placing import AGAIN, EVERY_ROW, slot_name, slots
from scripts.ingest.table.printed_cells import age_and_sex
from scripts.ingest.table.slots import FIRST, NOTED, Row, Slot


def reported(source_name: str, wanted: ColumnMap, flat: Flat) -> Reading:
    """The reported tables of a flat table; source_name: that of its source where the map names none."""
    by_target = {column.target: heading for heading, column in wanted.columns.items()}
    if "case" in by_target:
        flat = strange_rows.without(flat, by_target["case"])
    rows = base_rows.joined(flat, wanted, by_target)
    flat = rows.flat
    cells, written = flat.cells, Written(wanted.decimal == "comma", wanted.dates)
    row, faults = _rows(source_name, wanted, rows)
    reads = [
        read_column(heading, column_cells, each, wanted.missing, written)
        for heading, column in counted(wanted.columns.items(), f"{flat.place}: columns")
        if TARGETS[column.target]["row"] != "key"
        for each, column_cells in _parted(column, cells[heading])
    ]
    reads += [
        read_column(
            heading, _chosen(cells[heading], meanings), Column(target=target, codes=meanings), wanted.missing, Written()
        )
        for heading, column in wanted.columns.items()
        for target, meanings in column.others.items()
    ]
    reads += [
        read_column(EVERY_ROW, where(row.first, text), Column(target=target), {}, Written())
        for target, text in wanted.every.items()
    ]
    placed = slots(row, reads)
    faults += [each for read in reads for each in _unreadable(row, read, placed)]
    last = _last_course(row, placed["again"].there if "again" in placed else np.zeros(len(row), bool))
    parts: dict[str, list[Part]] = {"sources": [_sources(wanted, row)]}
    for slot in placed.values():
        parts.setdefault(slot.table, []).append(row.of_slot(slot))
        parts.setdefault("provenance", []).extend(row.provenance(slot))
    for read in reads:
        if read.column.kind == "list":
            parts.setdefault(TARGETS[read.column.target]["table"], []).append(list_rows(row, read, last))
    unplaced = [heading for heading in cells if heading not in wanted.columns]
    kept = _kept(reads, placed) + [(heading, cells[heading].to_numpy(object)) for heading in unplaced]
    if (note_rows := notes(row, kept)) is not None:
        parts.setdefault("provenance", []).append(note_rows)
    again = _listed_twice(reads)
    same: dict[tuple, pd.Series] = {}
    whole = {
        table_name: joined(table_name, rows, row.at_row, row.several or table_name in again, same)
        for table_name, rows in parts.items()
    }
    tables = {table_name: table for table_name, table in whole.items() if table is not None}
    unequal: list[dict] = []
    if row.several:
        tables["cases"], unequal = _one_row_each(tables["cases"])
    if unplaced:
        many = "1 column without a target is" if len(unplaced) == 1 else f"{len(unplaced)} columns without a target are"
        what = f"{many} kept as {'a note' if len(unplaced) == 1 else 'notes'} of the case: {', '.join(unplaced)}"
        faults.append(
            fault("", flat.place, what, "Nothing to do if that is intended.", rule="unplaced", severity="information")
        )
    return Reading(tables, findings(flat.faults + faults + unequal))


def _listed_twice(reads: list[ColumnRead]) -> set[str]:
    """Tables that several columns list into: what two of them name is one row."""
    lists = [read.column.target for read in reads if read.column.kind == "list"]
    return {TARGETS[target]["table"] for target in lists if lists.count(target) > 1}


def _parted(column: Column, cells: pd.Series) -> list[tuple[Column, Texts]]:
    """The column with its cells; one of age and sex as two."""
    if column.kind != "age_sex":
        return [(column, cells.to_numpy(object))]
    codes = {word.casefold(): meaning for word, meaning in column.codes.items()}
    split_columns = {
        "age": column.model_copy(update={"target": "age", "codes": {}}),
        "sex": column.model_copy(update={"target": "sex", "unit": ""}),
    }
    places, distinct = pd.factorize(cells.to_numpy(object))
    pairs = [age_and_sex(text, codes) for text in distinct]
    return [
        (split_columns[target], np.array([pair[at] for pair in pairs], dtype=object)[places])
        for at, target in enumerate(("age", "sex"))
    ]


def _chosen(cells: pd.Series, meanings: dict[str, str]) -> Texts:
    """The cells of a column that say something of another target; the others blank."""
    words = {word.casefold() for word in meanings}
    return each_distinct(cells, lambda text: text if text.casefold() in words else "").to_numpy(object)


def _rows(source_name: str, wanted: ColumnMap, joined: Joined) -> tuple[Row, list[dict]]:
    """Case, episode, source and locator of every row, with what is wrong with them."""
    by_target = {column.target: heading for heading, column in wanted.columns.items()}
    flat, count = joined.flat, len(joined.flat.cells)

    def column(target: str, otherwise: str) -> str | Texts:
        if target not in by_target:
            return otherwise
        cells = flat.cells[by_target[target]].to_numpy(object)
        return np.where(cells == "", otherwise, cells).astype(object) if otherwise else cells

    named = flat.cells[by_target["case"]].to_numpy(object) if "case" in by_target else texts(count)
    case = np.where(named == "", "", wanted.case_prefix + named).astype(object) if wanted.case_prefix else named
    numbered = "episode" in by_target or "visit" in by_target
    episode = np.where(joined.episode == "", FIRST, joined.episode).astype(object) if numbered else texts(count, FIRST)
    source, locator = column("source", wanted.source.source_id or source_name), column("locator", wanted.source.locator)
    row = Row(case, episode, source, locator, wanted.source.status, flat.place, flat.at_row, joined.beside)
    heading = by_target.get("source", "")
    blank = flat.cells[heading].to_numpy(object) == "" if heading else np.ones(count, bool)
    return row, base_rows.faults_of_keys(row, by_target) + base_rows.without_source(row, heading, blank & row.first)


def _unreadable(row: Row, read: ColumnRead, placed: dict[str, Slot]) -> list[dict]:
    """Cells of a column that could not be read, each at the native cell that is without its value.

    Where no row of the reported tables is there for it, the words are a note of the case, and the finding names the column.
    """
    slot = placed.get(slot_name(read))
    slot = slot if slot and read.unread_cell in TABLES[slot.table].columns else None
    return [_unread(row, read, slot if slot and slot.there[at] else None, *bad) for bad in read.bad for at in bad[:1]]


def _unread(row: Row, read: ColumnRead, slot: Slot | None, at: int, text: str, what: str, cure: str) -> dict:
    finding = row.fault(at, read.heading, text, f"in the column '{read.heading}': {what}", cure) | {"severity": "error"}
    if not slot:
        return finding
    first = int(np.flatnonzero(row.case == row.case[at])[0]) if slot.table == "cases" else at
    place = {"table": slot.table, "file": row.place(slot.heading), "row": int(row.at_row[first])}
    return finding | place | {"column": read.unread_cell}


def _last_course(row: Row, again: np.ndarray) -> np.ndarray:
    """The greatest number of a course of the drug in each row's case."""
    places, distinct = pd.factorize(row.episode)
    course_numbers = pd.to_numeric(pd.Series(distinct), errors="coerce").fillna(1).to_numpy(int)[places]
    last = np.where(again, int(AGAIN), course_numbers)
    return pd.Series(last).groupby(row.case).transform("max").to_numpy() if row.several else last


def _kept(reads: list[ColumnRead], placed: dict[str, Slot]) -> list[tuple[str, np.ndarray]]:
    """Words that belong to the case and have no row of their own: notes, and what is said of a row that is not there."""
    kept_cells = []
    for read in reads:
        target, slot = TARGETS[read.column.target], placed.get(slot_name(read))
        if target["kind"] == "note" or target["column"] in ("died", "reexposed"):
            kept_cells.append((read.heading, read.text))
            continue
        if (target["table"], target["column"]) == NOTED:
            kept_cells.append((read.heading, read.words))
            continue
        alone = target["kind"] in ("list", "sign") or target["row"] in ("death", "again", "recurrence")
        words_left = (
            np.where(read.value, "", read.words) if alone or read.column.target == "occurred" else texts(len(read.text))
        )
        kept_cells.append((read.heading, words_left if slot is None else np.where(slot.there, words_left, read.text)))
    return kept_cells


def _sources(wanted: ColumnMap, row: Row) -> Part:
    """A row for each source that a row of the table names, in the order of the table."""
    source = wanted.source
    given = source.model_dump(
        include={"kind", "citation", "doi", "pmid", "published", "extent_read", "evidence_level", "note"}
    )
    named = [row.source] * min(len(row), 1) if isinstance(row.source, str) else row.source
    at = np.flatnonzero(~pd.Series(named, dtype=object).duplicated())
    cells: dict[str, str | Texts] = {
        column: text for column, text in given.items() if len(at) < 2 or column in ("kind", "extent_read", "note")
    }
    return row.part(cells | ({"citation": np.asarray(row.source)[at]} if len(at) > 1 else {}), at)


def _one_row_each(cases: pd.DataFrame) -> tuple[pd.DataFrame, list[dict]]:
    """One row per patient: what any of its rows says, else the reason why none does; two that differ are a finding."""
    facts = [column for column in cases if column not in ("case_id", "source_id", "locator", "at_file", "at_row")]
    told = cases[facts].where(~cases[facts].isin(["", *MISSING]))
    grouped = told.groupby(cases["case_id"], sort=False)
    reasons = cases[facts].where(cases[facts] != "").groupby(cases["case_id"], sort=False).first()
    first = cases.drop_duplicates("case_id").set_index("case_id")
    first[facts] = grouped.first().fillna(reasons).fillna("")
    differing = grouped.nunique()
    cure = "Correct one of the rows: what is true of a patient is the same in all of them."
    differences = [
        fault(
            "cases",
            first.loc[case, "at_file"],
            "the rows of this patient differ",
            cure,
            row=int(first.loc[case, "at_row"]),
            case_id=case,
            column=column,
        )
        for column in facts
        for case in differing.index[differing[column] > 1]
    ]
    return first.reset_index()[list(cases.columns)], differences
