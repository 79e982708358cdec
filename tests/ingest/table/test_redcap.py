"""Exports of a study database, raw and with labels: a row of the patient and a row of each exposure. All invented."""

import pytest

from tests.ingest.table.flat import faults, flat, proposed, rows, sound, unread

RAW = """
record_id | redcap_repeat_instrument | redcap_repeat_instance | sex | age | days_to_onset | seen | outcome
1 | | | 1 | 29 | | |
1 | exposure | 1 | | | 3 | 1 | 2
1 | exposure | 2 | | | | 0 |
2 | | | 2 | 41 | | |
2 | exposure | 1 | | | 12 | 1 | 1
"""
LABELLED = """
Record ID | Repeat Instrument | Repeat Instance | Sex | Age (years) | Days to onset | Event seen | Outcome
1 | | | Male | 29 | | |
1 | Exposure | 1 | | | 3 | Yes | Recovered
1 | Exposure | 2 | | | | No |
2 | | | Female | 41 | | |
2 | Exposure | 1 | | | 12 | Yes | Not recovered
"""
ONSET = {"target": "onset", "unit": "d", "from": "first_dose"}
MAPS = {
    "raw": (RAW, {"record_id": "case", "redcap_repeat_instance": "episode", "sex": {"target": "sex", "codes": {"1": "M", "2": "F"}},
        "age": "age", "days_to_onset": ONSET, "seen": {"target": "occurred", "codes": {"1": "yes", "0": "no"}},
        "outcome": {"target": "outcome", "codes": {"1": "not_recovered", "2": "recovered"}}}),
    "labelled": (LABELLED, {"Record ID": "case", "Repeat Instance": "episode", "Sex": "sex", "Age (years)": "age", "Days to onset": ONSET,
        "Event seen": "occurred", "Outcome": "outcome"}),
}  # fmt: skip


@pytest.mark.parametrize("form", MAPS)
def test_both_exports_say_the_same(tmp_path, form):
    table, columns = MAPS[form]
    told = flat(tmp_path, table, columns, separator="|")
    assert faults(told) == unread(told) == []
    assert rows(told.tables["cases"], "case_id", "sex", "age_lower") == [("1", "M", "29"), ("2", "F", "41")]
    assert rows(told.tables["courses"], "case_id", "course") == [("1", "1"), ("1", "2"), ("2", "1")]
    assert rows(told.tables["reactions"], "case_id", "reaction", "course", "occurred", "onset_lower", "outcome") == [
        ("1", "event", "1", "yes", "3", "recovered"), ("1", "event_2", "2", "no", "", ""), ("2", "event", "1", "yes", "12", "not_recovered"),
    ]  # fmt: skip


def test_a_cell_that_both_rows_have_and_that_differs_is_named(tmp_path):
    table = RAW.replace("1 | exposure | 1 | | |", "1 | exposure | 1 | 2 | |")
    assert faults(flat(tmp_path, table, MAPS["raw"][1], separator="|")) == [
        "2 sex '1': says otherwise than row 3 of this patient"
    ]


WITH_TESTS = """
record_id | redcap_repeat_instrument | redcap_repeat_instance | sex | days_to_onset | seen | ldh
1 | | | 1 | | |
1 | exposure | 1 | | 3 | 1 |
1 | exposure | 2 | | | 0 |
1 | laboratory | 1 | | | | 300
1 | laboratory | 2 | | | | 250
1 | laboratory | 3 | | | | 200
2 | laboratory | 1 | | | | 280
2 | | | 2 | | |
"""


@pytest.mark.parametrize("last", [{"laboratory": "patient"}, {}])
def test_instances_of_another_instrument_are_no_exposures(tmp_path, last):
    columns = {heading: column for heading, column in MAPS["raw"][1].items() if heading not in ("age", "outcome")}
    codes = {"exposure": "exposure"} | last
    instrument = {"redcap_repeat_instrument": {"target": "instrument", "codes": codes}, "ldh": "test"}
    told = flat(tmp_path, WITH_TESTS, columns | instrument, separator="|")
    what = [
        f"{row} redcap_repeat_instrument 'laboratory': a repeating instrument without a meaning" for row in (5, 6, 7, 8)
    ]
    assert [fault for fault in faults(told) if "instrument" in fault] == ([] if last else what)
    if last:
        assert faults(told) == unread(told) == sound(told) == []
        assert rows(told.tables["cases"], "case_id", "sex") == [("1", "M"), ("2", "F")]
        assert rows(told.tables["courses"], "case_id", "course") == [("1", "1"), ("1", "2"), ("2", "1")]
        assert rows(told.tables["tests"], "case_id", "value") == [
            ("1", "300"),
            ("1", "250"),
            ("1", "200"),
            ("2", "280"),
        ]


def test_the_proposed_map_knows_the_headings_of_an_export(tmp_path):
    text, unplaced = proposed(tmp_path, RAW)
    assert '#?   "record_id": case' in text
    assert '#?   "redcap_repeat_instance": episode' in text
    assert unplaced == ["seen"]
    assert (
        "#?     target: instrument\n#?     codes:  # say of each: exposure where its instances number the exposures"
        in text
    )
    assert '#?   # "seen": sign  # holds 0 and 1; say what they mean: {target: sign, codes: {"0": "", "1": ""}}' in text
    assert '#?   "days_to_onset":\n#?     target: onset\n#?     unit: d\n' in text
