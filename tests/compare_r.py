"""Our fits and R's side by side: `make compare-r`. Without R and its package survival, says so and stops.

survfit and survreg take their times as interval2. R's Turnbull curve stops at its own tolerance, about 1e-3 on
awkward data, so the curve's difference is R's distance from the certified maximum as much as ours from R.
"""

import json
import shutil
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from scripts.analyse.npmle import cdf_bounds, npmle
from scripts.analyse.proportions import clopper_pearson
from scripts.analyse.weibull import weibull
from tests.analyse.published import BEARINGS, CHEMOTHERAPY, MERCAPTOPURINE, OVARIAN, PLACEBO, RADIOTHERAPY

SETS = {
    "cosmesis, radiotherapy": RADIOTHERAPY,
    "cosmesis, with chemotherapy": CHEMOTHERAPY,
    "ball bearings": (BEARINGS, BEARINGS),
    "6-MP": MERCAPTOPURINE,
    "placebo": (PLACEBO, PLACEBO),
    "ovarian": OVARIAN,
}
COUNTS = ((0, 15), (9, 11), (81, 263), (682, 925))
SCRIPT = Path(__file__).parent / "bench" / "competitors" / "fit.R"
LIMITS = "cat(sprintf('%.12f', binom.test({x}, {n})$conf.int))"


def r_is_here() -> bool:
    if shutil.which("Rscript") is None:
        return False
    return subprocess.run(["Rscript", "-e", "library(survival)"], capture_output=True).returncode == 0


def r_fit(task: str, lower: np.ndarray, upper: np.ndarray, at: list[float]) -> list[float]:
    """The curve at the given times, or the Weibull shape, as R has it."""
    with TemporaryDirectory() as folder:
        rows = np.column_stack([lower, upper])
        np.savetxt(Path(folder) / "rows.csv", rows, delimiter=",", header="lower,upper", comments="")
        (Path(folder) / "at.csv").write_text("\n".join(["at", *map(str, at)]), encoding="utf-8")
        done = subprocess.run(["Rscript", str(SCRIPT), task, folder], capture_output=True, check=True, text=True)
    return json.loads(done.stdout.splitlines()[-1])["share"]


def compare(name: str) -> tuple[float, float]:
    """Print one data set; return the largest difference of the curve and of the shape (relative)."""
    lower, upper = SETS[name]
    fit, shape = npmle(lower, upper), weibull(lower, upper).shape
    at = [float(time) for time in fit.right[np.isfinite(fit.right)]]
    curve = np.abs(np.array(r_fit("npmle", lower, upper, at)) - cdf_bounds(fit, at)[0]).max()
    other = r_fit("weibull", lower, upper, at)[0]
    print(f"{name:28} curve differs by {curve:.1e}; shape ours {shape:.7f}, R {other:.7f}")
    return float(curve), abs(other / shape - 1)


def main() -> None:
    if not r_is_here():
        print("compare-r skipped: Rscript with the package survival is not installed (Debian: r-cran-survival)")
        return
    differences = np.array([compare(name) for name in SETS])
    for x, n in COUNTS:
        call = ["Rscript", "-e", LIMITS.format(x=x, n=n)]
        other = np.array(subprocess.run(call, capture_output=True, check=True, text=True).stdout.split(), float)
        print(f"Clopper-Pearson {x}/{n}: differs by {np.abs(other - np.array(clopper_pearson(x, n))).max():.1e}")
    print(f"largest difference: curve {differences[:, 0].max():.1e}, shape {differences[:, 1].max():.1e} (relative)")


if __name__ == "__main__":
    main()
