"""Steps between the ticks of an axis of days."""

STEPS = (1, 2, 5, 7, 14, 28, 56, 91, 182, 365, 730, 1826, 3652)
"""Days of usual steps: days, weeks, months, quarters, years."""


def step_of(span: float, most: int) -> int:
    """The least usual step of an axis that gives at most so many ticks; beyond decades tens, hundreds ... of them."""
    step = next((step for step in STEPS if span / step <= most), STEPS[-1])
    while span / step > most:
        step *= 10
    return step
