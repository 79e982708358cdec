"""Weibull fits against published and twice-computed answers (definitions: weibull)."""

import numpy as np
import pandas as pd
import pytest

from scripts.analyse.estimators.weibull import limit_line, pattern, profile, refusal, ross_factor, weibull
from tests.analyse.estimators.published import (
    BEARINGS,
    CHEMOTHERAPY,
    GROUPED_A,
    GROUPED_B,
    INF,
    MERCAPTOPURINE,
    OVARIAN,
    PLACEBO,
    RADIOTHERAPY,
)

DAYS = np.repeat([1.0, 2, 3, 4], [3, 5, 3, 3])


@pytest.mark.parametrize(
    ("rows", "shape", "scale", "log_likelihood", "tolerance"),
    [
        (RADIOTHERAPY, 1.121613, 57.5131, -64.73147, 1e-5),  # intervals
        (CHEMOTHERAPY, 2.030238, 28.04247, -75.71507, 1e-5),
        ((BEARINGS, BEARINGS), 2.102059, 81.87834, -113.6913, 1e-5),
        (GROUPED_A, 1.272946, 7646.68, None, 1e-3),  # lifelines
        (GROUPED_A, 1.272831, 7649.209, None, 1e-5),  # R
        (GROUPED_B, 1.215, 8270.88, None, 1e-2),
        ((PLACEBO, PLACEBO), 1.370500, 9.482141, None, 1e-5),
        ((PLACEBO[PLACEBO <= 12],) * 2, 1.651238, 6.898995, None, 1e-5),  # the window alone
        (OVARIAN, 1.108060, 1225.42, None, 1e-5),  # R's survreg
        ((DAYS - 1, DAYS), 2.002583, 2.177914, -20.10992, 1e-5),  # day-grained
    ],
)
def test_published_fits(rows, shape, scale, log_likelihood, tolerance):
    fit = weibull(*rows)
    assert fit.shape == pytest.approx(shape, rel=tolerance)
    assert fit.scale == pytest.approx(scale, rel=tolerance)
    if log_likelihood is not None:
        assert fit.log_likelihood == pytest.approx(log_likelihood, abs=1e-4)


def test_profile_of_the_shape_of_ball_bearings():
    """0 at the estimate, half a chi-squared quantile below at the published limits, lower everywhere else."""
    shapes, values = profile(BEARINGS, BEARINGS, weibull(BEARINGS, BEARINGS))
    assert limit_line() == pytest.approx(-1.920729, abs=1e-6)
    assert np.interp([1.50415, 2.102059, 2.79154], shapes, values) == pytest.approx(
        [limit_line(), 0, limit_line()], abs=1e-4
    )
    assert values.max() == pytest.approx(0, abs=1e-9)
    assert (np.diff(values[shapes <= 2.1]) > 0).all()
    assert (np.diff(values[shapes >= 2.11]) < 0).all()
    assert (shapes.min() < 1.50415, shapes.max() > 2.79154) == (True, True)


def test_ball_bearings_in_full():
    """Lieblein and Zelen 1956."""
    fit = weibull(BEARINGS, BEARINGS)
    assert (fit.shape_lower, fit.shape_upper) == pytest.approx((1.50415, 2.79154), abs=1e-4)
    assert fit.exponential_log_likelihood == pytest.approx(-121.4349, abs=1e-4)
    assert fit.likelihood_ratio == pytest.approx(15.4872, abs=1e-3)
    assert fit.shape_corrected == pytest.approx(1.977744, abs=1e-5)
    assert fit.pattern == "wear-out"
    assert fit.shape_lower != pytest.approx(1.54720, abs=1e-3)  # Wald on the log scale


def test_placebo_and_its_window():
    """Keeping only times up to 12 turns random into wear-out, so the window is part of the result."""
    whole, cut = weibull(PLACEBO, PLACEBO), weibull(*(PLACEBO[PLACEBO <= 12],) * 2)
    assert (whole.shape_lower, whole.shape_upper) == pytest.approx((0.94679, 1.87972), abs=1e-4)
    assert (cut.shape_lower, cut.shape_upper) == pytest.approx((1.07603, 2.37958), abs=1e-4)
    assert (whole.pattern, whole.window) == ("random", 23)
    assert (cut.pattern, cut.window) == ("wear-out", 12)


def test_remission_trial_as_accelerated_failure_time():
    """R's survreg on both arms has a common scale; arm by arm the likelihoods bracket its -106.6."""
    apart = weibull(*MERCAPTOPURINE).log_likelihood + weibull(PLACEBO, PLACEBO).log_likelihood
    assert apart == pytest.approx(-106.6, abs=0.05)
    assert apart >= -106.6 - 0.05


def test_remission_trial_with_one_common_shape():
    """As R's survreg has it: intercept 3.516, control -1.267, scale .732, log-likelihood -106.6; fit by lifelines."""
    from lifelines import WeibullAFTFitter

    low, high = MERCAPTOPURINE
    time = np.concatenate([low, PLACEBO])
    seen = np.concatenate([np.isfinite(high), np.ones(len(PLACEBO), bool)])
    control = np.repeat([0, 1], [len(low), len(PLACEBO)])
    fitted = WeibullAFTFitter().fit(pd.DataFrame({"time": time, "seen": seen, "control": control}), "time", "seen")
    coefficients = fitted.params_
    assert coefficients["lambda_", "Intercept"] == pytest.approx(3.516, abs=1e-3)
    assert coefficients["lambda_", "control"] == pytest.approx(-1.267, abs=1e-3)
    assert np.exp(-coefficients["rho_", "Intercept"]) == pytest.approx(0.732, abs=1e-3)
    assert fitted.log_likelihood_ == pytest.approx(-106.6, abs=0.05)


