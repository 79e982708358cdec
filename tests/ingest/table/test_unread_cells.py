"""What cannot be read is a finding with place, words and cure, and what has no place is kept; neither costs another cell its value."""

import pytest

from schemas.map_column import TARGETS
from scripts.assemble import repairs
from scripts.validate import decide, examine
from scripts.validate.contracts import table_contracts
from scripts.validate.flags import together
from tests.ingest.table.flat import DAY, TIMED, faults, flat, rows, sound, unread
from tests.validate.build import PROFILE


def test_a_column_without_a_target_is_a_note_of_its_case_and_counted(tmp_path):
    read = flat(tmp_path, "Pt|Lot|Remark\n1|A7|late\n2||\n", {"Pt": "case"}, separator="|")
    assert rows(read.tables["provenance"], "key", "note") == [("1", "Lot: A7; Remark: late")]
    (finding,) = read.findings.to_dict("records")
    assert finding["what"] == "2 columns without a target are kept as notes of the case: Lot, Remark"
    assert finding["severity"] == "information"


UNSAID = "why there is no value is not said"


@pytest.mark.parametrize(
    ("columns", "cells", "said"),
    [
        ({"A": {"target": "onset", **DAY}}, "soon", "reactions.onset_lower 'soon': in the column 'A': words without a number"),
        ({"A": {"target": "onset", "unit": "date"}}, "5 d", "reactions.onset_lower '5 d': in the column 'A': counted from what is not said"),
        ({"A": {"target": "onset", "unit": "d", "from": "diagnosis"}}, "day 4",
         "reactions.onset_lower 'day 4': in the column 'A': a study day, which counts the day of the first dose as 1, in a column counted from something else"),
        ({"A": "sex"}, "1", "cases.sex '1': in the column 'A': a code without a meaning"),
        ({"A": "sign"}, "maybe", ".A 'maybe': in the column 'A': neither yes nor no"),
        ({"A": "age"}, "adult", "cases.age_lower 'adult': in the column 'A': not an age that can be read"),
        ({"A": "age"}, "60 s", "cases.age_lower '60 s': in the column 'A': not an age that can be read"),
        ({"A": "age_sex"}, "67m", "cases.age_lower '67m': in the column 'A': not an age that can be read"),
        ({"A": {"target": "start", "unit": "date"}}, "25/03/2019",
         "courses.start_lower '25/03/2019': in the column 'A': a date of which the file does not say whether the day or the month comes first"),
        ({"A": {"target": "onset", **DAY}}, "01:30:00",
         "reactions.onset_lower '01:30:00': in the column 'A': a time of day, or hours and minutes: which is not said"),
        ({"A": "planned_doses"}, "three", "courses.planned_doses 'three': in the column 'A': not a whole number"),
        ({"A": "given_doses"}, "some", "courses.given_lower 'some': in the column 'A': not a number of doses"),
        ({"A": {"target": "weight", "unit": "kg"}}, "70 lb", "cases.weight '70 lb': in the column 'A': not a number"),
        ({"A": {"target": "death", **DAY}}, "later", ".A 'later': in the column 'A': words without a number"),
        ({"A": "age"}, "29,5", "cases.age_lower '29,5': in the column 'A': not an age that can be read"),
        ({"A": "age_sex"}, "F 3M", "cases.age_lower 'F 3M': in the column 'A': not an age that can be read"),
        ({"A": "treatment"}, "Y", ".A 'Y': in the column 'A': an entry of a list that names nothing, as yes, NR or a number do"),
        ({"A": "signs"}, "rash; NR", ".A 'rash; NR': in the column 'A': an entry of a list that names nothing, as yes, NR or a number do"),
        ({"A": "concomitants"}, "1", ".A '1': in the column 'A': an entry of a list that names nothing, as yes, NR or a number do"),
        ({"A": "signs"}, "n/a", f".A 'n/a': in the column 'A': not available or not applicable: {UNSAID}"),
        ({"A": "test"}, "ND", f"tests.value 'ND': in the column 'A': not done, not determined or no data: {UNSAID}"),
        ({"A": "country"}, "NA", f"cases.country 'NA': in the column 'A': not available or not applicable: {UNSAID}"),
        ({"A": "smoking"}, "#REF!", f"history.term '#REF!': in the column 'A': error of a spreadsheet program: {UNSAID}"),
        ({"A": "indication"}, "Y", "courses.indication 'Y': in the column 'A': yes or no where words are expected"),
        ({"A": "reexposed"}, "refused", ".A 'refused': in the column 'A': a code without a meaning"),
    ],
)  # fmt: skip
def test_a_cell_that_does_not_parse_is_an_error_and_loses_no_other(tmp_path, columns, cells, said):
    read = flat(tmp_path, f"Pt|A\n1|{cells}\n2|\n", {"Pt": "case"} | columns, separator="|")
    assert (unread(read), faults(read)) == ([f"2 {said}"], [])
    assert sound(read) == []
    assert len(read.tables["cases"]) == 2
    kept = read.tables["provenance"]
    assert kept["words"].tolist() == [cells] or kept["note"].tolist() == [f"A: {cells}"]


