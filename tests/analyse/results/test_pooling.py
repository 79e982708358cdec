"""Which resolution times are pooled: a case without a time has no origin, and is none of its own."""

import numpy as np
import pandas as pd
import pytest

from scripts.analyse.results.of_resolution import _origins


@pytest.mark.parametrize(
    ("clocks", "poolable", "states"),
    [
        (["event", "", ""], (), ["observed", "unknown", "unknown"]),
        (["event", "event", ""], (), ["observed", "observed", "unknown"]),
        (["event", "last_dose", ""], (), ["unknown", "unknown", "unknown"]),
        (["event", "last_dose", ""], ("event",), ["observed", "unknown", "unknown"]),
    ],
)
def test_one_origin_among_unknown_times_needs_no_leave_to_pool(clocks, poolable, states):
    own = pd.DataFrame(
        {
            "case_id": list("abc"),
            "clock": clocks,
            "lower": [1.0, 2.0, 0.0],
            "upper": [2.0, 3.0, np.inf],
            "state": ["observed", "observed" if clocks[1] else "unknown", "unknown"],
        }
    )
    (_, pooled), *_ = _origins(own, poolable)
    assert pooled["state"].tolist() == states
