"""Appraisal, case flow, data quality, checklists and crosswalk on literal rows."""

from schemas.reported import TABLES
from scripts.tables import (
    table_case_flow,
    table_checklists,
    table_crosswalk,
    table_data_quality,
    table_quality_appraisal,
)
from scripts.tables.shown import on_paper
from tests.tables.small import bundle, case


def answers(series) -> list[list[str]]:
    cells = table_quality_appraisal.build(series).cells
    return cells[["Answer", "Basis", "Answered by"]].values.tolist()


def of_rows(**told: tuple[str, str]) -> list[dict]:
    """Rows of `appraisals` of the case A: question -> answer and basis."""
    return [
        {"case_id": "A", "instrument": "murad", "question": question[1:], "answer": answer, "basis": basis}
        for question, (answer, basis) in told.items()
    ]


def test_rows_answer_only_what_they_decide():
    decided = of_rows(q2=("yes", "doses given: 3"), q4=("", "left open: clot"), q5=("no", "rechallenge negative"))
    series = bundle(cases=[case("A"), case("X", identity="anonymous")], derived={"appraisals": decided})
    ask = "needs an assessor"
    assert answers(series) == [
        [ask, "", ""],
        ["yes", "doses given: 3", "derived"],
        [ask, "", ""],
        [ask, "left open: clot", ""],
        ["no", "rechallenge negative", "derived"],
        [ask, "", ""],
        [ask, "", ""],
        [ask, "", ""],
    ]


def test_an_assessor_with_a_reason_stands_before_the_rows_which_stay_visible():
    """As in the causality sheet: without a reason, or where two differ, nobody wins."""
    judged = {
        "case_id": "A",
        "assessor": "AB",
        "method": "Murad 2018",
        "instrument": "murad",
        "answers": "1=yes; 3=no; 6",
        "reason": "own reading",
    }
    other = judged | {"judged_besides": "tablet", "answers": "1=no"}
    decided = of_rows(q3=("yes", "certainty: confirmed"))
    silent = judged | {"assessor": "CD", "reason": "not_stated", "answers": "3=unclear; 6=yes"}
    cells = answers(bundle(cases=[case("A")], derived={"judgements": [judged, other, silent], "appraisals": decided}))
    unused = "CD: unknown, without reason, not used"
    assert cells[0] == ["yes", "own reading; derived: cannot be derived", "assessor: AB"]
    assert cells[2] == ["no", f"own reading; derived: yes (certainty: confirmed); {unused}", "assessor: AB"]
    assert cells[5] == ["needs an assessor", "CD: yes, without reason, not used", ""]
    against = silent | {"reason": "other reading"}
    cells = answers(bundle(cases=[case("A")], derived={"judgements": [judged, against], "appraisals": decided}))
    both = "AB: no (own reading); CD: unknown (other reading); derived: yes (certainty: confirmed)"
    assert cells[2] == ["needs an assessor", both, "assessors differ"]


def test_no_identified_case_says_none():
    table = table_quality_appraisal.build(bundle(cases=[case("X", identity="anonymous")]))
    assert table.cells["Case"].tolist() == ["none"]


def test_case_flow_adds_up_and_merges_on_paper_only():
    books = [{"record": record, "source": "S", "stage": "series", "decision": "in"} for record in ("A", "B")]
    books.append(
        {
            "record": "C",
            "source": "S",
            "stage": "definition",
            "decision": "out",
            "reason": "another event",
            "rule": "case_definition",
        }
    )
    table = table_case_flow.build(bundle(books=books))
    assert table.cells.values.tolist() == [
        ["A", "S", "in", "series", "meets the case definition", "none"],
        ["B", "S", "in", "series", "meets the case definition", "none"],
        ["C", "S", "out", "definition", "another event", "case definition"],
    ]
    assert on_paper(table).rows[0] == ["2 alike:\nA\nB", "S", "in", "series", "meets the case definition", "none"]
    assert table.footnotes == ("2 in, 1 out; together 3 records.",)


