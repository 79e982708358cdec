"""Lines of a drug, as a message or an extract gives them."""

from tests.decisions.line import COURSE, MESSAGE, WHERE


def line(number: int, start: str = "", end: str = "", **cells: str) -> tuple[dict, list[dict]]:
    """A line of the drug, and the record of its use."""
    course = COURSE | {"course": str(number), "start_date": start} | cells
    dose = {"case_id": "C1", "course": str(number), "dose": "1", "time_date": start, "end_date": end} | WHERE
    return course, [dose] if start or end else []


def message(*lines: tuple[dict, list[dict]], **reported: list[dict]) -> dict[str, list[dict]]:
    return {
        "sources": [MESSAGE],
        "courses": [course for course, _ in lines],
        "doses": [dose for _, doses in lines for dose in doses],
    } | reported


def way(told: tuple[dict, list[dict]], route: str) -> tuple[dict, list[dict]]:
    """The line, with the route of its doses."""
    course, doses = told
    return course, [dose | {"route": route} for dose in doses]
