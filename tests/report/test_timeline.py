"""The timeline of a patient: every dose, sign and test of both exposures, where it can be and no narrower."""

import pytest
from lxml import etree

from scripts.report.timeline import LABELS, timelines
from tests.tables.small import bundle, case

NAN, INF = float("nan"), float("inf")


def dose(number, lower, upper, given="yes", exposure="1"):
    return {"case_id": "A", "exposure": exposure, "dose": number, "given": given, "lower": lower, "upper": upper}


def sign(term, lower, upper, exposure="1", **cells):
    usual = {
        "kind": "reaction",
        "role": "symptom",
        "occurred": "yes",
        "origin": "first_dose",
        "grain": "day",
        "end_upper": NAN,
    }
    return (
        {"case_id": "A", "exposure": exposure, "key": term, "term": term, "lower": lower, "upper": upper}
        | usual
        | cells
    )


@pytest.fixture(scope="module")
def drawn():
    doses = [dose(1, 0, 1), dose(2, 1, 2, "partial"), dose(1, NAN, NAN, exposure="2"), dose(1, 0, 1, exposure="10")]
    signs = [
        sign("cough", 1, 4, end_upper=10.0),
        sign("scan", 3, 4, kind="test", role="shows_event"),
        sign("fever", 2, INF),
        sign("rash", NAN, NAN),
        sign("pain", 1, 2, origin="onset"),
        sign("bleeding", 0, 1, occurred="no"),
    ]
    exposures = [{"case_id": "A", "exposure": "2", "course": "7"}]
    reported = {
        "doses": [{"case_id": "A", "course": "7", "dose": "4", "given": "no"}],
        "courses": [{"case_id": "A", "course": "7", "mitigation": "dose 3 held until the scan was clear"}],
    }
    derived = {"dose_days": doses, "signs": signs, "exposures": exposures}
    return timelines(bundle([case("A")], derived=derived, reported=reported), {"A"})["A"]


def told(line):
    return [(lane["label"], lane["words"]) for lane in line["lanes"] if lane.get("words")]


def test_each_exposure_has_its_own_in_the_order_of_exposures(drawn):
    assert [line["heading"].split(",")[0] for line in drawn] == ["Exposure 1", "Exposure 2", "Exposure 10"]
    assert drawn[1]["ticks"] == []
    assert told(drawn[1]) == [
        ("doses, day not stated", "1"),
        ("not given", "dose 4"),
        ("measures", "dose 3 held until the scan was clear"),
    ]


def test_bars_span_what_is_possible(drawn):
    lanes = {lane["label"]: lane["bars"] for lane in drawn[0]["lanes"] if lane["bars"]}
    assert list(lanes) == ["doses", "cough", "fever", "scan"]
    day = (lanes["doses"][1]["x"] - LABELS) / 1
    assert [
        (bar["kind"], round((bar["x"] - LABELS) / day, 2), round(bar["width"] / day, 2)) for bar in lanes["doses"]
    ] == [
        ("dose", 0, 1),
        ("partial", 1, 1),
    ]
    begun, until = lanes["cough"]
    assert (round((begun["x"] - LABELS) / day, 1), round(begun["width"] / day, 1)) == (1, 3)
    assert (until["kind"], round(until["width"] / day, 1)) == ("until", 6)
    assert [bar["open"] for bar in lanes["fever"]] == [True]
    assert [bar["kind"] for bar in lanes["scan"]] == ["test"]
    assert lanes["scan"][0]["told"] == "scan: study day 4"


def test_what_has_no_day_is_told_and_what_is_absent_is_called_so(drawn):
    assert told(drawn[0]) == [("signs, day not stated", "rash, pain"), ("stated to be absent", "bleeding")]


def test_the_drawings_are_files_of_their_own(default_run):
    folder = default_run.home / "results/alemtuzumab-dah/patients"
    assert len(list(folder.glob("*-against.svg"))) == 15  # all who count, with a time or without
    for kind, words in (("timeline", "dose 4, 5"), ("against", "recovered or resolved: 10")):
        drawing = etree.parse(folder / f"ZHAO-2025-{kind}.svg")
        assert words in [text.text for text in drawing.iter("{*}text")]
        assert drawing.findtext("{*}metadata") == "Confidential"
