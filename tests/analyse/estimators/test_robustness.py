"""Leave-one-out, the most influential unit, and medians under assumptions."""

import numpy as np
import pandas as pd
import pytest

from scripts.analyse.estimators.order_statistics import quantile
from scripts.analyse.estimators.robustness import (
    disagreement,
    leave_one_out,
    median_under_assumptions,
    most_influential,
)

INF = np.inf
SERIES = pd.DataFrame({"case_id": list("abcd"), "source_id": ["x", "x", "y", "z"], "time": [1.0, 2.0, 9.0, INF]})


def headline(rows: pd.DataFrame) -> dict[str, float]:
    return {"median": quantile(rows["time"]), "n": float(len(rows))}


def test_leave_one_case_out():
    median = leave_one_out(SERIES, "case_id", headline).query("statistic == 'median'")
    assert median["left_out"].tolist() == list("abcd")
    assert median["without"].tolist() == [9, 9, 2, 2]
    assert median["change"].tolist() == [3.5, 3.5, -3.5, -3.5]


def test_leave_one_source_out():
    influence = most_influential(leave_one_out(SERIES, "source_id", headline)).set_index("statistic")
    assert influence.loc["median", ["value", "least", "greatest", "units", "change"]].tolist() == [
        5.5,
        2,
        INF,
        ("x",),
        INF,
    ]
    assert influence.loc["n", "units"] == ("x",)


def test_not_reached_without_anyone_is_no_change():
    open_ended = SERIES.assign(time=INF)
    influence = most_influential(leave_one_out(open_ended, "case_id", headline)).set_index("statistic")
    assert influence.loc["median", ["change", "units"]].tolist() == [0, ()]


def test_one_unit_cannot_be_left_out():
    assert leave_one_out(SERIES.head(1), "case_id", headline).empty
    assert most_influential(leave_one_out(SERIES.head(1), "case_id", headline)).empty


def test_medians_under_assumptions():
    table = median_under_assumptions([0, 0, 3, 14], [4, 5, 3, INF])
    assert table.to_numpy().tolist() == [
        ["left", 1.5, 1.5],
        ["midpoint", 2.75, 2.75],
        ["right", 4.5, 4.5],
        ["npmle", 3, 3],
    ]
    assert disagreement(table) == (
        "where in their interval the times fell decides: 1.5 at the left ends, 4.5 at the right ends"
    )


@pytest.mark.parametrize("upper", [[3, 4, 5], [3.1, 4.1, 5.1]])
def test_narrow_intervals_agree(upper):
    assert disagreement(median_under_assumptions([3, 4, 5], upper)) is None
