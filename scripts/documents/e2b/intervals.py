"""Day intervals of G.k.9.i.3: the day of the first (or last) administration counts as Day 1 (ICH guide, G.k.9.i.3).

Only an interval that is one day can be sent as one number. One known as a range, such as study day 3 to 4, is left
out and stays in the narrative.

| first dose | last dose | onset      | start to onset | last dose to onset |
|------------|-----------|------------|----------------|--------------------|
| 07-04      | 07-06     | 07-07      | 4 d            | 2 d                |
| day 1      | day 3     | day 4      | 4 d            | 2 d                |
| day 1      | day 3     | day 3 to 4 | absent         | absent             |
| 07-04      |           | 07-03      | absent         |                    |
"""

from scripts.clock.intervals import date_bounds
from scripts.documents.case_file import Row, has


def start_to_onset(reaction: Row, courses: list[Row], doses: list[Row]) -> int | None:
    """From the first administration of the drug to the reaction, days; None where it is not one known day.

    Study days count from the first dose of a course, so they serve for reactions in the drug's first course only.
    """
    if has(reaction["onset_date"]):
        return _dates(reaction, courses, doses, min)
    if reaction["course"] not in ("", courses[0]["course"]):
        return None
    return _day(reaction, "onset")


def last_to_onset(reaction: Row, courses: list[Row], doses: list[Row]) -> int | None:
    """From the last administration at or before the reaction; every dose given in the course must have its day."""
    if has(reaction["onset_date"]):
        return _dates(reaction, courses, doses, max)
    onset = _day(reaction, "onset")
    course = reaction["course"] or courses[0]["course"]
    if onset is None or course not in {row["course"] for row in courses}:
        return None
    days = [_day(row, "time") for row in doses if row["course"] == course and row["given"] in ("yes", "partial")]
    known = [day for day in days if day is not None]
    before = [day for day in known if day <= onset]
    return onset - max(before) + 1 if before and len(known) == len(days) else None


def _day(row: Row, prefix: str) -> int | None:
    """A study day known to the day; None otherwise."""
    low, high = row[f"{prefix}_lower"], row[f"{prefix}_upper"]
    exact = row[f"{prefix}_scale"] == "study_day" and row[f"{prefix}_origin"] == "first_dose" and low == high
    return int(low) if exact and has(low) and low.isdecimal() and int(low) > 0 else None


def _dates(reaction: Row, courses: list[Row], doses: list[Row], which) -> int | None:
    """Calendar days between full dates, plus one; None where a date is partial or the reaction came first."""
    onset = _full(reaction["onset_date"])
    numbers = {row["course"] for row in courses}
    given = [_full(row["time_date"]) for row in doses if row["course"] in numbers and row["given"] != "no"]
    if onset is None or not given or None in given:
        return None
    before = [day for day in given if day is not None and day <= onset]
    return int(onset - which(before)) + 1 if before else None


def _full(date: str) -> float | None:
    first, last = date_bounds(date)
    return first if first == last else None
