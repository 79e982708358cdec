"""Column widths from what the columns hold, the same for the same content."""

import math
import re
from functools import lru_cache

LONGEST_WORD = 20
"""Characters; longer words are broken."""
CAPITAL = 0.35
"""A capital is broader than the mean character by this share."""
MARGINS = 1.7
"""What the margins of a cell take from it, in characters."""
BOLD = 1.12
"""Headings are bold."""
RAGGED = 1.06
"""Words do not fill a line to its end."""
MOST_ROWS = 40
"""How many of the longest rows decide the widths."""
STEP = 2
"""Characters given at a time."""


def shares(columns: list[str], rows: list[list[str]], room: float) -> list[float]:
    """Characters per column, `room` in all.

    First every column gets its longest word, then characters go, a few at a time, to the column that makes most rows
    tall and needs the least to make them lower.
    """
    given = [_least(column, [row[at] for row in rows], whole=not at) for at, column in enumerate(columns)]
    if sum(given) >= room:
        return [width * room / sum(given) for width in given]
    longest = sorted(rows, key=lambda row: -sum(map(len, row)))[:MOST_ROWS]
    fits = [_Fit([columns[at], *(row[at] for row in longest)], width) for at, width in enumerate(given)]
    for _ in range(int((room - sum(given)) / STEP)):
        scores = _scores(fits)
        best = max((fit for fit in fits if not fit.full), key=scores.__getitem__, default=None)
        if best is None:
            break
        best.grow()
    return [fit.width * room / sum(fit.width for fit in fits) for fit in fits]


class _Fit:
    """A column at a width: how many lines each text takes, and what a line less would cost."""

    def __init__(self, texts: list[str], width: float):
        self.parts = [[RAGGED * breadth(part) for part in text.split("\n")] for text in texts]
        self.enough = max(max(parts) for parts in self.parts) + MARGINS
        self.width = width
        self._fit()

    @property
    def full(self) -> bool:
        """No text would take fewer lines in a broader column."""
        return self.width >= self.enough

    def grow(self) -> None:
        self.width += STEP
        self._fit()

    def _fit(self) -> None:
        room = max(self.width - MARGINS, 1.0)
        self.lines = [sum(max(1, math.ceil(part / room)) for part in parts) for parts in self.parts]
        self.gain = [self._gain(parts, room) for parts in self.parts]

    def _gain(self, parts: list[float], room: float) -> float:
        """One over the characters that save the longest part of a text a line; 0 where it has one line."""
        longest = max(parts)
        held = math.ceil(longest / room)
        return 1 / max(STEP, longest / (held - 1) - room) if held > 1 else 0.0


def _scores(fits: list[_Fit]) -> dict[_Fit, float]:
    """For each column, the gain over the rows whose height it sets."""
    scores = dict.fromkeys(fits, 0.0)
    for row, heights in enumerate(zip(*(fit.lines for fit in fits), strict=True)):
        top = max(heights)
        for fit, height in zip(fits, heights, strict=True):
            if height == top:
                scores[fit] += fit.gain[row]
    return scores


def _least(heading: str, texts: list[str], whole: bool) -> float:
    """The longest word of a column; a word may break after a hyphen or a slash, but not an id in the first column."""
    if whole:
        texts = [text.replace("-", "_") for text in texts]
    weight = BOLD if whole else 1.0  # the first column heads rows or blocks in bold
    words = [breadth(word) * BOLD for word in _words(heading)]
    words += [breadth(word) * weight for text in texts for word in _words(text)]
    return min(LONGEST_WORD, max(words, default=1.0)) + MARGINS


def _words(text: str) -> list[str]:
    return re.findall(r"[^\s\-/]+[\-/]?", text)


@lru_cache(maxsize=100_000)
def breadth(text: str) -> float:
    """Characters, capitals counted broader."""
    return len(text) + CAPITAL * sum(map(str.isupper, text))


def lines(text: str, width: float) -> int:
    """About how many lines a text takes in a cell of `width` characters."""
    room = max(width - MARGINS, 1.0)
    if "\n" not in text and RAGGED * (1 + CAPITAL) * len(text) <= room:
        return 1  # even were it all capitals; most cells of a large workbook are so short
    return sum(max(1, math.ceil(RAGGED * breadth(part) / room)) for part in text.split("\n"))
