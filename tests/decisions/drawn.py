"""How a generated case is drawn, cell by cell: mostly well, or as it comes."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from hypothesis import strategies as st

T = TypeVar("T")


@dataclass(frozen=True)
class Drawn:
    """A case as it is drawn. well: most cells say what speaks for a good end, so that good statuses are met too."""

    draw: st.DrawFn
    well: bool

    def cell(self, good: str, *others: str) -> str:
        if self.well and self.draw(st.integers(0, 7)):
            return good
        return self.draw(st.sampled_from((good, *others)))

    def often(self) -> bool:
        """Whether a row that speaks for a good end is there."""
        return bool(self.draw(st.integers(0, 7))) if self.well else self.draw(st.booleans())

    def seldom(self) -> bool:
        """Whether a row that speaks against it is there."""
        return not self.draw(st.integers(0, 7)) if self.well else self.draw(st.booleans())

    def draw_of(self, values: Sequence[T]) -> T:
        """One of some values, none of them better than another."""
        return self.draw(st.sampled_from(values))
