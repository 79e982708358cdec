"""What a user asks of a source, and whether a report is what was asked for.

Steps, in this order: nullified, deleted by the publisher, case id, period, drug, event.
"""

import re
from collections.abc import Callable, Iterable, Sequence, Set
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path

from schemas.codes import codes
from scripts.commands.messages import UserError, shown
from scripts.ingest.native.encoding import NotTextError, as_utf8
from scripts.ingest.reports import Report
from scripts.records.drugs import names
from scripts.records.terms import names_of, plain
from scripts.records.versions.of_cases import DELETED, NULLIFIED
from scripts.words.wording import counted

CASE_ID, PERIOD, DRUG, EVENT = (
    "not among the case ids asked for",
    "outside the period",
    "none of the drugs in the roles asked for",
    "none of the event terms",
)
NO_ROLE = "the role of the drug asked for is not told, or by no known code"
ASKED = (CASE_ID, PERIOD, DRUG, NO_ROLE, EVENT)
"""The steps that a user asks for; the others are of the source."""
UNREAD_DRUG = "a line of its drugs could not be read"
UNREAD_EVENT = "a line of its reactions could not be read"
LISTS, OTHER_LISTS, OF_IDS = (".txt", ".csv"), (".xlsx", ".xls", ".ods", ".tsv"), ("case_ids", "deleted")
CELL = re.compile(r'\s*(?:"((?:[^"]|"")*)"\s*|([^,;$\t]*))(?:[,;$\t]|$)')
"""A cell of a line of ids, in quotation marks or not, and the sign behind it."""
MOST_TOLD, MOST_LIKENED = 50, 10
Alike = Callable[[str, Sequence[str]], Sequence[str]]
"""Of some names, in comparable form, those most like a term."""


def _alike(term: str, names: Sequence[str]) -> Sequence[str]:
    return get_close_matches(plain(term), names, 3)


@dataclass
class Selection:
    """What is asked of a source; an empty list asks nothing.

    drugs    substances, product names and synonyms; found as whole words in the drug or the substance
    terms    event terms (or their codes as sent); equal to the reported term, capitals and signs aside
    roles    codes of `drug_role`; the default leaves concomitant and not administered drugs out
    period   from, to: ISO dates or part dates, both included, on the latest information (else first receipt)
    deleted  case ids withdrawn by the publisher
    case_ids the only cases that may enter, by any id of theirs
    """

    drugs: Sequence[str] = ()
    terms: Sequence[str] = ()
    roles: Sequence[str] = ("suspect", "interacting")
    period: Sequence[str] = ()
    deleted: frozenset[str] = frozenset()
    case_ids: frozenset[str] = frozenset()
    seen_ids: set[str] = field(default_factory=set)
    seen_drugs: set[str] = field(default_factory=set)
    seen_terms: set[str] = field(default_factory=set)
    vocabulary: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.wanted = {plain(term): term for term in self.terms}

    def refusal(self, report: Report) -> str:
        """The first step at which the report leaves, or a blank. Marks the events among its reactions."""
        roles, matched_term = self._roles_met(report), self.mark_events(report)
        if report.nullified:
            return NULLIFIED
        if report.case_id in self.deleted:
            return DELETED
        if self.case_ids and not self._match_ids(report):
            return CASE_ID
        if not in_period(received(report), self.period):
            return PERIOD
        if self.drugs and roles.isdisjoint(self.roles):
            return DRUG if roles <= set(codes("drug_role")) else NO_ROLE
        return EVENT if self.terms and not matched_term else ""

    def nearly(self, report: Report, reason: str) -> bool:
        """Whether a report that leaves for this reason has the drug or the event asked for, and not both."""
        if reason == DRUG:
            return any(row["role"] == "event" for row in report.rows.get("reactions", ()))
        return reason == NO_ROLE or (reason == EVENT and bool(self.drugs))

    def _match_ids(self, report: Report) -> bool:
        row = report.rows.get("reports", [{}])[0]
        report_ids = {report.case_id, row.get("sender_case_id", ""), row.get("worldwide_case_id", "")}
        report_ids |= set(row.get("other_ids", "").split("; "))
        self.seen_ids |= report_ids & self.case_ids
        return not report_ids.isdisjoint(self.case_ids)

    def _roles_met(self, report: Report) -> set[str]:
        """The roles in which a report has a drug asked for, as sent where no list knows them."""
        roles = set()
        for row in report.rows.get("courses", ()) if self.drugs else ():
            for drug in self.drugs:
                if names(row.get("substance", ""), drug) or names(row.get("drug", ""), drug):
                    self.seen_drugs.add(drug)
                    roles.add(row.get("role", ""))
        return roles

    def mark_events(self, report: Report) -> bool:
        """Give every reaction its role, `event` where it bears one of the terms; whether one does."""
        has_event = False
        for row in report.rows.get("reactions", ()):
            names_of_it = names_of(row)
            hits = names_of_it & self.wanted.keys()
            row["role"] = "event" if hits else "other"
            self.seen_terms.update(self.wanted[hit] for hit in hits)
            has_event |= bool(hits)
            if self.wanted and len(self.vocabulary) < 50_000:
                self.vocabulary |= names_of_it
        return has_event

    def unmatched(self) -> list[dict]:
        """A finding for every drug, term and case id that nothing in the source bears."""
        return [
            *unmatched_ids(self.case_ids - self.seen_ids),
            *(nothing_named("drugs", drug) for drug in self.drugs if drug not in self.seen_drugs),
            *unmatched_terms([term for term in self.terms if term not in self.seen_terms], self.vocabulary),
        ]


