"""Columns, cells, keys and references: every fault once, with its place and its cure."""

import pandas as pd
import pytest

from schemas.findings import findings
from scripts.validate import check, decide
from scripts.validate.contracts import table_contracts
from scripts.validate.flags import MOST, flag
from tests.validate.build import CASE, COURSE, EVENT, SOURCE, WHERE, tables
from tests.validate.rules.each import as_one


def faults(given) -> list[tuple]:
    return places(check(given, None))


def places(all_findings) -> list[tuple]:
    return list(
        zip(
            all_findings["rule"],
            all_findings["table"],
            all_findings["row"],
            all_findings["column"],
            all_findings["value"],
            strict=True,
        )
    )


FAULTS = [
    ({"cases": [CASE | {"sex": "female"}]}, ("code", "cases", 2, "sex", "female"), "Use one of: M, F."),
    ({"cases": [CASE | {"identity": "identifed"}]}, ("required_code", "cases", 2, "identity", "identifed"), "Did you mean 'identified'?"),
    ({"cases": [CASE | {"age_lower": "twenty-nine"}]}, ("number", "cases", 2, "age_lower", "twenty-nine"), "not_stated"),
    ({"cases": [CASE | {"age_lower": "1e400"}]}, ("number", "cases", 2, "age_lower", "1e400"), "not_stated"),
    ({"cases": [CASE | {"age_lower": "٣"}]}, ("number", "cases", 2, "age_lower", "٣"), "not_stated"),
    ({"courses": [COURSE | {"start_date": "4/7/2022"}]}, ("date", "courses", 2, "start_date", "4/7/2022"), "not_stated"),
    ({"courses": [COURSE | {"start_date": "44746"}]}, ("date", "courses", 2, "start_date", "44746"), "2022-07-04"),
    ({"courses": [COURSE | {"start_date": "2022-02-30"}]}, ("date", "courses", 2, "start_date", "2022-02-30"), "not_stated"),
    ({"courses": [COURSE | {"planned_doses": "2.5"}]}, ("whole_number", "courses", 2, "planned_doses", "2.5"), "not_stated"),
    ({"reactions": [EVENT | {"onset_origin": "birth"}]}, ("origin", "reactions", 2, "onset_origin", "birth"), "Use one of"),
    ({"courses": [COURSE | {"case_id": ""}]}, ("required", "courses", 2, "case_id", ""), "Fill it in."),
    ({"courses": [COURSE | {"case_id": "not_stated"}]}, ("required", "courses", 2, "case_id", "not_stated"), "Fill it in."),
    ({"courses": [COURSE | {"case_id": "C9"}]}, ("reference", "courses", 2, "case_id", "C9"), "Add it to `cases`"),
    ({"cases": [CASE | {"source_id": "S9"}]}, ("reference", "cases", 2, "source_id", "S9"), "Add it to `sources`"),
    ({"reactions": [EVENT | {"course": "7"}]}, ("reference", "reactions", 2, "course", "7"), "Add the course"),
    ({"reactions": [EVENT | {"onset_origin": "onset:none", "onset_lower": "1", "onset_upper": "2", "onset_scale": "d"}]},
     ("reference", "reactions", 2, "onset_origin", "onset:none"), "Name a reaction"),
    ({"cases": [CASE, CASE]}, ("unique_key", "cases", 3, "case_id", "C1"), "must be unique"),
    ({"links": [{"a": "C1", "b": "C1", "verdict": "same"}]}, ("links", "links", 2, "b", "C1"), "Keep the verdict"),
    ({"corrections": [{"table": "cases", "key": "C1", "column": "sex", "from": "M", "to": "F", "reason": "r", "by": "b"}]},
     ("correction", "corrections", 2, "from", "M"), "Correct the row"),
]  # fmt: skip


@pytest.fixture(scope="module")
def found_of_each() -> dict[str, pd.DataFrame]:
    """The findings of each fault, all of them checked as one series."""
    all_findings = check(as_one({str(at): rows for at, (rows, *_) in enumerate(FAULTS)}), None)
    return dict(iter(all_findings.groupby("file")))


