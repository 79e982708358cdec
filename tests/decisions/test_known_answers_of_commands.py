"""Known answers of docs/definitions.md on counts and shares, by the commands that an analyst calls: a file or numbers in, the
printed number out."""

from io import StringIO

import numpy as np
import pandas as pd
import pytest

from tests.analyse.estimators import published
from tests.room import called

INF = np.inf


def printed(*command: object) -> pd.DataFrame:
    """What `python -m scripts.analyse COMMAND ...` prints."""
    return pd.read_csv(StringIO(called("analyse", *command).stdout), keep_default_na=False, na_values=[""])


def written(folder, lower, upper, n) -> object:
    """Intervals, with the number of cases on each, as a file for the command."""
    file = folder / "intervals.csv"
    pd.DataFrame({"lower": lower, "upper": upper, "n": n}).astype({"n": int}).to_csv(file, index=False)
    return file


@pytest.mark.parametrize(
    ("counts", "shape", "scale", "tolerance"),
    [(published.GROUPED_A, 1.272946, 7646.68, 1e-3), (published.GROUPED_B, 1.215, 8270.88, 1e-2)],
)
def test_weibull_of_counts(tmp_path, counts, shape, scale, tolerance):
    """Fifteen thousand cases as counts of a file (test suite of lifelines; the second attributed there to Reliasoft)."""
    statistics = printed("weibull", written(tmp_path, *counts)).set_index("statistic")["value"]
    assert (statistics["shape"], statistics["scale"]) == pytest.approx((shape, scale), rel=tolerance)


@pytest.mark.parametrize("parts", [(2000,), (1500, 499, 1)])
def test_each_row_two_thousand_times(tmp_path, parts):
    """92,000 cases, also where the weight of each row is split: the same masses, the log-likelihood times 2000."""
    low, high = (np.repeat(ends_of, len(parts)) for ends_of in published.RADIOTHERAPY)
    file = written(tmp_path, low, high, parts * len(published.RADIOTHERAPY[0]))
    curve = printed("curve", file)
    steps = curve[curve["statistic"] == "mass"].assign(upper=lambda masses: masses["upper"].fillna(INF))
    steps = {(row.lower, row.upper): row.value for row in steps.itertuples()}
    assert steps == pytest.approx(published.COSMESIS["radiotherapy"][0], abs=5e-5)
    likelihood = curve.loc[curve["statistic"] == "log_likelihood", "value"].item()
    assert likelihood == pytest.approx(-116120.04, abs=0.01)


LIMITS = pd.read_csv(
    StringIO("""
 x,   n,Clopper-Pearson,,Jeffreys,,Wilson,
81, 263,.2527,.3676,.2545,.3656,.2553,.3662
15, 148,.0578,.1617,.0604,.1576,.0624,.1605
 0,  20,0    ,.1684,0    ,.1166,0    ,.1611
682,925,.7077,.7654,.7082,.7649,.7080,.7646
 0,   1,0    ,.9750,0    ,.8533,0    ,.7935
 0,   3,0    ,.7076,0    ,.5356,0    ,.5615
 0,  15,0    ,.2180,0    ,.1518,0    ,.2039
 1,   1,.0250,1    ,.1467,1    ,.2065,1
 9,  11,.4822,.9772,.5328,.9602,.5230,.9486
""")
).to_numpy()


@pytest.mark.parametrize("row", LIMITS.tolist())
def test_limits_of_a_proportion_by_every_method(row):
    """Newcombe 1998, and the example of R's binom.test."""
    x, n, *limits = row
    methods = printed("proportion", int(x), int(n)).drop_duplicates("method").set_index("method")
    three = methods.loc[["Clopper-Pearson", "Jeffreys", "Wilson"], ["lower", "upper"]]
    assert three.to_numpy().ravel() == pytest.approx(limits, abs=1e-4)


@pytest.mark.parametrize(
    ("n", "upper"), [(1, 0.95), (3, 0.6316), (5, 0.4507), (10, 0.2589), (15, 0.1810), (30, 0.0950), (100, 0.0295)]
)
def test_the_upper_limit_where_nobody_had_it(n, upper):
    upper_limits = printed("proportion", 0, n).set_index("method")["upper"]
    assert upper_limits["exact, one-sided 95 %"] == pytest.approx(upper, abs=1e-4)
    assert ("rule of three" in upper_limits) == (n >= 30)
