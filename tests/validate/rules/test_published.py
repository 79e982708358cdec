"""Dates that their source cannot know: a year typed wrongly."""

import pytest

from scripts.validate import check
from tests.validate.build import COURSE, EVENT, PROFILE, SOURCE, tables


@pytest.mark.parametrize(
    ("published", "onset", "start", "expected"),
    [
        ("2023-05", "2032-10-05", "2022-10-01", [("onset_date", "2032-10-05")]),
        ("2023-05", "2022-10-05", "2022-10-01", []),
        ("2023-05", "2023-05-31", "2023-05", []),  # perhaps published on the last day of the month
        ("2023", "2024", "2024-01", [("start_date", "2024-01"), ("onset_date", "2024")]),
        ("2023", "2023/..", "2023", []),
        ("", "2032-10-05", "2022-10-01", []),
    ],
)
def test_a_date_after_the_publication_of_its_source(published, onset, start, expected):
    given = tables(
        sources=[SOURCE | {"published": published}],
        courses=[COURSE | {"start_date": start}],
        reactions=[EVENT | {"onset_date": onset}],
    )
    findings = check(given, PROFILE)
    findings = findings[findings["what"].str.startswith("after its source was published")]
    assert list(zip(findings["column"], findings["value"], strict=True)) == expected
    assert set(findings["rule"]) <= {"Q11"}
    assert set(findings["severity"]) <= {"error"}
