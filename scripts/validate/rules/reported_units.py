"""How a reported length of time is read: elapsed, in whole days, or rounded to a large unit (ICH E2B(R3), G.k.9.i.3)."""

from scripts.clock.intervals import STUDY_DAYS

WHOLE_DAYS, HOURS = ("d", *STUDY_DAYS), ("h", "min", "s")
BELOW = {"d": 1.0, **dict.fromkeys(STUDY_DAYS, 1.0), "wk": 0.5, "mo": 0.5, "a": 0.5}
ABOVE = {"wk": 1.0, "mo": 1.0, "a": 1.0}
"""How far below and above a reported value the interval may lie, in its unit."""
