"""Which courses make one drug entry of a message.

Courses that the tables number as successive exposures of the patient to one drug are one entry with a dosage record
per dose; courses without such a number are entries of their own, as they came in a message.
"""

from dataclasses import dataclass

from scripts.documents.case_file import Row, has
from scripts.documents.e2b.message import Message


@dataclass(frozen=True)
class Entry:
    """One drug entry: its courses in order, and its identifier."""

    courses: list[Row]
    identifier: str

    @property
    def first(self) -> Row:
        return self.courses[0]

    def names(self) -> set[str]:
        return {self.first[column].casefold() for column in ("drug", "substance") if has(self.first[column])}


def entries(message: Message) -> list[Entry]:
    """Drug entries in order of first appearance."""
    grouped: dict[tuple[str, ...], list[Row]] = {}
    for row in message.case.rows("courses"):
        key = ("course", row["course"]) if not has(row["ordinal"]) else (row["drug"], row["substance"], row["role"])
        grouped.setdefault(key, []).append(row)
    return [Entry(rows, message.uuid("drug", rows[0]["course"])) for rows in grouped.values()]
