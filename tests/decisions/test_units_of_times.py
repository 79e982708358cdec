"""One unit for the times of an endpoint, and one answer however a time is spelt (definitions: words-for-times)."""

import pytest

from scripts.tables import table_sensitivity
from scripts.words.times import beside, of_result
from tests.decisions.line import EVENT, Cases, through, together
from tests.decisions.timed import STARTED, STUDY_DAY

SERIES = Cases()


def begun(low: str, high: str, scale: str) -> dict:
    """A patient in whom it began so long after the first dose."""
    onset = {"onset_lower": low, "onset_upper": high, "onset_scale": scale, "onset_origin": "first_dose"}
    return {"reactions": [EVENT | onset]}


UNITS = [
    ([("30", "min"), ("45", "min")], "min"),
    ([("30", "min"), ("2.5", "h")], "min"),
    ([("30", "min"), ("20", "h")], "h"),
    ([("3", "study_day"), ("5", "d")], "d"),
    ([("3", "mo"), ("5", "mo")], "mo"),
    ([("30", "min"), ("3", "study_day")], "d"),
]
TYPED = [(SERIES.of(begun(value, value, scale) for value, scale in typed), unit) for typed, unit in UNITS]


@pytest.mark.parametrize(
    ("cases", "unit"), TYPED, ids=["; ".join(" ".join(time) for time in typed) for typed, _ in UNITS]
)
def test_one_unit_for_all_times_of_an_endpoint(cases, unit):
    assert set(cases.alone().derived["times"].query("endpoint == 'first_symptom'")["shown_in"]) == {unit}


MINUTES = [("10", "60")] * 5 + [("20", "20"), ("30", "30"), ("45", "45"), ("150", "150")]


def test_minutes_stay_minutes():
    """Nine reported onsets: 10 to 60 minutes by bounds, from 10 to 150, and never a study day."""
    rows = [begun(*bounds, "min") for bounds in MINUTES]
    told = through(asked=("of_onset",), analysis={"onset_days": ["30 min", "1 h", "2 h", 1]}, **together(rows))
    onset = told.results
    onsets = onset[
        (onset["endpoint"] == "first_symptom") & (onset["clock"] == "first_dose") & (onset["group"] == "all")
    ]
    words = {row["statistic"]: of_result(row, "min") for row in onsets.to_dict("records")}
    assert (words["median_bounds"], words["range"]) == ("10 to 60 minutes", "10 to 150 minutes")
    by = {
        (row["statistic"], row["at"]): row["value"]
        for row in onsets.to_dict("records")
        if row["at_unit"] in ("min", "h")
    }
    assert [by["known_by", 30], by["possible_by", 30], by["known_by", 1], by["known_by", 2]] == [2, 7, 8, 8]
    assert [set(beside(onsets, unit)["at_unit"]) for unit in ("min", "d")] == [
        {"", "min", "h"},
        {"", "min", "h", "study_day"},
    ]
    assert set(told.derived["times"].query("endpoint == 'first_symptom'")["shown_in"]) == {"min"}


DAYS = [begun("2", "4", "study_day")] * 3
DAYS_AND_HOURS = [SERIES.of(DAYS), SERIES.of([*DAYS, begun("36", "36", "h")])]


def test_days_and_hours_of_one_series_stay_what_they_are():
    """Study days 2 to 4 are study days, beside 36 hours too, which lie within them."""
    words = []
    for cases in DAYS_AND_HOURS:
        told = cases.alone("of_onset").results
        onsets = told[
            (told["endpoint"] == "first_symptom") & (told["clock"] == "first_dose") & (told["group"] == "all")
        ]
        words += [of_result(onsets[onsets["statistic"] == which].iloc[0]) for which in ("range", "median_bounds")]
    assert words == ["study day 2 to 4"] * 4


ONE_TO_TWELVE = SERIES.of(begun(f"{at}", f"{at}", "min") for at in range(1, 13))


def test_what_rests_on_minutes_is_told_in_minutes():
    """One minute after another, twelve of them: medians without one case, scale and window of the shape."""
    told = ONE_TO_TWELVE.alone("of_onset", "of_robustness", "of_shape", "of_conventions")
    told.bundle.books["results"] = told.results
    cells = table_sensitivity.build(told.bundle).cells
    told_numbers = cells.drop_duplicates("Variant").set_index("Variant")["Median or number"]
    assert told_numbers[["lower end of the median", "scale", "window"]].tolist() == [
        "6.5 minutes",
        "7.31 minutes",
        "12 minutes",
    ]
    assert told_numbers["convention ohdsi: median"] == "6.5 minutes"
    assert not cells[table_sensitivity.FINDING].str.contains("window up to day").any()


def spelt(number: int, days: int) -> dict:
    """The same gap by dates, by study day, by days after the dose."""
    return [
        {"onset_date": f"2024-05-{1 + days:02d}"},
        STUDY_DAY | {"onset_lower": str(days + 1), "onset_upper": str(days + 1)},
        {"onset_lower": str(days), "onset_upper": str(days), "onset_scale": "d", "onset_origin": "first_dose"},
    ][number]


BY_GAP = Cases(analysis={"onset_days": [4, "3 d", "72 h"]})
SPELT = [
    BY_GAP.of({"courses": [STARTED], "reactions": [EVENT | spelt(number, days)]} for days in (3, 5, 10))
    for number in (0, 1, 2)
]


@pytest.mark.parametrize("number", [0, 1, 2])
def test_one_gap_has_one_study_day_however_it_is_spelt(number):
    """Gaps of 3, 5 and 10 days are study days 4, 6 and 11; by study day 4 one has begun."""
    results = SPELT[number].alone("of_onset").results
    onset = results[
        (results["analysis"] == "onset")
        & (results["endpoint"] == "first_symptom")
        & (results["clock"] == "first_dose")
        & (results["group"] == "all")
    ]
    median = onset[onset["statistic"] == "median_bounds"].iloc[0]
    assert of_result(median.to_dict()) == "study day 6"
    known = onset[onset["statistic"] == "known_by"].set_index("at_unit")["value"].to_dict()
    assert known == {"study_day": 1, "d": 1, "h": 0}
