"""What several patients who share a line have in common, and how many of them each thing is said of."""

from collections import Counter
from collections.abc import Iterable, Sequence


def cell(texts: list[str]) -> str:
    """What all of them say, else each distinct text with the number of patients it is said of."""
    counted = Counter(texts)
    if len(counted) == 1:
        return texts[0]
    return "; ".join(f"{text or 'blank'} ({number} of {len(texts)})" for text, number in counted.items())


def parts(columns: Iterable[Sequence[str]]) -> str:
    """The parts of one column, given per patient in one order, each counted by itself; a part nobody has is left out."""
    return "; ".join(told for patient_parts in zip(*columns, strict=True) if (told := part(patient_parts)))


def part(words: Sequence[str]) -> str:
    """What they all say, or who say it: the others have nothing there."""
    counted = Counter(words)
    if len(counted) == 1:
        return words[0]
    return "; ".join(f"{text} ({number} of {len(words)})" for text, number in counted.items() if text)
