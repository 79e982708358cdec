"""The vigiGrade-like score against its known answers (definitions: completeness)."""

import numpy as np
import pandas as pd
import pytest

from scripts.derive.completeness import completeness
from tests.validate.build import CASE, COURSE, WHERE, tables

FULL = CASE | {
    "sex": "F",
    "age_lower": "29",
    "age_upper": "29",
    "country": "NO",
    "summary": "An invented case that is told at length.",
}
REPORT = {"case_id": "C1", "version": "1", "report_type": "spontaneous", "reporter_qualification": "physician"} | WHERE


def score(
    *, case=FULL, report=REPORT, indication="itch", outcome="recovered", amount="10", onset=(0.0, 4.0)
) -> pd.Series:
    given = tables(
        cases=[case],
        reports=[report],
        courses=[COURSE | {"indication": indication}],
        doses=[{"case_id": "C1", "course": "1", "dose": "1", "amount": amount} | WHERE],
    )
    times = pd.DataFrame(
        {
            "case_id": ["C1"],
            "endpoint": ["first_symptom"],
            "clock": ["first_dose"],
            "lower": [onset[0]],
            "upper": [onset[1]],
            "state": ["observed" if np.isfinite(onset[1]) else "unknown"],
        }
    )
    scores = completeness(given, given["courses"], times, pd.Series({"C1": outcome}), given["doses"])
    return scores.iloc[0]


UNKNOWN = (0.0, np.inf)


@pytest.mark.parametrize(
    ("case", "expected"),
    [
        ({}, 1.0),
        ({"onset": UNKNOWN}, 0.5),
        ({"onset": UNKNOWN, "indication": "not_stated"}, 0.35),
        ({"indication": "", "outcome": "unknown", "case": FULL | {"sex": "masked"}}, 0.343),
        ({"amount": "not_stated", "case": FULL | {"country": "not_seen"}}, 0.81),
        ({"onset": (-31.0, 31.0)}, 0.7),
        ({"onset": (-5.0, 5.0)}, 0.9),
        ({"onset": (-9.0, 22.0)}, 0.9),  # began on 10 March, onset some day of March: one month is not more than one
        ({"onset": (-3.0, -2.0)}, 1.0),
        ({"case": FULL | {"age_lower": "25", "age_upper": "36"}}, 0.9),
        ({"case": FULL | {"age_lower": "", "age_upper": "", "age_group": "adult"}}, 0.9),
        ({"case": FULL | {"age_lower": "", "age_upper": ""}}, 0.7),
        ({"case": FULL | {"summary": "rash"}}, 0.9),
        ({"report": REPORT | {"report_type": "not_available", "reporter_qualification": "unknown"}}, 0.81),
        ({"case": CASE, "report": {"case_id": "C1"} | WHERE, "indication": "", "outcome": "", "amount": "",
          "onset": UNKNOWN}, 0.5 * 0.7**4 * 0.9**5),
    ],
)  # fmt: skip
def test_penalties_multiply(case, expected):
    case_score = score(**case)
    assert case_score["score"] == pytest.approx(expected, abs=1e-9)
    assert case_score["well_documented"] == (expected > 0.8)


def test_a_score_of_exactly_eight_tenths_is_not_well_documented():
    assert not score(indication="").well_documented


def test_the_country_of_a_report_will_do():
    assert score(case=FULL | {"country": ""}, report=REPORT | {"country": "NO"})["score"] == 1.0
