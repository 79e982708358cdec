"""Shapes and rules of E2B(R3) that the five cases do not show."""

from copy import deepcopy

import pytest
from lxml import etree

from scripts.e2b import ages
from scripts.e2b.hl7_times import Times, edtf, quantity, times
from tests.ingest.e2b.batches import read
from tests.ingest.five_cases import CASES
from tests.ingest.r3_elements import CL, interval, observation
from tests.ingest.write_r3 import message

XSI = 'xmlns="urn:hl7-org:v3" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'


def node(tag, inside, attributes=""):
    return etree.fromstring(f"<{tag} {XSI} {attributes}>{inside}</{tag}>")


@pytest.mark.parametrize(
    ("inside", "found"),
    [
        ('<low value="20220706"/>', Times("20220706")),
        ('<low value="202207"/><high value="2023"/>', Times("202207", "2023")),
        ('<low nullFlavor="ASKU"/>', Times("asked_unknown")),
        ('<low value="2022"/><width value="3" unit="d"/>', Times("2022", "", "3", "d")),
        ('<width value="3" unit="d"/>', Times("", "", "3", "d")),
        ('<high value="20220706"/>', Times("", "20220706")),
        (
            '<comp xsi:type="IVL_TS"><low value="20220706"/></comp>'
            '<comp xsi:type="IVL_TS" operator="A"><width value="2" unit="wk"/></comp>',
            Times("20220706", "", "2", "wk"),
        ),
        (
            '<comp xsi:type="PIVL_TS"><period value="0.25" unit="d"/></comp>'
            '<comp xsi:type="IVL_TS" operator="A"><low value="2022"/><high nullFlavor="MSK"/></comp>'
            '<comp xsi:type="IVL_TS" operator="A"><width value="1" unit="mo"/></comp>',
            Times("2022", "masked", "1", "mo", "0.25", "d"),
        ),
        ("", Times()),
    ],
)
def test_every_shape_of_an_interval(inside, found):
    assert times(node("effectiveTime", inside)) == found


def test_reason_on_the_whole_interval_and_none_at_all():
    assert times(node("effectiveTime", "", 'nullFlavor="NASK"')) == Times("not_asked")
    assert times(None) == Times()


@pytest.mark.parametrize(
    ("stamp", "text"),
    [
        ("2022", "2022"), ("202207", "2022-07"), ("20220706", "2022-07-06"),
        ("20220706101500-0500", "2022-07-06"), ("20220706+0100", "2022-07-06"), ("20221399", "2022-13-99"),
        ("2022-07-06", "2022-07-06"), ("July", "July"), ("masked", "masked"), ("", ""),
    ],
)  # fmt: skip
def test_dates_keep_their_precision(stamp, text):
    assert edtf(stamp) == text


@pytest.mark.parametrize(
    ("inside", "found"),
    [
        ('<center value="8.1" unit="g/dL"/>', ("8.1", "g/dL")),
        ('<low nullFlavor="NINF"/><high value="5" unit="mg/L" inclusive="false"/>', ("<5", "mg/L")),
        ('<low nullFlavor="NINF"/><high value="5" unit="mg/L"/>', ("<=5", "mg/L")),
        ('<low value="90" unit="%" inclusive="false"/><high nullFlavor="PINF"/>', (">90", "%")),
        ('<low value="90" unit="%" inclusive="true"/><high nullFlavor="PINF"/>', (">=90", "%")),
        ('<low value="4" unit="d"/><high value="11" unit="d"/>', ("4-11", "d")),
    ],
)
def test_test_results_keep_their_signs(inside, found):
    assert quantity(node("value", inside)) == found
    assert quantity(node("value", "", 'value="7" unit="d"')) == ("7", "d")
    assert quantity(None) == ("", "")


@pytest.mark.parametrize(
    ("shape", "cells"),
    [
        (
            interval("2022-07", "", ("3", "d")),
            {"onset_date": "2022-07", "duration": "3", "duration_scale": "d"},
        ),
        (interval("", "", ("3", "h")), {"onset_date": "", "duration": "3", "duration_scale": "h"}),
        (interval("", "2022-07-16"), {"onset_date": "", "end_date": "2022-07-16"}),
        ('<effectiveTime nullFlavor="UNK"/>', {"onset_date": "unknown", "end_date": ""}),
        ("", {"onset_date": "", "end_date": ""}),
    ],
)
def test_reaction_times_that_occur_in_no_sample(tmp_path, shape, cells):
    case = deepcopy(CASES[0])
    case["reactions"][0] |= {"onset": "", "end": "", "duration": ("", ""), "shape": shape or " "}
    (row,) = read(tmp_path, message(case)).tables["reactions"].to_dict("records")
    assert {column: row[column] for column in cells} == cells


