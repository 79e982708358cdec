"""What a re-exposed course had, sorted by the words of the codelist; a reason for missing stays its own part."""

import math

import pytest

from scripts.derive.clinical.mitigation import modifiers

SILENT = {"premedication": "", "setting": "", "mitigation": ""}


@pytest.mark.parametrize(
    ("said", "fraction", "expected"),
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
def test_parts(said, fraction, expected):
    assert modifiers(SILENT | said, fraction).split("; ") == expected
