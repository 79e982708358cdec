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


def places(found) -> list[tuple]:
    return list(zip(found["rule"], found["table"], found["row"], found["column"], found["value"], strict=True))


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
    found = check(as_one({str(at): rows for at, (rows, *_) in enumerate(FAULTS)}), None)
    return dict(iter(found.groupby("file")))


@pytest.mark.parametrize("at", range(len(FAULTS)))
def test_one_fault_one_finding(found_of_each, at):
    _, fault, cure = FAULTS[at]
    found = found_of_each[str(at)]
    assert [(*place, value.removesuffix(f"-{at}")) for *place, value in places(found)] == [fault]
    assert cure in found["cure"].iloc[0]


def test_a_key_that_stands_many_times_is_one_finding():
    given = tables(cases=[CASE] * 1000)
    found = check(given, None)
    assert found["what"].tolist() == ["same key as row 2, and 998 more rows"]


def test_names_that_only_look_the_same_are_asked_about():
    names = ["C1", "c1", "C01", "C 2", "C  2", "\u00c9-1", "E\u0301-1", "C10", "7", "007", "1.07", "1.7"]
    found = check(tables(cases=[CASE | {"case_id": name} for name in names], courses=[]), None)
    found = found[found["rule"] == "near_name"]
    assert found["value"].tolist() == ["c1", "C01", "C  2", "E\u0301-1", "007"]
    assert found["what"].iloc[0] == "differs from 'C1' in capitals, blanks or leading zeros only"


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
    found = check(tables(cases=cases, courses=[], links=links), None)
    found = found[found["rule"] == "links"]
    assert sorted(zip(found["row"], found["what"], strict=True)) == [
        (4, "said to be different, yet the same through other links"),
        (5, "said to be different, yet the same through other links"),
        (5, "the pair is already there, the other way round"),
    ]


def test_unknown_twice_and_missing_columns():
    given = tables()
    cases = given["cases"].rename(columns={"country": "contry", "weight": "nothing_like_it"}).drop(columns=["identity"])
    cases.insert(0, "sex", "", allow_duplicates=True)
    found = table_contracts.columns({"cases": cases})
    said = {(row["column"], row["severity"]): row["cure"] for _, row in found.iterrows()}
    assert {key: cure.split(".")[0].split("?")[0] for key, cure in said.items()} == {
        ("contry", "contract"): "Did you mean 'country'",
        ("nothing_like_it", "contract"): "Remove it",
        ("sex", "contract"): "Keep one",
        ("", "information"): "Nothing to do if the sources say nothing of them",
        ("identity", "contract"): "Add the column 'identity': Identified patient or anonymous member",
    }
    assert (found["row"] == 1).all()
    assert found.loc[found["severity"] == "information", "what"].tolist() == [
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
    found = check(tables(cases=[CASE | {"sex": "x"}], courses=[COURSE | {"case_id": "C9", "drug": ""}]), None)
    policy = {"contract": "stop", "error": "exclude_case", "warning": "warn", "information": "warn"}
    decided = decide(found, policy)
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
    one = tables(courses=[COURSE | {"drug": "x"}])["courses"]
    many = one.loc[one.index.repeat(MOST + 3)].reset_index(drop=True)
    found = flag("courses", many.assign(at_row=range(2, MOST + 5)), "Q15", "drug", "odd")
    assert len(found) == MOST + 1
    assert found.iloc[-1][["row", "what"]].tolist() == [MOST + 2, "odd: from here on 3 more rows"]