@pytest.mark.parametrize("at", range(len(FAULTS)))
def test_one_fault_one_finding(found_of_each, at):
    _, fault, cure = FAULTS[at]
    fault_findings = found_of_each[str(at)]
    assert [(*place, value.removesuffix(f"-{at}")) for *place, value in places(fault_findings)] == [fault]
    assert cure in fault_findings["cure"].iloc[0]


def test_a_key_that_stands_many_times_is_one_finding():
    given = tables(cases=[CASE] * 1000)
    all_findings = check(given, None)
    assert all_findings["what"].tolist() == ["same key as row 2, and 998 more rows"]


def test_names_that_only_look_the_same_are_asked_about():
    names = ["C1", "c1", "C01", "C 2", "C  2", "\u00c9-1", "E\u0301-1", "C10", "7", "007", "1.07", "1.7"]
    all_findings = check(tables(cases=[CASE | {"case_id": case} for case in names], courses=[]), None)
    all_findings = all_findings[all_findings["rule"] == "near_name"]
    assert all_findings["value"].tolist() == ["c1", "C01", "C  2", "E\u0301-1", "007"]
    assert all_findings["what"].iloc[0] == "differs from 'C1' in capitals, blanks or leading zeros only"


def test_provenance_and_judgements_speak_of_rows_that_exist():
    marks = [
        {"table": "reactions", "key": "C1;rash", "column": column, "status": "derived"}
        for column in ("onset", "end_date")
    ]
    marks += [{"table": "courses", "key": "C1;1", "column": "gap", "status": "derived"}]
    wrong = [{"table": "reaction", "key": "C1;rash", "column": "onset"}, {"table": "reactions", "key": "C1", "column": "term"},
             {"table": "reactions", "key": "C1;rash", "column": "onset_day"}]  # fmt: skip
    judged = {"case_id": "C1", "assessor": "AB", "method": "global", "course": "1", "reaction": "rash"} | WHERE
    strange = judged | {"assessor": "CD", "course": "9", "reaction": "cough"}
    given = {"reactions": [EVENT], "provenance": [*marks, *wrong], "assessments": [judged, strange]}
    assert {(rule, *place) for rule, *place in faults(tables(**given)) if rule == "reference"} == {
        ("reference", "provenance", 5, "table", "reaction"), ("reference", "provenance", 6, "key", "C1"),
        ("reference", "provenance", 7, "column", "onset_day"), ("reference", "assessments", 3, "course", "9"),
        ("reference", "assessments", 3, "reaction", "cough"),
    }  # fmt: skip


def test_links_that_contradict_each_other():
    cases = [CASE | {"case_id": f"C{k}"} for k in (1, 2, 3)]
    links = [
        {"a": "C1", "b": "C2", "verdict": "same"}, {"a": "C2", "b": "C3", "verdict": "same"},
        {"a": "C3", "b": "C1", "verdict": "different"}, {"a": "C2", "b": "C1", "verdict": "different"},
    ]  # fmt: skip
    all_findings = check(tables(cases=cases, courses=[], links=links), None)
    all_findings = all_findings[all_findings["rule"] == "links"]
    assert sorted(zip(all_findings["row"], all_findings["what"], strict=True)) == [
        (4, "said to be different, yet the same through other links"),
        (5, "said to be different, yet the same through other links"),
        (5, "the pair is already there, the other way round"),
    ]


def test_unknown_twice_and_missing_columns():
    given = tables()
    cases = given["cases"].rename(columns={"country": "contry", "weight": "nothing_like_it"}).drop(columns=["identity"])
    cases.insert(0, "sex", "", allow_duplicates=True)
    all_findings = table_contracts.columns({"cases": cases})
    cures = {(row["column"], row["severity"]): row["cure"] for _, row in all_findings.iterrows()}
    assert {key: cure.split(".")[0].split("?")[0] for key, cure in cures.items()} == {
        ("contry", "contract"): "Did you mean 'country'",
        ("nothing_like_it", "contract"): "Remove it",
        ("sex", "contract"): "Keep one",
        ("", "information"): "Nothing to do if the sources say nothing of them",
        ("identity", "contract"): "Add the column 'identity': Identified patient or anonymous member",
    }
    assert (all_findings["row"] == 1).all()
    assert all_findings.loc[all_findings["severity"] == "information", "what"].tolist() == [
        "columns are missing, and all their cells count as no information: country, weight"
    ]


