"""Our fits and R's on published data: survfit, survreg and binom.test, each asked in a process of its own.

R takes the times as interval2. Its Turnbull curve stops at a tolerance of its own (survfit.control's `timefix` and the
EM's default), about 1e-3 on awkward data: the curve's difference is R's distance from the certified maximum as much as
ours from R. Where all times are exact or censored on the right, R fits Kaplan-Meier's curve, and nothing is left between us.
"""

import json
import subprocess
from pathlib import Path

import numpy as np
import pytest

from scripts.analyse.estimators.npmle import cdf_bounds, npmle
from scripts.analyse.estimators.proportions import clopper_pearson
from scripts.analyse.estimators.weibull import weibull
from tests.analyse.estimators.published import BEARINGS, CHEMOTHERAPY, MERCAPTOPURINE, OVARIAN, PLACEBO, RADIOTHERAPY

pytestmark = pytest.mark.r
INTERVALS = {"cosmesis, radiotherapy": RADIOTHERAPY, "cosmesis, with chemotherapy": CHEMOTHERAPY}
EXACT_OR_RIGHT = {
    "ball bearings": (BEARINGS, BEARINGS),
    "6-MP": MERCAPTOPURINE,
    "placebo": (PLACEBO, PLACEBO),
    "ovarian": OVARIAN,
}
SETS = INTERVALS | EXACT_OR_RIGHT
SCRIPT = Path(__file__).parents[1] / "bench" / "competitors" / "fit.R"
LIMITS = "cat(sprintf('%.12f', binom.test({x}, {n})$conf.int))"


def fitted(task: str, set_name: str, at: list[float], folder: Path) -> list[float]:
    """The curve at the given times, or the Weibull shape, as R has it."""
    rows = np.column_stack(SETS[set_name])
    np.savetxt(folder / "rows.csv", rows, delimiter=",", header="lower,upper", comments="")
    (folder / "at.csv").write_text("\n".join(["at", *map(str, at)]), encoding="utf-8")
    done = subprocess.run(["Rscript", str(SCRIPT), task, str(folder)], capture_output=True, check=True, text=True)
    return json.loads(done.stdout.splitlines()[-1])["share"]


@pytest.mark.parametrize("name", SETS)
def test_the_curve_is_that_of_survfit(name, tmp_path):
    fit = npmle(*SETS[name])
    at = [float(time) for time in fit.right[np.isfinite(fit.right)]]
    tolerance = 1e-3 if name in INTERVALS else 1e-9
    assert cdf_bounds(fit, at)[0] == pytest.approx(fitted("npmle", name, at, tmp_path), abs=tolerance)


@pytest.mark.parametrize("name", SETS)
def test_the_weibull_shape_is_that_of_survreg(name, tmp_path):
    assert weibull(*SETS[name]).shape == pytest.approx(fitted("weibull", name, [], tmp_path)[0], rel=1e-6)


@pytest.mark.parametrize(("x", "n"), [(0, 15), (9, 11), (81, 263), (682, 925)])
def test_exact_limits_are_those_of_binom_test(x, n):
    call = ["Rscript", "-e", LIMITS.format(x=x, n=n)]
    limits = subprocess.run(call, capture_output=True, check=True, text=True).stdout.split()
    assert clopper_pearson(x, n) == pytest.approx(tuple(map(float, limits)), abs=1e-9)
