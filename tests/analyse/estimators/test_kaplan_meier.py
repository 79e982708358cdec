"""Kaplan-Meier medians and limits of the 6-MP trial."""

import numpy as np
import pytest

from scripts.analyse.estimators.kaplan_meier import kaplan_meier, median
from scripts.analyse.estimators.npmle import cdf_bounds, npmle
from tests.analyse.estimators.published import MERCAPTOPURINE, PLACEBO


def test_medians_of_both_arms():
    assert median(kaplan_meier(*MERCAPTOPURINE)) == (23, 16, np.inf)
    assert median(kaplan_meier(PLACEBO, PLACEBO)) == (8, 4, 12)


def test_npmle_agrees():
    curve = kaplan_meier(*MERCAPTOPURINE)
    assert 1 - cdf_bounds(npmle(*MERCAPTOPURINE), curve["time"])[0] == pytest.approx(curve["survival"], abs=1e-8)


def test_table_counts():
    curve = kaplan_meier(*MERCAPTOPURINE)
    first = curve.iloc[0]
    assert (first["time"], first["at_risk"], first["events"], first["censored"]) == (6, 21, 3, 1)
    assert curve["events"].sum() + curve["censored"].sum() == 21


def test_intervals_are_refused():
    with pytest.raises(ValueError, match="exact times only"):
        kaplan_meier([1, 2], [1, 4])
