"""Reactions of a report in the element names of E2B(R2) (section B.2)."""

from scripts.e2b.hl7_times import edtf
from scripts.ingest.e2b.r2_tree import Tree, code, code_of, columns, interval
from scripts.ingest.reports import Report
from scripts.records.terms import plain

REACTION = columns(
    onset_date=("reactionstartdate", edtf),
    end_date=("reactionenddate", edtf),
    outcome=("reactionoutcome", code("outcome")),
    highlighted="termhighlighted",
    duration="reactionduration",
    duration_scale=("reactiondurationunit", code("scale")),
)


def read(report: Report, patient: Tree) -> dict[str, str]:
    """Add the reactions; gives each by its terms, in comparable form."""
    terms: dict[str, str] = {}
    for number, element in enumerate(patient.trees("reaction"), start=1):
        terms |= {plain(term): str(number) for term in _said(element) if term and plain(term) not in terms}
        report.add(
            "reactions",
            f"B.2.{number}",
            reaction=str(number),
            **_terms(element),
            occurred="yes",
            **element.cells(REACTION),
        )
        _versions(report, element, str(number))
        for column, tag in (("onset", "reactionstartdate"), ("end", "reactionenddate")):
            report.keep_hours("reactions", str(number), column, f"B.2.{number}", element.text(tag))
        first = interval(element, "start_to_onset", "reactionfirsttime", "reactionfirsttimeunit")
        last = interval(element, "last_to_onset", "reactionlasttime", "reactionlasttimeunit")
        if first or last:
            report.add("assessments", f"B.2.{number}.7", assessor="report", reaction=str(number), **first, **last)
    return terms


def _said(element: Tree) -> list[str]:
    return [element.text(tag) for tag in ("primarysourcereaction", "reactionmeddrallt", "reactionmeddrapt")]


def _terms(element: Tree) -> dict[str, str]:
    """The term as reported, else the preferred, else the lowest level term; the code is that of the lowest level term,
    as E2B wants it. What is sent beside them stands in `other_terms`."""
    reported, low, preferred = _said(element)
    coded = preferred or low
    cells = {
        "term": reported or coded,
        "term_translated": coded if reported and plain(coded) != plain(reported) and not code_of(coded) else "",
        "term_code": code_of(low) or code_of(preferred),
        "term_version": _version(element, "llt" if code_of(low) else "pt") or _version(element, "llt"),
    }
    told = {plain(cell) for cell in cells.values()}
    return cells | {"other_terms": "; ".join(term for term in (low, preferred) if term and plain(term) not in told)}


def _version(element: Tree, level: str) -> str:
    return element.text(f"reactionmeddraversion{level}")


def _versions(report: Report, element: Tree, number: str) -> None:
    """Keep both versions as sent where the two terms of a reaction come from different ones."""
    low, preferred = _version(element, "llt"), _version(element, "pt")
    if low and preferred and low != preferred:
        words = f"lowest level term {low}; preferred term {preferred}"
        report.sent("reactions", number, "term_version", f"B.2.{number}", words)
