"""EudraVigilance line listing, of the public (adrreports.eu) or of EVDAS, CSV or .xlsx: one line per report, three composite columns. Lines
above the header, such as a title and the date of the query, are passed over.

What the listing does not hold stays unknown: onset, rechallenge, narrative, country. The splitter was
tested on invented files only, because no publisher's file was available.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from schemas.codes import back, rows
from schemas.fields import is_date
from scripts.commands.messages import UserError, shown
from scripts.e2b.translation import ours
from scripts.ingest import Reading, sheet_rows
from scripts.ingest.listing import csv_rows, receipt_dates
from scripts.ingest.listing.composite_cells import drug, entries, reaction
from scripts.ingest.messages_in import read_messages
from scripts.ingest.options import OfReports
from scripts.ingest.reports import Report

FORMAT = "EudraVigilance public line listing (*.csv, *.xlsx)"
Options = OfReports

EV = "eudravigilance"
COLUMNS = {
    "case": "eu local number",
    "worldwide": "worldwide unique case identification",
    "type": "report type",
    "received": "ev gateway receipt date",
    "qualification": "primary source qualification",
    "country": "primary source country for regulatory purposes",
    "literature": "literature reference",
    "age": "patient age group",
    "age_group": "patient age group as per reporter",
    "sex": "patient sex",
    "reactions": "reaction list pt duration outcome seriousness criteria",
    "suspects": "suspect interacting drug list drug char indication pt action taken duration dose route",
    "others": "concomitant not administered drug list drug char indication pt action taken duration dose route",
}
NEEDED = ("case", "reactions", "suspects")
TOLD = {"reactions", "suspects", "others"}
NOTHING = "neither a reaction nor a drug in it, as in a line of totals"
SPOILT = "its case number is a formula, an error or a rounded number of a spreadsheet"
LITERAL = re.compile(r'="([^"]*)"')
"""A text that a spreadsheet was told to leave as it is."""
OF_SPREADSHEETS = re.compile(r"=.*|#(?:REF!|N/A|NAME\?|VALUE!|DIV/0!|NULL!|NUM!)|\d(?:[.,]\d+)?E\+\d+", re.DOTALL)
RAGGED = "the line has more or fewer cells than the header"
PREAMBLE = 50
"""The header stands in one of so many lines."""
OPEN_ORDER = (
    "no date of the column says whether the day or the month comes first in dates such as this one; they are not used"
)
AS_DOWNLOADED = "Download the listing again and read it unopened, or write the column as 2022-08-01."
Cells = dict[str, str]


@dataclass(frozen=True)
class Line:
    """A line of a case: its number, its cells that hold something, and whether its letters rest on a guessed encoding."""

    number: int
    given: Cells
    guessed: bool


def read(path: Path, **options: object) -> Reading:
    """Read every line of the listing; see `selection` for the options."""
    return read_messages(path, (".csv", ".xlsx"), _reports, "database_listing", options)


def _reports(file: Path) -> Iterator[Report]:
    order = ""
    for line in _lines(file):
        if isinstance(line, Report):
            yield line
            continue
        received, first = line.given.get("received", ""), not order
        if first and receipt_dates.in_numbers(received):
            every = (other.given.get("received", "") for other in _lines(file) if isinstance(other, Line))
            order = receipt_dates.order(every)
        case_report = _report(line.given, shown(file), line.number, order)
        if first and order == receipt_dates.OPEN:
            case_report.note("reports", "received", received, OPEN_ORDER, AS_DOWNLOADED)
        if line.guessed:
            what, cure = "not UTF-8; read as Windows-1252", "Check letters with accents, or save it as CSV UTF-8."
            case_report.note("reports", "case_id", line.given.get("case", ""), what, cure)
        if csv_rows.STRAY in "".join(line.given.values()):
            what, cure = f"a sign in it is not UTF-8, and shown as {csv_rows.STRAY}", "Download the listing again."
            case_report.note("reports", "case_id", line.given.get("case", ""), what, cure)
        yield case_report


def _lines(file: Path) -> Iterator[Line | Report]:
    """The lines below the header; one that tells of no case, or cannot be read, is a report that says so."""
    names: list[str] = []
    nearest: list[str] = []
    form = "" if file.suffix.lower() == ".xlsx" else csv_rows.encoding(file)
    for number, cells in csv_rows.rows(file, form, COLUMNS["case"]) if form else sheet_rows.rows(file, _is_header):
        if isinstance(cells, csv_rows.Unreadable):
            yield Report(cells.first_cell, shown(file), number, broken=cells.why)
        elif names:
            if any(cells) and _columns(cells) != names:  # the header stands again where two downloads were joined
                short = len(cells) < len(names) and file.suffix.lower() != ".xlsx"
                if short or any(map(str.strip, cells[len(names) :])):
                    yield Report(_first(cells, names), shown(file), number, broken=RAGGED)
                    continue
                texts = (LITERAL.sub(r"\1", cell).strip() for cell in cells)
                given = {key: text for key, text in zip(names, texts, strict=False) if key and text}
                if not given.keys() & TOLD:
                    yield Report(given.get("case", ""), shown(file), number, broken=NOTHING)
                    continue
                if OF_SPREADSHEETS.fullmatch(given.get("case", "")):
                    yield Report("", shown(file), number, broken=SPOILT)
                    continue
                guessed = form == csv_rows.GUESSED and not "".join(given.values()).isascii()
                yield Line(number, given, guessed)
        else:
            columns = _columns(cells)
            nearest = max(nearest, columns, key=lambda line: (-len(_missing(line)), len(line)))
            names = [] if _missing(columns) else _once(columns, file)
        if not names and number > PREAMBLE:
            break
    if not names:
        raise UserError(
            f"{shown(file)}: not a EudraVigilance line listing: no column '{COLUMNS[_missing(nearest)[0]]}'. "
            f"It has {len(nearest)} column(s). Download the listing from adrreports.eu."
        )


def _columns(header: list[str]) -> list[str]:
    """Our name for each column, else its words: dashes, brackets and capitals vary between downloads."""
    by_words = {words: column for column, words in COLUMNS.items()}
    every = [" ".join(re.findall(r"[a-z]+", cell.lower())) for cell in header]
    return [by_words.get(words, words) for words in every]


def _is_header(cells: list[str]) -> bool:
    return not _missing(_columns(cells))


def _once(names: list[str], file: Path) -> list[str]:
    """The names of the columns; UserError where one that is read stands twice."""
    if twice := next((column for column in COLUMNS if names.count(column) > 1), ""):
        raise UserError(f"{shown(file)}: the column '{COLUMNS[twice]}' appears twice in the header. Keep one of them.")
    return names


def _missing(names: list[str]) -> list[str]:
    """The columns without which a line is no header."""
    return [column for column in NEEDED if column not in names]


def _first(cells: list[str], names: list[str]) -> str:
    """The number of the case in a line that does not fit, where its column is the first; else blank."""
    return cells[0].strip() if names[0] == "case" else ""


def _report(given: Cells, at_file: str, at_row: int, order: str) -> Report:
    """A line as a report; `given` has its cells that hold something, `order` is that of days and months in dates of numbers."""
    cells = dict.fromkeys(COLUMNS, "") | given
    received = receipt_dates.day(cells["received"], order)
    later = received if is_date(received) else ""
    case_report = Report(cells["case"], at_file, at_row, order=(later,), unread=frozenset(given.keys() - COLUMNS))
    case_report.add(
        "reports",
        "line",
        sender="EudraVigilance",
        sender_case_id=cells["case"],
        worldwide_case_id=cells["worldwide"],
        report_type=ours("report_type", EV, cells["type"], EV),
        received=received,
        reporter_qualification=ours("qualification", EV, cells["qualification"], EV),
        country=ours("missing", EV, cells["country"]),
        literature=ours("missing", EV, cells["literature"]),
    )
    case_report.add(
        "cases",
        "line",
        identity="identified",
        sex=ours("sex", EV, cells["sex"], EV),
        age_group=ours("age_group", EV, cells["age_group"], EV),
        **_age(cells["age"]),
    )
    for number, entry in enumerate(entries(cells["reactions"]), start=1):
        reaction(case_report, entry, str(number))
    for number, entry in enumerate(entries(cells["suspects"]) + entries(cells["others"]), start=1):
        drug(case_report, entry, str(number))
    return case_report


def _age(band: str) -> Cells:
    """Bounds of an age band in years, or the reason for having none; words that are no band are kept as they are."""
    code = back("age_band", EV).get(band)
    if code is None and (reason := ours("missing", EV, band)) != band:
        return {"age_lower": reason, "age_upper": reason}
    if code is None:
        return {"age_as_reported": band} if band else {}
    row = next(row for row in rows("age_band") if row["code"] == code)
    return {"age_lower": row["lower"], "age_upper": row["upper"], "age_as_reported": band}
