"""Is the patient alive, and did they survive the event: every row of the decision (definitions: whether-alive)."""

from tests.decisions.line import CASE, COURSE, EVENT, WHERE, Cases

SERIES = Cases()
DEATH = {"case_id": "C1"} | WHERE
REPORT = {"case_id": "C1", "version": "1"} | WHERE
OTHER = EVENT | {"reaction": "fever", "term": "fever", "role": "other"}
BEGUN = EVENT | {"onset_date": "2022-01-03"}
SEEN = {"case_id": "C1", "result": "t", "test": "look", "course": "1"} | WHERE
TREATED = {"case_id": "C1", "item": "m", "measure": "steroids"} | WHERE
OTHER_DRUG = COURSE | {"course": "9", "drug": "otherol", "substance": "otherol", "role": "concomitant"}
ON_DAY_3 = {"onset_lower": "3", "onset_upper": "3", "onset_scale": "study_day", "onset_origin": "first_dose"}
ON_DAY_9 = {"time_lower": "9", "time_upper": "9", "time_scale": "study_day", "time_origin": "first_dose"}
END_ON_DAY_20 = {"end_lower": "20", "end_upper": "20", "end_scale": "study_day", "end_origin": "first_dose"}
AFTER_72_HOURS = {"end_lower": "72", "end_upper": "72", "end_scale": "h"}
AFTER_30_HOURS = {"end_lower": "30", "end_upper": "30", "end_scale": "h"}
AFTER_ONSET = {"time_lower": "9", "time_upper": "9", "time_scale": "d", "time_origin": "onset:rash"}
DATED = COURSE | {"start_date": "2022-01-01"}
SECOND = COURSE | {"course": "2"}


