"""Counts to publish: no masked one can be worked out from what is shown."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scripts.share.counts import LEAST, MASKED, RULE, masked_of, public
from tests.tables.small import result


@pytest.mark.parametrize(
    ("counts", "masked"),
    [
        ([[30, 20, 10]], [[0, 0, 0]]),
        ([[30, 30, 0]], [[0, 0, 0]]),
        ([[23, 20, 3]], [[0, 1, 1]]),  # 20 too, or 23 - 20 tells the 3
        ([[29, 20, 7, 2]], [[0, 0, 1, 1]]),  # the next smallest
        ([[15, 12, 2, 1]], [[0, 1, 1, 1]]),  # 2 and 1 are three together
        ([[3, 3, 0]], [[1, 1, 0]]),
        ([[4, 2, 2]], [[1, 1, 1]]),
    ],
)
def test_the_fewest_cells_that_keep_a_small_count_hidden(counts, masked):
    assert masked_of(np.array(counts, dtype=float), None).astype(int).tolist() == masked


TABLES = st.integers(2, 4).flatmap(
    lambda groups: st.lists(st.lists(st.integers(0, 12), min_size=groups, max_size=groups), min_size=1, max_size=4)
)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(TABLES)
def test_no_masked_count_can_be_worked_out(parts):
    counts = np.array([[sum(row), *row] for row in parts], dtype=float)
    totals = counts.sum(axis=0)
    hidden = masked_of(counts, totals, (totals > 0) & (totals < LEAST))
    assert hidden[(counts > 0) & (counts < LEAST)].all()
    for level, row in enumerate(hidden):
        if not row[0]:
            assert not row[1:].any() or (row[1:].sum() >= 2 and counts[level, 1:][row[1:]].sum() >= LEAST)
        else:
            assert row[1:].any()
    for group, column in enumerate(hidden.T):
        if not 0 < totals[group] < LEAST and column.any():
            assert column.all() or (column.sum() >= 2 and counts[column, group].sum() >= LEAST)


def test_a_table_of_groups_and_levels():
    def row(statistic, level, group, value, endpoint="sex"):
        return result("characteristics", statistic, endpoint=endpoint, level=level, group=group, value=value)

    rows = [row("cases", "", group, value, "") for group, value in (("all", 40), ("one", 30), ("two", 10))]
    rows += [row("count", "F", group, value) for group, value in (("all", 25), ("one", 18), ("two", 7))]
    rows += [row("count", "M", group, value) for group, value in (("all", 15), ("one", 12), ("two", 3))]
    rows += [row("count", "3", group, value, "given_upper") for group, value in (("all", 40), ("one", 30), ("two", 10))]
    rows.append(result("rechallenge", "reported", endpoint="event", level="recurred", group="all", value=7))
    assert public(pd.DataFrame(rows)).to_numpy().tolist() == [
        ["Patients", "all", "40", "30", "10"],
        ["Sex", "F", "25", MASKED, MASKED],
        ["Sex", "M", "15", MASKED, MASKED],
        ["Doses given, at most", "3", "40", "30", "10"],
        ["Event on re-exposure, as reported", "recurred", "7", "–", "–"],
    ]
    assert f"1 to {LEAST - 1}" in RULE
