"""A file that is looked at twice: its lines that fit lie unpacked on disc, so that the second look only searches them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import numpy as np

from scripts.commands.messages import UserError
from scripts.ingest.extract_files import Member, file_pieces
from scripts.ingest.faers.lines import MOST_KEPT, Block, Kept, Places, blocks, keep, nothing, too_many_kept


@dataclass(frozen=True)
class Copy:
    """told: what the first look gave. file: the lines that fit, without header and in UTF-8."""

    told: Kept
    file: Path

    def keep(self, wanted: Callable[[Block], Places]) -> Kept:
        """As `lines.keep` of the file itself, the lines under their numbers in it."""
        kept: list[tuple[int, str]] = []
        for block in self._blocks():
            places = wanted(block)
            if len(kept) + len(places) > MOST_KEPT:
                raise UserError(too_many_kept(self.told.shown))
            numbers = self._numbers(block.first - 1 + places)
            texts = (block.line(place).decode() for place in places.tolist())
            kept += zip(numbers.tolist(), texts, strict=True)
        return replace(self.told, lines=kept)

    def terms(self, column: str, most: int) -> set[str]:
        """The distinct texts of a column, as far as there is room for them."""
        place = self.told.layout.header.index(column)
        terms: dict[bytes, None] = {}
        for block in self._blocks():
            if len(terms) < most:
                lines = block.lines.split(b"\n")[:-1]
                terms.update(dict.fromkeys(line.split(b"$", place + 1)[place] for line in lines))
        return {term.decode().strip() for term in list(terms)[:most]} - {""}

    def _blocks(self) -> Iterator[Block]:
        return blocks(Member(self.told.shown, "", "", self.file.stat().st_size, partial(file_pieces, self.file)))

    def _numbers(self, sound: Places) -> Places:
        """The numbers in the file itself of the lines that fit, counted from 0: those left out and the header come between."""
        left_out = np.array(self.told.left_out, np.intp)
        before = left_out - 2 - np.arange(len(left_out))
        return sound + 2 + np.searchsorted(before, sound, side="right")


def copied(member: Member, file: Path, wanted: Callable[[Block], Places] = nothing) -> Copy:
    """Pass over a file once, keep the lines wanted, and write all that fit to `file`."""
    with file.open("wb") as copy:
        told = keep(member, wanted, copy.write)
    if told.guessed:
        file.write_text(file.read_bytes().decode("cp1252", "replace"), encoding="utf-8", newline="")
    return Copy(told, file)
