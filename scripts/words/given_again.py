"""How long after the course before the drug was given again: as reported, else by the days on which exposures began."""

import math
from collections.abc import Mapping
from typing import Any

from schemas.fields import NO_VALUE
from scripts.words.wording import cell, counted, number


def interval(gap: str, exposure: Mapping[str, Any] | None, *, brief: bool = False) -> str:
    """`12 months after the course before`, in brief `12 months later`; `371 days after the first course began`, in brief
    `371 days later` of the second exposure, `371 days after the first` of a later one; `interval not stated`.

    gap: of a row of `rechallenges`. exposure: its row of `exposures`, none for a code alone.
    """
    if gap not in NO_VALUE:
        return f"{gap} later" if brief else f"{gap} after the course before"
    since = since_first(exposure, brief=brief) if exposure is not None else ""
    return since or f"interval {cell(gap or 'not_stated')}"


def since_first(exposure: Mapping[str, Any], *, brief: bool = False) -> str:
    """`371 days after the first course began`, `58 to 88 days after ...`; blank where no day is known."""
    low, high = exposure["since_first_lower"], exposure["since_first_upper"]
    if not (low > 0 and math.isfinite(high)):
        return ""
    days = number(low) if low == high else f"{number(low)} to {number(high)}"
    later = "later" if exposure["exposure"] == "2" else "after the first"
    return f"{counted(days, 'day')} {later if brief else 'after the first course began'}"


def reported(gap: str) -> str:
    """`gap 12 months`, `gap not stated`; blank where nothing is said."""
    return f"gap {cell(gap)}" if gap else ""
