"""The lines of a FAERS file as they pass by in blocks, each line checked and kept only if it was asked for.

FAERS has neither quotes nor escapes: a line is its cells with `$` between them. So a line fits its header if and
only if it has as many `$`, and counting them in whole blocks is all the parsing that most lines ever need.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from scripts.commands.messages import UserError
from scripts.ingest.extract_files import Member, chunks
from scripts.ingest.faers.tables import Layout, layout

LONGEST = 1 << 19
"""The longest line in bytes; FAERS' own have some kB."""
MOST_REJECTS = 10_000
MOST_KEPT = 2_000_000
"""Lines of one file that a selection may keep: about half a gigabyte."""
PAD = bytes(8)
NEW_LINE, DOLLAR = 10, 36

Row = dict[str, Any]
Places: TypeAlias = NDArray[np.intp]
"""Lines of a block by their place in it, the first being 0; in order, each once."""
Reject = tuple[int, str, str]
"""A line that does not fit: its number, why, how it begins."""


@dataclass(frozen=True)
class Block:
    """Whole lines of a file: their bytes, a little padding, and the number of the first line."""

    lines: bytes
    first: int

    @cached_property
    def signs(self) -> NDArray[np.uint8]:
        """The bytes as numbers, without the padding."""
        return np.frombuffer(self.lines, np.uint8)[: -len(PAD)]

    @cached_property
    def is_ascii(self) -> bool:
        """Whether no byte stands for a sign beyond ASCII."""
        return self.lines.isascii()

    @cached_property
    def ends(self) -> Places:
        """Where each line's LF stands."""
        return np.flatnonzero(self.signs == NEW_LINE)

    @cached_property
    def starts(self) -> Places:
        """Where each line begins."""
        return np.concatenate(([0], self.ends[:-1] + 1))

    def cells(self) -> NDArray[np.integer]:
        """How many cells each line has."""
        dollars = self.signs == DOLLAR
        counts: NDArray[np.integer] = np.add.reduceat(dollars.view(np.uint8), self.starts, dtype=np.uint8)
        if counts.sum(dtype=np.intp) != np.count_nonzero(dollars):  # some line has 256 or more
            counts = np.add.reduceat(dollars, self.starts, dtype=np.intp)
        return counts.astype(np.intp) + 1

    def line(self, place: int) -> bytes:
        """A line without its LF."""
        return self.lines[self.starts[place] : self.ends[place]]


@dataclass(frozen=True)
class Kept:
    """Of one file: the lines asked for (number, text), those that do not fit, whether the encoding is a guess, and the numbers
    of all lines that are no record."""

    shown: str
    layout: Layout
    lines: list[tuple[int, str]]
    rejects: list[Reject]
    guessed: bool
    left_out: list[int] = field(default_factory=list)

    def of_reports(self, reports: set[str] | None) -> "Kept":
        """Only the lines of some reports."""
        if reports is None:
            return self
        lines = [(number, text) for number, text in self.lines if self.layout.report(text) in reports]
        return Kept(self.shown, self.layout, lines, self.rejects, self.guessed, self.left_out)

    def rows(self) -> Iterator[tuple[str, Row]]:
        """The lines as rows under today's names, with their place; each after the report it belongs to."""
        for number, text in self.lines:
            place = {"at_file": self.shown, "at_row": number}
            yield self.layout.report(text), self.layout.row(text) | place

    def texts(self) -> Iterator[tuple[str, str]]:
        """The lines as they stand, each after the report it belongs to."""
        return ((self.layout.report(text), text) for _, text in self.lines)


def everything(block: Block) -> Places:
    """All lines of a block."""
    return np.arange(len(block.ends))


def nothing(_: Block) -> Places:
    """No line of a block."""
    return np.array([], np.intp)


def keep(member: Member, wanted: Callable[[Block], Places], sound: Callable[[bytes], object] | None = None) -> Kept:
    """Pass over a file and keep the lines wanted. `sound` is given all that fit, the header aside, block after block."""
    selected: list[tuple[int, bytes]] = []
    rejects: list[Reject] = []
    left_out: list[int] = []
    plan, utf8 = None, True
    for block in blocks(member):
        plan = plan or layout(member.table, member.shown, block.lines)
        utf8 = utf8 and _is_utf8(block)
        wrong = np.flatnonzero(block.cells() != len(plan.header))
        rejects += _rejects(block, wrong, len(plan.header))
        left_out += [block.first + place for place in wrong.tolist() if block.first + place > 1]
        if len(rejects) >= MOST_REJECTS:
            raise UserError(_too_many(member.shown, rejects))
        places = wanted(block)
        places = places[~np.isin(places, wrong)] if len(wrong) else places
        selected += [(block.first + place, block.line(place)) for place in places.tolist() if block.first + place > 1]
        if len(selected) > MOST_KEPT:
            raise UserError(too_many_kept(member.shown))
        if sound:
            sound(_without(block, wrong))
    if plan is None:
        plan = layout(member.table, member.shown, b"")
    encoding = "utf-8" if utf8 else "cp1252"
    texts = [(number, line.decode(encoding, "replace")) for number, line in selected]
    return Kept(member.shown, plan, texts, rejects, not utf8, left_out)


def blocks(member: Member) -> Iterator[Block]:
    """The file piece by piece, each of whole lines."""
    first, rest = 1, b""
    for chunk in chunks(member):
        cut = chunk.rfind(b"\n") + 1
        if cut:
            block = Block(b"".join((rest, memoryview(chunk)[:cut], PAD)), first)
            yield block
            first += len(block.ends)
        rest = chunk[cut:] if cut else rest + chunk
        if len(rest) > LONGEST:
            raise UserError(f"{member.shown}: a line of more than {LONGEST >> 10} kB. Is it a FAERS file?")
    if rest:
        yield Block(rest + b"\n" + PAD, first)


def _is_utf8(block: Block) -> bool:
    """Blocks end with a line, so that no sign is cut in two."""
    if block.is_ascii:
        return True
    try:
        block.lines.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _rejects(block: Block, wrong: Places, width: int) -> Iterator[Reject]:
    """The lines that do not fit, blank ones and the header aside."""
    for place in wrong[:MOST_REJECTS].tolist():
        line, number = block.line(place), block.first + place
        if line and number > 1:
            why = "missing columns" if line.count(b"$") < width - 1 else "too many columns"
            yield number, why, line[:60].decode("utf-8", "replace")


def too_many_kept(file_name: str) -> str:
    """What is said where a selection keeps more lines than a series can have."""
    return f"{file_name}: more than {MOST_KEPT} lines are selected. Narrow `drugs` or `terms`."


def _too_many(file_name: str, rejects: list[Reject]) -> str:
    return (
        f"{file_name}: {MOST_REJECTS} lines or more do not fit the header, the first is line {rejects[0][0]}. "
        "Is it a FAERS file?"
    )


def _without(block: Block, wrong: Places) -> bytes:
    header = 1 if block.first == 1 else 0
    sound = block.lines[block.starts[header] : -len(PAD)] if header < len(block.ends) else b""
    if not len(wrong) or wrong[-1] < header:
        return sound
    left_out = {*wrong.tolist()}
    return b"".join(block.line(place) + b"\n" for place in range(header, len(block.ends)) if place not in left_out)
