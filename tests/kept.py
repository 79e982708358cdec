"""Which values of a long list a check is made for in every run of the tests; `make test-long` makes it for the others."""

from collections.abc import Iterable, Set
from typing import Any

import pytest


def others_long(values: Iterable[Any], kept: Set[Any]) -> list[Any]:
    """The values as parameters of a test, those that are not kept marked `long`. ValueError for a kept one that is none."""
    every = list(values)
    if missing := sorted(map(str, kept - set(every))):
        raise ValueError(f"{', '.join(missing)}: not among the values")
    return [value if value in kept else pytest.param(value, marks=pytest.mark.long) for value in every]
