"""Important medical events named by the user: what they suggest, which never fills a seriousness that nobody stated."""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from scripts.commands.messages import UserError, shown

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
        if not Path(path).is_file():
            raise UserError(f"documents.important_events: {shown(path)}: no such file. Check the path.")
        with Path(path).open(encoding="utf-8-sig", newline="") as handle:
            reader = csv.DictReader(handle)
            if COLUMN not in (reader.fieldnames or []):
                raise UserError(f"{shown(path)}: no column {COLUMN}. Name the column of the terms {COLUMN}.")
            terms = frozenset(term for row in reader if (term := (row[COLUMN] or "").strip().casefold()))
        if not terms:
            raise UserError(f"{shown(path)}: no term in the column {COLUMN}. Add the terms, or leave the key out.")
        return cls(terms)

    def named(self, terms: Iterable[str]) -> list[str]:
        """Those of these terms that the list has, each once."""
        return [term for term in dict.fromkeys(terms) if term.strip().casefold() in self.terms]
