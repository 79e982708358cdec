"""A drug on two lines: which later course is a re-exposure, and which is the first exposure told twice."""

import pytest

from schemas.findings import findings
from scripts.assemble import series
from scripts.derive.__main__ import derive
from tests.validate.build import CASE, COURSE, EVENT, PROFILE, tables

NOTHING_FOUND = findings([]).astype({"row": int})
FIRST = COURSE | {"start_date": "2022-07-04", "indication": "itch"}


@pytest.mark.parametrize(
    ("second", "onset", "expected"),
    [
        ({"start_date": "2022-07-04"}, "2022-07-10", []),  # the same day: two forms of one drug
        ({"start_date": "2022-07-07"}, "2022-07-10", []),  # before the event: exposed to it already
        ({"start_date": "2022-08-01"}, "2022-07-10", ["inconclusive"]),
        ({"start_date": "2022-07"}, "2022-07-10", ["inconclusive"]),  # the order is open: its number decides
        ({"start_date": ""}, "2022-07-10", ["inconclusive"]),
        ({"start_date": "2022-07-07"}, "", ["inconclusive"]),
    ],
)
def test_a_course_beside_the_first_is_no_re_exposure(second, onset, expected):
    given = tables(
        cases=[CASE],
        courses=[FIRST, FIRST | {"course": "2"} | second],
        reactions=[
            EVENT | {"onset_date": onset, "outcome": "recovered"},
            EVENT | {"reaction": "s", "role": "symptom", "term": "itching", "onset_date": onset},
        ],
    )
    built = series.build(
        given,
        NOTHING_FOUND,
        substances=["examplumab"],
        terms=["blue rash"],
        not_this={},
        data_lock="2024-01-01",
        use_assumed=True,
    )
    found = derive(built.tables, built.membership, NOTHING_FOUND, PROFILE, "first_symptom")["rechallenges"]
    assert found["event"].tolist() == expected