ALIVE = [
    ({"reactions": [EVENT]}, "unknown", "unknown"),
    ({"reactions": [EVENT | {"outcome": "unknown"}]}, "unknown", "unknown"),
    ({"reactions": [EVENT | {"outcome": "not_stated"}]}, "unknown", "unknown"),
    ({"reactions": [EVENT | {"outcome": "recovered"}]}, "alive", "yes"),
    ({"reactions": [EVENT | {"outcome": "recovered_with_sequelae"}]}, "alive", "yes"),
    ({"reactions": [EVENT | {"outcome": "recovering"}]}, "alive", "unknown"),
    ({"reactions": [EVENT | {"outcome": "not_recovered"}]}, "alive", "unknown"),
    ({"reactions": [EVENT], "cases": [CASE | {"discharged_alive": "yes"}]}, "alive", "yes"),
    ({"reactions": [EVENT], "cases": [CASE | {"discharged_alive": "no"}]}, "unknown", "unknown"),
    ({"reactions": [EVENT], "courses": [COURSE, SECOND]}, "alive", "yes"),  # a later typed course
    # a later course of any drug, a later finding; not of the same day, without a word, or before
    ({"reactions": [BEGUN], "courses": [COURSE, OTHER_DRUG | {"start_date": "2022-02"}]}, "alive", "unknown"),
    ({"reactions": [BEGUN], "courses": [COURSE, OTHER_DRUG | {"start_date": "2022-01"}]}, "unknown", "unknown"),
    ({"reactions": [BEGUN], "tests": [SEEN | {"time_date": "2022-01-04", "value": "5"}]}, "alive", "unknown"),
    ({"reactions": [BEGUN], "tests": [SEEN | {"time_date": "2022-01-03", "value": "5"}]}, "unknown", "unknown"),
    ({"reactions": [BEGUN], "tests": [SEEN | {"time_date": "2022-01-04", "value": "not_done"}]}, "unknown", "unknown"),
    ({"reactions": [BEGUN], "managements": [TREATED | {"time_date": "2022-01-04"}]}, "alive", "unknown"),
    ({"reactions": [BEGUN], "managements": [TREATED | {"time_date": "2022-01-03"}]}, "unknown", "unknown"),
    ({"reactions": [BEGUN], "managements": [TREATED | {"time_date": "2022-01-04", "measure": "not_done"}]}, "unknown", "unknown"),
    ({"reactions": [BEGUN], "managements": [TREATED | AFTER_ONSET]}, "alive", "unknown"),
    ({"reactions": [EVENT], "managements": [TREATED | AFTER_ONSET]}, "unknown", "unknown"),
    ({"reactions": [BEGUN, OTHER | {"onset_date": "2022-01-09"}]}, "alive", "unknown"),
    ({"reactions": [BEGUN, OTHER | {"onset_date": "2022-01-09", "occurred": "no"}]}, "unknown", "unknown"),
    ({"reactions": [BEGUN, OTHER | {"onset_date": "2022-01-09"}], "deaths": [DEATH]}, "died_relation_not_stated", "unknown"),
    ({"reactions": [EVENT | ON_DAY_3], "tests": [SEEN | ON_DAY_9 | {"finding": "clear"}]}, "alive", "unknown"),
    # any death: a row, an outcome, a criterion, the report
    ({"reactions": [EVENT], "deaths": [DEATH]}, "died_relation_not_stated", "unknown"),
    ({"reactions": [EVENT | {"outcome": "fatal"}]}, "died_of_event", "no"),
    ({"reactions": [EVENT | {"death": "yes"}]}, "died_of_event", "no"),
    ({"reactions": [EVENT], "reports": [REPORT | {"serious_death": "yes"}]}, "died_relation_not_stated", "unknown"),
    ({"reactions": [EVENT], "deaths": [DEATH | {"relatedness": "related"}]}, "died_of_event", "no"),
    ({"reactions": [EVENT], "deaths": [DEATH | {"relatedness": "unrelated"}]}, "died_other", "unknown"),
    ({"reactions": [EVENT], "deaths": [DEATH | {"relatedness": "unclear"}]}, "died_relation_not_stated", "unknown"),
    # the event itself fatal wins over `unrelated`
    (
        {"reactions": [EVENT | {"outcome": "fatal"}], "deaths": [DEATH | {"relatedness": "unrelated"}]},
        "died_of_event",
        "no",
    ),
    # another reaction fatal while the event has a stated outcome, and where it has none
    ({"reactions": [EVENT | {"outcome": "recovered"}, OTHER | {"outcome": "fatal"}]}, "died_other", "yes"),
    ({"reactions": [EVENT | {"outcome": "recovered"}, OTHER | {"death": "yes"}]}, "died_other", "yes"),
    ({"reactions": [EVENT, OTHER | {"outcome": "fatal"}]}, "died_relation_not_stated", "unknown"),
    # died with the event unresolved; "not recovered" makes nobody alive where a death is told
    ({"reactions": [EVENT | {"outcome": "not_recovered"}], "deaths": [DEATH | {"relatedness": "unrelated"}]}, "died_other", "no"),
    ({"reactions": [EVENT | {"outcome": "recovered"}], "deaths": [DEATH]}, "died_relation_not_stated", "yes"),
    # died of the event, which is said to have ended: not survived, unless of another episode
    ({"reactions": [EVENT | {"outcome": "recovered"}], "deaths": [DEATH | {"relatedness": "related"}]}, "died_of_event", "no"),
    (
        {
            "reactions": [EVENT | {"outcome": "recovered"}],
            "courses": [COURSE, SECOND],
            "deaths": [DEATH | {"relatedness": "related"}],
        },
        "died_of_event",
        "yes",
    ),
    # begun after the death: evidence of nothing, also where a further row of the death has no time
    (
        {
            "reactions": [EVENT | {"outcome": "recovered"}],
            "courses": [COURSE | {"start_date": "2024-06-01"}],
            "deaths": [DEATH, DEATH | {"time_date": "2024-01-03"}],
        },
        "died_relation_not_stated",
        "unknown",
    ),
    # a fatal second episode does not undo survival of the first
    (
        {
            "reactions": [
                EVENT | {"outcome": "recovered"},
                EVENT | {"reaction": "again", "course": "2", "outcome": "fatal"},
            ],
            "courses": [COURSE, SECOND],
        },
        "died_of_event",
        "yes",
    ),
]  # fmt: skip


