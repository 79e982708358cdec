"""NPMLE and Weibull against lifelines, SurPyval and R: one run, printed as ratios to ours.

`make bench`, or `python -m tests.bench statistics`. Every competitor has a time limit and its own
process; what is not installed, refuses the data or runs out of time says so in its cell. `error` is the largest
difference of the curve from ours at the right ends of our intervals, so that speed is not bought with a wrong answer.
"""

import json
import subprocess
import sys
import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from scripts.analyse.estimators.bootstrap import bootstrap_quantile
from scripts.analyse.estimators.npmle import cdf_bounds, npmle
from scripts.analyse.estimators.weibull import weibull
from tests.bench.goals import goal

SIZES = (15, 1_000, 10_000, 100_000)
TIME_LIMIT = 20.0
SEED = 11
REPLICATES = 500
COMPETITORS = ("lifelines", "surpyval", "R")


def cases(n: int, grain: str, seed: int = SEED) -> tuple[np.ndarray, np.ndarray]:
    """Weibull times, 40 % exact, the rest between two inspections, a fifth right-censored; days or continuous."""
    random = np.random.default_rng(seed)
    time_to_event = 20 * random.weibull(1.3, n)
    gap = random.uniform(1, 15, n)
    lower = np.maximum(time_to_event - gap * random.uniform(0, 1, n), 0)
    upper = lower + gap
    if grain == "days":
        time_to_event, lower, upper = np.ceil(time_to_event), np.floor(lower), np.ceil(upper)
    exact, late = random.random(n) < 0.4, random.random(n) < 0.2
    lower, upper = np.where(exact, time_to_event, lower), np.where(exact, time_to_event, upper)
    upper = np.where(late & (lower > 0), np.inf, upper)
    return lower, upper


def run() -> None:
    """Print every comparison; seconds belong to the machine they were taken on."""
    print("NPMLE: seconds of ours, then times as long (error) of each competitor")
    ours = {(grain, n): _compare("npmle", grain, n) for grain in ("days", "continuous") for n in SIZES}
    print("Weibull: the same; the error is the relative difference of the shape; ours includes profile limits")
    for n in SIZES:
        _compare("weibull", "days", n)
    for grain in ("days", "continuous"):
        per_row = {n: ours[grain, n] / n for n in (1_000, 100_000)}
        goal(f"NPMLE, {grain}: time per row at 100000 over 1000", per_row[100_000] / per_row[1_000], 2)
        _memory(grain)
    _bootstrap()


def _compare(task: str, grain: str, n: int) -> float:
    lower, upper = cases(n, grain)
    seconds, curve = _ours(task, lower, upper)
    cells = [f"{rival} {_competitor(rival, task, lower, upper, seconds, curve)}" for rival in COMPETITORS]
    print(f"  {grain:10} n={n:<7} {seconds:9.5f} s   " + "   ".join(cells), flush=True)
    return seconds


def _ours(task: str, lower: np.ndarray, upper: np.ndarray) -> tuple[float, dict]:
    if task == "weibull":
        seconds, fit = _timed(lambda: weibull(lower, upper))
        return seconds, {"at": [], "share": [fit.shape]}
    seconds, curve = _timed(lambda: npmle(lower, upper))
    at = curve.right[np.isfinite(curve.right)]
    return seconds, {"at": at.tolist(), "share": cdf_bounds(curve, at)[0].tolist()}


def _timed(call: Callable) -> tuple[float, object]:
    """The best of several runs within about half a second, after one that warms up."""
    result = call()
    best, start = np.inf, time.perf_counter()
    while time.perf_counter() - start < 0.5:
        began = time.perf_counter()
        result = call()
        best = min(best, time.perf_counter() - began)
    return best, result


def _competitor(rival: str, task: str, lower: np.ndarray, upper: np.ndarray, seconds: float, curve: dict) -> str:
    with TemporaryDirectory() as folder:
        place = Path(folder)
        rows = np.column_stack([lower, upper])
        np.savetxt(place / "rows.csv", rows, delimiter=",", header="lower,upper", comments="")
        (place / "at.csv").write_text("\n".join(["at", *map(repr, curve["at"])]), encoding="utf-8")
        script = Path(__file__).parent / "competitors" / ("fit.R" if rival == "R" else "fit.py")
        start = ["Rscript", str(script)] if rival == "R" else [sys.executable, str(script), rival]
        try:
            done = subprocess.run([*start, task, folder], capture_output=True, timeout=TIME_LIMIT, check=True)
        except FileNotFoundError:
            return "not installed"
        except subprocess.TimeoutExpired:
            return f"over {TIME_LIMIT:g} s"
        except subprocess.CalledProcessError as fault:
            return "failed: " + (fault.stderr.decode(errors="replace").strip().splitlines() or ["no message"])[-1][:60]
    answer = json.loads(done.stdout.decode().strip().splitlines()[-1])
    share, expected = np.atleast_1d(np.array(answer["share"], float)), np.array(curve["share"])
    error = np.abs(share - expected).max() / (expected[0] if task == "weibull" else 1)
    return f"x{answer['seconds'] / seconds:.1f} ({error:.0e})"


def _memory(grain: str) -> None:
    peak = {}
    for n in (10_000, 100_000):
        rows = cases(n, grain)
        tracemalloc.start()
        npmle(*rows)
        peak[n] = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    print(f"peak memory at 100000 to that at 10000, {grain}: {peak[100_000] / peak[10_000]:.1f} (linear: 10)")


def _bootstrap() -> None:
    rows = cases(100_000, "days")
    single, _ = _timed(lambda: npmle(*rows))
    began = time.perf_counter()
    bootstrap_quantile(*rows, replicates=REPLICATES)
    seconds = time.perf_counter() - began
    ratio = seconds / single
    print(f"{REPLICATES} bootstrap fits of 100000 rows in days: {seconds:.2f} s, {ratio:.0f} x one fit")
    goal(f"{REPLICATES} bootstrap fits over one", ratio, 250)
    same = bootstrap_quantile(*rows, replicates=20) == bootstrap_quantile(*rows, replicates=20)
    print(f"the same limits in two runs: {same}")
