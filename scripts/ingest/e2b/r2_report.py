"""A report in the element names of E2B(R2), whether sent as XML or published by openFDA as JSON.

R2 gives seriousness for the case; it stays with the case and is never copied to its reactions.
"""

from collections.abc import Sequence

from schemas.codes import rows as code_rows
from schemas.fields import is_date
from scripts.e2b.hl7_times import edtf
from scripts.e2b.translation import country, ours
from scripts.ingest.e2b import r2_drugs, r2_event_date, r2_patient, r2_reactions
from scripts.ingest.e2b.r2_tree import Tree, code, code_of, columns, yes_no
from scripts.ingest.reports import Report, has_value, in_one_line, in_order, undivided

STUDY = columns(study_name="studyname", study_number="sponsorstudynumb", study_type="observestudytype")
REPORT = columns(
    country=("primarysourcecountry", country),
    sender_case_id="safetyreportid",
    version="safetyreportversion",
    report_type=("reporttype", code("report_type")),
    received=("receivedate", edtf),
    latest_information=("receiptdate", edtf),
    nullification_reason="nullificationreason",
    documents="documentlist",
)
SOURCE = columns(reporter_qualification=("qualification", code("qualification")), country=("reportercountry", country))
SUMMARY = columns(
    sender_diagnosis=("senderdiagnosis", undivided),
    sender_diagnosis_code=("senderdiagnosis", code_of),
    sender_diagnosis_version="senderdiagnosismeddraversion",
)
CRITERIA = {f"serious_{row['code']}": row["e2b_r2"] for row in code_rows("seriousness")}
SERIOUS = columns(**{column: (leaf, yes_no) for column, leaf in {"serious": "serious", **CRITERIA}.items()})


def report(sent: Tree, at_file: str, at_row: int, also: Sequence[tuple[str, str]] = ()) -> Report:
    """One safetyreport as rows of the reported tables; also: numbers that it is known by elsewhere, and whose they are."""
    patient = sent.tree("patient")
    report_version = sent.text("safetyreportversion")
    latest = sent.date("receiptdate")
    withdrawn = ours("yes_no", "e2b_r2", sent.text("casenullification"))
    nullification = {"yes": "nullified", "no": ""}.get(withdrawn, withdrawn)
    is_nullified = nullification == "nullified"
    case_report = Report(
        case_id=sent.text("safetyreportid"),
        at_file=at_file,
        at_row=at_row,
        order=(
            int(report_version) if report_version.isdecimal() else 0,
            latest if is_date(latest) else "",
            is_nullified,
        ),
        nullified=is_nullified,
        leaves=sent.unread,
    )
    _report(case_report, sent, patient, nullification, also)
    event_date = r2_event_date.event_date_in(case_report, patient.tree("summary").text("narrativeincludeclinical"))
    terms = r2_reactions.read(case_report, patient)
    r2_event_date.give(case_report, event_date)
    r2_patient.read(case_report, patient, sent.text("occurcountry"))
    for number, drug in enumerate(patient.trees("drug"), start=1):
        r2_drugs.read(case_report, drug, str(number), terms)
    return case_report


def _report(report: Report, sent: Tree, patient: Tree, nullification: str, also: Sequence[tuple[str, str]]) -> None:
    source, summary, sources = sent.tree("primarysource"), patient.tree("summary"), sent.trees("primarysource")
    others = [(other.text("duplicatenumb"), other.text("duplicatesource")) for other in sent.trees("reportduplicate")]
    authority, company = sent.text("authoritynumb"), sent.text("companynumb")
    if authority and company and company != authority:
        others.append((company, "companynumb"))
    others += also
    comments = {
        "reportercomment": "Reporter's comments (B.5.2)",
        "sendercomment": "Sender's comments (B.5.4)",
    }
    told = sent.cells(REPORT)
    told |= {column: cell for column, cell in source.cells(SOURCE).items() if has_value(cell) or column not in told}
    words = [f"{title}: {summary.text(tag)}" for tag, title in comments.items() if summary.text(tag)]
    report.add(
        "reports",
        "A.1",
        sender=sent.tree("sender").text("senderorganization"),
        **told,
        worldwide_case_id=authority or company,
        first_sender="regulator" if authority else "other" if company else "",
        nullification=nullification,
        other_ids="; ".join(number for number, _ in others if number),
        other_id_sources=in_order(whose for number, whose in others if number),
        linked_reports="; ".join(filter(None, (link.text("linkreportnumb") for link in sent.trees("linkedreport")))),
        other_reporters="\n".join(filter(None, map(_other_reporter, sources[1:]))),
        **_study(sources),
        **summary.cells(SUMMARY),
        literature="\n".join(filter(None, (in_one_line(reporter.text("literaturereference")) for reporter in sources))),
        narrative="\n\n".join(filter(None, [summary.text("narrativeincludeclinical"), *words])),
        **_seriousness(report, sent),
    )


def _other_reporter(source: Tree) -> str:
    """Qualification and country of a source behind the first."""
    return ", ".join(filter(has_value, source.cells(SOURCE).values()))


def _study(sources: list[Tree]) -> dict[str, str]:
    """What the sources tell of a study, each thing once."""
    told: dict[str, dict[str, None]] = {}
    for source in sources:
        for column, text in source.cells(STUDY).items():
            told.setdefault(column, {})[text] = None
    return {column: "; ".join(texts) for column, texts in told.items()}


def _seriousness(report: Report, sent: Tree) -> dict[str, str]:
    """The criteria of the case; a case said not to be serious (A.1.5.1 = 2) meets none of them."""
    cells = sent.cells(SERIOUS)
    serious = cells.get("serious", "")
    if serious == "no" and "yes" in cells.values():
        what = "sent as not serious, beside a criterion that is met; the criterion counts"
        report.note("reports", "serious", "no", what, "Ask the sender (A.1.5).")
    elif serious == "no":
        cells |= {column: cells.get(column) or "no" for column in CRITERIA}
    return cells
