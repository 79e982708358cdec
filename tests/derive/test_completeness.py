"""vigiGrade-like completeness by hand (P18): penalties multiply, part dates count only where the order is open."""

import numpy as np
import pandas as pd
import pytest

from scripts.derive.completeness import completeness

FULL = {"indication": "itch", "outcome": "recovered", "sex": "F", "age": "40", "dose": "5", "country": "NO",
        "reporter": "physician", "report_type": "spontaneous", "comment": "a sentence that says something", "onset": (1.0, 2.0)}  # fmt: skip


def scored(**changes) -> float:
    """The score of one case that has everything but for the changes."""
    case = FULL | changes
    row = {"case_id": "A", "sex": case["sex"], "country": case["country"], "age_lower": case["age"], "age_upper": case["age"],
           "age_group": case.get("age_group", ""), "summary": case["comment"]}  # fmt: skip
    report = {
        "case_id": "A",
        "country": "",
        "reporter_qualification": case["reporter"],
        "report_type": case["report_type"],
        "narrative": "",
    }
    low, high = case["onset"]
    state = "observed" if np.isfinite(high) else "unknown"
    table = completeness(
        {"cases": pd.DataFrame([row]), "reports": pd.DataFrame([report])},
        pd.DataFrame([{"case_id": "A", "indication": case["indication"]}]),
        pd.DataFrame([{"case_id": "A", "endpoint": "first_symptom", "lower": low, "upper": high, "state": state}]),
        pd.Series({"A": case["outcome"]}),
        pd.DataFrame([{"case_id": "A", "amount": case["dose"]}]),
    )
    return float(table["score"].iloc[0])


UNKNOWN = (0.0, np.inf)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, 1.0),
        ({"onset": UNKNOWN}, 0.5),
        ({"onset": UNKNOWN, "indication": "not_stated"}, 0.35),
        ({"indication": "not_stated", "outcome": "unknown", "sex": "not_seen"}, 0.343),
        ({"dose": "not_stated", "country": ""}, 0.81),
        ({"onset": (-40.0, 5.0)}, 0.7),  # may precede the drug, ambiguous by more than a month
        ({"onset": (-3.0, 5.0)}, 0.9),
        ({"onset": (0.0, 90.0)}, 1.0),  # wide, but the drug surely came first
        ({"age": "", "age_group": "adult"}, 0.9),
        (dict.fromkeys(("indication", "outcome", "sex", "age", "dose", "country", "reporter", "report_type", "comment"), "")
         | {"onset": UNKNOWN}, 0.5 * 0.7**4 * 0.9**5),
    ],
)  # fmt: skip
def test_completeness(changes, expected):
    assert scored(**changes) == pytest.approx(expected)
