"""Which resolution times are pooled: a case without a time has no origin, and is none of its own."""

import numpy as np
import pandas as pd
import pytest

from scripts.clock.pooling import pooled


@pytest.mark.parametrize(
    ("clocks", "poolable", "states"),
    [
        (["event", "", ""], (), ["observed", "unknown", "unknown"]),
        (["event", "event", ""], (), ["observed", "observed", "unknown"]),
        # reported, and not usable where origins are not pooled
        (["event", "last_dose", ""], (), ["not_usable", "not_usable", "unknown"]),
        (["event", "last_dose", ""], ("event",), ["observed", "not_usable", "unknown"]),
    ],
)
def test_one_origin_among_unknown_times_needs_no_leave_to_pool(clocks, poolable, states):
    times = pd.DataFrame(
        {
            "case_id": list("abc"),
            "clock": clocks,
            "lower": [1.0, 2.0, 0.0],
            "upper": [2.0, 3.0, np.inf],
            "state": ["observed", "observed" if clocks[1] else "unknown", "unknown"],
        }
    )
    assert pooled(times, poolable)["state"].tolist() == states


def test_what_is_known_without_a_time_stays_known():
    """Whoever died, or had not recovered, did so whatever the source counts from."""
    states = ["died", "not_resolved", "sequelae", "observed"]
    times = pd.DataFrame({"case_id": list("abcd"), "clock": ["admission"] * 3 + ["event"], "lower": 1.0, "upper": 2.0})
    pooled_times = pooled(times.assign(state=states), ("event",))
    assert pooled_times["state"].tolist() == states
    assert pooled_times["upper"].tolist() == [np.inf] * 3 + [2.0]


def test_the_origin_of_most_times_stands_alone_where_no_more_may_be_pooled():
    def states(clocks, poolable):
        times = pd.DataFrame(
            {"case_id": range(len(clocks)), "clock": clocks, "lower": 1.0, "upper": 2.0, "state": "observed"}
        )
        return "".join("x" if state == "observed" else "-" for state in pooled(times, poolable)["state"])

    assert states(["event", "event", "diagnosis"], ()) == "xx-"
    assert states(["event", "event", "diagnosis"], ("diagnosis",)) == "xx-"
    assert states(["event", "event", "diagnosis", "last_dose"], ("diagnosis", "last_dose")) == "--xx"
    assert states(["event", "event", "diagnosis"], ("diagnosis", "event")) == "xxx"
