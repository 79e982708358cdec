"""Times to onset, resolution or death of one endpoint, clock, set, coding and group as one line of a table."""

import math
from collections import defaultdict
from dataclasses import dataclass, field

from schemas.endpoints import MOTHERS, ONSET_AGAIN, ONSETS, POOLED, RESOLUTIONS, UNSTATED, WORSENED
from schemas.plain_rows import plain_rows
from scripts.files.bundle import Bundle
from scripts.words import times, wording
from scripts.words.results import CODINGS, lines_of
from scripts.words.wording import (
    LEAST_FOR_MEDIAN,
    NONE,
    NOTHING,
    count,
    known_possible,
    limits,
    name,
    number,
)

KEYS = ("analysis", "set", "endpoint", "clock", "coding", "group")
ANALYSES = ("onset", "onset_again", "resolution", "death")
ENDPOINTS = (*ONSETS, ONSET_AGAIN, *RESOLUTIONS, "death")
STATES = {"n_exact": "exact", "n_to_the_day": "to the day", "n_interval": "interval", "n_not_resolved": "not resolved", "n_died": "died",
          "n_sequelae": "with sequelae", "n_not_usable": "reported, not usable", "n_unknown": "not known"}  # fmt: skip
BOUNDS = ("range", "median_bounds", "median_limits", "npmle_median")
OF_RE_EXPOSURE = "first dose of the re-exposure"
LIMITS, BY = "Median, limits", "Known to possible (limits)"
COLUMNS = ["Endpoint", "Counted from", "Group", "Unclear cases", "n known / N", "Kinds of time", "Range",
           "Median, bounds", LIMITS, BY, "NPMLE median", "Remarks"]  # fmt: skip


@dataclass
class Timing:
    """All results of one combination; `rows` by statistic, those of `by t` once per t."""

    analysis: str
    set: str
    endpoint: str
    clock: str
    coding: str
    group: str
    unit: str = "d"
    rows: dict[str, list[dict]] = field(default_factory=lambda: defaultdict(list))

    def first_row(self, statistic: str) -> dict | None:
        """The first row of a statistic; None where there is none."""
        return next(iter(self.rows.get(statistic, [])), None)

    @property
    def known(self) -> bool:
        """Has any case of the group a time?"""
        return self.first_row("range") is not None


def timings(bundle: Bundle) -> list[Timing]:
    """Every combination in the results, the primary endpoints and clocks first, groups in the profile's order."""
    timings_by_key: dict[tuple, Timing] = {}
    timed = bundle.results["analysis"].isin(ANALYSES) & bundle.results["endpoint"].isin(ENDPOINTS)
    rows = plain_rows(bundle.results[timed])
    units = {endpoint: bundle.unit(endpoint) for endpoint in ENDPOINTS}
    for row in rows:
        key = {key_field: row[key_field] for key_field in KEYS}
        timing = timings_by_key.setdefault(tuple(key.values()), Timing(**key, unit=units[row["endpoint"]]))
        timing.rows[row["statistic"]].append(row)
    groups = ["all", *bundle.profile.groups]
    return sorted(timings_by_key.values(), key=lambda timing: _rank(timing, bundle, groups))


def _rank(timing: Timing, bundle: Bundle, groups: list[str]) -> tuple:
    event = bundle.profile.event
    return (
        ANALYSES.index(timing.analysis),
        timing.endpoint not in (bundle.conventions.onset, event.primary_resolution),
        ENDPOINTS.index(timing.endpoint),
        timing.clock not in (bundle.conventions.clock, POOLED),
        timing.clock,
        groups.index(timing.group) if timing.group in groups else len(groups),
        timing.coding,
    )


def is_main_clock(timing: Timing, bundle: Bundle) -> bool:
    """The clocks of the default table: for onset the declared one, and the strata that are told apart from it (origin not
    stated, a worsening, a child exposed through the mother); every origin for resolution; all for the others."""
    apart = timing.clock in (UNSTATED, WORSENED, MOTHERS)
    return timing.clock == bundle.conventions.clock or apart or timing.analysis != "onset"


