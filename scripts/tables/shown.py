"""A table as shown: headings, cells in words, footnotes; and the unrounded values behind the cells.

A table has two readers. A spreadsheet (CSV, XLSX) sorts and filters: one fact per column, every cell filled, numbers
unrounded beside the words. Paper (DOCX, HTML) is read: `on_paper` stacks columns into cells with line breaks, leaves
repeats blank, puts rows that are alike on one line and long remarks below the table. Nothing is dropped on the way.
"""

from dataclasses import dataclass, field
from itertools import groupby

import pandas as pd

from schemas.plain_rows import plain_rows
from scripts.words.formula import guarded
from scripts.words.printable import printable
from scripts.words.wording import is_gap

LONG_HEADING = 14


@dataclass(frozen=True)
class Shown:
    """A finished table.

    cells      one column per heading, text as shown
    values     unrounded numbers with the same rows; may have no columns
    footnotes  below the table, in order
    wide       needs a landscape page
    block      column that heads a block of rows: on paper it stands on the first row of the block only
    stacks     paper column -> columns stacked in it, each with its label ("" for none)
    alike      column whose entries share one line on paper where neighbouring rows agree in all else
    lettered   column whose texts become lettered footnotes on paper
    sources    of every cell the lines of results.csv that its numbers stand on, one text for each line of the cell
    """

    title: str
    cells: pd.DataFrame
    values: pd.DataFrame = field(default_factory=pd.DataFrame)
    footnotes: tuple[str, ...] = ()
    wide: bool = False
    block: str = ""
    stacks: dict[str, dict[str, str]] = field(default_factory=dict)
    alike: str = ""
    lettered: str = ""
    sources: pd.DataFrame = field(default_factory=pd.DataFrame)

    def as_csv(self) -> pd.DataFrame:
        """The cells as shown, then the values unrounded (columns named `value: ...`); no cell starts a formula."""
        values = self.values.add_prefix("value: ").reset_index(drop=True)
        cells = self.cells.reset_index(drop=True).map(guarded).rename(columns=guarded)
        return pd.concat([cells, values.rename(columns=guarded)], axis=1)


@dataclass(frozen=True)
class Paper:
    """A table ready for a page: headings, rows of text, first row of every block (none without blocks), footnotes, and
    for every cell of `rows` the lines of results.csv behind it (no rows where cells were put together)."""

    columns: list[str]
    rows: list[list[str]]
    starts: list[int]
    footnotes: list[str]
    sources: list[list[str]]


def shown(title: str, rows: list[dict], columns: list[str], **more: object) -> Shown:
    """A table from row dictionaries; keys `value: ...` are the unrounded values, `source: <column>` the lines of results.csv
    behind a cell, as `lines_of` gives them. What is hidden in text is made visible."""
    cells = pd.DataFrame(
        [[printable(row.get(column, "")) for column in columns] for row in rows],
        columns=[printable(column) for column in columns],
        dtype=str,
    )
    names = list(dict.fromkeys(key for row in rows for key in row if key.startswith("value: ")))
    values = pd.DataFrame(
        {printable(value_key.removeprefix("value: ")): [row.get(value_key) for row in rows] for value_key in names}
    )
    sources = pd.DataFrame(
        [[row.get(f"source: {column}", "") for column in columns] for row in rows], columns=cells.columns
    )
    notes = tuple(printable(note) for note in more.pop("footnotes", ()))  # type: ignore[attr-defined]
    return Shown(printable(title), cells, values, notes, sources=sources, **more)  # type: ignore[arg-type]


def on_paper(table: Shown) -> Paper:
    """The table as a page shows it."""
    columns, rows = _stacked(table)
    rows = _together(columns, rows, table.alike)
    rows, letters = _lettered(columns, rows, table.lettered)
    starts: list[int] = []
    if table.block in columns:
        at = columns.index(table.block)
        starts = [index for index, row in enumerate(rows) if not index or row[at] != rows[index - 1][at]]
        rows = [[*row[:at], row[at] if index in starts else "", *row[at + 1 :]] for index, row in enumerate(rows)]
    apart = not table.stacks and not table.alike and len(table.sources)
    sources = table.sources.to_numpy().tolist() if apart else [[""] * len(columns) for _ in rows]
    return Paper([_heading(column) for column in columns], rows, starts, [*letters, *table.footnotes], sources)


def _heading(column: str) -> str:
    """A long heading breaks before its bracket."""
    return column.replace(" (", "\n(") if len(column) > LONG_HEADING else column


def _stacked(table: Shown) -> tuple[list[str], list[list[str]]]:
    """Columns named in a stack go into its cell, in the place of the first of them."""
    if not table.stacks:
        return list(table.cells.columns), table.cells.values.tolist()
    into = {column: paper for paper, parts in table.stacks.items() for column in parts}
    columns = list(dict.fromkeys(into.get(column, column) for column in table.cells.columns))
    records = plain_rows(table.cells)
    rows = [
        [_stack(row, table.stacks[column]) if column in table.stacks else row[column] for column in columns]
        for row in records
    ]
    return columns, rows


def _stack(row: dict[str, str], parts: dict[str, str]) -> str:
    """One line per fact; facts that are missing for the same reason share a line: `not seen: sex, country`."""
    lines: list[str] = []
    gaps: dict[str, list[str]] = {}
    for column, label in parts.items():
        if is_gap(row[column]):
            gaps.setdefault(row[column], []).append(label or column.casefold())
        elif row[column]:
            lines.append(f"{label}: {row[column]}" if label else row[column])
    return "\n".join(lines + [f"{reason}: {', '.join(names)}" for reason, names in gaps.items()])


def _together(columns: list[str], rows: list[list[str]], alike: str) -> list[list[str]]:
    if alike not in columns:
        return rows
    at = columns.index(alike)
    merged = []
    for rest, part in groupby(rows, key=lambda row: [*row[:at], *row[at + 1 :]]):
        entries = [row[at] for row in part]
        many = f"{len(entries)} alike:\n" if len(entries) > 1 else ""
        merged.append([*rest[:at], many + "\n".join(entries), *rest[at:]])
    return merged


def _lettered(columns: list[str], rows: list[list[str]], column: str) -> tuple[list[list[str]], list[str]]:
    if column not in columns:
        return rows, []
    at = columns.index(column)
    texts = list(dict.fromkeys(part for row in rows for part in _parts(row[at])))
    letters = dict(zip(texts, _alphabet(len(texts)), strict=True))
    rows = [[*row[:at], ", ".join(letters[part] for part in _parts(row[at])), *row[at + 1 :]] for row in rows]
    return rows, [f"{letter}  {text}" for text, letter in letters.items()]


def _parts(text: str) -> list[str]:
    """Remarks are separated by line breaks."""
    return [part for part in text.split("\n") if part]


def _alphabet(size: int) -> list[str]:
    """a, b, ... z, aa, ab, ..."""
    letters = [chr(ord("a") + index) for index in range(26)]
    return [(letters[index // 26 - 1] if index >= 26 else "") + letters[index % 26] for index in range(size)]
