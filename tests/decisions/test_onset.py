"""Onset as reported rows give it: what is counted, and from what (definitions: onset)."""

import pytest

from scripts.validate import check
from tests.decisions.line import COURSE, EVENT, WHERE, Cases
from tests.decisions.timed import (
    COUGH,
    DAY_FOUR,
    DAYS_ONE_TO_THREE,
    INF,
    STARTED,
    STUDY_DAY,
    UNKNOWN,
    each,
)

SERIES = Cases()
SCAN = {"case_id": "C1", "result": "t", "test": "CT", "course": "1", "reading": "shows_event", "time_lower": "5",
        "time_upper": "5", "time_scale": "study_day", "time_origin": "first_dose"} | WHERE  # fmt: skip

DATED_SCAN = dict.fromkeys(("time_lower", "time_upper", "time_scale", "time_origin"), "") | {"time_date": "2024-05-04"}
BEFORE_SCAN = EVENT | {"onset_lower": "-1", "onset_upper": "-1", "onset_scale": "d", "onset_origin": "diagnosis"}
AFTER_RASH = {"onset_lower": "-2", "onset_upper": "-2", "onset_scale": "d", "onset_origin": "onset:rash"}
AFTER_COUGH = EVENT | {"onset_lower": "2", "onset_upper": "2", "onset_scale": "d", "onset_origin": "onset:cough"}

