"""What a panel of onset or resolution shows: its cases and steps, the days of its axis, the counts of its table."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from schemas.codes import days_per_unit
from schemas.plain_rows import plain_rows
from scripts.figures.page.axis_steps import FINER_STEPS, STEPS, step_of
from scripts.figures.page.standards import DIGITS
from scripts.files.bundle import Bundle
from scripts.words.results import warned
from scripts.words.times import FINER, NOT_USABLE, PER_DAY, by
from scripts.words.wording import number

MOST_TICKS = 6
BOUNDS = "(median of the lower to median of the upper ends)"
ORDER = {"observed": 0, "not_resolved": 1, "sequelae": 2, "died": 3, "unknown": 4}
NEVER = ("died", "sequelae")
"""States of cases that will never have resolved."""


@dataclass(frozen=True)
class Panel:
    """What one panel shows, in the unit of its endpoint.

    rows        case_id, lower, upper, state, identity; (lower, upper], inf open
    steps       innermost intervals of the NPMLE with `cumulative`; may have no rows
    thresholds  times at which straddling cases are marked
    told        one line per threshold: known and possible counts, from the results
    median      bounds of the median, or None
    wording     names of the rows of the table: (happened, straddles, not yet, died, not known); blank: left out
    """

    rows: pd.DataFrame
    steps: pd.DataFrame
    thresholds: tuple[float, ...]
    told: tuple[str, ...]
    median: tuple[float, float] | None
    wording: tuple[str, str, str, str, str]
    x_label: str
    heading: str = ""
    zero: str = "0"
    unit: str = "d"


def panel(
    rows: pd.DataFrame, steps: pd.DataFrame, estimates: pd.DataFrame, unit: str, *, wording: tuple, **words: str
) -> Panel:
    """A panel from times and steps in days and the results found for them, scaled to `unit`."""
    factor, ends = PER_DAY[unit], ["lower", "upper"]
    rows = rows.assign(state=rows["state"].replace("not_usable", "unknown"))
    median = estimates.loc[estimates["statistic"] == "median_bounds", ends]
    asked = estimates[estimates["statistic"] == "known_by"].drop_duplicates(["at", "at_unit"])
    at = (asked["at"] * asked["at_unit"].map(days_per_unit()) * factor).round(DIGITS).sort_values()
    if rows["state"].eq("sequelae").any():
        wording = (*wording[:3], "died or with sequelae", *wording[4:])
    return Panel(
        rows=rows.assign(**{end: (rows[end] * factor).round(DIGITS) for end in ends}),
        steps=steps.assign(**{end: (steps[end] * factor).round(DIGITS) for end in ends}),
        thresholds=tuple(at),
        told=tuple(told(estimates)),
        median=tuple((median.iloc[0] * factor).round(DIGITS)) if len(median) else None,  # type: ignore[arg-type]
        wording=wording,
        unit=unit,
        **words,
    )


def cases(data: Bundle, rows: pd.DataFrame) -> pd.DataFrame:
    """What a panel takes of rows of `times`: each case with its time, and whether it is known one by one."""
    identity = data.cases.set_index("case_id")["identity"]
    return rows.assign(identity=rows["case_id"].map(identity))[["case_id", "lower", "upper", "state", "identity"]]


def shown_of(estimates: pd.DataFrame) -> pd.DataFrame:
    """The rows of results whose numbers a panel and its caption show."""
    return estimates[
        estimates["statistic"].isin(("median_bounds", "known_by", "possible_by", "limits_by", "npmle_median"))
    ]


def warning(estimates: pd.DataFrame) -> str:
    """What a reader of the curves must know of their shape, each warning once; blank for nothing."""
    return "; ".join(dict.fromkeys(caution for note in warned(estimates)["note"] for caution in note.split("; ")))


def told(estimates: pd.DataFrame, *, limits: bool = False) -> list[str]:
    """`By study day 4: known 1, possible 12 of 12`, a line per threshold; with its outer limits where asked for."""
    lines = []
    for known in plain_rows(estimates[estimates["statistic"] == "known_by"].drop_duplicates(["at", "at_unit"])):
        same = estimates[(estimates["at"] == known["at"]) & (estimates["at_unit"] == known["at_unit"])].set_index(
            "statistic"
        )
        possible = same.loc[["possible_by"]].iloc[0]
        line = f"{by(known).capitalize()}: known {known['value']:.0f}, possible {possible['value']:.0f} of {known['n_total']:.0f}"
        outer = same[same.index == "limits_by"]
        if limits and len(outer):
            low, high, method = outer.iloc[0][["lower", "upper", "method"]]
            line += f" (limits {number(low)} to {number(high)}, {method.split(':')[0]})"
        lines.append(line)
    return lines


def timeless(rows: pd.DataFrame) -> str:
    """Why such a panel gives way where no case has a time, not even within limits; blank where one has.

    rows: rows of `times`.
    """
    told = rows["state"].isin(["observed", "not_resolved"]) & ((rows["lower"] > 0) | np.isfinite(rows["upper"]))
    return "" if told.any() else "no case has a known time"


def limit(panel: Panel) -> float:
    """The last finite day shown."""
    return float(max([*_finite(panel), *panel.thresholds, 1.0]))


def start(panel: Panel) -> float:
    """The first day shown: 0, or earlier where the time may precede its origin."""
    return float(min([*_finite(panel), 0.0]))


def _finite(panel: Panel) -> list[float]:
    bounds = panel.rows[["lower", "upper"]].to_numpy(dtype=float).ravel()
    return [*bounds[np.isfinite(bounds)]]


def ticks(panel: Panel) -> list[float]:
    """Whole units, days in weeks or months so that few enough fit; the thresholds among them where that can be."""
    first, last = start(panel), limit(panel)
    span = last - first
    steps = FINER_STEPS if panel.unit in FINER else STEPS
    fitting = [step for step in steps if span / step <= MOST_TICKS] or [step_of(span, MOST_TICKS)]
    with_thresholds = [step for step in fitting if span / step >= 2 and not any(t % step for t in panel.thresholds)]
    step = (with_thresholds or fitting)[0]
    return [float(day) for day in np.arange(-(-first // step) * step, last + 1e-9, step)]


def counts(rows: pd.DataFrame, day: float) -> tuple[int, int, int, int, int]:
    """Cases by what is known at `day`: happened, straddles, not yet, died, not known. They add up to all.

    Who will never have resolved is `died` (or ended with sequelae) once that was surely so, and not yet before.
    """
    timed = rows["state"].isin(["observed", "not_resolved"])
    happened = timed & (rows["upper"] <= day)
    never, unknown = rows["state"].isin(NEVER), rows["state"] == "unknown"
    died = never & (rows["upper"] <= day)
    not_yet = (timed & ~happened & (rows["lower"] >= day)) | (never & ~died)
    straddles = timed & ~happened & ~not_yet
    told = int(happened.sum()), int(straddles.sum()), int(not_yet.sum()), int(died.sum()), int(unknown.sum())
    if sum(told) != len(rows):
        raise AssertionError(f"{sum(told)} of {len(rows)} cases are in the table at day {day}")
    return told


def unused(estimates: pd.DataFrame) -> int:
    """How many of the cases have a time that was reported and cannot be used; drawn as not known."""
    unusable = estimates.loc[estimates["statistic"] == "n_not_usable", "value"]
    return int(unusable.iloc[0]) if len(unusable) else 0


def not_usable(number: int) -> str:
    """`, 3 reported, not usable`; blank for none."""
    return f", {number} {NOT_USABLE}" if number else ""


def straddlers(panel: Panel) -> pd.DataFrame:
    """(position, day) of every case whose possible days lie on both sides of a threshold."""
    rows = in_order(panel.rows)
    timed = rows["state"].isin(["observed", "not_resolved"])
    crossings = [
        (position, day)
        for day in panel.thresholds
        for position in np.flatnonzero(timed & (rows["lower"] < day) & (rows["upper"] > day))
    ]
    return pd.DataFrame(crossings, columns=["position", "day"])


def in_order(rows: pd.DataFrame) -> pd.DataFrame:
    """Earliest first; those without a time last."""
    keyed = rows.assign(rank=rows["state"].map(ORDER))
    return keyed.sort_values(["rank", "upper", "lower", "case_id"], kind="stable").drop(columns="rank")


def plotted(panel: Panel) -> pd.DataFrame:
    """The data of a panel: cases, steps of the NPMLE, median bounds and the table, one long frame."""
    rows = in_order(panel.rows).assign(kind="case")[["kind", "case_id", "identity", "state", "lower", "upper"]]
    steps = panel.steps[["lower", "upper", "mass", "cumulative"]].assign(kind="npmle")
    table = pd.DataFrame(
        [
            {"kind": "count", "day": day, **dict(zip(panel.wording, counts(panel.rows, day), strict=True))}
            for day in ticks(panel)
        ]
    )
    median = pd.DataFrame([panel.median] if panel.median else [], columns=["lower", "upper"], dtype=float)
    parts = [part for part in (rows, median.assign(kind="median"), steps, table) if len(part)]
    together = pd.concat(parts, ignore_index=True).drop(columns="", errors="ignore")
    return together.assign(panel=panel.heading)
