"""Resolution as reported rows give it: how long after what the event ended (definitions: resolution)."""

from tests.decisions.line import COURSE, EVENT, WHERE, Cases
from tests.decisions.timed import COUGH, DAYS_ONE_TO_THREE, INF, STARTED, STUDY_DAY, UNKNOWN, each

SERIES = Cases()


def onset(number: str, scale: str, origin: str) -> dict[str, str]:
    return {"onset_lower": number, "onset_upper": number, "onset_scale": scale, "onset_origin": origin}


def end(number: str, scale: str, origin: str) -> dict[str, str]:
    return {"end_lower": number, "end_upper": number, "end_scale": scale, "end_origin": origin, "outcome": "recovered"}


TEN_DAYS = [
    {"reactions": [EVENT | {"onset_date": "2024-05-03", "end_date": "2024-05-13", "outcome": "recovered"}]},
    {"reactions": [EVENT | {"onset_date": "2024-05-03", "end_lower": "10", "end_upper": "10", "end_scale": "d",
                            "end_origin": "onset:rash", "outcome": "recovered"}]},
    {"courses": [STARTED], "reactions": [EVENT | STUDY_DAY | {"onset_lower": "3", "onset_upper": "3",
                                                              "end_date": "2024-05-13", "outcome": "recovered"}]},
    {"reactions": [EVENT | STUDY_DAY | {"onset_lower": "3", "onset_upper": "3", "end_lower": "13", "end_upper": "13", "end_scale": "study_day",
                                        "end_origin": "first_dose", "outcome": "recovered"}]},
    {"courses": [STARTED], "reactions": [EVENT | {"onset_date": "2024-05-03", "end_lower": "12", "end_upper": "12", "end_scale": "d",
                                                  "end_origin": "first_dose", "outcome": "recovered"}]},
    {"reactions": [EVENT | {"duration": "10", "duration_scale": "d", "outcome": "recovered"}]},
    # the onset in hours, from the last dose, or from the onset of another sign; the start known to the month
    {"courses": [STARTED], "reactions": [EVENT | onset("48", "h", "first_dose") | {"end_date": "2024-05-13", "outcome": "recovered"}]},
    {"courses": [STARTED], "reactions": [EVENT | onset("2", "d", "last_dose") | {"end_date": "2024-05-15", "outcome": "recovered"}],
     "doses": DAYS_ONE_TO_THREE},
    {"reactions": [COUGH | onset("2", "study_day", "first_dose"), EVENT | onset("1", "d", "onset:cough") | end("13", "study_day", "first_dose")]},
    {"courses": [COURSE | {"start_date": "2024-05"}], "reactions": [EVENT | onset("3", "study_day", "first_dose") | end("13", "study_day", "first_dose")]},
    {"courses": [STARTED], "reactions": [EVENT | {"onset_date": "2024-05-03"} | end("10", "d", "last_dose")], "doses": DAYS_ONE_TO_THREE},
    {"reactions": [EVENT | onset("48", "h", "first_dose") | end("288", "h", "first_dose")]},
]  # fmt: skip


SAME = SERIES.of(TEN_DAYS)


def test_the_same_ten_days_give_one_answer_however_they_were_typed():
    assert each("clinical_resolution", "event", SAME) == [("observed", 10, 10)] * len(TEN_DAYS)


ABOUT_TEN_DAYS = [
    # at what hour the dose was given nobody says: 30 h may be the next day or the one after it
    ({"courses": [STARTED], "reactions": [EVENT | onset("30", "h", "first_dose") | {"end_date": "2024-05-13", "outcome": "recovered"}]}, (9, 11)),
    # a day against elapsed time
    ({"reactions": [EVENT | onset("3", "study_day", "first_dose") | end("288", "h", "first_dose")]}, (9, 10)),
    ({"courses": [STARTED], "reactions": [EVENT | {"onset_date": "2024-05-03"} | end("12.5", "d", "first_dose")]}, (9.5, 10.5)),
    # recovered before the death, or by the last report: and one of which nobody knows when it began
    ({"reactions": [EVENT | {"onset_date": "2024-05-03", "outcome": "recovered"}], "deaths": [{"case_id": "C1", "time_date": "2024-05-13"} | WHERE]}, (0, 10)),
    ({"reactions": [EVENT | {"onset_date": "../2024-05-03", "outcome": "recovered"}],
      "reports": [{"case_id": "C1", "version": "1", "received": "2024-05-23"} | WHERE]}, UNKNOWN),
]  # fmt: skip


OTHERWISE = [SERIES.of(rows for rows, _ in own) for own in (ABOUT_TEN_DAYS[:-1], ABOUT_TEN_DAYS[-1:])]


def test_bounds_of_a_resolution_whose_onset_or_end_is_told_otherwise():
    known, unknown = (
        each("clinical_resolution", clock, cases) for clock, cases in zip(("event", ""), OTHERWISE, strict=True)
    )
    assert [resolution[1:] for resolution in known + unknown] == [bounds for _, bounds in ABOUT_TEN_DAYS]


EIGHT_DAYS = EVENT | {"end_lower": "8", "end_upper": "8", "end_scale": "d", "end_origin": "event"}
INFILTRATE = EIGHT_DAYS | {"reaction": "other", "term": "blue rash", "end_lower": "12", "end_upper": "12"}


NINTH_TO_TWELFTH = EVENT | {"onset_date": "2024-05-03", "end_date": "2024-05-12/2024-05-15"}

