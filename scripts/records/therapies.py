"""Names of the parts of one course of a message that are proven apart (scripts.derive.clinical.therapies)."""

PART = " part "


def part_of(course: str, number: int) -> str:
    """The name of the n-th part; the first keeps that of the course."""
    return course if number == 1 else f"{course}{PART}{number}"


def of_course(line: str) -> str:
    """The course of the reported tables that a line of an exposure is, or is a part of."""
    return line.partition(PART)[0]
