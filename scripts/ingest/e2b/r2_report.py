"""A report in the element names of E2B(R2), whether sent as XML or published by openFDA as JSON.

R2 gives seriousness for the case; it stays with the case and is never copied to its reactions.
"""

from collections.abc import Sequence

from schemas.codes import rows as code_rows
from schemas.fields import is_date
from scripts.e2b import ages
from scripts.e2b.hl7_times import edtf
from scripts.e2b.translation import country, ours
from scripts.ingest.e2b import r2_drugs, r2_event_date, r2_parent, r2_reactions
from scripts.ingest.e2b.r2_tree import Tree, code, code_of, columns, sex, version, yes_no
from scripts.ingest.reports import Report, has_value, in_one_line, in_order, listed, undivided

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
CASE = columns(
    sex=("patientsex", sex),
    age_group=("patientagegroup", code("age_group")),
    weight="patientweight",
    height="patientheight",
)
CONDITION = columns(
    term="patientepisodename",
    term_code=("patientepisodename", code_of),
    term_version="patientepisodenamemeddraversion",
    start_date=("patientmedicalstartdate", edtf),
    end_date=("patientmedicalenddate", edtf),
    continuing=("patientmedicalcontinue", yes_no),
    detail="patientmedicalcomment",
)
PAST_DRUG = columns(
    term="patientdrugname",
    start_date=("patientdrugstartdate", edtf),
    end_date=("patientdrugenddate", edtf),
    indication="patientdrugindication",
    indication_code=("patientdrugindication", code_of),
    reaction="patientdrugreaction",
    reaction_code=("patientdrugreaction", code_of),
)
TEST = columns(
    test="testname",
    time_date=("testdate", edtf),
    value="testresult",
    unit_as_printed="testunit",
)
DEATH = columns(time_date=("patientdeathdate", edtf), autopsy=("patientautopsyyesno", yes_no))
CAUSES = (
    ("patientdeathcause", "patientdeathreport", "patientdeathreportmeddraversion", ""),
    ("patientautopsy", "patientdetermineautopsy", "patientdetermautopsmeddraversion", " (autopsy)"),
)
"""Causes of death as reported and as found at autopsy: group, term, version, mark."""
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
    _case(case_report, sent, patient)
    _history(case_report, patient)
    for number, test in enumerate(patient.trees("test"), start=1):
        _test(case_report, test, number)
    if prose := patient.text("resultstestsprocedures"):
        case_report.add("tests", "B.3.2", result="text", test="tests and procedures", finding=prose)
    _death(case_report, patient)
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
    words = [f"{title}: {summary.text(tag)}" for tag, title in comments.items() if summary.text(tag)]
    report.add(
        "reports",
        "A.1",
        sender=sent.tree("sender").text("senderorganization"),
        **{**sent.cells(REPORT), **source.cells(SOURCE)},
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


def _case(report: Report, sent: Tree, patient: Tree) -> None:
    unit = patient.text("patientonsetageunit")
    cells = ages.stated(patient.text("patientonsetage"), ours("age_unit", "e2b_r2", unit), "e2b_r3")
    if cells and "age_lower" not in cells:
        report.note(
            "cases",
            "age_lower",
            cells["age_as_reported"],
            ages.why_unread(patient.text("patientonsetage")),
            "Kept in age_as_reported only; ask the sender for it.",
        )
    report.add(
        "cases",
        "B.1",
        identity="identified",
        country=country(sent.text("occurcountry")),
        **patient.cells(CASE),
        **r2_parent.cells(patient, patient.tree("parent")),
        **(cells or _age_from_birth(report, patient)),
    )


def _age_from_birth(report: Report, patient: Tree) -> dict[str, str]:
    onsets = sorted(row.get("onset_date", "") for row in report.rows.get("reactions", ()))
    cells = ages.from_birth(patient.date("patientbirthdate"), next(filter(has_value, onsets), ""))
    if cells:
        report.derived("cases", "", "age_lower", "B.1.2.1", "completed years from birth date to first onset")
    return cells


def _history(report: Report, patient: Tree) -> None:
    for number, tree in enumerate(patient.trees("medicalhistoryepisode"), start=1):
        report.add(
            "history",
            f"B.1.7.1.{number}",
            item=f"condition {number}",
            kind="condition",
            **tree.cells(CONDITION),
        )
    if patient.text("patientmedicalhistorytext"):
        detail = patient.text("patientmedicalhistorytext")
        report.add("history", "B.1.7.2", item="text", kind="condition", detail=detail)
    for number, tree in enumerate(patient.trees("patientpastdrugtherapy"), start=1):
        report.add(
            "history",
            f"B.1.8.{number}",
            item=f"past drug {number}",
            kind="past_drug",
            **tree.cells(PAST_DRUG),
            indication_version=version(tree, "patientdrgindicationmeddraversion", "patientdrugindicationmeddraversion"),
            reaction_version=version(tree, "patientdrgreactionmeddraversion", "patientdrugreactionmeddraversion"),
        )


def _test(report: Report, element: Tree, number: int) -> None:
    low, high = element.text("lowtestrange"), element.text("hightestrange")
    both = f"{low}-{high}" if low and high else (f">={low}" if low else f"<={high}" if high else "")
    report.add(
        "tests",
        f"B.3.{number}",
        result=str(number),
        **element.cells(TEST),
        reference_as_printed=both,
    )
    report.keep_hours("tests", str(number), "time", f"B.3.{number}", element.text("testdate"))


def _death(report: Report, patient: Tree) -> None:
    """B.1.9. A group of blank elements, as some senders print it for everybody, tells of no death."""
    for death in patient.trees("patientdeath")[:1]:
        causes = [cause for kind in CAUSES for cause in _causes(death, *kind) if cause[0]]
        told = death.cells(DEATH)
        if not (causes or any(told.values())):
            continue
        report.add(
            "deaths",
            "B.1.9",
            **told,
            cause=listed(words for words, _, _ in causes),
            cause_code=in_order(code for _, code, _ in causes),
            cause_version=in_order(version for _, _, version in causes),
        )
        report.keep_hours("deaths", "", "time", "B.1.9", death.text("patientdeathdate"))


def _causes(death: Tree, group: str, term_tag: str, versions: str, mark: str) -> list[tuple[str, str, str]]:
    """Words with their mark, code and version of each cause of a kind."""
    return [
        (f"{words}{mark}" if words else "", code_of(words), cause.text(versions))
        for cause in death.trees(group)
        for words in [cause.text(term_tag)]
    ]
