"""Decisions read a second time, plainly and for one patient at a time, against those of the line on hundreds of drawn patients.

The second reading is of the words of docs/definitions.md (whether-alive, rechallenge, onset) and shares no code with
`derive`. What the words leave to judgement is not drawn.
"""

import math
import random
from datetime import date, timedelta

import pandas as pd
import pytest

from tests.decisions.line import COURSE, EVENT, WHERE, through, together

pytestmark = pytest.mark.long
PATIENTS = 400
ENDED = ("recovered", "recovered_with_sequelae")
GRAVEST = ("positive", "negative", "inconclusive", "exposure_continued")
FIRST_DOSE = date(2022, 3, 10)


def told(series: list[dict]) -> dict[str, pd.DataFrame]:
    return through(**together(series)).derived


def look(course: str) -> dict:
    return {"case_id": "C1", "result": f"look{course}", "test": "photograph", "course": course,
            "reading": "shows_no_event"} | WHERE  # fmt: skip


# Alive or dead: outcomes of two terms of the event and of another reaction, a row of deaths, discharge.


def drawn_end(draw: random.Random) -> dict:
    outcomes = (*ENDED, "recovering", "not_recovered", "unknown", "", "fatal")
    return {
        "terms": [draw.choice(outcomes) for _ in range(draw.choice((1, 2)))],
        "other": draw.choice((None, None, "fatal", "recovered")),
        "death": draw.choice((None, None, None, "related", "unrelated", "unclear", "")),
        "report": draw.choice(("", "", "yes", "no")),
        "discharged": draw.choice(("", "yes", "no")),
    }


def rows_of_end(end: dict) -> dict:
    reactions = [EVENT | {"reaction": f"r{at}", "outcome": outcome} for at, outcome in enumerate(end["terms"])]
    if end["other"]:
        reactions.append(EVENT | {"reaction": "other", "term": "grey cough", "role": "other", "outcome": end["other"]})
    case = {"case_id": "C1", "identity": "identified", "discharged_alive": end["discharged"]} | WHERE
    report = {"case_id": "C1", "version": "1", "serious_death": end["report"]} | WHERE
    deaths = [{"case_id": "C1", "relatedness": end["death"]} | WHERE] if end["death"] is not None else []
    return {"cases": [case], "reports": [report], "reactions": reactions, "deaths": deaths}


def vital(end: dict) -> str:
    terms = end["terms"]
    if "fatal" not in (*terms, end["other"]) and end["death"] is None and end["report"] != "yes":
        alive = {*terms} & {*ENDED, "recovering", "not_recovered"} or end["discharged"] == "yes"
        return "alive" if alive else "unknown"
    if "fatal" in terms or end["death"] == "related":
        return "died_of_event"
    open_ = {*terms} <= {"recovered", "unknown", ""} and {*terms} & {"unknown", ""}
    if end["death"] == "unrelated" or (end["other"] == "fatal" and not open_):
        return "died_other"
    return "died_relation_not_stated"


def test_whether_alive():
    drawn = [drawn_end(random.Random(seed)) for seed in range(PATIENTS)]
    assert list(told([rows_of_end(end) for end in drawn])["patients"]["vital"]) == [vital(end) for end in drawn]


# Rechallenge: two to four typed courses without dates, in each of which the event is told, denied or not told of.


def drawn_courses(draw: random.Random) -> list[dict]:
    outcomes = (*ENDED, "recovered", "recovering", "not_recovered", "unknown", "")
    return [
        {
            "occurred": draw.choice(("yes", "yes", "no", "", None)),
            "outcome": draw.choice(outcomes),
            "looked": draw.random() < 0.5,
            "given": draw.choice(("2", "2", "1", "")),
        }
        for _ in range(draw.choice((2, 3, 4)))
    ]


def rows_of_courses(courses: list[dict]) -> dict:
    made: dict[str, list] = {"courses": [], "reactions": [], "tests": []}
    for number, course in enumerate(courses, start=1):
        course_key = {"course": str(number)}
        made["courses"].append(COURSE | course_key | {"given_lower": course["given"], "given_upper": course["given"]})
        outcome = course["outcome"] if course["occurred"] == "yes" else ""
        if course["occurred"] is not None:
            cells = {"reaction": f"r{number}", "occurred": course["occurred"], "outcome": outcome}
            made["reactions"].append(EVENT | course_key | cells)
        made["tests"] += [look(str(number))] if course["looked"] else []
    return made


