"""Aggregate statements in both codings (P19)."""

import pandas as pd
import pytest

from scripts.analyse.npmle import npmle
from scripts.analyse.statements import coding_warning, expand

NAMED = pd.DataFrame({"lower": [0.0], "upper": [16.0]})


@pytest.fixture
def codings():
    return {coding: pd.concat([rows, NAMED]) for coding, rows in expand(9, 11, 14).items()}


def test_rows_of_both_codings():
    rows = expand(1, 2, 14)
    assert rows["not_met"].to_numpy().tolist() == [[0, 14], [14, float("inf")]]
    assert rows["unknown"].to_numpy().tolist() == [[0, 14], [0, float("inf")]]


def test_known_answers(codings):
    not_met = npmle(codings["not_met"]["lower"], codings["not_met"]["upper"])
    assert list(zip(not_met.left, not_met.right, strict=True)) == [(0, 14), (14, 16)]
    assert not_met.mass == pytest.approx([0.818182, 0.181818], abs=1e-6)
    assert not_met.log_likelihood == pytest.approx(-5.215532, abs=1e-6)
    unknown = npmle(codings["unknown"]["lower"], codings["unknown"]["upper"])
    assert (unknown.left.tolist(), unknown.right.tolist(), unknown.mass.tolist()) == ([0], [14], [1])


def test_warning_names_both_shares(codings):
    words = coding_warning(codings, 14)
    assert "0.818" in words
    assert "1 if nothing is known" in words


def test_no_warning_where_all_met_it():
    assert coding_warning(expand(11, 11, 14), 14) is None


@pytest.mark.parametrize(("count", "of", "within"), [(12, 11, 14), (-1, 11, 14), (3, 11, 0)])
def test_impossible_statements(count, of, within):
    with pytest.raises(ValueError, match=r"needs 0 <= count|interval is empty"):
        expand(count, of, within)
