"""Onset, resolution and death in the series itself: bounds first, known and possible, limits, NPMLE with its warning.

The declared clock, every onset endpoint, the primary one first; other clocks, sets and cuts are in `sensitivity`.
"""

from scripts.files.bundle import Bundle
from scripts.tables.shown import Shown, shown
from scripts.tables.timings import COLUMNS, Timing, is_main_clock, line, timings
from scripts.words import wording
from scripts.words.wording import NONE, notes

TITLE = "Onset, resolution and death"


def build(bundle: Bundle) -> Shown:
    """One row per endpoint, origin, group and coding; groups of which no time is known stand in a footnote."""
    main = [t for t in timings(bundle) if t.set == bundle.main_set and is_main_clock(t, bundle)]
    lone = len({t.group for t in main}) == 2
    kept = [t for t in main if t.group == "all" or (t.known and not lone)]
    rows = [line(timing) for timing in kept] or [{"Endpoint": NONE}]
    return shown(
        TITLE,
        rows,
        COLUMNS,
        wide=True,
        block="Endpoint",
        lettered="Remarks",
        footnotes=(*_unknown(main), *footnotes(bundle.conventions.level)),
    )


def _unknown(main: list[Timing]) -> list[str]:
    silent: dict[str, list[str]] = {}
    for timing in main:
        if not timing.known and timing.group != "all":
            silent.setdefault(wording.endpoint(timing.endpoint), []).append(timing.group)
    told = [f"{endpoint}: {', '.join(dict.fromkeys(groups))}" for endpoint, groups in silent.items()]
    return [f"No time is known in these groups, which therefore have no line: {'; '.join(told)}."] if told else []


def footnotes(level: float) -> list[str]:
    """What every table of times says below."""
    return notes(("clocks", "median", "known_possible", "coding", "npmle", "deaths", "conditional"), level)
