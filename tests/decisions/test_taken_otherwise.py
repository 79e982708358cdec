"""The headline numbers with one decision taken otherwise, from reported rows (definitions: onset, resolution, robustness)."""

from scripts.figures import figure_resolution
from scripts.report import headlines
from tests.decisions.line import COURSE, EVENT, WHERE, Cases
from tests.decisions.timed import COUGH, DAY_FOUR

IN_MAY = {
    "courses": [COURSE | {"start_date": "2024-05", "indication": "ache"}],
    "reactions": [EVENT | {"onset_date": "2024-05"}],
}
TWO_WEEKS = EVENT | {"onset_lower": "2", "onset_upper": "2", "onset_scale": "wk", "onset_origin": "first_dose"}
UNTIMED_COUGH = {"courses": [COURSE | {"indication": "itch"}], "reactions": [DAY_FOUR, COUGH]}


def ended(outcome: str, days: str) -> dict:
    end = {"end_lower": days, "end_upper": days, "end_scale": "d", "end_origin": "event", "outcome": outcome}
    return {"reactions": [EVENT | end]}


SERIES = Cases()
FEW = SERIES.of([UNTIMED_COUGH, IN_MAY, {"reactions": [TWO_WEEKS]}, ended("recovered", "5"), ended("recovered", "9"),
                 ended("recovered_with_sequelae", "3")])  # fmt: skip
OTHERWISE = {
    # endpoint and group of few patients, and the decision taken otherwise; the median bounds then
    ("first_symptom", "itch", "timed signs only"): (3, 4),
    ("first_symptom", "ache", "onset possibly before the dose"): (-30, 31),
    ("first_symptom", "not stated", "weeks, months and years as half a unit more or less"): (10.5, 17.5),
    ("clinical_resolution", "not stated", "ended with sequelae counted as resolved"): (5, 5),
}


def test_every_decision_that_concerns_a_case_is_taken_otherwise():
    rows = FEW.alone("of_robustness").results
    medians = rows[rows["statistic"].eq("median_bounds") & rows["note"].eq("concerns 1 case") & rows["group"].ne("all")]
    medians = medians.set_index(["endpoint", "group", "level"])[["lower", "upper"]]
    assert dict(zip(medians.index, medians.itertuples(index=False, name=None), strict=True)) == OTHERWISE


DIED = {"case_id": "C1", "time_lower": "9", "time_upper": "9", "time_scale": "d", "time_origin": "first_dose"} | WHERE
FATAL = {"reactions": [DAY_FOUR | {"outcome": "fatal"}], "deaths": [DIED]}
ALL_DIED, ONE_DIED = SERIES.of([FATAL, FATAL]), SERIES.of([FATAL, ended("recovered", "5")])


def test_where_all_died_there_is_no_curve_of_resolution():
    told = ALL_DIED.alone("of_resolution")
    told.bundle.books["results"] = told.results
    assert figure_resolution.wanted(told.bundle) == "2 of 2 died unresolved: see death"
    assert [line[:2] for line in headlines.of_resolution(told.bundle)] == [
        ("clinical resolution, all patients", "2 of 2 died unresolved")
    ]
    assert not figure_resolution.wanted(ONE_DIED.alone().bundle)
