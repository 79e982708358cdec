"""The sources a document cites, numbered in the order in which it cites them, and the list that resolves each number."""

import re
from collections.abc import Iterable

from schemas.plain_rows import plain_rows
from scripts.documents.case_file import CaseFile, has
from scripts.documents.dossier import Dossier
from scripts.documents.words.phrases import joined
from scripts.words.references import reference

LITERATURE = ("article", "overview", "meeting_abstract")
"""Kinds of source that are published."""


class Citations:
    """Numbers of one document; a source has the number of its first mention."""

    def __init__(self, data: Dossier) -> None:
        self.known = {row["source_id"]: row for row in plain_rows(data.bundle.series["sources"])}
        self.numbers: dict[str, int] = {}
        names = "|".join(sorted(map(re.escape, self.known), key=len, reverse=True))
        self.named = re.compile(rf"(?<![\w-])(?:{names})(?![\w-])") if names else None

    def number(self, source: str) -> int:
        return self.numbers.setdefault(source, len(self.numbers) + 1)

    def cite(self, sources: Iterable[str], place: str = "") -> str:
        """`[3, Discussion, para 4]`, `[1, 2]`; blank without a source. A name outside the list of sources stays a name."""
        named = [source for source in sources if has(source)]
        numbers = sorted(self.number(source) for source in named if source in self.known)
        told = [
            *map(str, numbers),
            *(source for source in named if source not in self.known),
            place if has(place) else "",
        ]
        return f"[{joined(told, ', ')}]" if named else ""

    def of_case(self, case: CaseFile) -> str:
        return self.cite(source["source_id"] for source in case.sources)

    def within(self, words: str) -> str:
        """Words in which a source is named by its short name, with its number instead."""
        if self.named is None:
            return words
        return self.named.sub(lambda match: f"[{self.number(match[0])}]", words)

    def listed(self) -> list[str]:
        """`1. reference` of every source cited, and of a source that only a summary of it was read of."""
        for source in list(self.numbers):
            if self.known[source]["summarises"] in self.known:
                self.number(self.known[source]["summarises"])
        return [
            f"{number}. {reference(self.known[source])}{self._summary(source)}"
            for source, number in self.numbers.items()
        ]

    def _summary(self, source: str) -> str:
        original = self.known[source]["summarises"]
        return f" (summary of [{self.numbers[original]}])" if original in self.numbers else ""