def test_a_fault_in_one_table_hides_none_in_another():
    given = tables(
        cases=[CASE | {"sex": "x"}],
        courses=[COURSE, COURSE],
        reactions=[EVENT | {"case_id": "C9"}],
        sources=[SOURCE],
    )
    given["tests"] = pd.DataFrame({"case_id": ["C1"], "resultt": ["a"], "at_file": ["tests.csv"], "at_row": [2]})
    rules = [rule for rule, *_ in faults(given)]
    assert {"code", "unique_key", "reference", "columns"} <= set(rules)


def test_a_corrected_cell_is_judged_by_its_new_value():
    mend = {"table": "cases", "key": "C1", "column": "sex", "from": "female", "to": "F", "reason": "typing", "by": "x"}
    assert faults(tables(cases=[CASE | {"sex": "female"}], corrections=[mend])) == []
    assert faults(tables(cases=[CASE | {"sex": "female"}], corrections=[mend | {"to": "f"}])) == [
        ("code", "cases", 2, "sex", "f")
    ]


def test_findings_are_numbered_in_order_and_given_their_action():
    all_findings = check(tables(cases=[CASE | {"sex": "x"}], courses=[COURSE | {"case_id": "C9", "drug": ""}]), None)
    policy = {"contract": "stop", "error": "exclude_case", "warning": "warn", "information": "warn"}
    decided = decide(all_findings, policy)
    assert decided[["finding", "table", "action"]].to_numpy().tolist() == [
        ["F1", "cases", "stop"],
        ["F2", "courses", "stop"],
    ]


@pytest.mark.parametrize(
    ("action", "done"),
    [("withhold_value", ["warn", "withhold_value", "warn", "warn"]), ("exclude_case", ["exclude_case", "exclude_case", "warn", "exclude_case"])],
)  # fmt: skip
def test_an_action_that_can_do_nothing_is_a_mark(action, done):
    """A key has no value to withhold, a claim is no patient's, the file as a whole has no cell."""
    marked = [
        ("cases", 2, "C1", "case_id"),
        ("cases", 2, "C1", "sex"),
        ("statements", 2, "", "n"),
        ("cases", 0, "C1", "sex"),
    ]
    rows = [
        {
            "rule": "Q25",
            "severity": "error",
            "table": table,
            "row": row,
            "case_id": case,
            "column": column,
            "file": str(at),
        }
        for at, (table, row, case, column) in enumerate(marked)
    ]
    policy = {"contract": "stop", "error": action, "warning": "warn", "information": "warn"}
    decided = decide(findings(rows), policy).sort_values("file")
    assert decided["action"].tolist() == done


def test_reasons_for_missing_are_values_everywhere():
    rows = {"reactions": [EVENT | {"outcome": "asked_unknown", "onset_date": "masked", "onset_lower": "not_seen", "course": "1"}],
            "history": [{"case_id": "C1", "item": "i", "kind": "smoking", "term": "not_asked"} | WHERE]}  # fmt: skip
    assert faults(tables(**rows)) == []


def test_more_findings_than_anybody_reads_are_summed_up_at_their_place():
    courses = tables(courses=[COURSE | {"drug": "x"}])["courses"]
    many = courses.loc[courses.index.repeat(MOST + 3)].reset_index(drop=True)
    all_findings = flag("courses", many.assign(at_row=range(2, MOST + 5)), "Q15", "drug", "odd")
    assert len(all_findings) == MOST + 1
    assert all_findings.iloc[-1][["row", "what"]].tolist() == [MOST + 2, "odd: from here on 3 more rows"]
