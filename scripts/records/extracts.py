"""Which sources are messages and extracts, and what parts of one of their courses are called that are proven apart
(scripts.derive.clinical.therapies)."""

import pandas as pd

READ_BY_MACHINE = "structured"
"""What `sources.extent_read` says of messages and extracts: their lines are records, typed by nobody as courses."""
PART = " part "


def read_by_machine(sources: pd.DataFrame) -> set[str]:
    """Messages and extracts."""
    return set(sources.loc[sources["extent_read"] == READ_BY_MACHINE, "source_id"])


def part_of(course: str, number: int) -> str:
    """The name of the n-th part; the first keeps that of the course."""
    return course if number == 1 else f"{course}{PART}{number}"


def of_course(line: str) -> str:
    """The course of the reported tables that a line of an exposure is, or is a part of."""
    return line.partition(PART)[0]