def strict(courses: list[dict]) -> tuple[str, str]:
    """The class of the patient, and in how many re-exposures it is negative."""
    first = next(at for at, course in enumerate(courses) if course["occurred"] == "yes")
    if first == len(courses) - 1:
        return "not_stated", ""
    classes = [_class(courses, first, at) for at in range(first + 1, len(courses))]
    gravest = min(classes, key=GRAVEST.index)
    done = [class_name for class_name in classes if class_name != "exposure_continued"]
    return gravest, f"{done.count('negative')} of {len(done)}" if gravest == "negative" else ""


def _class(courses: list[dict], first: int, at: int) -> str:
    before = {course["outcome"] for course in courses[:at] if course["occurred"] == "yes"}
    if "not_recovered" in before:
        return "exposure_continued"
    re_exposure, given = courses[at], (courses[at]["given"], courses[first]["given"])
    if not before <= {*ENDED}:
        return "inconclusive"
    if re_exposure["occurred"] == "yes":
        return "positive"
    enough = all(given) and 2 * int(given[0]) >= int(given[1])
    return "negative" if re_exposure["occurred"] == "no" and re_exposure["looked"] and enough else "inconclusive"


def test_rechallenge_of_several_courses():
    every = [drawn_courses(random.Random(seed)) for seed in range(PATIENTS)]
    drawn = [courses for courses in every if any(course["occurred"] == "yes" for course in courses)]
    patients = told([rows_of_courses(courses) for courses in drawn])["patients"]
    both = patients[["rechallenge_event", "rechallenge_negative"]].itertuples(index=False, name=None)
    assert list(both) == [strict(courses) for courses in drawn]


# Onset: one time in any form, of a course whose first day is known; another symptom without a time beside it.


def drawn_onset(draw: random.Random) -> tuple[dict, tuple[float, float], str]:
    """Cells of the onset, days after the first dose (lower, upper], and the order of a symptom without a time."""
    k, more, hours = draw.randint(0, 12), draw.randint(1, 5), draw.randint(1, 100)
    day = FIRST_DOSE + timedelta(k)
    forms = [
        ((str(k + 1), str(k + 1), "study_day", ""), (k, k + 1)),
        ((str(k), str(k), "d", ""), (k, k + 1)),
        ((str(k), str(k + more), "d", ""), (k, k + more + 1)),
        (("", str(k), "d", ""), (0, k + 1)),
        ((f"{k}.5", f"{k}.5", "d", ""), (k + 0.5, k + 0.5)),
        ((str(hours), str(hours), "h", ""), (hours / 24, hours / 24)),
        ((str(more), str(more), "wk", ""), (7 * more, 7 * more)),
        (("", "", "", str(day)), (k, k + 1)),
        (("", "", "", "2022-03"), (0, 22)),  # from the 10th to the 31st
        (("", "", "", "2022-04"), (22, 52)),
    ]
    cells, bounds = draw.choice(forms)
    names = ("onset_lower", "onset_upper", "onset_scale", "onset_date")
    origin = {"onset_origin": "" if cells[3] else "first_dose"}
    return dict(zip(names, cells, strict=True)) | origin, bounds, draw.choice(("", "first", "with_first", "later", "-"))


def rows_of_onset(cells: dict, order: str) -> dict:
    symptom = {"reaction": "itch", "role": "symptom", "term": "itching", "attribution": "certain", "onset_order": order}
    beside = [] if order == "-" else [EVENT | symptom]
    return {"courses": [COURSE | {"start_date": str(FIRST_DOSE)}], "reactions": [EVENT | cells, *beside]}


def test_onset_in_any_form():
    drawn = [drawn_onset(random.Random(seed)) for seed in range(PATIENTS)]
    times = told([rows_of_onset(cells, order) for cells, _, order in drawn])["times"]
    onsets = times.query("set == 'series_plus_new' and endpoint == 'first_symptom' and clock == 'first_dose'")
    bounds = onsets.set_index("case_id")[["lower", "upper"]]
    for number, (cells, (low, high), order) in enumerate(drawn, start=1):
        expected = (0 if order in ("", "first") else low, high)
        near = map(math.isclose, bounds.loc[f"C{number}"], expected)
        assert all(near), (cells, order, expected)
