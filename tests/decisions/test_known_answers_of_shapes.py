"""Known answers of the Weibull shape, right truncation, exact limits of shares and ranks of the limits of a median."""

import numpy as np
import pytest

from tests.analyse.estimators import published
from tests.decisions.line import Told
from tests.decisions.published_series import EXACT, begun, grouped, result

EARLY = [day for day in published.PLACEBO if day <= 12]
COUNTS = [1] * 3 + [2] * 5 + [3] * 3 + [4] * 3
SHAPES = {
    # onsets; shape, scale, profile limits, log-likelihood, class
    "bearings": (begun(published.BEARINGS), 2.102059, 81.87834, (1.50415, 2.79154), -113.6913, "wear-out"),
    "placebo": (begun(published.PLACEBO), 1.370500, 9.482141, (0.94679, 1.87972), None, "random"),
    "placebo until 12": (begun(EARLY), 1.651238, 6.898995, (1.07603, 2.37958), None, "wear-out"),
    "ovarian": (begun(*published.OVARIAN), 1.108060, 1225.42, None, None, "random"),
    "study days": (begun(COUNTS, scale="study_day"), 2.002583, 2.177914, (1.15968, 3.14637), -20.10992, "wear-out"),
}


@pytest.fixture(scope="module")
def shapes() -> Told:
    return grouped(["of_shape"], {group: rows for group, (rows, *_) in SHAPES.items()}, analysis=EXACT)


@pytest.mark.parametrize("name", SHAPES)
def test_weibull(shapes, name):
    _, shape, scale, limits, likelihood, pattern = SHAPES[name]
    shape_row = result(shapes, "shape", "shape", name)
    assert shape_row["value"] == pytest.approx(shape, rel=1e-3)
    assert result(shapes, "shape", "scale", name)["value"] == pytest.approx(scale, rel=1e-3)
    assert limits is None or (shape_row["lower"], shape_row["upper"]) == pytest.approx(limits, rel=1e-3)
    found_likelihood = result(shapes, "shape", "log_likelihood", name)["value"]
    assert likelihood is None or found_likelihood == pytest.approx(likelihood, abs=1e-4)
    assert shape_row["note"].startswith(pattern)


def test_the_shape_corrected_for_few_cases(shapes):
    assert result(shapes, "shape", "shape_corrected", "bearings")["value"] == pytest.approx(1.977744, rel=1e-4)


def test_right_truncation():
    """F(t | t <= 12) for x and v of definitions: right-truncation; the lock is the last day of 2025."""
    x, v = [1, 2, 2, 3, 5, 6, 8, 9, 10, 12], [20, 4, 12, 6, 15, 7, 14, 9, 22, 12]
    starts = [str(np.datetime64("2025-12-31") - days) for days in v]
    told = grouped(["of_truncation"], {"all of them": begun(x)}, start=starts)
    truncated = told.results[told.results["statistic"] == "share_if_truncated"]
    shares = dict(zip(truncated["at"], truncated["value"], strict=True))
    assert shares == pytest.approx(
        {1: 0.06, 2: 0.18, 3: 0.24, 5: 0.32, 6: 0.40, 8: 8 / 15, 9: 2 / 3, 10: 5 / 6, 12: 1}, abs=1e-6
    )
    assert told.results.loc[told.results["statistic"] == "median_if_truncated", "value"].tolist() == [8]
    assert told.results.loc[told.results["statistic"] == "truncation", "note"].item().startswith("not negligible")


SHARES = {"0/1": (0, 0.9750), "0/3": (0, 0.7076), "0/15": (0, 0.2180), "0/20": (0, 0.1684), "1/1": (0.0250, 1),
          "9/11": (0.4822, 0.9772), "15/148": (0.0578, 0.1617), "81/263": (0.2527, 0.3676)}  # fmt: skip
RANKS = {3: None, 4: None, 5: None, 6: (1, 6), 7: (1, 7), 8: (1, 8), 9: (2, 8), 10: (2, 9), 11: (2, 10), 12: (3, 10),
         13: (3, 11), 14: (3, 12), 15: (4, 12), 20: (6, 15), 30: (10, 21)}  # fmt: skip


@pytest.fixture(scope="module")
def counted() -> Told:
    """A group per share, of which so many begin by study day 4, and per number of cases, which begin on days 1, 2, 3, ..."""
    pairs = {share: map(int, share.split("/")) for share in SHARES}
    series = {share: begun([2] * x + [9] * (n - x)) for share, (x, n) in pairs.items()}
    series |= {str(n): begun(range(1, n + 1)) for n in RANKS}
    return grouped(["of_onset"], series, analysis=EXACT | {"onset_days": [4]})


@pytest.mark.parametrize("name", SHARES)
def test_exact_limits_of_a_share(counted, name):
    row = result(counted, "onset", "limits_by", name)
    assert (row["lower"], row["upper"]) == pytest.approx(SHARES[name], abs=5e-5)


@pytest.mark.parametrize("n", RANKS)
def test_ranks_of_the_limits_of_a_median(counted, n):
    row = result(counted, "onset", "median_limits", str(n))
    if RANKS[n] is None:
        assert row["method"] == "none below 6 cases; the range stands instead"
        assert np.isnan(row["lower"])
    else:
        assert (row["lower"], row["upper"]) == RANKS[n]


def test_a_flat_median_is_named(counted):
    """Of six exact days the curve stands at one half from day 3 until day 4."""
    bounds, half = (result(counted, "onset", statistic, "6") for statistic in ("median_bounds", "npmle_median"))
    assert (bounds["lower"], bounds["upper"]) == (3.5, 3.5)
    assert (half["lower"], half["upper"]) == (3, 4)
    assert {(row["flat_from"], row["flat_until"]) for row in (bounds, half)} == {(3, 4)}
