"""T3: onset and resolution: bounds first, known and possible, limits, and the NPMLE with its warning."""

import pandas as pd

from scripts.displays import Displays, find, one, only
from scripts.tables.shown import Shown, shown
from scripts.wording import count, elapsed_days, known_possible, limits, name, study_days

TITLE = "Onset and resolution"
COLUMNS = ["Endpoint", "Clock", "Set", "Group", "n known / N", "Range", "Median, bounds", "Median, 95% limits",
           "By", "Known to possible", "Limits", "NPMLE median", "Remarks"]  # fmt: skip
KEYS = ["set", "endpoint", "clock", "coding", "group"]


def build(displays: Displays) -> Shown:
    """One row per endpoint, clock, set, group, coding and threshold; groups of which nothing is known are left out."""
    results = displays.results[displays.results["analysis"].isin(["onset", "resolution"])]
    known = find(results, statistic="known_by")
    rows = [line for _, at in known.iterrows() if (line := _line(at, results))]
    return shown(TITLE, rows, COLUMNS, footnotes=_footnotes(displays), wide=True)


def _line(at: pd.Series, results: pd.DataFrame) -> dict | None:
    same = find(results, **{key: at[key] for key in KEYS})
    spread = one(same, statistic="range")
    if spread is None:
        return None
    possible = only(same, statistic="possible_by", at=at["at"])
    outer = only(same, statistic="limits_by", at=at["at"])
    median, interval, npmle = (one(same, statistic=s) for s in ("median_bounds", "median_limits", "npmle_median"))
    days = study_days if at["analysis"] == "onset" else elapsed_days
    unit = "study day" if at["analysis"] == "onset" else "day"
    return {
        "Endpoint": name(at["endpoint"]), "Clock": name(at["clock"]), "Set": name(at["set"]), "Group": at["group"],
        "n known / N": f"{count(spread['n'])} / {count(at['n_total'])}", "Range": _days(spread, days),
        "Median, bounds": _days(median, days), "Median, 95% limits": _days(interval, days) or "none below n = 6",
        "By": f"{unit} {count(at['at'])}",
        "Known to possible": known_possible(at["value"], possible["value"], at["n_total"]),
        "Limits": limits(outer["lower"], outer["upper"]), "NPMLE median": _days(npmle, days) or "–",
        "Remarks": "; ".join(filter(None, [at["note"], npmle["note"] if npmle is not None else ""])).strip("; "),
        "value: known": at["value"], "value: possible": possible["value"], "value: N": at["n_total"],
        "value: limit lower": outer["lower"], "value: limit upper": outer["upper"],
        "value: median lower": _value(median, "lower"), "value: median upper": _value(median, "upper"),
    }  # fmt: skip


def _days(row: pd.Series | None, days) -> str:
    return "" if row is None or pd.isna(row["lower"]) else days(row["lower"], row["upper"])


def _value(row: pd.Series | None, column: str) -> float | None:
    return None if row is None else row[column]


def _footnotes(displays: Displays) -> tuple[str, ...]:
    return (
        "Onset in study days (first dose day = 1) on the first-dose clock; other clocks: day 1 = the day counted from. "
        "Resolution in elapsed days after the origin, half-open: (0, 14] = not known to be later than 14.",
        "Median, bounds: median of the lower ends to median of the upper ends. Limits of the median: order statistics.",
        "Known to possible: cases whose interval lies by that day, to cases whose interval reaches before it. Limits: "
        "exact lower limit (Clopper-Pearson) of the known to exact upper limit of the possible.",
        "Times are conditional on being a reported case; they are not risks.",
        "NPMLE: nonparametric maximum likelihood estimate (Turnbull); the interval in which it crosses one half.",
    )
