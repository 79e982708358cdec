"""Known answers of docs/definitions.md on times, through the whole line: reported rows in, the printed number out.

A run of the line costs as much for one series as for ten, so that the published series are groups of a few runs.
"""

import numpy as np
import pytest

from tests.analyse.estimators import published
from tests.decisions.line import Told
from tests.decisions.published_series import PER_MONTH, begun, grouped, resolved, result

INF = np.inf


def masses(told: Told, group: str, unit: float = 1.0) -> dict[tuple[float, float], float]:
    """The curve of resolution of a group: bounds, in `unit` days, and masses."""
    curve = told.curves
    curve = curve[
        (curve["endpoint"] == "clinical_resolution") & (curve["clock"] == "pooled origins") & (curve["group"] == group)
    ]
    steps = curve[["lower", "upper", "mass"]].itertuples(index=False)
    return {(round(low / unit, 6), round(high / unit, 6)): mass for low, high, mass in steps}


ARMS = {"radiotherapy": published.RADIOTHERAPY, "with chemotherapy": published.CHEMOTHERAPY}


@pytest.fixture(scope="module")
def cosmesis() -> Told:
    """Each patient with the same months as an onset and as an end."""
    both = {
        arm_name: [onset | other for onset, other in zip(begun(*arm, "mo"), resolved(*arm, "mo"), strict=True)]
        for arm_name, arm in ARMS.items()
    }
    return grouped(["of_resolution", "of_shape", "of_truncation"], both)


@pytest.mark.parametrize("arm", published.COSMESIS)
def test_breast_cosmesis(cosmesis, arm):
    """Finkelstein and Wolfe 1985, as Fay and Shaw 2010 print it (definitions: npmle)."""
    steps, likelihood, median, shape, scale = published.COSMESIS[arm]
    half = result(cosmesis, "resolution", "npmle_median", arm)
    assert (half["lower"] / PER_MONTH, half["upper"] / PER_MONTH) == pytest.approx(median)
    assert result(cosmesis, "resolution", "npmle_log_likelihood", arm)["value"] == pytest.approx(likelihood, abs=1e-4)
    assert masses(cosmesis, arm, PER_MONTH) == pytest.approx(steps, abs=5e-5)
    assert result(cosmesis, "shape", "shape", arm)["value"] == pytest.approx(shape, rel=1e-3)
    assert result(cosmesis, "shape", "scale", arm)["value"] / PER_MONTH == pytest.approx(scale, rel=1e-3)


def test_both_arms_together(cosmesis):
    assert result(cosmesis, "resolution", "npmle_log_likelihood")["value"] == pytest.approx(-136.9638, abs=1e-4)


def test_the_arms_are_not_tested_against_each_other(cosmesis):
    """A permutation test of the two arms (Z = -2.6684, p = .0076) has no row: reported cases are no sample of anything."""
    words = cosmesis.results.loc[cosmesis.results["statistic"] == "groups_not_tested", "note"].item()
    assert words.endswith("reported cases are not a sample from anything a test could speak about")
    assert not cosmesis.results["statistic"].str.contains("logrank|wilcoxon|fisher|p_value", case=False).any()


HALF_OPEN = {
    "closed bounds fail": ([6, 7, 8, 7, 5], [7, 8, 10, 16, 20], {(6, 7): 0.25, (7, 8): 0.375, (8, 10): 0.375}, -3.635635),
    "exact and censored": (
        [1, 8, 8, 7, 7, 17, 37, 46, 46, 45], [7, 8, 10, 16, 14, INF, 44, INF, INF, INF],
        {(1, 7): 0.1, (8, 8): 0.2, (8, 10): 0.2, (37, 44): 0.125, (46, INF): 0.375}, -13.069119),
    "iteration stops early": (
        [0, 1, 1, 0, 0, 2], [1, 3, 3, 2, 2, 3], {(0, 1): 1 / 3, (1, 2): 1 / 3, (2, 3): 1 / 3}, -3.819085),
}  # fmt: skip
LOW, HIGH, MASSES, LIKELIHOOD = HALF_OPEN["exact and censored"]
AGAIN = resolved(LOW, HIGH)
ALTERED = {
    # what leaves the masses as they are: rows, by how much times and log-likelihood are multiplied
    "rows in another order": (AGAIN[::-1], 1, 1),
    "every row three times": (AGAIN * 3, 1, 3),
    "weeks instead of days": (resolved(LOW, HIGH, "wk"), 7, 1),
    "a row without information": ([*AGAIN, {"outcome": "unknown"}], 1, 1),
}


@pytest.fixture(scope="module")
def ends() -> Told:
    series = {group: resolved(low, high) for group, (low, high, *_) in HALF_OPEN.items()}
    series |= {group: rows for group, (rows, *_) in ALTERED.items()}
    series |= {
        "mercaptopurine": resolved(*published.MERCAPTOPURINE, "wk"),
        "placebo": resolved(published.PLACEBO, scale="wk"),
    }
    return grouped(["of_resolution"], series)


@pytest.mark.parametrize("name", HALF_OPEN)
def test_intervals_are_half_open(ends, name):
    *_, answer, likelihood = HALF_OPEN[name]
    assert masses(ends, name) == pytest.approx(answer, abs=1e-4)
    assert result(ends, "resolution", "npmle_log_likelihood", name)["value"] == pytest.approx(likelihood, abs=1e-4)


@pytest.mark.parametrize("name", ALTERED)
def test_what_leaves_the_masses_as_they_are(ends, name):
    """Definitions: invariances."""
    _, unit, times = ALTERED[name]
    assert masses(ends, name, unit) == pytest.approx(MASSES, abs=1e-6)
    log_likelihood = result(ends, "resolution", "npmle_log_likelihood", name)["value"]
    assert log_likelihood == pytest.approx(LIKELIHOOD * times, abs=1e-4)


@pytest.mark.parametrize(("arm", "weeks"), [("mercaptopurine", (23, 16, INF)), ("placebo", (8, 4, 12))])
def test_remission(ends, arm, weeks):
    """Freireich's trial: Kaplan-Meier median and its limits."""
    row = result(ends, "resolution", "kaplan_meier_median", arm)
    assert (row["value"] / 7, row["lower"] / 7, row["upper"] / 7) == weeks
