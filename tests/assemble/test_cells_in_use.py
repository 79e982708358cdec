"""Cells of the series: corrected by accepted rows, kept out of use by findings, assumed."""

import pandas as pd
import pytest

from scripts.commands.messages import UserError
from scripts.records.corrections import apply
from tests.assemble.built import FIX, built, fates, finding, several
from tests.validate.build import CASE, EVENT, TEST, WHERE


def test_a_correction_is_applied_and_listed_and_undone_by_deleting_its_row():
    made = built(several(1, cases=[CASE | {"sex": "M"}], corrections=[FIX]))
    assert made.tables["cases"]["sex"].tolist() == ["F"]
    assert made.corrections.drop(columns=["date", "at_file"]).to_dict("records") == [
        {"case_id": "C1"} | FIX | {"at_row": 2}
    ]
    undone = built(several(1, cases=[CASE | {"sex": "M"}]))
    assert undone.tables["cases"]["sex"].tolist() == ["M"]
    assert not len(undone.corrections)


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"from": "F"}, "row 2: the cell holds another value. Correct"),
        ({"key": "C9"}, "no such row"),
        ({"column": "seks"}, "no such column"),
        ({"table": "kases"}, "no such table"),
        ({"table": "links", "key": "a;b", "column": "verdict"}, "no such table to correct"),
        ({"column": "case_id"}, "a key cannot be corrected"),
    ],
)
def test_a_correction_that_no_longer_fits_is_refused(change, why):
    with pytest.raises(UserError, match=why):
        built(several(1, cases=[CASE | {"sex": "M"}], corrections=[FIX | change]))


def test_a_cell_is_corrected_once():
    steps = [FIX | {"to": "masked"}, FIX | {"from": "masked", "to": "F"}, FIX]
    corrected, applied, refused = apply(several(1, cases=[CASE | {"sex": "M"}], corrections=steps))
    assert corrected["cases"]["sex"].tolist() == ["masked"]
    assert applied["to"].tolist() == ["masked"]
    assert refused[["at_row", "what"]].to_numpy().tolist() == [[3, "another row already corrects the cell"]]


def test_withheld_values_leave_use_and_stay_as_printed():
    time = {"onset_lower": "-1", "onset_upper": "-1", "onset_scale": "study_day", "onset_origin": "first_dose"}
    given = several(2, reactions=[EVENT | time, EVENT | {"case_id": "C2"}])
    made = built(given, finding(given, "reactions", 2, "onset_lower", "withhold_value"))
    reactions = made.tables["reactions"].set_index("case_id")
    assert reactions.loc["C1", list(time)].tolist() == ["no_information"] * 4
    assert reactions.loc["C2", "onset_lower"] == ""
    assert made.withheld[["finding", "case_id", "table", "key", "column", "printed"]].to_numpy().tolist() == [
        ["F1", "C1", "reactions", "C1;rash", column, value] for column, value in time.items()
    ]
    assert fates(made) == {"C1": ("in", "series"), "C2": ("in", "series")}


def test_a_cell_that_two_findings_hold_back_is_printed_once():
    time = {"onset_lower": "-1", "onset_upper": "-1", "onset_scale": "study_day", "onset_origin": "first_dose"}
    given = several(1, reactions=[EVENT | time])
    both = [finding(given, "reactions", 2, column, "withhold_value") for column in ("onset_lower", "onset_upper")]
    two_findings = pd.concat(both).assign(finding=["F1", "F2"])
    made = built(given, two_findings)
    assert made.withheld[["finding", "column", "printed"]].to_numpy().tolist() == [
        ["F1", *cell] for cell in time.items()
    ]


@pytest.mark.parametrize(
    ("column", "kept"),
    [("value", ["no_information", "mg/L", "0-5"]), ("reference_as_printed", ["18,752", "mg/L", "no_information"]),
     ("unit_as_printed", ["18,752", "mg/L", "0-5"])],
)  # fmt: skip
def test_a_result_is_withheld_by_the_cell_and_its_unit_left_to_derive(column, kept):
    given = several(1, tests=[TEST | {"value": "18,752", "unit_as_printed": "mg/L", "reference_as_printed": "0-5"}])
    made = built(given, finding(given, "tests", 2, column, "withhold_value", "Q02"))
    assert made.tables["tests"][["value", "unit_as_printed", "reference_as_printed"]].to_numpy().tolist() == [kept]
    assert len(made.withheld) == kept.count("no_information")


def test_a_warning_withholds_nothing_and_keys_are_never_withheld():
    given = several(1)
    for column, action in (("term", "warn"), ("case_id", "withhold_value"), ("reaction", "withhold_value")):
        made = built(given, finding(given, "reactions", 2, column, action))
        assert made.tables["reactions"].equals(given["reactions"])
        assert not len(made.withheld)


def test_an_age_is_withheld_with_both_its_bounds():
    given = several(1, cases=[CASE | {"age_lower": "610", "age_upper": "610", "age_as_reported": "61.0 years"}])
    made = built(given, finding(given, "cases", 2, "age_lower", "withhold_value", "Q20"))
    row = made.tables["cases"].iloc[0]
    assert row[["age_lower", "age_upper", "age_as_reported"]].tolist() == [
        "no_information",
        "no_information",
        "61.0 years",
    ]


def test_assumed_cells_and_cases_are_switched_off_with_a_reason():
    marks = [{"table": "cases", "key": "C1", "column": "age_lower", "status": "assumed"}]
    given = several(
        2,
        cases=[CASE | {"age_lower": "30"}, CASE | {"case_id": "C2", "status": "assumed"}],
        provenance=marks,
        history=[{"case_id": "C1", "item": "h", "kind": "condition"} | WHERE | {"status": "assumed"}],
    )
    off = built(given, use_assumed=False)
    assert fates(off) == {"C1": ("in", "series"), "C2": ("out", "assumed")}
    assert off.tables["cases"]["age_lower"].tolist() == ["no_information"]
    assert off.stages.query("stage == 'assumed'")[["table", "left"]].to_numpy().tolist() == [
        ["cases", 1], ["history", 1], ["courses", 1], ["reactions", 1],
    ]  # fmt: skip
    assert built(given).tables["cases"]["age_lower"].tolist() == ["30", ""]