def test_case_flow_of_a_selection_shows_how_many_records_a_line_stands_for():
    books = [
        {"record": "extract", "source": "S", "stage": "ingest", "decision": "out", "reason": "drug", "records": 400}
    ]
    table = table_case_flow.build(bundle(books=books))
    assert table.cells["Records"].tolist() == ["400"]
    assert table_case_flow.build(bundle()).cells["Record"].tolist() == ["none"]


def test_findings_then_corrections():
    flags = [{"finding": "F1", "rule": "Q10", "severity": "error", "action": "withhold_value", "table": "reactions",
              "file": "r.csv", "row": 2, "case_id": "A", "column": "onset_lower", "value": "-3", "what": "before the drug",
              "cure": "check"}]  # fmt: skip
    withheld = [{"finding": "F1", "case_id": "A", "table": "reactions", "column": "onset_lower", "printed": "-3"}]
    repairs = [{"table": "cases", "key": "A", "column": "sex", "from": "X", "to": "F", "reason": "slip of the pen",
                "by": "AB", "date": "2025-01-02"}]  # fmt: skip
    table = table_data_quality.build(bundle(found=flags, withheld=withheld, repairs=repairs))
    assert table.cells.values.tolist() == [
        ["F1", "error", "Q10", "A", "r.csv, row 2, onset_lower", "-3", "before the drug", "withheld, shown as printed", "check"],
        ["C1", "correction", "accepted correction", "A", "cases, A, sex", "X", "slip of the pen",
         "corrected to F by AB, 2025-01-02", "delete the row in `corrections` to undo it"],
    ]  # fmt: skip
    assert table_data_quality.build(bundle()).cells["Flag"].tolist() == ["none"]


def test_what_two_records_of_one_patient_say_differently_and_what_only_the_other_knows():
    differing = [
        {"kept": "A", "left": "B", "table": "cases", "key": "", "column": "sex", "kept_value": "F", "left_value": "M"},
        {"kept": "A", "left": "B", "table": "history", "key": "h", "column": "term", "kept_value": "", "left_value": "x"},
        {"kept": "A", "left": "B", "table": "history", "key": "h", "column": "kind", "kept_value": "", "left_value": "y"},
    ]  # fmt: skip
    table = table_data_quality.build(bundle(differing=differing))
    assert table.cells.values.tolist() == [
        ["D1", "conflict", "one patient, two records", "A", "cases, sex", "F", "B, not counted, says M",
         "A is the richer record, and its value is used", "if the other is right, add a row to `corrections`"],
        ["none", "conflict", "one patient, two records", "A", "history", "", "B, not counted, has 2 values that A does not have",
         "not used; listed in conflicts.csv",
         "type them into the rows of A if they are to count"],
    ]  # fmt: skip


def test_checklists_point_or_ask_the_author():
    cells = table_checklists.build(bundle()).cells
    care = cells[cells["Checklist"] == "CARE 2013"]
    assert care["Item"].tolist() == [str(number) for number in range(1, 14)]
    assert (cells["Answered in"] != "").all()


def test_crosswalk_is_the_contracts():
    cells = table_crosswalk.build(bundle()).cells
    shown = set(zip(cells["Table"], cells["Column"], cells["E2B(R3) element"], strict=True))
    written = {
        (table, column_name, (column.metadata or {}).get("e2b"))
        for table, schema in TABLES.items()
        for column_name, column in schema.columns.items()
    }
    assert {entry for entry in written if entry[2]} == {entry for entry in shown if entry[2] != "–"}


def test_every_column_named_for_a_prac_reader_exists():
    for tables in table_crosswalk._prac().values():
        for table, columns in tables.items():
            known = TABLES[table].columns
            assert [column for column in columns if column not in known and f"{column}_origin" not in known] == []
