"""Reading and writing the tables that pass between rooms: UTF-8 CSV, one header row, LF line ends.

A cell that a spreadsheet program would take for a formula is written with an apostrophe before it, and read back
without (`words.formula`).
"""

import io
import re
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd
import pandera.pandas as pa

from schemas.books import BOOKS
from schemas.contract import PLACE
from schemas.reported import TABLES
from scripts.files.atomic import write_bytes
from scripts.words import formula

# What pandas 3 does anyway: a table is copied when it is changed and not before, a fifth of the time of large series.
pd.set_option("mode.copy_on_write", True)

Progress = Callable[[Iterable, str], Iterable]
"""Gives the items one by one, and may say how many of them are done: `scripts.commands.progress.counted`, of a floor above."""
BLOCK = 100_000
"""Rows that are written at once."""


def in_silence(items: Iterable, _: str) -> Iterable:
    return items


APOSTROPHE = re.compile(rb"""(?:^|[,\n"])'""")
"""One at the beginning of a cell: without, nothing in the file was guarded."""
SUSPECT = (*formula.STARTS, "'")
"""How a text begins that is written otherwise, or may have been."""


def read_text(path: Path | str) -> pd.DataFrame:
    """A table of our own making with every cell as text, blank for nothing."""
    content = Path(path).read_bytes()
    table = pd.read_csv(io.BytesIO(content), dtype=str, keep_default_na=False)
    return unguarded(table) if APOSTROPHE.search(content) else table


def guarded(table: pd.DataFrame) -> pd.DataFrame:
    """The table with an apostrophe before every text that a spreadsheet program would take for a formula."""
    return _each_text(table, formula.guarded)


def unguarded(table: pd.DataFrame) -> pd.DataFrame:
    """The table as it was before `guarded`."""
    return _each_text(table, formula.unguarded)


def _each_text(table: pd.DataFrame, change: Callable[[str], str]) -> pd.DataFrame:
    changed = {}
    for at, column_name in enumerate(table.columns):
        column = table.iloc[:, at]
        if column.dtype == object:
            suspects = [text for text in column.unique() if isinstance(text, str) and text.startswith(SUSPECT)]
            texts = {text: new for text in suspects if (new := change(text)) != text}
            if texts:
                changed[at] = (column_name, column.map(lambda cell, texts=texts: texts.get(cell, cell)))
    if not changed:
        return table
    columns = [changed[at][1] if at in changed else table.iloc[:, at] for at in range(len(table.columns))]
    return pd.concat(columns, axis=1).set_axis(table.columns, axis=1)


def write(table: pd.DataFrame, path: Path | str, progress: Progress = in_silence) -> None:
    """Write a table; the same table gives the same bytes. progress: whoever says how far this has come, block by block."""
    buffer = io.BytesIO()  # as text it would be held twice more
    starts = range(0, max(len(table), 1), BLOCK)
    for start in progress(starts, f"{Path(path).name}, {len(table)} rows: blocks written"):
        block = guarded(table.iloc[start : start + BLOCK])
        block.to_csv(buffer, index=False, header=start == 0, lineterminator="\n", encoding="utf-8")
    write_bytes(buffer.getbuffer(), path)


def empty(table_name: str) -> pd.DataFrame:
    """A reported table without rows."""
    return _empty(table_name).copy()


@cache
def _empty(table_name: str) -> pd.DataFrame:
    return pd.DataFrame(columns=[*TABLES[table_name].columns, *PLACE], dtype=str).astype({"at_row": int})


def of_columns(table_name: str, cells: Mapping[str, np.ndarray | pd.Series], at_row: np.ndarray) -> pd.DataFrame:
    """A reported table with all its columns, those without cells blank.

    cells: text by column, each as long as `at_row`. Blank columns are one column, which is copied where one is changed.
    """
    blank = pd.Series("", index=range(len(at_row)), dtype=object)
    columns = {column: cells.get(column, blank) for column in (*TABLES[table_name].columns, PLACE[0])}
    return pd.DataFrame(columns | {PLACE[1]: np.asarray(at_row, int)}, copy=False)


def read_contract(path: Path | str, contract: pa.DataFrameSchema) -> pd.DataFrame:
    """A table of our own making through its contract: numbers where it wants numbers, truth where it wants truth.

    Everything else is text, blank for nothing. The table was validated where it was written, so only its columns are
    compared: ValueError where they are not the contract's.
    """
    table = read_text(path)
    if list(table.columns) != list(contract.columns):
        raise ValueError(f"{Path(path).name}: its columns are not those of the contract '{contract.name}'")
    for column_name, column in contract.columns.items():
        kind = str(column.dtype)
        if column_name in table and kind == "float64":
            table[column_name] = _exact(table[column_name])
        elif column_name in table and kind == "int64":
            table[column_name] = pd.to_numeric(table[column_name]).astype(kind)
        elif column_name in table and kind == "bool":
            table[column_name] = table[column_name] == "True"
    return table.copy()  # in few blocks of memory: rows of it are chosen again and again


def _exact(column: pd.Series) -> pd.Series:
    """The numbers that were written; pandas drops digits behind the 15th, which moves 15 minutes before 15 minutes."""
    return column.where(column != "", "nan").astype(float)


def write_book(table: pd.DataFrame, book_name: str, folder: Path | str) -> None:
    """Write a book of schemas.books by its name, once it keeps its contract."""
    write(BOOKS[book_name].validate(table), Path(folder) / f"{book_name}.csv")


def read_book(book_name: str, folder: Path | str) -> pd.DataFrame:
    """A book of schemas.books by its name."""
    return read_contract(Path(folder) / f"{book_name}.csv", BOOKS[book_name])


def read_reported(folder: Path | str) -> dict[str, pd.DataFrame]:
    """All reported tables of a folder written by `ingest`; a table without a file is empty."""
    return {table_name: read_reported_table(Path(folder) / f"{table_name}.csv", table_name) for table_name in TABLES}


def read_reported_table(path: Path, table_name: str) -> pd.DataFrame:
    """One reported table; empty without a file."""
    return read_text(path).astype({"at_row": int}) if path.exists() else empty(table_name)


def write_reported(tables: dict[str, pd.DataFrame], folder: Path | str, progress: Progress = in_silence) -> None:
    """Write every reported table, those without rows too."""
    for table_name in progress(TABLES, "tables written"):
        write(tables.get(table_name, empty(table_name)), Path(folder) / f"{table_name}.csv", progress)
