"""The day of the first, or last, administration is day 1 (definitions: days-and-intervals), through the line."""

import pytest

from tests.decisions.line import CASE, COURSE, EVENT, WHERE, through

DAY = {"onset_scale": "study_day", "onset_origin": "first_dose"}
ON_DAY = {"time_scale": "study_day", "time_origin": "first_dose"}
TWO = ("1", "2")


def dated(*days: str) -> list[dict]:
    return [{"time_date": day} for day in days]


def on_days(*days: str) -> list[dict]:
    return [ON_DAY | {"time_lower": day, "time_upper": day} for day in days]


def onset(low: str, high: str) -> dict:
    return DAY | {"onset_lower": low, "onset_upper": high}


def elapsed(number: str, unit: str) -> dict:
    return {"onset_lower": number, "onset_upper": number, "onset_scale": unit, "onset_origin": "first_dose"}


JULY = dated("2022-07-04", "2022-07-06", "2022-07-20")
TABLE = {
    "same day": (dated("2022-07-04"), {"onset_date": "2022-07-04"}, "1", "1"),
    "by dates": (dated("2022-07-04"), {"onset_date": "2022-07-07"}, "4", "4"),
    "before the first dose": (dated("2022-07-04"), {"onset_date": "2022-07-03"}, "", ""),
    "leap year": (dated("2024-02-27"), {"onset_date": "2024-03-01"}, "4", "4"),
    "part date of the dose": (dated("2022-07"), {"onset_date": "2022-07-07"}, "", ""),
    "part date of the onset": (dated("2022-07-04"), {"onset_date": "2022-07"}, "", ""),
    "the last dose before it": (JULY, {"onset_date": "2022-07-07"}, "4", "2"),
    "by study days": (on_days("1", "2", "3"), onset("4", "4"), "4", "2"),
    "a range of days": (on_days("1", "2", "3"), onset("3", "4"), "", ""),
    "the first day": (on_days("1", "2", "3"), onset("1", "1"), "1", "1"),
    "a dose without a day": ([*on_days("1"), {}], onset("4", "4"), "4", ""),
    "no onset": (on_days("1"), {}, "", ""),
    "after minutes": (on_days("1", "8"), elapsed("30", "min"), "30 min", "30 min"),
    "after hours, daily doses": (on_days("1", "2", "3"), elapsed("30", "h"), "30 h", ""),
    "within hours": (on_days("1"), elapsed("30", "h") | {"onset_lower": "20"}, "", ""),
}  # fmt: skip


@pytest.fixture(scope="module")
def told() -> dict[str, tuple[str, str]]:
    reported: dict[str, list[dict]] = {"cases": [], "courses": [], "doses": [], "reactions": []}
    for case, (doses, event, _, _) in TABLE.items():
        _add(reported, case, doses, event)
    _add(reported, "later course, nobody says when", on_days("1"), onset("4", "4") | {"course": "2"}, TWO)
    again = onset("4", "4") | {"course": "2"}
    _add(reported, "later course, dated", [], again, TWO, ("2022-07-01", "2022-08-10"))
    seen = through(**reported).derived["signs"]
    return {row["case_id"]: (sent(row, "first"), sent(row, "last")) for row in seen.to_dict("records")}


def sent(row: dict, dose: str) -> str:
    number, scale = row[f"e2b_from_{dose}"], row[f"e2b_from_{dose}_scale"]
    return f"{number} {scale}".removesuffix(" study_day").strip()


def _add(reported: dict, case: str, doses: list, event: dict, courses=("1",), starts=("", "")) -> None:
    ids = {"case_id": case}
    reported["cases"].append(CASE | ids)
    reported["courses"] += [
        COURSE | ids | {"course": course, "start_date": start} for course, start in zip(courses, starts, strict=False)
    ]
    reported["doses"] += [
        WHERE | ids | {"course": "1", "dose": str(number), "given": "yes"} | dose
        for number, dose in enumerate(doses, 1)
    ]
    reported["reactions"].append(EVENT | ids | event)


@pytest.mark.parametrize("name", TABLE)
def test_one_known_day_one_exact_time_or_nothing(told, name):
    assert told[name] == TABLE[name][2:]


def test_a_later_course_counts_from_the_first_dose_of_the_drug(told):
    """2022-08-13 is day 44 after 2022-07-01; study days of the course alone say nothing of it."""
    assert told["later course, nobody says when"][0] == ""
    assert told["later course, dated"][0] == "44"
