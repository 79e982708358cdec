"""The times of a set in which members replace anonymous rows of an aggregate: what a member does not know is the row's."""

import pandas as pd

from schemas.config import Analysis
from schemas.derived_course import TIMES
from schemas.endpoints import MAIN_SET
from scripts.derive.endpoints.times import of_sets

BLANK = dict.fromkeys(
    ("group", "origin", "status", "approximate", "source_id", "as_reported", "unusable_because"), ""
) | dict.fromkeys(("timed_lower", "free_lower", "complement_lower"), float("nan"))
ONSET, END = ("first_symptom", "first_dose"), ("clinical_resolution", "event")


def time(case: str, key: tuple[str, str], bounds: tuple[float, float], state: str = "observed", **more: str) -> dict:
    """A row of `times` without its set."""
    row = {"case_id": case, "endpoint": key[0], "clock": key[1], "lower": bounds[0], "upper": bounds[1], "state": state}
    return BLANK | {"episode": "1", "of_index": "yes", "grain": "day", "unit": "d"} | row | more


UNKNOWN = (0.0, float("inf"))
ROWS = [
    time("row", ONSET, (0, 4)),
    time("row", ("first_symptom", "last_dose"), (1, 2)),
    time("row", ("clinical_resolution", "not_stated"), (0, 14)),
    time("row", ("death", "first_dose"), (8, 9), "died"),
    time("knowing", ONSET, (2, 3)),
    time("knowing", ("first_symptom", "last_dose"), UNKNOWN, "unknown"),
    time("knowing", END, (0, 7)),
    time("knowing", ONSET, (5, 6), of_index="no", episode="2"),
    time("silent", ONSET, UNKNOWN, "unknown"),
    time("silent", END, UNKNOWN, "unknown"),
    time("other", ONSET, UNKNOWN, "unknown"),
    time("other", END, (3, 3)),
]
MEMBERSHIP = [(MAIN_SET, "row", ""), (MAIN_SET, "other", ""), ("high", "knowing", "row"), ("high", "other", ""),
              ("all", "silent", "row"), ("all", "other", ""),
              ("counted_inside", "knowing", ""), ("counted_inside", "silent", "")]  # fmt: skip
OTHER = [("other", *ONSET, *UNKNOWN, "unknown"), ("other", *END, 3, 3, "observed")]
SETS = {
    MAIN_SET: [
        ("row", *ONSET, 0, 4, "observed"),
        ("row", "first_symptom", "last_dose", 1, 2, "observed"),
        ("row", "clinical_resolution", "not_stated", 0, 14, "observed"),
        ("row", "death", "first_dose", 8, 9, "died"),
        *OTHER,
    ],
    # its own times stand, of a resolution whatever it counts from; the row's death is nobody else's
    "high": [
        ("knowing", *ONSET, 2, 3, "observed"),
        ("knowing", *END, 0, 7, "observed"),
        ("knowing", *ONSET, 5, 6, "observed"),
        *OTHER,
        ("knowing", "first_symptom", "last_dose", 1, 2, "observed"),
    ],
    "all": [
        *OTHER,
        ("silent", *ONSET, 0, 4, "observed"),
        ("silent", "first_symptom", "last_dose", 1, 2, "observed"),
        ("silent", "clinical_resolution", "not_stated", 0, 14, "observed"),
    ],
    # what each has itself, known or not: told of the patient wherever one is told
    "counted_inside": [
        ("knowing", *ONSET, 2, 3, "observed"),
        ("knowing", "first_symptom", "last_dose", *UNKNOWN, "unknown"),
        ("knowing", *END, 0, 7, "observed"),
        ("knowing", *ONSET, 5, 6, "observed"),
        ("silent", *ONSET, *UNKNOWN, "unknown"),
        ("silent", *END, *UNKNOWN, "unknown"),
    ],
}


def test_a_member_takes_the_times_it_does_not_know_from_the_row_it_replaces():
    membership = pd.DataFrame(MEMBERSHIP, columns=["set", "case_id", "replaces"])
    times = of_sets(pd.DataFrame(ROWS), membership, Analysis())
    assert list(times["set"].unique()) == [*SETS]
    assert list(times.columns) == list(TIMES.columns)
    columns = ["case_id", "endpoint", "clock", "lower", "upper", "state"]
    for set_name, expected in SETS.items():
        set_times = times.loc[times["set"] == set_name, columns]
        assert list(set_times.itertuples(index=False, name=None)) == expected
    further = times[times["of_index"] == "no"]
    assert further[["set", "case_id", "episode", "upper"]].to_numpy().tolist() == [
        ["high", "knowing", "2", 6.0],
        ["counted_inside", "knowing", "2", 6.0],
    ]
