"""Refusing to compare (definitions: comparing-groups)."""

import pytest

from scripts.analyse.estimators.comparison import reasons_against


def test_relapsing_sclerosis_against_transplantation():
    """11 against 3: p = 1/364 is attainable and would only restate the difference in dose."""
    reasons = reasons_against({"RRMS": 11, "transplant": 3}, differ_by=("dose",))
    assert reasons == [
        "fewer than 5 cases in transplant (3)",
        "the groups differ by construction in dose",
        "reported cases are not a sample from anything a test could speak about",
    ]


def test_nothing_speaks_against():
    assert reasons_against({"a": 20, "b": 30}, sampling_frame=True) == []


@pytest.mark.parametrize(
    ("arguments", "words"),
    [({"share_missing": 0.25}, "missing in 25%"), ({"split_seen_first": True}, "after the outcomes had been seen")],
)
def test_further_reasons(arguments, words):
    assert words in reasons_against({"a": 20, "b": 30}, sampling_frame=True, **arguments)[0]
