"""What a re-exposure had that may have kept the event away: premedication, doses, setting, other measures.

Nothing here says that a measure worked: it only sorts re-exposures.
"""

import math
from collections.abc import Iterable

from schemas.fields import NO_VALUE
from scripts.records.measures import kinds, parts

FIELDS = ("premedication", "setting", "mitigation")


WAYS = ("form", "route")
"""How a dose was given: another way makes no exposure of its own, and is flagged where there are two."""


def another_way(first: list[dict[str, str]], again: list[dict[str, str]]) -> list[str]:
    """`route: another`, where doses of both exposures state it and none agree."""
    other_ways = []
    for way in WAYS:
        before, now = ({dose[way].casefold() for dose in doses} - NO_VALUE for doses in (first, again))
        other_ways += [f"{way}: another"] if before and now and not before & now else []
    return other_ways


def modifiers(course: dict[str, str], fraction: float, ways: Iterable[str] = ()) -> str:
    """`premedication: corticosteroid; doses: fewer; setting: inpatient; measures: not_stated`, every part at least once; then `ways`, as of
    `another_way`.

    | reported in `mitigation`                 | part                                   |
    |------------------------------------------|----------------------------------------|
    | dalteparin; nurse at the bedside         | measures: anticoagulant; measures: other |
    | no heparin                               | measures: no anticoagulant             |
    | not_stated, or blank                     | measures: not_stated, no_information   |
    """
    modifier_parts = [f"premedication: {kind}" for kind in kinds(course["premedication"])]
    modifier_parts.append(f"doses: {doses(fraction)}")
    modifier_parts += [f"setting: {part.casefold()}" for part in parts(course["setting"])]
    modifier_parts += [f"measures: {kind}" for kind in kinds(course["mitigation"])]
    modifier_parts += ways
    return "; ".join(dict.fromkeys(modifier_parts))


def doses(fraction: float) -> str:
    """Doses given now against those of the index course before onset: fewer, as many or more, or no_information."""
    if math.isnan(fraction):
        return "no_information"
    return "fewer" if fraction < 1 else "as many or more"
