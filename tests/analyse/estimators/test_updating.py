"""Beta updating (definitions: updating) and what the next outcome would do."""

from itertools import permutations

import numpy as np
import pytest

from scripts.analyse.estimators.updating import beta_path, next_outcome


@pytest.mark.parametrize(
    ("prior", "means", "interval", "above"),
    [
        ("uniform", [1 / 3, 1 / 4, 2 / 5, 1 / 3], (0.0527, 0.7164), 0.9185),
        ("jeffreys", [0.25, 0.1667, 0.375, 0.30], (0.0285, 0.7162), 0.8526),
    ],
)
def test_path(prior, means, interval, above):
    path = beta_path([0, 0, 1, 0], prior)
    assert path["mean"].tolist()[1:] == pytest.approx(means, abs=1e-4)
    last = path.iloc[-1]
    assert (last["lower"], last["upper"]) == pytest.approx(interval, abs=1e-4)
    assert last["above_threshold"] == pytest.approx(above, abs=1e-4)
    assert last["predictive"] == last["mean"]


def test_single_negative():
    assert beta_path([0], "uniform").iloc[-1][["lower", "upper"]].tolist() == pytest.approx([0.0126, 0.8419], abs=1e-4)
    assert beta_path([0], "jeffreys").iloc[-1][["lower", "upper"]].tolist() == pytest.approx(
        [0.00039, 0.8533], abs=1e-4
    )


def test_end_does_not_depend_on_order():
    ends = {tuple(beta_path(order).iloc[-1]) for order in permutations([0, 0, 1, 0])}
    assert len(ends) == 1


def test_no_rechallenge_leaves_the_prior():
    assert beta_path([], "uniform")[["mean", "lower", "upper"]].to_numpy().tolist() == [
        [0.5, pytest.approx(0.025), pytest.approx(0.975)]
    ]


@pytest.mark.parametrize(
    ("outcomes", "prior", "words"),
    [([2], "uniform", "neither 0 nor 1"), ([0], "reference", "known are"), ([0], (0, 1), "exceed 0")],
)
def test_bad_arguments(outcomes, prior, words):
    with pytest.raises(ValueError, match=words):
        beta_path(outcomes, prior)


def test_next_outcome():
    table = next_outcome(0, 3).set_index("when")
    assert table["proportion"].tolist() == [0, 0.25, 0]
    assert table["clopper_pearson_upper"].tolist() == pytest.approx([0.7076, 0.8059, 0.6024], abs=1e-4)
    assert table["mean_uniform"].tolist() == pytest.approx([1 / 5, 2 / 6, 1 / 6])


def test_next_outcome_after_none_at_all():
    now = next_outcome(0, 0).iloc[0]
    assert np.isnan(now["proportion"])
    assert np.isnan(now["jeffreys_upper"])
    assert now["mean_jeffreys"] == 0.5