def test_hours_stay_beside_the_date(tmp_path):
    case = deepcopy(CASES[0])
    case["reactions"][0]["onset"] = "20220706101500+0100"
    tables = read(tmp_path, message(case)).tables
    assert list(tables["reactions"]["onset_date"]) == ["2022-07-06"]
    (kept,) = tables["provenance"].to_dict("records")
    assert (kept["key"], kept["column"], kept["words"]) == ("GB-INVENTED-1;1", "onset", "20220706101500+0100")


def test_past_drug_reactions_are_no_reactions(tmp_path):
    tables = read(tmp_path, message(CASES[2])).tables
    assert list(tables["reactions"]["term"]) == ["Invented rash"]
    assert list(tables["history"]["reaction"]) == ["Invented itch"]


def test_rechallenge_in_value_instead_of_code_is_tolerated(tmp_path):
    text = message(CASES[2]).replace(f'code="2" codeSystem="{CL}16"', f'value="2" codeSystem="{CL}16"')
    assert list(read(tmp_path, text).tables["assessments"]["rechallenge"]) == ["not_recurred"]


def test_absent_rechallenge_is_not_not_done(tmp_path):
    tables = read(tmp_path, message(CASES[0])).tables
    assert set(tables["assessments"]["rechallenge"]) == {""}


def test_a_link_to_nothing_is_a_finding(tmp_path):
    lost = observation(31, f'<value xsi:type="CE" code="1" codeSystem="{CL}16"/>')
    lost = f'<outboundRelationship2 typeCode="PERT">{lost}</outboundRelationship2>'
    reading = read(tmp_path, message(CASES[3], extra_drug_observation=lost))
    assert list(reading.findings["what"]) == ["a drug-reaction judgement points at no reaction of this report"]
    assert "recurred" in list(reading.tables["assessments"]["rechallenge"])


def test_all_assessors_are_kept_and_repetitions_are_not(tmp_path):
    case = deepcopy(CASES[0])
    case["drugs"][0]["assessed"] += [
        ("1", "Reporter", "Global introspection", "Probable"),
        ("1", "Reporter", "Global introspection", "Certain"),
    ]
    table = read(tmp_path, message(case)).tables["assessments"]
    assert list(table["assessor"]) == ["report", "Reporter", "Company", "Reporter #2"]
    assert list(table["result"]) == ["", "Probable", "Possible", "Certain"]


def test_unknown_codes_stay_as_sent(tmp_path):
    text = message(CASES[0]).replace(f'code="1" codeSystem="{CL}11"', f'code="7" codeSystem="{CL}11"')
    assert list(read(tmp_path, text).tables["reactions"]["outcome"]) == ["7"]


def test_age_from_birth_date_and_the_birth_date_gone(tmp_path):
    case = deepcopy(CASES[0]) | {"birth": "1988-07-07"}
    del case["age"]
    tables = read(tmp_path, message(case)).tables
    assert tables["cases"].iloc[0][["age_lower", "age_upper"]].tolist() == ["33", "33"]
    assert tables["provenance"].iloc[0][["status", "column"]].tolist() == ["derived", "age_lower"]
    assert "1988" not in "".join(table.to_csv() for table in tables.values())


@pytest.mark.parametrize(
    ("birth", "onset", "lower", "upper"),
    [
        ("1988-07-06", "2022-07-06", "34", "34"),
        ("1988-07-07", "2022-07-06", "33", "33"),
        ("1988", "2022-07", "33", "34"),
        ("1988-12", "2022", "33", "34"),
    ],
)
def test_age_bounds_from_part_dates(birth, onset, lower, upper):
    cells = ages.from_birth(birth, onset)
    assert (cells["age_lower"], cells["age_upper"]) == (lower, upper)


@pytest.mark.parametrize(("birth", "onset"), [("", "2022"), ("1988", ""), ("2030", "2022"), ("x", "2022-99")])
def test_no_age_without_both_dates(birth, onset):
    assert ages.from_birth(birth, onset) == {}