VITAL = SERIES.of(reported for reported, _, _ in ALIVE)


def test_vital_and_survival():
    assert VITAL.patients("vital", "survived_event") == [(vital, survived) for _, vital, survived in ALIVE]


UNTIL = [
    ({"reactions": [BEGUN | {"outcome": "recovered", "end_date": "2022-01-10"}]}, "2022-01-10"),
    ({"reactions": [BEGUN | {"outcome": "recovered"}]}, ""),
    ({"reactions": [BEGUN], "courses": [COURSE, OTHER_DRUG | {"start_date": "2022-02"}]}, "2022-02-01/2022-02-28"),
    ({"reactions": [BEGUN | {"outcome": "recovered", "end_date": "2022-01-10"}], "deaths": [DEATH]}, ""),
    # counted from a first dose that has a date, or from an onset that has one
    ({"courses": [DATED], "reactions": [EVENT | ON_DAY_3 | {"outcome": "recovered"} | END_ON_DAY_20]}, "2022-01-20"),
    (
        {"courses": [DATED], "reactions": [EVENT | ON_DAY_3], "tests": [SEEN | ON_DAY_9 | {"finding": "clear"}]},
        "2022-01-09",
    ),
    ({"reactions": [BEGUN], "tests": [SEEN | {"finding": "clear"} | AFTER_ONSET]}, "2022-01-12"),
    ({"reactions": [EVENT | ON_DAY_3 | {"outcome": "recovered"} | END_ON_DAY_20]}, ""),
    (
        {"courses": [DATED], "reactions": [EVENT | {"outcome": "recovered"} | END_ON_DAY_20 | AFTER_72_HOURS]},
        "2022-01-04",
    ),
    (
        {"courses": [DATED], "reactions": [EVENT | {"outcome": "recovered"} | END_ON_DAY_20 | AFTER_30_HOURS]},
        "2022-01-02/2022-01-03",
    ),
]


LAST_SEEN = SERIES.of(reported for reported, _ in UNTIL)


def test_alive_until_the_latest_day_of_the_record():
    assert LAST_SEEN.patients("alive_until") == [(until,) for _, until in UNTIL]


CODE = {"case_id": "C1", "assessor": "A", "drug": "examplumab", "reaction": "rash", "rechallenge": "recurred"} | WHERE
CODED = SERIES.of([{"reactions": [EVENT], "assessments": [CODE]}])


def test_a_code_alone_proves_no_survival():
    assert CODED.patients("vital", "survived_event", "re_exposed") == [("unknown", "unknown", "yes")]


AFTER_THE_DEATH = {
    "courses": [COURSE | {"start_date": "2024-06-20"}, SECOND | {"start_date": "2024-09-01"}],
    "reactions": [
        EVENT | {"onset_date": "2024-06-25", "end_date": "2024-06-28", "outcome": "recovered"},
        EVENT | {"reaction": "again", "course": "2"},
    ],
    "deaths": [DEATH | {"time_date": "2024-07-01", "cause": "accident"}],
    "tests": [SEEN | {"course": "", "time_date": "2024-08-01", "reading": "shows_no_event"}],
}
DIED = SERIES.of([AFTER_THE_DEATH])


def test_what_begins_after_the_death_is_evidence_of_nothing():
    told = ("died_relation_not_stated", "yes", "unknown")
    assert DIED.patients("vital", "survived_event", "re_exposed") == [told]
    assert DIED.alone("of_death").alive == (
        "known alive at last report 0 of 1, died 1 (of the event 0, of another cause 0, relation not stated 1), not known 0"
    )


