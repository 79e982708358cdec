"""Any mix of exact, counted, interval, open, possibly negative and unknown times runs to its end (definitions:
nothing-optional-stops-the-run). `make fuzz` draws 5,000 such series; the suite a few."""

import os
import random
from dataclasses import replace
from unittest import mock

import numpy as np
import pytest

from schemas.derived_course import TIMES
from schemas.endpoints import ONSETS, RESOLUTIONS
from scripts.analyse import run_all
from scripts.analyse.results import rows, timing
from scripts.files.bundle import Bundle
from tests.figures import made_series, series

INF = np.inf
SERIES = int(os.environ.get("DAHLIA_FUZZ", "6"))
STATES = {
    "onset": ("observed",) * 4 + ("unknown", "not_usable"),
    "resolution": ("observed",) * 3 + ("not_resolved", "died", "sequelae", "unknown", "not_usable"),
    "death": ("died", "died", "unknown", "not_usable"),
}
SCALES = (1 / 1440, 1 / 24, 1.0, 1.0, 7.0, 365.25)


def bounds(chance: random.Random, state: str) -> tuple[float, float, str]:
    """lower, upper, grain of a time in such a state."""
    if state in ("unknown", "not_usable"):
        return 0.0, INF, ""
    day, scale = float(chance.choice((0, 0, 1, 2, 3, 5, 9, 400))), chance.choice(SCALES)
    if state == "not_resolved" or chance.random() < 0.1:
        return day, INF, "day"
    kind = chance.choice(("exact", "counted", "interval", "from_start", "before"))
    if kind == "exact":
        return day * scale, day * scale, "exact"
    if kind == "counted":
        return day, day + 1, "day"
    if kind == "before":
        return -day - 1, float(chance.choice((-day - 1, -0.5, 0, 1, 30))), "day"
    return (0.0 if kind == "from_start" else day), day + chance.choice((0.5, 1, 30)), "exact"


def mixed(seed: int) -> Bundle:
    """A series of none to thirty cases whose times are drawn."""
    chance = random.Random(seed)
    drawn = [
        series._random(chance, ["itch", "cough", "wheeze", "fever"], number)
        for number in range(chance.choice((0, 1, 2, 3, 6, 12, 30)))
    ]
    with mock.patch.object(made_series, "run_all", return_value=([], [])):
        bundle = series.made(drawn or [{}])
    times = bundle.derived["times"].copy()
    for at, endpoint in times["endpoint"].items():
        kind = "onset" if endpoint in ONSETS else "resolution" if endpoint in RESOLUTIONS else "death"
        state = chance.choice(STATES[kind])
        lower, upper, grain = bounds(chance, state)
        times.loc[at, ["lower", "upper", "grain", "state"]] = [lower, upper, grain, state]
        if kind == "resolution":
            times.loc[at, "clock"] = chance.choice(("event", "first_dose", "not_stated", "admission"))
            times.loc[at, "complement_lower"] = 14.0 if state == "unknown" and chance.random() < 0.3 else np.nan
        times.loc[at, "unit"] = chance.choice(("d", "h", "min", "wk", "mo"))
    times = times if drawn else times.iloc[:0]
    return replace(bundle, derived=bundle.derived | {"times": TIMES.validate(times)})


@pytest.mark.parametrize("seed", range(SERIES))
def test_any_mix_of_times_gives_results_or_reasons(seed):
    data = mixed(seed)
    with mock.patch.object(timing, "REPLICATES", 5):
        result_rows, steps = run_all(data, data.conventions)
    results, _ = rows.table(result_rows)
    rows.curves(steps)
    assert (results["n"] <= results["n_total"]).all()
    assert not (results["lower"] > results["upper"]).any()
    told = results[results["statistic"].isin(["refused", "truncation"]) | results["level"].eq("not given")]
    assert told["note"].ne("").all()
    keys = ["analysis", "set", "endpoint", "clock", "coding", "group", "level", "at", "at_unit"]
    pair = results.pivot_table(index=keys, columns="statistic", values="value", dropna=True, aggfunc="first")
    if {"known_by", "possible_by"} <= set(pair):
        both = pair[["known_by", "possible_by"]].dropna()
        assert (both["known_by"] <= both["possible_by"]).all()
