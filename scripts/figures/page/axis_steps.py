"""Steps between the ticks of an axis of days, hours or minutes."""

from collections.abc import Sequence

STEPS = (1, 2, 5, 7, 14, 28, 56, 91, 182, 365, 730, 1826, 3652)
"""Days of usual steps: days, weeks, months, quarters, years."""
FINER_STEPS = (1, 2, 5, 10, 15, 30, 60, 120, 240, 480, 1440)
"""The same of hours and minutes."""


def step_of(span: float, most: int, steps: Sequence[int] = STEPS) -> int:
    """The least usual step of an axis that gives at most so many ticks; beyond decades tens, hundreds ... of them."""
    step = next((step for step in steps if span / step <= most), steps[-1])
    while span / step > most:
        step *= 10
    return step