def test_what_is_withheld_of_one_column_leaves_the_others(tmp_path):
    """One row of the table makes several rows of `reactions`: each has a place of its own."""
    read = flat(
        tmp_path, "Pt|Onset|Fever|Sex\n1|soon|3|F\n2|4|-5|M\n", separator="|",
        columns={"Pt": "case", "Onset": {"target": "onset", **DAY}, "Fever": {"target": "sign", **DAY}, "Sex": "sex"},
    )  # fmt: skip
    findings, _ = examine(read.tables, PROFILE)
    policy = {"error": "withhold_value", "warning": "warn", "information": "warn"}
    decided = decide(together([read.findings, findings]), policy)
    kept, withheld = repairs.withhold(table_contracts.complete(read.tables), decided)
    assert rows(kept["reactions"], "case_id", "reaction", "onset_lower") == [
        ("1", "event", "no_information"), ("2", "event", "4"), ("1", "Fever", "3"), ("2", "Fever", "no_information"),
    ]  # fmt: skip
    assert rows(withheld, "key", "column", "printed")[:3] == [
        ("1;event", "onset_lower", "soon"),
        ("2;Fever", "onset_lower", "-5"),
        ("2;Fever", "onset_upper", "-5"),
    ]
    assert list(kept["cases"]["sex"]) == ["F", "M"]


def test_every_bad_cell_is_named(tmp_path):
    table = "Pt|A\n" + "".join(f"{number}|soon\n" for number in range(1, 31))
    fault_lines = unread(flat(tmp_path, table, {"Pt": "case", "A": {"target": "onset", **DAY}}, separator="|"))
    assert len(fault_lines) == 30
    assert fault_lines[-1] == "31 reactions.onset_lower 'soon': in the column 'A': words without a number"


ALONE = [target for target in TARGETS if target not in ("case", "drug", "event")]


@pytest.mark.parametrize("words", ["", "NR", "?", "-"])
def test_any_target_may_have_nothing_to_say(tmp_path, words):
    """Every column blank, or every cell a token for missing: no row is made up, and no contract is broken."""
    named = [target for target in ALONE if words == "" or TARGETS[target]["kind"] not in ("episode", "text")]
    again = [target for target in named if TARGETS[target]["row"] in ("again", "recurrence")]
    for left_out in (["episode", "visit", "age_sex"], [*again, "age", "sex"]):
        columns = {
            target: {"target": target} | TIMED.get(TARGETS[target]["kind"], {})
            for target in named
            if target not in left_out
        }
        table = (
            "|".join(["Pt", *columns]) + "\n" + "\n".join("|".join([case, *[words] * len(columns)]) for case in "12")
        )
        read = flat(tmp_path, table, {"Pt": "case"} | columns, separator="|")
        assert faults(read) == sound(read) == []
        assert {"cases", "courses", "sources"} <= set(read.tables)
        assert not {"reactions", "deaths", "alternatives", "managements"} & set(read.tables)
        assert len(read.tables["courses"]) == 2