FIRST_SYMPTOM = [
    # first-ever exposure: the second course began a year after the first
    (
        {"courses": [COURSE | {"ordinal": "1", "start_date": "2022-01-10"},
                     COURSE | {"course": "2", "ordinal": "2", "start_date": "2023-01-10"}],
         "reactions": [EVENT | {"course": "2", "onset_date": "2023-01-12"}]},
        "first_exposure", (367, 368),
    ),
    # not where nobody says that the first of the record was the patient's first
    *(({"courses": [COURSE | {"ordinal": first, "start_date": "2022-01-10"}, COURSE | {"course": "2", "start_date": "2023-01-10"}],
        "reactions": [EVENT | {"course": "2", "onset_date": "2023-01-12"}]}, "first_exposure", UNKNOWN) for first in ("", "2")),
    # only the diagnosis is known: the first symptom came before it
    ({"reactions": [EVENT], "tests": [SCAN]}, "first_dose", (0, 5)),
    ({"reactions": [EVENT, COUGH | {"free_until_lower": "2", "free_until_upper": "2", "free_until_scale": "study_day",
                                    "free_until_origin": "first_dose"}], "tests": [SCAN]}, "first_dose", (1, 5)),
    # a symptom without a time may have come earlier, unless it is said not to have
    ({"reactions": [DAY_FOUR, COUGH]}, "first_dose", (0, 4)),
    ({"reactions": [DAY_FOUR, COUGH | {"onset_order": "first"}]}, "first_dose", (0, 4)),
    ({"reactions": [DAY_FOUR, COUGH | {"onset_order": "not_stated"}]}, "first_dose", (0, 4)),
    ({"reactions": [DAY_FOUR, COUGH | {"onset_order": "later"}]}, "first_dose", (3, 4)),
    ({"reactions": [DAY_FOUR, COUGH | {"onset_order": "with_first"}]}, "first_dose", (3, 4)),
    ({"reactions": [DAY_FOUR, COUGH | {"attribution": "unlikely"}]}, "first_dose", (3, 4)),
    ({"reactions": [DAY_FOUR, COUGH | {"attribution": ""}]}, "first_dose", (3, 4)),
    # of a sign nobody says whether it occurred: it may have been the first
    ({"reactions": [DAY_FOUR, COUGH | STUDY_DAY | {"onset_lower": "2", "onset_upper": "2", "occurred": ""}]}, "first_dose", (1, 4)),
    ({"reactions": [DAY_FOUR, COUGH | STUDY_DAY | {"onset_lower": "2", "onset_upper": "2", "occurred": "no"}]}, "first_dose", (3, 4)),
    ({"reactions": [DAY_FOUR, COUGH | STUDY_DAY | {"onset_lower": "9", "onset_upper": "9", "occurred": ""}]}, "first_dose", (3, 4)),
    ({"reactions": [DAY_FOUR, COUGH | {"occurred": "not_stated"}]}, "first_dose", (0, 4)),
    ({"reactions": [EVENT, COUGH | STUDY_DAY | {"onset_lower": "2", "onset_upper": "2", "occurred": ""}]}, "first_dose", UNKNOWN),
    # one dose: the last is the first
    ({"courses": [STARTED | {"given_lower": "1", "given_upper": "1"}], "reactions": [EVENT | {"onset_date": "2024-05-03"}]},
     "last_dose", (2, 3)),
    ({"courses": [STARTED | {"given_lower": "1", "given_upper": "1"}],
      "reactions": [EVENT | {"onset_lower": "36", "onset_upper": "36", "onset_scale": "h", "onset_origin": "first_dose"}]},
     "last_dose", (1.5, 1.5)),
    ({"reactions": [EVENT | {"onset_lower": "0", "onset_upper": "48", "onset_scale": "h", "onset_origin": "last_dose"}]},
     "last_dose", (0, 2)),
    # days counted from a dose are known to the day, hours are exact
    ({"reactions": [EVENT | {"onset_lower": "3", "onset_upper": "3", "onset_scale": "d", "onset_origin": "first_dose"}]},
     "first_dose", (3, 4)),
    # from the last dose to the first one, where every dose has its day; nobody says at what hour
    ({"reactions": [EVENT | {"onset_lower": "6", "onset_upper": "6", "onset_scale": "d", "onset_origin": "last_dose"}],
      "doses": DAYS_ONE_TO_THREE}, "first_dose", (8, 9)),
    ({"reactions": [EVENT | {"onset_lower": "48", "onset_upper": "48", "onset_scale": "h", "onset_origin": "last_dose"}],
      "doses": DAYS_ONE_TO_THREE}, "first_dose", (3, 5)),
    ({"reactions": [EVENT | {"onset_lower": "36", "onset_upper": "36", "onset_scale": "h", "onset_origin": "first_dose"}]},
     "first_dose", (1.5, 1.5)),
    ({"courses": [STARTED], "reactions": [EVENT | {"onset_date": "2024-05-04"}]}, "first_dose", (3, 4)),
    ({"reactions": [EVENT]}, "first_dose", UNKNOWN),
    # a later dose on the day of onset may have come before it or after it
    ({"reactions": [EVENT | STUDY_DAY | {"onset_lower": "3", "onset_upper": "3"}], "doses": DAYS_ONE_TO_THREE}, "last_dose", (0, 2)),
    # counted from the onset of a sign that has a date, or is itself counted from another
    ({"courses": [STARTED], "reactions": [COUGH | {"attribution": "unlikely", "onset_date": "2024-05-03"}, AFTER_COUGH]}, "first_dose", (4, 5)),
    ({"reactions": [COUGH | {"attribution": "unlikely", "onset_lower": "1", "onset_upper": "1", "onset_scale": "d", "onset_origin": "onset:spot"},
                    COUGH | STUDY_DAY | {"reaction": "spot", "attribution": "unlikely", "onset_lower": "5", "onset_upper": "5"}, AFTER_COUGH]},
     "first_dose", (7, 8)),
    ({"reactions": [AFTER_COUGH | {"onset_origin": "onset:rash"}]}, "first_dose", UNKNOWN),
    # counted from the diagnosis, the first test that shows the event; from an onset that is; from one without a day
    ({"reactions": [BEFORE_SCAN], "tests": [SCAN, SCAN | {"result": "u", "time_lower": "9", "time_upper": "9"}]}, "first_dose", (3, 4)),
    ({"courses": [STARTED], "reactions": [BEFORE_SCAN], "tests": [SCAN | DATED_SCAN]}, "first_dose", (2, 3)),
    ({"reactions": [BEFORE_SCAN | {"onset_lower": "-6", "onset_upper": "-6", "onset_scale": "h"}], "tests": [SCAN]}, "first_dose", (3.75, 4.75)),
    ({"reactions": [BEFORE_SCAN, COUGH | AFTER_RASH], "tests": [SCAN]}, "first_dose", (1, 2)),
    ({"reactions": [BEFORE_SCAN], "tests": [SCAN | {"reading": "shows_no_event"}]}, "first_dose", UNKNOWN),
    ({"reactions": [BEFORE_SCAN], "tests": [SCAN | {"time_scale": "d", "time_origin": "onset:rash"}]}, "first_dose", UNKNOWN),
    # a date beside a time from elsewhere counts from the first dose
    ({"courses": [STARTED], "reactions": [AFTER_COUGH | {"onset_origin": "admission", "onset_date": "2024-05-04"}]}, "first_dose", (3, 4)),
    ({"courses": [STARTED], "reactions": [AFTER_COUGH | {"onset_origin": "last_dose", "onset_date": "2024-05-04"}]}, "first_dose", (3, 4)),
    # known only from the death: the first symptom came before it
    ({"courses": [STARTED], "reactions": [EVENT | {"outcome": "fatal"}], "deaths": [{"case_id": "C1", "time_date": "2024-05-09"} | WHERE]},
     "first_dose", (0, 9)),
    ({"courses": [STARTED], "reactions": [EVENT], "deaths": [{"case_id": "C1", "time_date": "2024-05-09", "autopsy": "yes"} | WHERE]},
     "first_dose", (0, 9)),
    ({"courses": [STARTED], "reactions": [EVENT], "deaths": [{"case_id": "C1", "time_date": "2024-05-09"} | WHERE]}, "first_dose", UNKNOWN),
]  # fmt: skip


