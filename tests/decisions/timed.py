"""Reported rows with times, and the times that the line makes of them."""

import numpy as np

from tests.decisions.line import COURSE, EVENT, WHERE, Some

STARTED = COURSE | {"start_date": "2024-05-01"}
STUDY_DAY = {"onset_scale": "study_day", "onset_origin": "first_dose"}
COUGH = EVENT | {"reaction": "cough", "role": "symptom", "term": "cough", "attribution": "certain"}
DAY_FOUR = EVENT | STUDY_DAY | {"onset_lower": "4", "onset_upper": "4"}
INF = np.inf
UNKNOWN = (0.0, INF)


def each(endpoint: str, clock: str, cases: Some, *more: str) -> list[tuple[str, float, float]]:
    """State, lower and upper, and `more` columns, of one time of the index episode of each of these cases."""
    times = cases.rows("times", "endpoint", "clock", "of_index", "state", "lower", "upper", *more)
    return [next(row[3:] for row in rows if row[:3] == (endpoint, clock, "yes")) for rows in times]


DAYS_ONE_TO_THREE = [
    {"case_id": "C1", "course": "1", "dose": day, "time_lower": day, "time_upper": day, "time_scale": "study_day",
     "time_origin": "first_dose"} | WHERE
    for day in ("1", "2", "3")
]  # fmt: skip
