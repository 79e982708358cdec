"""Seriousness of the event and of the report, each met, denied, or told by nobody."""

from tests.decisions.line import EVENT, WHERE, Cases

DENIED = dict.fromkeys(
    ("death", "life_threatening", "hospitalisation", "disability", "congenital_anomaly", "other_important"), "no"
)

REPORT = {"case_id": "C1", "version": "1"} | WHERE
DIED = {"case_id": "C1"} | WHERE
DENIED_REPORT = {f"serious_{name}": "no" for name in DENIED}
SERIOUS = [
    ({"reactions": [EVENT], "reports": [REPORT | {"serious_hospitalisation": "yes"}]}, "", "hospitalisation", ""),
    ({"reactions": [EVENT], "reports": [REPORT | {"serious": "no"}]}, "", "", "the report"),
    (
        {"reactions": [EVENT], "reports": [REPORT | {"serious": "no", "serious_disability": "yes"}]},
        "",
        "disability",
        "",
    ),
    ({"reactions": [EVENT], "reports": [REPORT | {"serious": "no"}, REPORT | {"sender": "other"}]}, "", "", ""),
    ({"reactions": [EVENT], "reports": [REPORT | {"serious": "unknown"}]}, "", "", ""),
    ({"reactions": [EVENT | DENIED]}, "", "", "the event"),
    ({"reactions": [EVENT | DENIED | {"disability": "not_stated"}]}, "", "", ""),
    ({"reactions": [EVENT | DENIED], "reports": [REPORT | DENIED_REPORT]}, "", "", "the event; the report"),
    # of two terms of one event one is silent
    ({"reactions": [EVENT | DENIED, EVENT | {"reaction": "again"}]}, "", "", ""),
    # fatal, which is the criterion death, or the patient died: nobody is believed that it was not serious
    ({"reactions": [EVENT | DENIED | {"outcome": "fatal"}], "reports": [REPORT | DENIED_REPORT]}, "death", "", ""),
    ({"reactions": [EVENT | {"outcome": "fatal", "hospitalisation": "yes"}]}, "death; hospitalisation", "", ""),
    ({"reactions": [EVENT | DENIED], "reports": [REPORT | DENIED_REPORT], "deaths": [DIED]}, "", "", "the event"),
]


SERIES = Cases()
TOLD = SERIES.of(reported for reported, *_ in SERIOUS)


def test_seriousness_is_told_on_two_levels():
    assert TOLD.patients("serious", "serious_report", "not_serious") == [tuple(expected) for _, *expected in SERIOUS]


NOT_SERIOUS = SERIES.of([{"reactions": [EVENT | DENIED], "reports": [REPORT | DENIED_REPORT]}])


def test_seriousness_that_is_denied_is_no_missing_value():
    told = NOT_SERIOUS.alone("of_characteristics").results
    seriousness = told[told["endpoint"].isin(["serious", "serious_report"])]
    assert seriousness[["endpoint", "statistic", "level", "value"]].values.tolist() == [
        ["serious", "count", "not_serious", 1.0], ["serious_report", "count", "not_serious", 1.0],
    ]  # fmt: skip