def line(timing: Timing) -> dict[str, object]:
    """One row of a table, with the unrounded numbers behind it."""
    shared = {
        "Endpoint": wording.endpoint(timing.endpoint),
        "Counted from": OF_RE_EXPOSURE if timing.endpoint == ONSET_AGAIN else wording.clock(timing.clock),
        "Group": timing.group,
        "Unclear cases": CODINGS[timing.coding] if timing.coding else "",
    }
    counted = timing.first_row("n_unknown")
    known, total = (counted["n"], counted["n_total"]) if counted else (math.nan, math.nan)
    numbers = {"value: known": known, "value: N": total}
    if not timing.known:
        told = {"n known / N": f"{count(known)} / {count(total)}", "Median, bounds": NONE}
        return {**shared, **told, **numbers, "source: n known / N": lines_of(counted)}
    return {
        **shared,
        "n known / N": f"{count(known)} / {count(total)}",
        "Kinds of time": _kinds(timing),
        "Range": days(timing, "range"),
        "Median, bounds": _median(timing),
        LIMITS: days(timing, "median_limits") or "none below n = 6",
        BY: _by_day(timing),
        "NPMLE median": days(timing, "npmle_median") or NOTHING,
        "Remarks": _remarks(timing),
        **numbers,
        **_numbers(timing),
        **_sources(timing, counted),
    }


def _sources(timing: Timing, counted: dict | None) -> dict[str, str]:
    """What stands behind the cells that `line` gives: lines of results.csv, one text for each line of a cell."""
    possible, outer = _at(timing, "possible_by"), _at(timing, "limits_by")
    asked = [(row, (row["at"], row["at_unit"])) for row in timing.rows.get("known_by", [])]
    statistic_of = {
        "Range": "range",
        "Median, bounds": "median_bounds",
        LIMITS: "median_limits",
        "NPMLE median": "npmle_median",
    }
    return {
        "source: n known / N": lines_of(counted),
        "source: Kinds of time": "\n".join(lines_of(row) for row in _held(timing).values()),
        f"source: {BY}": "\n".join(lines_of(row, possible[at], outer.get(at)) for row, at in asked),
    } | {f"source: {column}": lines_of(timing.first_row(statistic)) for column, statistic in statistic_of.items()}


def days(timing: Timing, statistic: str) -> str:
    """The bounds of a statistic in the unit of its endpoint; blank where there are none."""
    row = timing.first_row(statistic)
    if row is None or math.isnan(row["lower"]):
        return ""
    return times.of_result(row, timing.unit)


def _kinds(timing: Timing) -> str:
    return "\n".join(f"{count(row['value'])} {label}" for label, row in _held(timing).items())


def _held(timing: Timing) -> dict[str, dict]:
    """Kind of time -> its row, where some case has a time of that kind."""
    rows = {label: timing.first_row(statistic) for statistic, label in STATES.items()}
    return {label: row for label, row in rows.items() if row and row["value"]}


def _median(timing: Timing) -> str:
    row = timing.first_row("median_bounds")
    few = row is None or row["n"] < LEAST_FOR_MEDIAN
    return f"not below n = {LEAST_FOR_MEDIAN}" if few else days(timing, "median_bounds")


def _by_day(timing: Timing) -> str:
    possible, outer = _at(timing, "possible_by"), _at(timing, "limits_by")
    lines = []
    for row in timing.rows.get("known_by", []):
        at = row["at"], row["at_unit"]
        shown = known_possible(row["value"], possible[at]["value"], row["n_total"])
        lines.append(f"{times.by(row)}: {shown}{_limits(outer.get(at))}")
    return "\n".join(lines)


def _limits(limit: dict | None) -> str:
    return f" ({limits(limit['lower'], limit['upper'])})" if limit else ""


def _at(timing: Timing, statistic: str) -> dict[tuple[float, str], dict]:
    return {(row["at"], row["at_unit"]): row for row in timing.rows.get(statistic, [])}


def _remarks(timing: Timing) -> str:
    """Notes of the line and of its NPMLE, one per line of text, each once."""
    told = [
        row for statistic in ("known_by", "median_bounds", "npmle_median") for row in timing.rows.get(statistic, [])
    ]
    notes = [row["note"] for row in told]
    parts = [part for note in notes for part in note.split("; ") if part]
    return "\n".join(dict.fromkeys(parts))


def _numbers(timing: Timing) -> dict[str, float]:
    numbers: dict[str, float] = {}
    for statistic in BOUNDS:
        row = timing.first_row(statistic)
        if row is not None:
            label = f"value: {name(statistic)}"
            numbers |= {f"{label} lower": row["lower"], f"{label} upper": row["upper"]}
    for statistic, keys in (("known_by", ["value"]), ("possible_by", ["value"]), ("limits_by", ["lower", "upper"])):
        for row in timing.rows.get(statistic, []):
            for key in keys:
                part = "" if key == "value" else f" {key}"
                unit = row["at_unit"] if row["at_unit"] in times.FINER else ""
                numbers[f"value: {name(statistic)} {number(row['at'])}{unit}{part}"] = row[key]
    return numbers