def selection(options: dict) -> Selection:
    """The selection in a source's options; unknown options belong to others and are left alone."""
    period = options.get("period") or ()
    if period and (isinstance(period, str) or len(period) != 2):
        raise UserError(f"period: {period!r} is not a pair. Give two dates, for example [2012-10, 2024-12].")
    return Selection(
        drugs=listed(options, "drugs"),
        terms=listed(options, "terms"),
        roles=listed(options, "roles") or Selection.roles,
        period=tuple(str(day) for day in period),
        deleted=frozenset(listed(options, "deleted")),
        case_ids=frozenset(listed(options, "case_ids")),
    )


def listed(options: dict, option: str) -> tuple[str, ...]:
    """An option that is a list of texts, with those that stand in files; one text alone is a list of one."""
    given = options.get(option) or ()
    texts = [str(entry).strip() for entry in ((given,) if isinstance(given, str) else given)]
    if wrong := next((text for text in texts if Path(text).suffix.lower() in OTHER_LISTS), ""):
        raise UserError(f"{option}: {wrong}: a list is read from a .txt or .csv file. Save it as one, one in a line.")
    several = [_in_file(option, Path(text)) if Path(text).suffix.lower() in LISTS else [text] for text in texts]
    return tuple(dict.fromkeys(text for few in several for text in few if text))


def _in_file(option: str, file: Path) -> list[str]:
    """What a file lists, one in a line, or ids in its only line; of each of several lines of ids the first cell."""
    if not file.is_file():
        what = (
            "neither a case id nor a file of case ids"
            if option in OF_IDS
            else "not there. Give a file with one in a line"
        )
        raise UserError(f"{option}: {shown(file)} is {what}.")
    try:
        content = as_utf8(file.read_bytes()).content.decode()
    except NotTextError as fault:
        raise UserError(
            f"{option}: {shown(file)} is no list in text: {fault}. Save it as text, one in a line."
        ) from None
    lines = [line for line in content.replace("\ufeff", "").splitlines() if line.strip(' \t,;"')]
    if not lines and option != "deleted":
        raise UserError(f"{option}: {shown(file)} lists nothing. Write one in a line, or leave the option out.")
    if option not in OF_IDS:
        return [line.strip(" \t,;").strip('"') for line in lines]
    cells = [_cells(line) for line in lines]
    return cells[0] if len(cells) == 1 else [each[0] for each in cells]


def _cells(line: str) -> list[str]:
    found = [(quoted.replace('""', '"') or bare).strip() for quoted, bare in CELL.findall(line)]
    return [cell for cell in found if cell] or [""]


def received(report: Report) -> str:
    """The date that the period looks at."""
    row = report.rows.get("reports", [{}])[0]
    return row.get("latest_information") or row.get("received", "")


def in_period(day: str, period: Sequence[str]) -> bool:
    """Whether a date could lie in the period: 2017 could lie in 2017-04 to 2017-06, no date anywhere."""
    if not period or not day[:4].isdigit():
        return True
    first, last = period
    return (not first or day >= first[: len(day)]) and (not last or day[: len(last)] <= last)


def undated(wanted: Selection, reports: Sequence[Report]) -> list[dict]:
    """A finding where a period is asked for and reports that enter have no date: nobody knows whether they lie in it."""
    cases = [report.case_id for report in reports if wanted.period and not received(report)[:4].isdigit()]
    row = {"rule": "selection", "severity": "warning", "table": "reports", "column": "period"}
    what = f"no date in {counted(len(cases), 'report')} read: whether in the period is not known"
    cure = "Look at them, or leave `period` out where a source has no dates, as JADER."
    return [row | {"value": " to ".join(wanted.period), "what": what, "cure": cure}] if cases else []


def nothing_named(option: str, asked: str, near: Sequence[str] = ()) -> dict:
    """The finding for a drug or term of the selection that occurs nowhere in the source."""
    advice = f" Nearest in the source: {'; '.join(near)}." if near else ""
    return {
        "rule": "selection",
        "severity": "warning",
        "table": {"terms": "reactions", "case_ids": "reports"}.get(option, "courses"),
        "column": option,
        "value": asked,
        "what": f"nothing in this source is named '{asked}'",
        "cure": f"Check the spelling in the source's `{option}`.{advice}",
    }


def unmatched_ids(lost: Iterable[str]) -> list[dict]:
    """The findings for case ids that no report of the source bears, the first of them one by one."""
    return _first([nothing_named("case_ids", case_id) for case_id in sorted(lost)], "case ids are borne by nothing")


def unmatched_terms(lost: Sequence[str], vocabulary: Set[str], alike: Alike = _alike) -> list[dict]:
    """The findings for terms that no report of the source bears, the first of them one by one; of a few, with the names in the
    source that are most like them. Of a long list most occur nowhere, as one from a dictionary: nothing in it is misspelt."""
    names = sorted(vocabulary) if len(lost) <= MOST_LIKENED else []
    told = [nothing_named("terms", term, alike(term, names) if names else ()) for term in lost]
    return _first(told, "terms occur nowhere")


def _first(told: list[dict], what: str) -> list[dict]:
    """The first findings, and one more that counts the others."""
    if len(told) <= MOST_TOLD:
        return told
    return [*told[:MOST_TOLD], told[0] | {"value": "", "what": f"{len(told) - MOST_TOLD} more {what} in this source"}]
