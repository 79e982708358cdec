"""The patient of a report in the element names of E2B(R2): age, history, tests, death (section B.1, B.3)."""

from scripts.e2b import ages
from scripts.e2b.hl7_times import edtf
from scripts.e2b.translation import country, ours
from scripts.ingest.e2b import r2_parent
from scripts.ingest.e2b.r2_tree import Tree, code, code_of, columns, sex, version, yes_no
from scripts.ingest.reports import Report, has_value, in_order, listed

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


def read(report: Report, patient: Tree, occurred_in: str) -> None:
    """Add the patient, history, tests and death; the reactions, by whose onset an age may be worked out, stand in the report."""
    _case(report, patient, occurred_in)
    _history(report, patient)
    for number, test in enumerate(patient.trees("test"), start=1):
        _test(report, test, number)
    if prose := patient.text("resultstestsprocedures"):
        report.add("tests", "B.3.2", result="text", test="tests and procedures", finding=prose)
    _death(report, patient)


def _case(report: Report, patient: Tree, occurred_in: str) -> None:
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
        country=country(occurred_in),
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