OPEN = [
    # after a day before the first dose, and nobody says how long; an end that nobody can place on either side
    ({"onset_date": "2024-04/.."}, ("unknown", *UNKNOWN)),
    ({"onset_upper": "-2", "onset_scale": "h", "onset_origin": "first_dose"}, ("unknown", *UNKNOWN)),
    ({"onset_date": "2024-05-03/.."}, ("observed", 2, INF)),
]
LEFT_OPEN = SERIES.of({"courses": [STARTED], "reactions": [EVENT | onset]} for onset, _ in OPEN)


def test_a_time_that_says_nothing_is_not_known():
    assert each("first_symptom", "first_dose", LEFT_OPEN) == [time for _, time in OPEN]


FIRST = SERIES.of(reported for reported, *_ in FIRST_SYMPTOM)


@pytest.mark.parametrize("clock", ["first_dose", "last_dose", "first_exposure"])
def test_first_symptom(clock):
    times = each("first_symptom", clock, FIRST)
    told = [tuple(bounds) for (_, *bounds), (_, origin, _) in zip(times, FIRST_SYMPTOM, strict=True) if origin == clock]
    assert told == [bounds for _, origin, bounds in FIRST_SYMPTOM if origin == clock]


FIVE_DAYS = EVENT | {"onset_lower": "5", "onset_upper": "5", "onset_scale": "d", "onset_origin": "not_stated"}
FROM_NOWHERE = SERIES.of([{"reactions": [FIVE_DAYS]}])


def test_an_onset_whose_origin_is_not_stated_is_a_stratum_of_its_own():
    told = FROM_NOWHERE.alone("of_robustness")
    rows = told.derived["times"].query("endpoint == 'first_symptom' and of_index == 'yes'").set_index("clock")
    assert rows.loc["first_dose", "state"] == "not_usable"
    assert rows.loc["not_stated", ["lower", "upper", "state"]].tolist() == [5, 5, "observed"]
    # it is the only stratum, so it is the headline
    results = told.results
    assert set(results.loc[results["analysis"] == "robustness", "clock"]) >= {"not_stated"}


IN_MAY = {
    role: {
        "courses": [COURSE | {"start_date": "2024-05"}],
        "reactions": [EVENT | {"onset_date": "2024-05", "role": role}],
    }
    for role in ("event", "symptom")
}
ASSUMED, UNASSUMED = SERIES, Cases(use_assumed=False)
MAY_BE = [
    # role, whether what nobody says is assumed; the first symptom. A sign that nobody attributes keeps its bounds
    (ASSUMED.of([IN_MAY["event"]]), (0, 31, "assumed")),
    (UNASSUMED.of([IN_MAY["event"]]), (-30, 31, "stated")),
    (ASSUMED.of([IN_MAY["symptom"]]), (-30, 31, "stated")),
]


@pytest.mark.parametrize(("cases", "answer"), MAY_BE, ids=["event", "event, nothing assumed", "symptom"])
def test_what_is_attributed_to_the_drug_did_not_begin_before_it(cases, answer):
    (times,) = cases.rows("times", "endpoint", "clock", "lower", "upper", "status")
    assert next(time[2:] for time in times if time[:2] == ("first_symptom", "first_dose")) == answer


