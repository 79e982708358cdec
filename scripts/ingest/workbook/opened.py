"""A workbook opened without trust: parts that are read whole must be small, sheets and texts are read as streams.

openpyxl parses the parts; what it would drop without a word (a row that appears twice, escapes in texts) is kept here.
"""

import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple
from xml.etree.ElementTree import iterparse

from openpyxl.cell.text import Text
from openpyxl.reader.excel import ExcelReader
from openpyxl.styles.numbers import BUILTIN_FORMATS, BUILTIN_FORMATS_MAX_SIZE
from openpyxl.styles.stylesheet import apply_stylesheet
from openpyxl.worksheet._reader import WorkSheetParser
from openpyxl.xml.constants import SHARED_STRINGS, SHEET_MAIN_NS

from scripts.ingest.native_cells import WIDEST
from scripts.ingest.workbook.limits import LARGEST_TEXTS, LARGEST_WHOLE, LONGEST, MIB, MOST_BETWEEN_ROWS, UnsoundError
from scripts.ingest.workbook.unseen import commented, marked_styles

ROW = re.compile(rb"</?(?:\w+:)?row[\s/>]")
ESCAPE = re.compile("_x([0-9A-Fa-f]{4})_")
ITEM = f"{{{SHEET_MAIN_NS}}}si"


class Cell(NamedTuple):
    """value, openpyxl's data type and the number format of a cell that holds something; column 1 is A."""

    column: int
    value: Any
    kind: str
    form: str


@dataclass
class Sheet:
    """Name as typed, whether it is shown; the ranges of merged cells, the hidden rows that hold anything, the numbers of hidden
    columns and the rows with coloured or struck cells that hold anything, all known when all lines have been read."""

    title: str
    visible: bool
    part: str
    merged: list[str]
    hidden: list[int] = field(default_factory=list)
    hidden_columns: frozenset[int] = frozenset()
    marked: list[int] = field(default_factory=list)


class Package(zipfile.ZipFile):
    """The archive. A part read whole becomes a tree of thirty times its size."""

    def read(self, name, pwd=None):
        _at_most(self.getinfo(name) if isinstance(name, str) else name, LARGEST_WHOLE)
        return super().read(name, pwd)


def _at_most(part: zipfile.ZipInfo, most: int) -> None:
    if part.file_size > most:
        what = f"'{part.filename}' takes {part.file_size // MIB} MiB; at most {most // MIB} MiB are read"
        raise UnsoundError(what)


class Workbook:
    """The sheets of a workbook, their cells and number formats. UnsoundError, or any other where a part is damaged."""

    def __init__(self, archive: Package):
        reader = ExcelReader.__new__(ExcelReader)  # its own opening reads parts that are not needed
        reader.archive, reader.valid_files = archive, archive.namelist()
        reader.read_only, reader.keep_vba, reader.data_only, reader.keep_links = True, False, False, False
        reader.read_manifest()
        reader.read_workbook()
        apply_stylesheet(archive, reader.wb)
        self._archive, self._book = archive, reader.wb
        self._texts = _texts(archive, reader.package.find(SHARED_STRINGS))
        self._marks = marked_styles(reader.wb)
        self.epoch: datetime = reader.wb.epoch
        self.sheets = [
            Sheet(sheet.name, sheet.state == "visible", relation.target, [])
            for sheet, relation in reader.parser.find_sheets()
            if relation.Type.endswith("/worksheet") and relation.target in reader.valid_files
        ]

    def lines(self, sheet: Sheet) -> Iterator[tuple[int, list[Cell]]]:
        """Row number and cells of every row that holds anything, as they stand in the file."""
        with self._archive.open(sheet.part) as stream:
            parser = WorkSheetParser(
                _Watched(stream),
                self._texts,
                False,
                self.epoch,
                self._book._date_formats,
                self._book._timedelta_formats,
            )
            sheet.hidden.clear()
            sheet.marked.clear()
            for number, cells in parser.parse():
                if number > LONGEST:
                    raise UnsoundError(f"damaged inside: a row {number}, where a sheet ends at {LONGEST}")
                if any(cell["row"] != number for cell in cells):
                    raise UnsoundError(f"damaged inside: row {number} holds cells of another row")
                filled = [self._cell(cell) for cell in cells if cell["value"] not in (None, "")]
                if filled:
                    if self._marks and any(cell["value"] and cell["style_id"] in self._marks for cell in cells):
                        sheet.marked.append(number)
                    if parser.row_dimensions.get(str(number), {}).get("hidden") in ("1", "true"):
                        sheet.hidden.append(number)
                    yield number, filled
            sheet.hidden_columns = _hidden(parser.column_dimensions.values())
            sheet.merged = [each.ref for each in parser.merged_cells.mergeCell] if parser.merged_cells else []

    def comments(self, sheet: Sheet) -> list[str]:
        """The cells of a sheet that have a comment."""
        return commented(self._archive, sheet.part)

    def _cell(self, cell: dict) -> Cell:
        value = _unescaped(cell["value"]) if cell["data_type"] == "s" else cell["value"]
        return Cell(cell["column"], value, cell["data_type"], self._form(cell["style_id"]))

    def _form(self, style: int) -> str:
        number = self._book._cell_styles[style].numFmtId
        if number < BUILTIN_FORMATS_MAX_SIZE:
            return BUILTIN_FORMATS.get(number, "General")
        return self._book._number_formats[number - BUILTIN_FORMATS_MAX_SIZE]


def _hidden(spans: Iterable[dict[str, str]]) -> frozenset[int]:
    """The columns of the spans that say so, as far as any sheet is read."""
    hidden = (span for span in spans if span.get("hidden") in ("1", "true"))
    return frozenset(
        at for span in hidden for at in range(int(span["min"]), min(int(span.get("max", span["min"])), WIDEST) + 1)
    )


class _Watched(io.RawIOBase):
    """The bytes of a sheet; UnsoundError where many of them bring no further row, for they are kept in memory."""

    def __init__(self, stream):
        self._stream, self._since = stream, 0

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        block = self._stream.read(size)
        last = max((match.end() for match in ROW.finditer(block)), default=0)
        self._since = len(block) - last if last else self._since + len(block)
        if self._since > MOST_BETWEEN_ROWS:
            raise UnsoundError(f"more than {MOST_BETWEEN_ROWS // MIB} MiB of a sheet without a further row")
        return block


def _texts(archive: Package, part) -> list[str]:
    """The shared texts, with their escapes: openpyxl takes some of them away and leaves others."""
    if part is None:
        return []
    part_name = part.PartName.lstrip("/")
    _at_most(archive.getinfo(part_name), LARGEST_TEXTS)
    shared_texts = []
    with archive.open(part_name) as stream:
        events = iterparse(stream, ("start", "end"))
        _, root = next(events)
        for event, node in events:
            if event == "end" and node.tag == ITEM:
                shared_texts.append(Text.from_tree(node).content)
                root.clear()
    return shared_texts


def _unescaped(text: str) -> str:
    """Characters that XML cannot hold stand as _xHHHH_, and the underscore before such a text as _x005F_ (ST_Xstring)."""
    return ESCAPE.sub(lambda code: chr(int(code[1], 16)), text) if "_x" in text else text
