"""How far the headlines rest on definitions, on which records are counted, on assumptions, on one case or source."""

import math
import re
from itertools import groupby

from schemas.endpoints import ONSETS
from schemas.plain_rows import plain_rows
from scripts.files.bundle import Bundle
from scripts.tables.shown import Shown, shown
from scripts.tables.timings import BY, LIMITS, Timing, is_main_clock, line, timings
from scripts.words import wording
from scripts.words.results import lines_of
from scripts.words.times import FINER, by_code, length, of_result
from scripts.words.wording import LEAST_FOR_MEDIAN, NONE, count, name, notes, number

TITLE = "Sensitivity and robustness"
FINDING = "Known to possible (limits), or finding"
COLUMNS = ["Varied", "Endpoint", "Counted from", "Group", "Variant", "n known / N", "Median or number",
           "Limits or range", FINDING, "Remarks"]  # fmt: skip
ENDPOINT, SET, CERTAINTY = "endpoint and clock", "records counted", "certainty of the diagnosis"
INSIDE, CASE, SOURCE, OTHER = "place in the interval", "one case left out", "one source left out", "further checks"
BLOCKS = (ENDPOINT, SET, CERTAINTY, INSIDE, CASE, SOURCE)
OF_ROBUSTNESS = {
    "median_assumed": INSIDE,
    "leave_one_case_out": CASE,
    "leave_one_source_out": SOURCE,
    "median_bounds": CERTAINTY,
}
IN_RESULTS = ("without_case", "without_source")
"""One number per case or source left out: too many for a table; the figure `influence` shows them."""
PROFILE = ("profile", "profile_limit")
"""Points of a curve, which the figure `weibull` shows."""
CHECKED = ("truncation", "shape", "conventions")
CHECKS = {"median_if_truncated": "median allowing for right truncation", "convention_quantile": "convention", "truncation": "right truncation by the data lock point", "groups_not_tested": "comparison of groups",
          "refused": "Weibull shape: none fitted", "shape": "Weibull shape (exploratory)"}  # fmt: skip
LENGTHS = ("scale", "window", "median_if_truncated")
"""Numbers that are lengths of time, in the unit of their endpoint."""
PLACES = {"left": "all at the left end", "midpoint": "all at the midpoint", "right": "all at the right end",
          "npmle": "NPMLE (no assumption)"}  # fmt: skip


def build(bundle: Bundle) -> Shown:
    """One row per variant; a block of which there is nothing says `none`."""
    variants = _grid(bundle) + _robustness(bundle) + _further(bundle)
    rows = [row for row in variants if row["Varied"] != CERTAINTY or row["value: n"]]
    silent = [{"Varied": block, "Variant": NONE} for block in BLOCKS if block not in {row["Varied"] for row in rows}]
    order = (*BLOCKS, OTHER)
    rows = sorted(rows + silent, key=lambda row: order.index(row["Varied"]))
    footnotes = notes(
        ("clocks", "median", "known_possible", "coding", "conditional", "robust"), bundle.conventions.level
    )
    if len(rows) < len(variants) + len(silent):
        timeless = len(variants) + len(silent) - len(rows)
        footnotes.append(
            f"Certainty of the diagnosis: {timeless} further combinations of endpoint, clock and group have no "
            "known time and therefore no row."
        )
    return shown(TITLE, rows, COLUMNS, wide=True, block="Varied", lettered="Remarks", footnotes=tuple(footnotes))


def _grid(bundle: Bundle) -> list[dict]:
    """Other endpoints and clocks of the series; the primary ones of the other sets. Only where a time is known."""
    main, primary = bundle.main_set, (bundle.conventions.onset, bundle.profile.event.primary_resolution)
    rows = []
    for timing in timings(bundle):
        if timing.known and timing.set == main and not is_main_clock(timing, bundle):
            rows.append(_from(timing, ENDPOINT, "other clock"))
        elif timing.known and timing.set != main and timing.endpoint in primary and is_main_clock(timing, bundle):
            rows.append(_from(timing, SET, name(timing.set)))
    return rows


def _from(timing: Timing, block: str, variant: str) -> dict:
    timing_line = line(timing)
    variants = [variant, f"unclear cases {timing_line['Unclear cases']}" if timing_line["Unclear cases"] else ""]
    return timing_line | {
        "Varied": block,
        "Variant": "; ".join(filter(None, variants)),
        "Median or number": timing_line["Median, bounds"],
        "Limits or range": timing_line[LIMITS],
        FINDING: timing_line[BY],
        "source: Median or number": timing_line["source: Median, bounds"],
        "source: Limits or range": timing_line[f"source: {LIMITS}"],
        f"source: {FINDING}": timing_line[f"source: {BY}"],
    }


def _robustness(bundle: Bundle) -> list[dict]:
    rows = [row for row in plain_rows(bundle.results_of("robustness")) if row["statistic"] not in IN_RESULTS]
    single = [
        _any_statistic(row, bundle.unit(row["endpoint"]))
        for row in rows
        if not row["statistic"].startswith("leave_one")
    ]
    return single + _left_out([row for row in rows if row["statistic"].startswith("leave_one")], bundle)


def _shared(row: dict, note: str = "Remarks") -> dict:
    """What every row of the results has; its note goes into the column `note`."""
    n = "" if math.isnan(row["n_total"]) else f"{count(row['n'])} / {count(row['n_total'])}"
    return {
        "Varied": _block(row),
        "Endpoint": wording.endpoint(row["endpoint"]),
        "Counted from": wording.clock(row["clock"]),
        "Group": row["group"],
        "n known / N": n,
        note: row["note"],
        **dict.fromkeys(("source: n known / N", "source: Median or number", "source: Limits or range"), lines_of(row)),
        "value: n": row["n"],
        "value: N": row["n_total"],
        "value: number": row["value"],
        "value: lower": row["lower"],
        "value: upper": row["upper"],
    }


