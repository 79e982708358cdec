"""Important medical events named by the user: what they suggest, which never fills a seriousness that nobody stated."""

from collections.abc import Iterable
from dataclasses import dataclass

from scripts.commands.messages import UserError, shown
from scripts.documents import term_lists

COLUMN = "term"


@dataclass(frozen=True)
class ImportantEvents:
    """Terms of the list, compared without regard to case; none are shipped with the project."""

    terms: frozenset[str] = frozenset()

    @classmethod
    def read(cls, path: str) -> "ImportantEvents":
        """Read a CSV file with a column `term`; a blank path gives an empty list.

        UserError: the file is missing, lacks the column, or names no term.
        """
        if not path:
            return cls()
        cells = (row[COLUMN].casefold() for row in term_lists.rows(path, "important_events", [COLUMN]))
        if not (terms := frozenset(filter(None, cells))):
            raise UserError(f"{shown(path)}: no term in the column {COLUMN}. Add the terms, or leave the key out.")
        return cls(terms)

    def named(self, terms: Iterable[str]) -> list[str]:
        """Those of these terms that the list has, each once."""
        return [term for term in dict.fromkeys(terms) if term.strip().casefold() in self.terms]