ENDED = [
    ([EIGHT_DAYS | {"outcome": "recovered"}], "observed", (8, 8)),
    ([EIGHT_DAYS | {"outcome": ""}], "observed", (8, 8)),
    ([EIGHT_DAYS | {"outcome": "recovered_with_sequelae"}], "sequelae", (8, 8)),
    # an end beside recovering or not recovered is the last look; beside unknown it cannot be used
    ([EIGHT_DAYS | {"outcome": "recovering"}], "not_resolved", (8, INF)),
    ([EIGHT_DAYS | {"outcome": "not_recovered"}], "not_resolved", (8, INF)),
    ([EIGHT_DAYS | {"outcome": "unknown"}], "not_usable", UNKNOWN),
    # several terms are one event: it has ended when all have
    ([EIGHT_DAYS | {"outcome": "recovered"}, INFILTRATE | {"outcome": "recovered"}], "observed", (12, 12)),
    ([EIGHT_DAYS | {"outcome": "recovered"}, INFILTRATE | {"outcome": "recovered_with_sequelae"}], "sequelae", (12, 12)),
    ([EIGHT_DAYS | {"outcome": "not_recovered"}, INFILTRATE | {"outcome": "recovered"}], "not_resolved", (12, INF)),
    ([EIGHT_DAYS | {"outcome": "recovered"}, EVENT | {"reaction": "other"}], "unknown", UNKNOWN),
    # nobody says whether another term occurred: without an end it leaves that of the event open, a later end is the latest
    ([EIGHT_DAYS | {"outcome": "recovered"}, INFILTRATE | {"occurred": "", "outcome": "recovered"}], "observed", (8, 12)),
    ([EIGHT_DAYS | {"outcome": "recovered"}, INFILTRATE | {"occurred": "not_stated", "outcome": "not_recovered"}], "unknown", UNKNOWN),
    ([EIGHT_DAYS | {"outcome": "recovered"}, EVENT | {"reaction": "other", "occurred": ""}], "unknown", UNKNOWN),
    ([EIGHT_DAYS | {"outcome": "recovered"}, INFILTRATE | {"occurred": "no"}], "observed", (8, 8)),
    ([EIGHT_DAYS | {"outcome": "not_recovered"}, INFILTRATE | {"occurred": "", "outcome": "recovered"}], "not_resolved", (8, INF)),
    # 9 to 12 days: the least of them is among them
    ([NINTH_TO_TWELFTH | {"outcome": "recovered"}], "observed", (8, 12)),
    ([NINTH_TO_TWELFTH | {"end_date": "2024-05-12/..", "outcome": "not_recovered"}], "not_resolved", (9, INF)),
    # on some day from the onset on: nothing is known of it
    ([EVENT | {"onset_date": "2024-05-03", "end_date": "2024-05-03/..", "outcome": "recovered"}], "unknown", UNKNOWN),
    # a date, and none of the onset it counts from
    ([EVENT | {"end_date": "2024-05-14", "outcome": "recovered"}], "not_usable", UNKNOWN),
    ([EVENT | {"end_date": "2024-05-14", "outcome": "not_recovered"}], "not_resolved", UNKNOWN),
]  # fmt: skip


ENDING = SERIES.of({"reactions": rows} for rows, _, _ in ENDED)


def test_how_the_event_ended():
    times = ENDING.rows("times", "endpoint", "of_index", "state", "lower", "upper")
    ends = [next(row[2:] for row in rows if row[:2] == ("clinical_resolution", "yes")) for rows in times]
    assert ends == [(state, *bounds) for _, state, bounds in ENDED]


BACK = EVENT | {"reaction": "back", "onset_date": "2024-06-10", "end_date": "2024-07-01", "outcome": "recovered"}
TEN_OF_MAY = EVENT | {"onset_date": "2024-05-03", "end_date": "2024-05-13", "outcome": "recovered"}
DOSED = {"case_id": "C1", "course": "1", "given": "yes"} | WHERE
RELAPSES = [
    ({"reactions": [TEN_OF_MAY, BACK]}, "yes"),
    ({"reactions": [BACK, TEN_OF_MAY]}, "yes"),
    ({"reactions": [TEN_OF_MAY]}, ""),
    # a dose without a day may lie between
    ({"reactions": [TEN_OF_MAY, BACK], "doses": [DOSED | {"dose": "1"}, DOSED | {"dose": "2"}]}, "unknown"),
    # given again between: no relapse off the drug
    ({"reactions": [TEN_OF_MAY, BACK], "doses": [DOSED | {"dose": "1", "time_date": "2024-05-01"},
                                                 DOSED | {"dose": "2", "time_date": "2024-06-08"}]}, ""),
]  # fmt: skip


RELAPSED = SERIES.of({"courses": [STARTED]} | reported for reported, _ in RELAPSES)


def test_the_first_resolution_stands_and_a_relapse_is_flagged():
    assert each("clinical_resolution", "event", RELAPSED) == [("observed", 10, 10)] * len(RELAPSES)
    assert RELAPSED.patients("relapsed") == [(flag,) for _, flag in RELAPSES]


REPORTED = {"case_id": "C1", "version": "1", "latest_information": "2024-05-23"} | WHERE
BY_A_REPORT = SERIES.of(
    [{"reactions": [EVENT | {"onset_date": "2024-05-03", "outcome": "recovered"}], "reports": [REPORTED]}]
)


def test_recovered_without_a_time_had_ended_by_the_last_report():
    assert each("clinical_resolution", "event", BY_A_REPORT, "status") == [("observed", 0, 20, "derived")]