RESTS_ON = [
    ({"reactions": [EVENT | {"outcome": "fatal"}]}, "reactions[rash].outcome", "reactions[rash].outcome"),
    ({"reactions": [EVENT | {"death": "yes"}], "deaths": [DEATH]}, "deaths.case_id; reactions[rash].death", "reactions[rash].outcome"),
    ({"reactions": [EVENT], "reports": [REPORT | {"serious_death": "yes"}]}, "reports.serious_death", ""),
    ({"reactions": [EVENT], "deaths": [DEATH | {"relatedness": "related"}]}, "deaths.case_id", "deaths.relatedness"),
    ({"reactions": [EVENT | {"outcome": "recovered"}], "courses": [COURSE, SECOND]},
     "reactions[rash].outcome; courses[2]", "reactions[rash].outcome; courses[2]"),
    ({"reactions": [EVENT], "cases": [CASE | {"discharged_alive": "yes"}]}, "cases.discharged_alive", "cases.discharged_alive"),
    ({"reactions": [BEGUN], "managements": [TREATED | {"time_date": "2022-01-04"}]}, "managements[m]", ""),
]  # fmt: skip


RESTING = SERIES.of(reported for reported, *_ in RESTS_ON)


def test_what_life_and_death_rest_on_is_named():
    assert RESTING.patients("vital_basis", "survived_basis") == [tuple(cells) for _, *cells in RESTS_ON]


def time(prefix: str, bounds: str, scale: str, origin: str) -> dict[str, str]:
    lower, _, upper = bounds.partition("-")
    parts = {"lower": lower, "upper": upper or lower, "scale": scale, "origin": origin}
    return {f"{prefix}_{part}": cell for part, cell in parts.items()}


STARTED, ONE_DOSE = {"start_date": "2022-01-01"}, {"given_lower": "1", "given_upper": "1"}
NEVER = (0.0, float("inf"))
TO_DEATH = [
    # by dates: days from a dose as study days, between onset and death as their count; one dose is the first and the last
    (STARTED | ONE_DOSE, {"onset_date": "2022-01-03"}, {"time_date": "2022-01-09"}, ((8, 9), (8, 9), (6, 6)), "died"),
    # an onset in hours, a death by day: elapsed time between the two
    (STARTED | ONE_DOSE, time("onset", "36", "h", "first_dose"), time("time", "5", "study_day", "first_dose"), ((4, 5), (4, 5), (2.5, 3.5)), "died"),
    # both in hours
    ({}, time("onset", "36", "h", "first_dose"), time("time", "60", "h", "first_dose"), ((2.5, 2.5), NEVER, (1, 1)), "not_usable"),
    # counted from the onset, of which only a stretch is known
    (ONE_DOSE, time("onset", "2-4", "study_day", "first_dose"), time("time", "5", "d", "onset:rash"), ((6, 9), (6, 9), (5, 5)), "died"),
    # nothing says when the first dose was; the date of the onset does for the third clock
    ({}, {"onset_date": "2022-01-03"}, {"time_date": "2022-01-09"}, (NEVER, NEVER, (6, 6)), "not_usable"),
    ({}, {}, {"time_date": "2022-01-09"}, (NEVER, NEVER, NEVER), "not_usable"),
    ({}, {}, {}, (NEVER, NEVER, NEVER), "unknown"),
]  # fmt: skip


DYING = SERIES.of(
    {"courses": [COURSE | course], "reactions": [EVENT | event], "deaths": [DEATH | death]}
    for course, event, death, _, _ in TO_DEATH
)


def test_time_to_death_on_every_clock():
    times = DYING.rows("times", "endpoint", "clock", "lower", "upper", "state")
    clocks = ("first_dose", "last_dose", "event")
    for case_times, (*_, expected, otherwise) in zip(times, TO_DEATH, strict=True):
        told = {clock: (low, high, state) for endpoint, clock, low, high, state in case_times if endpoint == "death"}
        states = ["died" if bounds != NEVER else otherwise for bounds in expected]
        assert [told[clock] for clock in clocks] == [
            (*bounds, state) for bounds, state in zip(expected, states, strict=True)
        ]
