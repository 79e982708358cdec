"""Column widths from what the columns hold, the same for the same content."""

import math
import re

LONGEST_WORD = 22
"""Characters; longer words are broken."""


def shares(columns: list[str], rows: list[list[str]], room: float) -> list[float]:
    """Characters per column, `room` in all: first every column's longest word, the rest by the length of its texts."""
    texts = [[column, *(row[at] for row in rows)] for at, column in enumerate(columns)]
    least = [min(LONGEST_WORD, max(len(word) for text in column for word in re.split(r"\s", text))) + 1
             for column in texts]  # fmt: skip
    wanted = [max(need, _want(column)) for need, column in zip(least, texts, strict=True)]
    spare = max(0.0, room - sum(least))
    wish = sum(wanted) - sum(least)
    part = spare / wish if wish > 0 else 0.0
    given = [need + part * (want - need) for need, want in zip(least, wanted, strict=True)]
    return [width * room / sum(given) for width in given]


def _want(texts: list[str]) -> float:
    """A text of n characters wants a cell about as broad as 3 roots of n; the longest decides, the mean counts too."""
    lengths = [len(line) for text in texts for line in text.split("\n")]
    whole = [len(text) for text in texts]
    return min(max(lengths), 3.0 * math.sqrt(max(whole)) + math.sqrt(sum(whole) / len(whole)))


def lines(text: str, width: float) -> int:
    """About how many lines a text takes in a cell of `width` characters."""
    return sum(max(1, math.ceil(len(part) / max(width, 1.0))) for part in text.split("\n"))
