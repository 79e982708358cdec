"""One fit by another Python library, in a process of its own: `fit.py LIBRARY TASK FOLDER`.

Reads rows.csv (lower, upper) and at.csv from the folder; prints seconds and the shares at those times as JSON.
"""

import json
import sys
import time
import warnings
from pathlib import Path

import numpy as np
import pandas as pd

warnings.simplefilter("ignore")
NUDGE = 1e-6  # lifelines closes intervals on the left; a lower bound that is not an exact time is moved by this


def lifelines_npmle(lower, upper):
    from lifelines import KaplanMeierFitter

    opened = np.where(lower < upper, lower + NUDGE, lower)

    def fit():
        return KaplanMeierFitter().fit_interval_censoring(opened, upper, tol=1e-5)

    def share(model, at):
        table = model.survival_function_.iloc[:, -1]
        index = np.searchsorted(table.index.to_numpy(), np.asarray(at) + 2 * NUDGE, side="right") - 1
        return 1 - table.to_numpy()[index]

    return fit, share


def surpyval_npmle(lower, upper):
    import surpyval

    left = np.where((lower == 0) & (upper > 0), -np.inf, lower)

    def fit():
        return surpyval.Turnbull.fit(xl=left, xr=upper, turnbull_estimator="Kaplan-Meier")

    return fit, lambda model, at: 1 - model.sf(np.asarray(at))


def lifelines_weibull(lower, upper):
    from lifelines import WeibullFitter

    return lambda: WeibullFitter().fit_interval_censoring(lower, upper), lambda model, at: [model.rho_]


def surpyval_weibull(lower, upper):
    import surpyval

    left = np.where((lower == 0) & (upper > 0), -np.inf, lower)
    return lambda: surpyval.Weibull.fit(xl=left, xr=upper), lambda model, at: [model.params[1]]


def main(library: str, task: str, folder: str) -> None:
    rows = pd.read_csv(Path(folder) / "rows.csv", float_precision="round_trip")
    at = pd.read_csv(Path(folder) / "at.csv", float_precision="round_trip")["at"].to_numpy(float)
    lower, upper = rows["lower"].to_numpy(float), rows["upper"].to_numpy(float)
    fit, share = globals()[f"{library}_{task}"](lower, upper)
    if len(rows) <= 1_000:
        fit()  # imports and caches are not the fit
    began = time.perf_counter()
    model = fit()
    seconds = time.perf_counter() - began
    print(json.dumps({"seconds": seconds, "share": [float(value) for value in share(model, at)]}))


if __name__ == "__main__":
    main(*sys.argv[1:])
