"""What a re-exposed course had, sorted by the words of the codelist; a reason for missing stays its own part."""

import math

import pytest

from scripts.derive.clinical.mitigation import modifiers
from scripts.records.measures import kinds

SILENT = {"premedication": "", "setting": "", "mitigation": ""}


@pytest.mark.parametrize(
    ("cells", "fraction", "expected"),
    [
        ({}, math.nan, ["premedication: no_information", "doses: no_information", "setting: no_information",
                        "measures: no_information"]),
        ({"premedication": "not_stated", "setting": "not_seen", "mitigation": "none"}, 1,
         ["premedication: not_stated", "doses: as many or more", "setting: not_seen", "measures: none"]),
        ({"premedication": "methylprednisolone 1 g and cetirizine; of the third not stated", "setting": "Inpatient"}, 0.5,
         ["premedication: corticosteroid", "premedication: antihistamine", "doses: fewer", "setting: inpatient",
          "measures: no_information"]),
        ({"mitigation": "no heparin; slower infusion; respiratory team input"}, 2,
         ["premedication: no_information", "doses: as many or more", "setting: no_information",
          "measures: no anticoagulant", "measures: slower infusion", "measures: other"]),
    ],
)  # fmt: skip
def test_parts(cells, fraction, expected):
    assert modifiers(SILENT | cells, fraction).split("; ") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ["no_information"]),
        ("not_stated", ["not_stated"]),
        (" ; ", ["no_information"]),
        ("of the third not stated", ["no_information"]),
        ("of the third not stated; Heparin", ["anticoagulant"]),
        ("without heparin; heparin", ["no anticoagulant", "anticoagulant"]),
        ("declined", ["none"]),
        ("bedside nurse; declined", ["other", "none"]),
        ("methylprednisolone and cetirizine", ["corticosteroid", "antihistamine"]),
    ],
)
def test_kinds(text, expected):
    assert kinds(text) == expected
