"""Summary tabulation: interval and cumulative counts of reactions (XLSX)."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from schemas.codes import SERIOUSNESS
from schemas.config import Period
from scripts.clock.intervals import date_bounds
from scripts.documents.case_file import CaseFile, Row, has, of_the_event
from scripts.documents.dossier import Dossier
from scripts.documents.words import statement
from scripts.documents.words.texts import fill, texts
from scripts.files.tablefiles import write_bytes
from scripts.office.sheets import Book
from scripts.records.events import criteria_met

NAME = "summary_tabulation"
WIDTHS = (30, 10, *[11.5] * 11)


@dataclass(frozen=True)
class Counted:
    """One reaction that counts: serious yes, no or not stated, in a report that is serious; in the interval known, possible or no."""

    term: str
    code: str
    serious: str
    in_serious: bool
    solicited: bool
    known: bool
    possible: bool


def write(data: Dossier, out: Path) -> list[Path]:
    """Write summary_tabulation.xlsx."""
    path = out / f"{NAME}.xlsx"
    write_bytes(build(data), path)
    for case in data.cases.values():
        reason = "counted inside a group: not added" if case.inside else ""
        data.books.enter(NAME, case.case_id, case.decision, reason)
    return [path]


def build(data: Dossier) -> bytes:
    wanted, period = texts(NAME), data.options.period
    counts_of_terms = reactions(data)
    shown = fill(wanted["period"], period.model_dump(), f"{NAME}.yaml") if period else wanted["no_period"]
    values = statement.values(data) | {"reactions": len(counts_of_terms), "cases": len(data.counted), "period": shown}
    book = Book(fill(wanted["title"], values, f"{NAME}.yaml"), data.bundle.data_lock)
    sheet = book.sheet(wanted["sheet"], WIDTHS)
    sheet.title(fill(wanted["title"], values, f"{NAME}.yaml"))
    terms = dict.fromkeys((reaction.term, reaction.code) for reaction in counts_of_terms)
    rows = [
        [*term, *counts([reaction for reaction in counts_of_terms if (reaction.term, reaction.code) == term], period)]
        for term in terms
    ]
    sheet.table(wanted["header"], [*rows, [wanted["total"], "", *counts(counts_of_terms, period)]])
    for line in [statement.status(data), *(fill(note, values, f"{NAME}.yaml") for note in wanted["notes"])]:
        sheet.note(line, len(WIDTHS))
    for line in _important(data, counts_of_terms):
        sheet.note(line, len(WIDTHS))
    return book.bytes()


def _important(data: Dossier, counts_of_terms: list[Counted]) -> list[str]:
    """How many reactions without a stated seriousness the user's list of important medical events has."""
    open_ = [reaction.term for reaction in counts_of_terms if reaction.serious == "not_stated"]
    listed = data.important.named(open_)
    if not listed:
        return []
    values = {"n": sum(term in listed for term in open_), "terms": ", ".join(listed)}
    return [fill(texts(NAME)["important"], values, f"{NAME}.yaml")]


def reactions(data: Dossier) -> list[Counted]:
    """Every reaction that occurred in a case of the series, in its order; a sign of the event is no further reaction."""
    counts_of_terms = []
    for case in data.counted:
        known, possible = in_period(reported_on(case), data.options.period)
        study, in_serious = (
            case.report.get("report_type") == "study",
            bool(case.derived["serious"] or case.derived["serious_report"]),
        )
        for row in case.rows("reactions"):
            if row["occurred"] == "yes" and not of_the_event(row):
                code = row["term_code"] if has(row["term_code"]) else data.codes.code_of(row["term"])[0]
                counts_of_terms.append(Counted(row["term"], code, seriousness(row), in_serious, study, known, possible))
    return counts_of_terms


def seriousness(row: Row) -> str:
    """yes: a criterion is met; no: all are stated not to be; otherwise not_stated."""
    if criteria_met(row):
        return "yes"
    return "no" if {row[criterion] for criterion in SERIOUSNESS} == {"no"} else "not_stated"


def reported_on(case: CaseFile) -> str:
    """First receipt, else latest information, else the earliest publication of its sources."""
    dates = (case.report.get("received", ""), case.report.get("latest_information", ""), case.derived["published"])
    return next((date for date in dates if has(date)), "")


def in_period(date: str, period: Period | None) -> tuple[bool, bool]:
    """Whether a (part) date is known to lie, and may lie, in the period. No date, or no period: neither."""
    if period is None or not date:
        return False, False
    first, last = date_bounds(date)
    start, end = date_bounds(period.start)[0], date_bounds(period.end)[1]
    return start <= first and last <= end, first <= end and last >= start


def counts(counts_of_terms: list[Counted], period: Period | None) -> list[object]:
    """The count columns of a row."""
    tests: list[Callable[[Counted], bool]] = [
        lambda reaction: not reaction.solicited and reaction.serious == "yes",
        lambda reaction: not reaction.solicited and reaction.serious == "no",
        lambda reaction: not reaction.solicited and reaction.serious == "not_stated",
    ]
    cells: list[object] = []
    for test in tests:
        cells += [_interval(counts_of_terms, test, period), sum(map(test, counts_of_terms))]
    cells.append(sum(not reaction.solicited for reaction in counts_of_terms))
    solicited = [reaction for reaction in counts_of_terms if reaction.solicited]
    cells += [
        _interval(solicited, lambda reaction: reaction.serious == "yes", period),
        sum(reaction.serious == "yes" for reaction in solicited),
    ]
    return [
        *cells,
        sum(reaction.serious != "yes" for reaction in solicited),
        sum(reaction.in_serious for reaction in counts_of_terms),
    ]


def _interval(counts_of_terms: list[Counted], test: Callable[[Counted], bool], period: Period | None) -> object:
    """`3`, `1 to 3` where part dates leave it open, or a blank without a period."""
    if period is None:
        return ""
    matches = [reaction for reaction in counts_of_terms if test(reaction)]
    known, possible = sum(reaction.known for reaction in matches), sum(reaction.possible for reaction in matches)
    return known if known == possible else f"{known} to {possible}"
