"""A time that an analysis asks for: `by study day 4`, `within 14 d`, `within 30 min`."""

import re
from dataclasses import dataclass
from typing import Annotated

from pydantic import BeforeValidator

from schemas.codes import days_per_unit

FORM = re.compile(r"(\d+(?:\.\d+)?) ?(min|h|d)")
WANTED = "a whole number, or a number with its unit such as 30 min, 6 h or 14 d, is wanted"


@dataclass(frozen=True)
class Threshold:
    """`value` in `unit`: study_day (first dose day = 1), d (whole days), h or min (elapsed time)."""

    value: float
    unit: str

    @property
    def days(self) -> float:
        return self.value * days_per_unit()[self.unit]


def threshold(cell: int | str, bare: str) -> Threshold:
    """What a cell of the config asks for; a number without a unit counts in `bare`."""
    if isinstance(cell, int):
        return Threshold(float(cell), bare)
    return Threshold(*_parts(cell))


def _parts(text: str) -> tuple[float, str]:
    match = FORM.fullmatch(text.strip())
    if not match or (match[2] == "d" and "." in match[1]):
        raise ValueError(WANTED)
    return float(match[1]), match[2]


def _checked(cell: object) -> object:
    if isinstance(cell, str):
        _parts(cell)
    elif not isinstance(cell, int) or cell < 0:
        raise ValueError(WANTED)
    return cell


Asked = Annotated[int | str, BeforeValidator(_checked)]