def test_day_grain():
    """Days taken as exact steepen the shape to 2.53."""
    fit = weibull(DAYS - 1, DAYS)
    assert (fit.shape_lower, fit.shape_upper) == pytest.approx((1.15968, 3.14637), abs=1e-4)
    assert fit.likelihood_ratio == pytest.approx(5.8498, abs=1e-4)
    assert fit.p_value == pytest.approx(0.01558, abs=1e-5)
    assert fit.shape != pytest.approx(2.530886, abs=0.1)
    exact = weibull(DAYS, DAYS)
    assert (exact.shape, exact.scale) == pytest.approx((2.530886, 2.745973), rel=1e-5)


def test_nine_of_ten_on_the_first_day():
    """A flat shape: its profile is followed to where log scale is in the hundreds (maximum checked by Nelder-Mead)."""
    fit = weibull([0.0] * 9 + [29.0], [1.0] * 9 + [30.0])
    assert (fit.shape, fit.scale) == (pytest.approx(0.1231, abs=5e-5), pytest.approx(0.001424, abs=5e-7))
    assert (fit.shape_lower, fit.shape_upper) == (pytest.approx(0.0080, abs=5e-5), pytest.approx(0.4011, abs=5e-5))


def test_profile_limits_at_other_levels_nest():
    wide, narrow = weibull(BEARINGS, BEARINGS, level=0.99), weibull(BEARINGS, BEARINGS, level=0.5)
    assert wide.shape_lower < narrow.shape_lower < narrow.shape < narrow.shape_upper < wide.shape_upper


def test_lognormal_is_fitted_beside_it():
    """With exact times the lognormal likelihood is in closed form."""
    logs = np.log(BEARINGS)
    lognormal = -logs.sum() - logs.size * (np.log(2 * np.pi * logs.var()) + 1) / 2
    fit = weibull(BEARINGS, BEARINGS)
    assert fit.aic_difference == pytest.approx(2 * (lognormal - fit.log_likelihood), abs=1e-6)


@pytest.mark.parametrize("factor", [1 / 24, 7.0])
def test_other_unit_of_time(factor):
    first, other = weibull(*RADIOTHERAPY), weibull(*(bounds * factor for bounds in RADIOTHERAPY))
    assert other.shape == pytest.approx(first.shape, rel=1e-6)
    assert other.scale == pytest.approx(first.scale * factor, rel=1e-6)


def test_weights_are_repeated_rows():
    once, often = weibull(*GROUPED_B), weibull(*(np.repeat(c, GROUPED_B[2].astype(int)) for c in GROUPED_B[:2]))
    assert often.shape == pytest.approx(once.shape, rel=1e-8)
    assert often.n == once.n == GROUPED_B[2].sum()


def test_rows_that_say_nothing_change_nothing():
    lower, upper = (np.append(bounds, extra) for bounds, extra in zip(RADIOTHERAPY, (0, INF), strict=True))
    assert weibull(lower, upper).shape == pytest.approx(weibull(*RADIOTHERAPY).shape, rel=1e-9)


@pytest.mark.parametrize(
    ("lower", "upper", "words"),
    [
        ([1] * 9 + [5], [1] * 9 + [INF], "9 events"),
        ([3] * 12, [3] * 12, "same time"),
        ([0] * 12, [4] * 12, "same time"),
        ([0] * 15 + list(range(1, 13)), [INF] * 15 + list(range(1, 13)), "56% of the cases have no usable time"),
        (range(13), range(13), "exactly 0"),
        ([-2, *range(1, 13)], [3, *range(1, 13)], "before the start"),
    ],
)
def test_refusals_in_words(lower, upper, words):
    assert words in refusal(lower, upper)


def test_nothing_to_refuse():
    assert refusal(*RADIOTHERAPY) is None


@pytest.mark.parametrize("rows", [([3, 3], [3, 3]), ([2, 5], [INF, INF]), ([0, 0], [4, 5])])
def test_no_degenerate_fit_leaves(rows):
    """lifelines returns shapes of 4e23 here, without a warning."""
    with pytest.raises(ValueError, match="no Weibull fit"):
        weibull(*rows)


@pytest.mark.parametrize(
    ("limits", "name"),
    [((0.4, 0.9), "early"), ((0.9, 1.1), "random"), ((1.09, 1.94), "wear-out"), ((0.92, 1.23), "random")],
)
def test_pattern(limits, name):
    """The last two: Yamada and Handa 2014, interferon alpha and peginterferon."""
    assert pattern(*limits) == name


def test_ross_factor():
    """Inverse .. mean of the shape estimate: 1.165, 1.102, 1.047, 1.013 at n = 10, 15, 30, 100."""
    assert [1 / ross_factor(n) for n in (10, 15, 30, 100)] == pytest.approx([1.165, 1.102, 1.047, 1.013], abs=6e-4)
    assert np.isnan(ross_factor(2))
