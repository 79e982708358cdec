"""The one unit in which each endpoint is shown, in every product (definitions: words-for-times).

By the config; else the unit in which all its times are reported; else by its greatest finite bound.
"""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from schemas.codes import days_per_unit
from schemas.endpoints import ONSETS

UP_TO = {"min": 4 * days_per_unit()["h"], "h": 2.0, "d": 2 * days_per_unit()["a"], "mo": np.inf}
"""Greatest finite bound, days, below which a unit serves."""
AS_MINUTES = "s"


def shown_in(times: pd.DataFrame, chosen: Mapping[str, str], clock: str) -> pd.Series:
    """The unit of each row of `times`, one per endpoint.

    chosen: endpoint -> unit, from the config. clock: the declared one, whose times decide for onsets where it has any.
    """
    known = times[times["grain"] != ""]
    declared = known["endpoint"].isin(known.loc[known["clock"] == clock, "endpoint"]) & known["endpoint"].isin(ONSETS)
    known = known[~declared | (known["clock"] == clock)]
    units = {str(endpoint): _unit(part) for endpoint, part in known.groupby("endpoint")} | dict(chosen)
    return times["endpoint"].map(units).fillna("d")


def _unit(known: pd.DataFrame) -> str:
    reported = set(known["unit"])
    if len(reported) == 1:
        return reported.pop().replace(AS_MINUTES, "min")
    bounds = known[["lower", "upper"]].to_numpy(float)
    greatest = np.abs(bounds[np.isfinite(bounds)]).max(initial=0.0)
    return next(unit for unit, most in UP_TO.items() if greatest < most)