def _any_statistic(row: dict, unit: str) -> dict:
    """One row of the results as it comes, whatever its statistic."""
    known = row["statistic"] in OF_ROBUSTNESS
    variant = PLACES.get(row["level"], row["level"]) if known else f"{name(row['statistic'])} {row['level']}".strip()
    return _shared(row) | {"Variant": variant, "Median or number": _number(row, unit)}


def _block(row: dict) -> str:
    """What a row of robustness varies; a median under another decision than the certainty is one of the further checks."""
    if row["statistic"] == "median_bounds" and not row["level"].startswith("certainty"):
        return OTHER
    return OF_ROBUSTNESS.get(row["statistic"], OTHER)


def _number(row: dict, unit: str) -> str:
    if row["statistic"] == "median_bounds" and row["n"] < LEAST_FOR_MEDIAN:
        return f"not below n = {LEAST_FOR_MEDIAN}" if row["n"] else NONE
    if not math.isnan(row["value"]):
        return number(row["value"])
    if math.isnan(row["lower"]) and math.isnan(row["upper"]):
        return NONE
    if row["statistic"] == "limits_by":  # of a share, not of a time
        return f"{number(row['lower'])} to {number(row['upper'])}"
    return of_result(row, unit)


def _left_out(rows: list[dict], bundle: Bundle) -> list[dict]:
    """Per headline: each number that some unit moves, with the unit that moves it most; the others in one row."""
    shown_rows = []
    for _, part in groupby(rows, key=lambda row: (row["statistic"], row["endpoint"], row["clock"], row["group"])):
        headline_rows = list(part)
        unit = bundle.unit(headline_rows[0]["endpoint"])
        still = [row for row in headline_rows if row["value"] == row["lower"] == row["upper"]]
        shown_rows += [_moved(row, unit) for row in headline_rows if row not in still]
        shown_rows += [_unmoved(still, unit)] if still else []
    return shown_rows


def _moved(row: dict, unit: str) -> dict:
    value, lower, upper = (_told(row, row[side], unit) for side in ("value", "lower", "upper"))
    bounds = f"{lower} to {upper}" if lower else ""
    return _all_cases(row) | {
        "Variant": _statistic(row["level"]),
        "Median or number": value or NONE,
        "Limits or range": bounds,
    }


def _unmoved(rows: list[dict], unit: str) -> dict:
    """Numbers that leaving out any one unit does not move; their values are in the results one by one."""
    numbers = "; ".join(f"{_statistic(row['level'])} = {_told(row, row['value'], unit)}" for row in rows)
    return _all_cases(rows[0] | dict.fromkeys(("value", "lower", "upper"), math.nan)) | {
        "Variant": "the other numbers",
        FINDING: f"{rows[0]['note']}: {numbers}",
        f"source: {FINDING}": lines_of(*rows),
    }


def _told(row: dict, value: float, unit: str) -> str:
    """A number of a headline: an end of a median is a time, in the unit of its endpoint; blank where there is none."""
    if math.isnan(value):
        return ""
    if not row["level"].startswith("median") or math.isinf(value):
        return number(value)
    return length(value, unit) if unit in FINER or row["endpoint"] not in ONSETS else f"{length(value, unit)} elapsed"


def _all_cases(row: dict) -> dict:
    """Leave-one-out counts every case, with a known time or without."""
    return _shared(row, FINDING) | {"n known / N": f"{count(row['n_total'])} cases"}


def _statistic(code: str) -> str:
    """median_lower -> lower end of the median; known_by_2 -> share known by study day 2."""
    if end := re.fullmatch(r"median_(lower|upper)", code):
        return f"{end[1]} end of the median"
    if by := re.fullmatch(r"(known|possible)_by_(.+)", code):
        return f"share {by[1]} {by_code(by[2])}"
    return name(code) or "all numbers"


def _further(bundle: Bundle) -> list[dict]:
    """Truncation by the data lock, shape of the distribution, comparing groups, conventions of other tools."""
    rows = [
        row
        for row in plain_rows(bundle.results[bundle.results["analysis"].isin(CHECKED)])
        if row["statistic"] not in (*PROFILE, "share_if_truncated")
        and (row["statistic"] != "convention_quantile" or row["level"].endswith("median"))
    ]
    return [
        _shared(row, FINDING)
        | {"Varied": OTHER, "Variant": _check(row), "Median or number": _fitted(row, bundle.unit(row["endpoint"]))}
        for row in rows
    ]


def _check(row: dict) -> str:
    words = CHECKS.get(row["statistic"], name(row["statistic"]))
    return f"{words} {row['level']}" if row["level"] else words


def _fitted(row: dict, unit: str) -> str:
    if row["statistic"] == "truncation" or math.isnan(row["value"]):
        return ""
    if row["statistic"] == "convention_quantile":  # other tools count in days, whatever the data are told in
        return f"not below n = {LEAST_FOR_MEDIAN}" if row["n"] < LEAST_FOR_MEDIAN else length(row["value"], "d")
    if row["statistic"] in LENGTHS:
        return length(row["value"], unit)
    bounds = "" if math.isnan(row["lower"]) else f" ({number(row['lower'])} to {number(row['upper'])})"
    return number(row["value"]) + bounds