MILK = DAYS_ONE_TO_THREE[0] | {"route": "Transmammary"}
APART = [
    # what is told apart: its clock; the times from the first dose are not usable then
    ({"reactions": [DAY_FOUR | {"present_before": "yes"}]}, "first_dose_to_worsening"),
    ({"reactions": [DAY_FOUR, COUGH | STUDY_DAY | {"onset_lower": "2", "onset_upper": "9", "present_before": "yes"}]}, "first_dose_to_worsening"),
    ({"reactions": [DAY_FOUR], "doses": [MILK]}, "mothers_first_dose"),
    ({"reactions": [DAY_FOUR | {"present_before": "no"}]}, "first_dose"),
    ({"reactions": [DAY_FOUR, COUGH | {"present_before": "yes", "attribution": "unlikely"}]}, "first_dose"),
    ({"reactions": [DAY_FOUR], "doses": [MILK | {"given": "no"}]}, "first_dose"),
    ({"reactions": [DAY_FOUR], "courses": [COURSE, COURSE | {"course": "2", "drug": "otherumab", "substance": "otherumab"}],
      "doses": [MILK | {"course": "2"}]}, "first_dose"),
]  # fmt: skip


TOLD_APART = SERIES.of(rows for rows, _ in APART)
WORSENED = SERIES.of([APART[0][0]])


def test_a_worsening_and_a_child_exposed_through_its_mother_are_told_apart():
    told = TOLD_APART.alone("of_onset")
    clocks = {case: clock for case, (_, clock) in zip(TOLD_APART.names, APART, strict=True)}
    times = told.derived["times"]
    onsets = times[(times["endpoint"] == "first_symptom") & (times["state"] == "observed")]
    assert dict(onsets.groupby("case_id")["clock"].agg("; ".join)) == clocks
    first = times[(times["endpoint"] == "first_symptom") & (times["clock"] == "first_dose")].set_index("case_id")
    assert first["state"].to_dict() == {
        case: "observed" if clock == "first_dose" else "not_usable" for case, clock in clocks.items()
    }
    findings = check(told.reported, told.profile).query("rule == 'Q45' and column == 'present_before'")
    assert set(findings["case_id"]) == {case for case, clock in clocks.items() if clock != "first_dose"}
    results = told.results[(told.results["endpoint"] == "first_symptom") & (told.results["group"] == "all")]
    ranges = results[(results["statistic"] == "range") & (results["analysis"] == "onset")].set_index("clock")
    assert ranges["n"].to_dict() == {"first_dose": 4, "first_dose_to_worsening": 2, "mothers_first_dose": 1}
    assert ranges.loc["mothers_first_dose", ["lower", "upper"]].tolist() == [3, 4]


OLD, SPOT = {"present_before": "yes"}, {"reaction": "spot", "role": "sentinel_sign", "term": "itching"}
OLD_SIGNS = SERIES.of(
    {"reactions": [DAY_FOUR, DAY_FOUR | SPOT | of_spot, COUGH | of_cough], "tests": [SCAN]}
    for of_spot, of_cough in (({}, OLD), (OLD, {}))
)


def test_an_old_cough_that_worsened_leaves_the_days_of_the_other_endpoints():
    times = OLD_SIGNS.rows("times", "state", "endpoint", "clock")
    clocks = [
        {endpoint: clock for state, endpoint, clock in rows if state == "observed" and clock.startswith("first_dose")}
        for rows in times
    ]
    assert clocks == [
        {"first_symptom": "first_dose_to_worsening", "sentinel_sign": sign, "diagnosis": "first_dose"}
        for sign in ("first_dose", "first_dose_to_worsening")
    ]


def test_the_only_stratum_is_the_headline():
    told = WORSENED.alone("of_shape")
    assert set(told.results.loc[told.results["analysis"] == "shape", "clock"]) == {"first_dose_to_worsening"}


SUSPECTS = [COURSE | {"start_date": "2024-05-01"}, COURSE | {"course": "2", "drug": "otherumab", "substance": "otherumab", "start_date": "2024-04-01"}]  # fmt: skip


ON_THE_THIRD = EVENT | {"onset_date": "2024-05-03"}
SUSPECTED = SERIES.of({"courses": order, "reactions": [ON_THE_THIRD]} for order in (SUSPECTS, SUSPECTS[::-1]))


def test_of_several_suspects_the_clock_is_that_of_the_drug():
    """An earlier start of another suspect is no first dose of this one."""
    assert each("first_symptom", "first_dose", SUSPECTED) == [("observed", 2, 3)] * 2
