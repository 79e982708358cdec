"""Which lines of a block could be wanted, found in their bytes: lines of some reports, lines that name something.

Both may give a line too many, never one too few; whoever asks looks at the lines themselves afterwards.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator

import numpy as np

from scripts.ingest.faers.lines import PAD, Block, Places
from scripts.ingest.faers.tables import layout
from scripts.records.terms import plain

LOWER = 32
"""The bit by which a small ASCII letter differs from its capital; digits have it anyway."""
LAST_ASCII = 127
BETWEEN = rb"[^a-z0-9]+"


class Reports:
    """Lines that begin with one of some primaryids and a `$`, by their first eight bytes at once."""

    def __init__(self, reports: Iterable[str]) -> None:
        self.reports = frozenset(reports)
        beginnings = defaultdict(set)
        for report in self.reports:
            start = f"{report}$".encode()[:8]
            beginnings[len(start)].add(int.from_bytes(start, "little"))
        self._beginnings = {length: np.array(sorted(numbers), "<u8") for length, numbers in beginnings.items()}

    def __call__(self, block: Block) -> Places:
        """The lines that could be theirs."""
        first_eight = np.ndarray((len(block.signs),), "<u8", block.lines, strides=(1,))[block.starts]
        matches = np.zeros(len(first_eight), bool)
        for length, beginnings in self._beginnings.items():
            cut = first_eight & np.uint64((1 << 8 * length) - 1)
            nearest = np.searchsorted(beginnings, cut)
            matches |= beginnings[np.minimum(nearest, len(beginnings) - 1)] == cut
        return np.flatnonzero(matches)


class Naming:
    """Lines where the words of a name stand side by side in ASCII, and all lines that are not ASCII."""

    def __init__(self, names: Iterable[str]) -> None:
        self.said = plain_terms = sorted({plain(term) for term in names if plain(term).isascii()} - {""})
        self._words = [term.encode() for term in plain_terms if " " not in term]
        self._phrases = [re.compile(BETWEEN.join(term.encode().split())) for term in plain_terms if " " in term]

    def __call__(self, block: Block) -> Places:
        """The lines that could name one of the names."""
        small = (block.signs | LOWER).tobytes()
        where = [at for word in self._words for at in _places(small, word)]
        where += [match.start() for phrase in self._phrases for match in phrase.finditer(small)]
        if not block.is_ascii:
            where += np.flatnonzero(block.signs > LAST_ASCII).tolist()
        return np.unique(np.searchsorted(block.ends, np.array(where, np.intp)))


class Bearing:
    """Lines of reactions whose term is one of many: each distinct term is looked at once, however many are asked for. All lines
    whose term is not ASCII."""

    def __init__(self, terms: Iterable[str]) -> None:
        self.wanted = {plain(term) for term in terms}
        self.place = 0
        self.known: dict[bytes, bool] = {}

    def __call__(self, block: Block) -> Places:
        """The lines that could bear one of the terms."""
        if block.first == 1:
            self.place = layout("REAC", "", block.lines).header.index("pt")
        rows = enumerate(line.split(b"$", self.place + 1) for line in block.lines[: -len(PAD)].split(b"\n"))
        return np.array(
            [at for at, cells in rows if len(cells) > self.place and self._bears(cells[self.place])], np.intp
        )

    def _bears(self, term: bytes) -> bool:
        known = self.known.get(term)
        if known is None:
            known = self.known[term] = not term.isascii() or plain(term.decode()) in self.wanted
        return known


class Either:
    """Lines that one of two searches finds."""

    def __init__(self, *wanted: Callable[[Block], Places]) -> None:
        self.wanted = wanted

    def __call__(self, block: Block) -> Places:
        """The lines that could be wanted."""
        first, second = (look(block) for look in self.wanted)
        return np.union1d(first, second)


def _places(small: bytes, word: bytes) -> Iterator[int]:
    at = small.find(word)
    while at >= 0:
        yield at
        at = small.find(word, at + len(word))
