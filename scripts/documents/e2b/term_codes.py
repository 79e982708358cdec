"""Dictionary codes supplied by the user, term by term. None are shipped and none are looked up."""

from dataclasses import dataclass, field

from scripts.commands.messages import UserError, shown
from scripts.documents import term_lists

COLUMNS = ("term", "code", "version")


@dataclass(frozen=True)
class TermCodes:
    """Term (compared without regard to case) -> (code, dictionary version)."""

    known: dict[str, tuple[str, str]] = field(default_factory=dict)

    @classmethod
    def read(cls, path: str) -> "TermCodes":
        """Read a CSV file with the columns term, code and version; a blank path gives no codes.

        UserError: the file is missing, lacks a column, has a code that is not 8 digits, or holds two versions.
        """
        rows = term_lists.rows(path, "meddra_codes", COLUMNS)
        _check(rows, path)
        return cls({row["term"].casefold(): (row["code"], row["version"]) for row in rows})

    def code_of(self, term: str) -> tuple[str, str]:
        """Code and version of a term, blanks where the user gave none."""
        return self.known.get(term.strip().casefold(), ("", ""))


def _check(rows: list[dict[str, str]], path: str) -> None:
    faults = [
        f"{shown(path)}, row {number}: code '{row['code']}' of '{row['term']}' is not 8 digits. Correct it."
        for number, row in enumerate(rows, start=2)
        if not (len(row["code"]) == 8 and row["code"].isascii() and row["code"].isdigit())
    ]
    versions = {row["version"] for row in rows}
    if len(versions) > 1 or "" in versions:
        faults.append(f"{shown(path)}: the column version must hold one version throughout (one per message).")
    if faults:
        raise UserError("\n".join(faults))
