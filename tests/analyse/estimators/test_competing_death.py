"""Aalen-Johansen by hand and against lifelines."""

import numpy as np
import pytest

from scripts.analyse.estimators.competing_death import cumulative_incidence

TIME = [3, 5, 6, 7, 7, 9, 12, 14, 20, 25]
STATE = ["resolved", "resolved", "dead", "resolved", "resolved", "censored", "resolved", "dead", "resolved", "censored"]


def test_toy_by_hand():
    """Definitions: competing-death."""
    table = cumulative_incidence(TIME, STATE).set_index("time")
    assert table.loc[[3, 5, 7, 12, 20], "resolved"].tolist() == pytest.approx([0.1, 0.2, 0.4, 0.525, 0.65])
    assert table.loc[25, ["resolved", "dead", "neither"]].tolist() == pytest.approx([0.65, 0.225, 0.125])
    assert table["at_risk"].tolist() == [10, 9, 8, 7, 5, 4, 3, 2, 1]


def test_deaths_are_not_censored():
    """1 - Kaplan-Meier with deaths censored would say .7857."""
    resolved = cumulative_incidence(TIME, STATE)["resolved"].iloc[-1]
    assert resolved != pytest.approx(0.7857, abs=0.1)
    censored = ["censored" if state == "dead" else state for state in STATE]
    assert cumulative_incidence(TIME, censored)["resolved"].iloc[-1] == pytest.approx(0.7857, abs=1e-4)


def test_states_add_to_one():
    table = cumulative_incidence(TIME, STATE)
    assert (table["resolved"] + table["dead"] + table["neither"]).tolist() == pytest.approx([1] * 9)


def test_lifelines_agrees_without_ties():
    from lifelines import AalenJohansenFitter

    random = np.random.default_rng(7)
    time, code = random.permutation(200).astype(float) + 1, random.integers(0, 3, 200)
    states = np.array(["censored", "resolved", "dead"])[code]
    library = AalenJohansenFitter(calculate_variance=False).fit(time, code, event_of_interest=1)
    ours = cumulative_incidence(time, states)
    assert ours["resolved"].to_numpy() == pytest.approx(library.cumulative_density_["CIF_1"].to_numpy()[1:])


@pytest.mark.parametrize(
    ("time", "state", "words"),
    [([], [], "no rows"), ([1], ["ongoing"], "state 'ongoing'"), ([-1], ["dead"], "negative")],
)
def test_bad_rows(time, state, words):
    with pytest.raises(ValueError, match=words):
        cumulative_incidence(time, state)
