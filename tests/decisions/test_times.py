"""Onset, resolution and death as reported rows give them: what is counted, and from what (definitions: onset, resolution)."""

import numpy as np
import pandas as pd
import pytest

from scripts.derive.__main__ import derive
from scripts.validate import check
from scripts.words.times import of_result
from tests.decisions.line import CASE, COURSE, EVENT, WHERE, of_each, of_each_case, through, together
from tests.validate.build import SOURCE, tables

STARTED = COURSE | {"start_date": "2024-05-01"}
STUDY_DAY = {"onset_scale": "study_day", "onset_origin": "first_dose"}
COUGH = EVENT | {"reaction": "cough", "role": "symptom", "term": "cough", "attribution": "certain"}
DAY_FOUR = EVENT | STUDY_DAY | {"onset_lower": "4", "onset_upper": "4"}
SCAN = {"case_id": "C1", "result": "t", "test": "CT", "course": "1", "reading": "shows_event", "time_lower": "5",
        "time_upper": "5", "time_scale": "study_day", "time_origin": "first_dose"} | WHERE  # fmt: skip
INF = np.inf
UNKNOWN = (0.0, INF)


def each(endpoint: str, clock: str, series_of_one: list[dict]) -> list[tuple[str, float, float]]:
    """State, lower and upper of one time of the index episode, for each of many series of one case."""
    columns = ("endpoint", "clock", "of_index", "state", "lower", "upper")
    found = of_each_case(series_of_one, "times", *columns)
    return [next(row[3:] for row in rows if row[:3] == (endpoint, clock, "yes")) for rows in found]


def times_of(endpoint: str, **reported):
    """The rows of `times` of one endpoint of the index episode."""
    times = through(**reported).derived["times"]
    return times[(times["of_index"] == "yes") & (times["endpoint"] == endpoint)]


DAYS_ONE_TO_THREE = [
    {"case_id": "C1", "course": "1", "dose": day, "time_lower": day, "time_upper": day, "time_scale": "study_day",
     "time_origin": "first_dose"} | WHERE
    for day in ("1", "2", "3")
]  # fmt: skip

AFTER_COUGH = EVENT | {"onset_lower": "2", "onset_upper": "2", "onset_scale": "d", "onset_origin": "onset:cough"}

FIRST_SYMPTOM = [
    # first-ever exposure: the second course began a year after the first
    (
        {"courses": [COURSE | {"ordinal": "1", "start_date": "2022-01-10"},
                     COURSE | {"course": "2", "ordinal": "2", "start_date": "2023-01-10"}],
         "reactions": [EVENT | {"course": "2", "onset_date": "2023-01-12"}]},
        "first_exposure", (367, 368),
    ),
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
    # one dose: the last is the first
    ({"courses": [STARTED | {"given_lower": "1", "given_upper": "1"}], "reactions": [EVENT | {"onset_date": "2024-05-03"}]},
     "last_dose", (2, 3)),
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


@pytest.mark.parametrize("clock", ["first_dose", "last_dose", "first_exposure"])
def test_first_symptom(clock):
    found = each("first_symptom", clock, [reported for reported, *_ in FIRST_SYMPTOM])
    told = [tuple(bounds) for (_, *bounds), (_, of, _) in zip(found, FIRST_SYMPTOM, strict=True) if of == clock]
    assert told == [bounds for _, of, bounds in FIRST_SYMPTOM if of == clock]


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
]  # fmt: skip


def test_the_same_ten_days_give_one_answer_however_they_were_typed():
    assert each("clinical_resolution", "event", TEN_DAYS) == [("observed", 10, 10)] * len(TEN_DAYS)


FATAL = EVENT | {"outcome": "fatal"}
DIED = {"case_id": "C1"} | WHERE


def dying(number: str, scale: str, origin: str) -> dict:
    """A row of `deaths` so long after an origin."""
    return DIED | {"time_lower": number, "time_upper": number, "time_scale": scale, "time_origin": origin}


DEATHS = [
    # reported rows, then (state, lower, upper) from the first dose, the last dose and the onset
    ({"courses": [STARTED], "reactions": [FATAL | {"onset_date": "2024-05-03"}], "deaths": [DIED | {"time_date": "2024-05-09"}]},
     ("died", 8, 9), ("not_usable", *UNKNOWN), ("died", 6, 6)),
    ({"reactions": [FATAL | STUDY_DAY | {"onset_lower": "4", "onset_upper": "4"}], "deaths": [dying("5", "d", "onset:rash")],
      "doses": DAYS_ONE_TO_THREE}, ("died", 8, 9), ("died", 6, 7), ("died", 5, 5)),
    ({"reactions": [FATAL], "deaths": [dying("6", "d", "last_dose")], "doses": DAYS_ONE_TO_THREE},
     ("died", 8, 9), ("died", 6, 7), ("not_usable", *UNKNOWN)),
    ({"reactions": [FATAL | {"onset_lower": "2", "onset_upper": "2", "onset_scale": "h", "onset_origin": "first_dose"}],
      "deaths": [dying("14", "h", "first_dose")]}, ("died", 14 / 24, 14 / 24), ("not_usable", *UNKNOWN), ("died", 0.5, 0.5)),
    # a date, and none of a dose or of the onset
    ({"reactions": [FATAL], "deaths": [DIED | {"time_date": "2024-05-09"}]}, *[("not_usable", *UNKNOWN)] * 3),
    # fatal, and nobody says when
    ({"reactions": [FATAL]}, ("unknown", *UNKNOWN), ("unknown", *UNKNOWN), ("unknown", *UNKNOWN)),
    # the death of another reaction is one too, and one on the level of the report
    ({"reactions": [EVENT, COUGH | {"role": "other", "outcome": "fatal"}]}, *[("unknown", *UNKNOWN)] * 3),
    ({"reactions": [EVENT], "reports": [{"case_id": "C1", "version": "1", "serious_death": "yes"} | WHERE]},
     *[("unknown", *UNKNOWN)] * 3),
]  # fmt: skip


@pytest.mark.parametrize(("clock", "place"), [("first_dose", 1), ("last_dose", 2), ("event", 3)])
def test_a_death_on_every_clock(clock, place):
    found = each("death", clock, [row[0] for row in DEATHS])
    assert [one[0] for one in found] == [row[place][0] for row in DEATHS]
    assert [one[1:] for one in found] == [pytest.approx(row[place][1:]) for row in DEATHS]


DIED_UNRESOLVED = [
    ({"outcome": "fatal"}, {}, "died"),
    ({"death": "yes"}, {}, "died"),
    ({}, {"relatedness": "related"}, "died"),
    ({"outcome": "not_recovered"}, {}, "died"),
    ({"outcome": "recovering"}, {"relatedness": "unrelated"}, "died"),
    # recovered before the death, also where nobody says when
    ({"outcome": "recovered"}, {}, "unknown"),
    # nobody says whether the event was over when the patient died
    ({}, {}, "unknown"),
    ({"outcome": "unknown"}, {"relatedness": "unrelated"}, "unknown"),
    ({"outcome": "not_stated"}, {"relatedness": "unclear"}, "unknown"),
]


def test_who_died_is_not_for_that_known_to_have_died_unresolved():
    rows = [{"reactions": [EVENT | event], "deaths": [DIED | death]} for event, death, _ in DIED_UNRESOLVED]
    found = each("clinical_resolution", "", rows)
    assert found == [(state, *UNKNOWN) for _, _, state in DIED_UNRESOLVED]


def test_deaths_have_bounds_limits_and_thresholds_among_those_who_died():
    series = together([row[0] for row in DEATHS])
    found = through(asked=("of_death",), **series).results
    own = found[(found["endpoint"] == "death") & (found["clock"] == "event") & (found["group"] == "all")]
    own = own.set_index("statistic")
    assert own.loc["range", ["lower", "upper", "n", "n_total"]].tolist() == pytest.approx([0.5, 6, 3, 8])
    assert own.loc[["known_by", "possible_by"], "value"].tolist() == [3, 8]


def ten_patients() -> dict:
    """Resolved on days 3, 5, 7, 7, 12, 20; died on days 6 and 14; last seen unresolved on days 9 and 25."""
    made: dict = {"cases": [], "courses": [], "reactions": [], "deaths": []}
    ends = {"C0": "3", "C1": "5", "C2": "7", "C3": "7", "C4": "12", "C5": "20"}
    seen, died = {"C6": "9", "C7": "25"}, {"C8": "6", "C9": "14"}
    for case in (*ends, *seen, *died):
        of = {"case_id": case}
        made["cases"].append({"case_id": case, "identity": "identified"} | WHERE)
        made["courses"].append(COURSE | of)
        day = {"end_scale": "d", "end_origin": "first_dose", "end_basis": "clinical"}
        row = EVENT | of
        if case in ends:
            row |= day | {"end_lower": ends[case], "end_upper": ends[case], "outcome": "recovered"}
        elif case in seen:
            row |= day | {"end_lower": seen[case], "outcome": "not_recovered"}
        else:
            row |= {"outcome": "fatal"}
            time_of = {
                "time_lower": died[case],
                "time_upper": died[case],
                "time_scale": "d",
                "time_origin": "first_dose",
            }
            made["deaths"].append(WHERE | of | time_of)
        made["reactions"].append(row)
    return made


def test_competing_death_through_the_line():
    """At day 25: .650 resolved, .225 dead, .125 neither (definitions: competing-death)."""
    results = through(asked=("of_resolution",), **ten_patients()).results
    own = results[(results["endpoint"] == "clinical_resolution") & (results["group"] == "all")]
    last = own[own["statistic"] == "cumulative_incidence"].set_index("level")["value"]
    assert last.to_dict() == pytest.approx({"resolved": 0.650, "dead": 0.225, "neither": 0.125})


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
    # 9 to 12 days: the least of them is among them
    ([NINTH_TO_TWELFTH | {"outcome": "recovered"}], "observed", (8, 12)),
    ([NINTH_TO_TWELFTH | {"end_date": "2024-05-12/..", "outcome": "not_recovered"}], "not_resolved", (9, INF)),
    # a date, and none of the onset it counts from
    ([EVENT | {"end_date": "2024-05-14", "outcome": "recovered"}], "not_usable", UNKNOWN),
    ([EVENT | {"end_date": "2024-05-14", "outcome": "not_recovered"}], "not_resolved", UNKNOWN),
]  # fmt: skip


def test_how_the_event_ended():
    found = of_each_case(
        [{"reactions": rows} for rows, _, _ in ENDED], "times", "endpoint", "of_index", "state", "lower", "upper"
    )
    own = [next(row[2:] for row in rows if row[:2] == ("clinical_resolution", "yes")) for rows in found]
    assert own == [(state, *bounds) for _, state, bounds in ENDED]


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


def test_the_first_resolution_stands_and_a_relapse_is_flagged():
    rows = [{"courses": [STARTED]} | reported for reported, _ in RELAPSES]
    assert each("clinical_resolution", "event", rows) == [("observed", 10, 10)] * len(RELAPSES)
    assert of_each(rows, "relapsed") == [(flag,) for _, flag in RELAPSES]


def test_recovered_without_a_time_had_ended_by_the_last_report():
    report = {"case_id": "C1", "version": "1", "latest_information": "2024-05-23"} | WHERE
    event = EVENT | {"onset_date": "2024-05-03", "outcome": "recovered"}
    row = times_of("clinical_resolution", reactions=[event], reports=[report]).iloc[0]
    assert (row["lower"], row["upper"], row["status"]) == (0, 20, "derived")


def test_an_onset_whose_origin_is_not_stated_is_a_stratum_of_its_own():
    five = EVENT | {"onset_lower": "5", "onset_upper": "5", "onset_scale": "d", "onset_origin": "not_stated"}
    rows = times_of("first_symptom", reactions=[five]).set_index("clock")
    assert rows.loc["first_dose", "state"] == "not_usable"
    assert rows.loc["not_stated", ["lower", "upper", "state"]].tolist() == [5, 5, "observed"]
    # it is the only stratum, so it is the headline
    results = through(asked=("of_robustness",), reactions=[five]).results
    assert set(results.loc[results["analysis"] == "robustness", "clock"]) >= {"not_stated"}


@pytest.mark.parametrize(
    ("typed", "unit"),
    [
        ([("30", "min"), ("45", "min")], "min"),
        ([("30", "min"), ("2.5", "h")], "min"),
        ([("30", "min"), ("20", "h")], "h"),
        ([("3", "study_day"), ("5", "d")], "d"),
        ([("3", "mo"), ("5", "mo")], "mo"),
        ([("30", "min"), ("3", "study_day")], "d"),
    ],
)
def test_one_unit_for_all_times_of_an_endpoint(typed, unit):
    rows = [
        EVENT | {"case_id": f"C{at}", "onset_lower": value, "onset_upper": value, "onset_scale": scale,
                 "onset_origin": "first_dose"}
        for at, (value, scale) in enumerate(typed)
    ]  # fmt: skip
    own = {
        "cases": [CASE | {"case_id": row["case_id"]} for row in rows],
        "courses": [COURSE | {"case_id": row["case_id"]} for row in rows],
    }
    assert set(times_of("first_symptom", reactions=rows, **own)["shown_in"]) == {unit}


MINUTES = [("10", "60")] * 5 + [("20", "20"), ("30", "30"), ("45", "45"), ("150", "150")]


def test_minutes_stay_minutes():
    """Nine reported onsets: 10 to 60 minutes by bounds, from 10 to 150, and never a study day."""
    rows = [
        {"reactions": [EVENT | {"onset_lower": low, "onset_upper": high, "onset_scale": "min", "onset_origin": "first_dose"}]}
        for low, high in MINUTES
    ]  # fmt: skip
    told = through(asked=("of_onset",), analysis={"onset_days": ["30 min", "2 h"]}, **together(rows))
    onset = told.results
    own = onset[(onset["endpoint"] == "first_symptom") & (onset["clock"] == "first_dose") & (onset["group"] == "all")]
    said = {row["statistic"]: of_result(row, "min") for row in own.to_dict("records")}
    assert (said["median_bounds"], said["range"]) == ("10 to 60 minutes", "10 to 150 minutes")
    by = {(row["statistic"], row["at_unit"]): row["value"] for row in own.to_dict("records") if row["at_unit"]}
    assert [by["known_by", "min"], by["possible_by", "min"], by["known_by", "h"]] == [2, 7, 8]
    assert set(told.derived["times"].query("endpoint == 'first_symptom'")["shown_in"]) == {"min"}


def spelt(number: int, days: int) -> dict:
    """The same gap by dates, by study day, by days after the dose."""
    return [
        {"onset_date": f"2024-05-{1 + days:02d}"},
        STUDY_DAY | {"onset_lower": str(days + 1), "onset_upper": str(days + 1)},
        {"onset_lower": str(days), "onset_upper": str(days), "onset_scale": "d", "onset_origin": "first_dose"},
    ][number]


@pytest.mark.parametrize("number", [0, 1, 2])
def test_one_gap_has_one_study_day_however_it_is_spelt(number):
    """Gaps of 3, 5 and 10 days are study days 4, 6 and 11; by study day 4 one has begun."""
    rows = [EVENT | {"case_id": f"C{days}"} | spelt(number, days) for days in (3, 5, 10)]
    own = {
        "cases": [CASE | {"case_id": row["case_id"]} for row in rows],
        "courses": [STARTED | {"case_id": row["case_id"]} for row in rows],
    }
    asked = {"onset_days": [4, "3 d", "72 h"]}
    results = through(asked=("of_onset",), reactions=rows, analysis=asked, **own).results
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


MAY_BE = {"courses": [COURSE | {"start_date": "2024-05"}], "reactions": [EVENT | {"onset_date": "2024-05"}]}


@pytest.mark.parametrize(
    ("role", "use_assumed", "answer"),
    [
        ("event", True, (0, 31, "assumed")),
        ("event", False, (-30, 31, "stated")),
        ("symptom", True, (-30, 31, "stated")),
    ],
)
def test_what_is_attributed_to_the_drug_did_not_begin_before_it(role, use_assumed, answer):
    """A sign that nobody attributes may have: it keeps its bounds."""
    reported = MAY_BE | {"reactions": [MAY_BE["reactions"][0] | {"role": role}]}
    times = derive(*assembled(reported), use_assumed=use_assumed)["times"]
    own = times[(times["endpoint"] == "first_symptom") & (times["clock"] == "first_dose")].iloc[0]
    assert (own["lower"], own["upper"], own["status"]) == answer


def assembled(reported: dict):
    """What `derive` takes, of a series without findings."""
    line = through(**reported)
    membership = pd.DataFrame({"set": ["series_plus_new"], "case_id": ["C1"], "replaces": [""]})
    return tables(**reported), membership, line.found, line.profile


def test_a_source_that_writes_a_day_zero_may_count_from_it():
    """Until that is known a day d is [d, d + 1], and day 0 is day 1; another source keeps its days."""
    zero, four = ({"onset_lower": day, "onset_upper": day} for day in ("0", "4"))
    rows = [
        EVENT | STUDY_DAY | zero,
        EVENT | STUDY_DAY | four | {"case_id": "C2"},
        EVENT | STUDY_DAY | four | {"case_id": "C3", "source_id": "S2"},
    ]
    several = {
        "sources": [SOURCE, SOURCE | {"source_id": "S2"}],
        "cases": [CASE | {"case_id": case} for case in ("C1", "C2", "C3")],
        "courses": [COURSE | {"case_id": case} for case in ("C1", "C2", "C3")],
    }  # fmt: skip
    times = through(**several, reactions=rows).derived["times"]
    own = times[(times["endpoint"] == "first_symptom") & (times["clock"] == "first_dose")].set_index("case_id")
    assert own[["lower", "upper"]].to_numpy().tolist() == [[0, 1], [3, 5], [3, 4]]


def test_a_source_may_say_what_it_calls_the_day_of_the_first_dose():
    """Where that is day 0, day d is study day d + 1, before the dose nothing changes; where it is day 1, days stay."""
    days = {"S1": ("0", "0", (0, 1)), "S2": ("0", "4", (4, 5)), "S3": ("0", "-2", (-2, -1)), "S4": ("1", "4", (3, 4))}
    rows = [
        EVENT | STUDY_DAY | {"onset_lower": day, "onset_upper": day, "case_id": source, "source_id": source}
        for source, (_, day, _) in days.items()
    ]
    # the fourth writes a day 0 elsewhere, and its days stay as they are
    again = DAYS_ONE_TO_THREE[0] | {"case_id": "S4", "source_id": "S4", "time_lower": "0", "time_upper": "0"}
    found = through(
        sources=[SOURCE | {"source_id": source, "first_day": first} for source, (first, *_) in days.items()],
        cases=[CASE | {"case_id": source} for source in days],
        courses=[COURSE | {"case_id": source} for source in days],
        reactions=rows,
        doses=[again],
    ).derived["times"]
    own = found[(found["endpoint"] == "first_symptom") & (found["clock"] == "first_dose")].set_index("case_id")
    assert own[["lower", "upper"]].apply(tuple, axis=1).to_dict() == {name: day for name, (*_, day) in days.items()}


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


def test_a_worsening_and_a_child_exposed_through_its_mother_are_told_apart():
    told = through(**together([rows for rows, _ in APART]))
    times = told.derived["times"]
    own = times[(times["endpoint"] == "first_symptom") & (times["state"] == "observed")]
    assert dict(own.groupby("case_id")["clock"].agg("; ".join)) == {
        f"C{number}": clock for number, (_, clock) in enumerate(APART, start=1)
    }
    first = times[(times["endpoint"] == "first_symptom") & (times["clock"] == "first_dose")].set_index("case_id")
    assert first["state"].to_dict() == {
        f"C{number}": "observed" if clock == "first_dose" else "not_usable"
        for number, (_, clock) in enumerate(APART, start=1)
    }
    said = check(told.reported, told.profile).query("rule == 'Q45' and column == 'present_before'")
    assert set(said["case_id"]) == {f"C{number}" for number, (_, clock) in enumerate(APART, 1) if clock != "first_dose"}
    found = told.results[(told.results["endpoint"] == "first_symptom") & (told.results["group"] == "all")]
    ranges = found[(found["statistic"] == "range") & (found["analysis"] == "onset")].set_index("clock")
    assert ranges["n"].to_dict() == {"first_dose": 4, "first_dose_to_worsening": 2, "mothers_first_dose": 1}
    assert ranges.loc["mothers_first_dose", ["lower", "upper"]].tolist() == [3, 4]


def test_the_only_stratum_is_the_headline():
    told = through(**APART[0][0])
    assert set(told.results.loc[told.results["analysis"] == "shape", "clock"]) == {"first_dose_to_worsening"}


SUSPECTS = [COURSE | {"start_date": "2024-05-01"}, COURSE | {"course": "2", "drug": "otherumab", "substance": "otherumab", "start_date": "2024-04-01"}]  # fmt: skip


def test_of_several_suspects_the_clock_is_that_of_the_drug():
    """An earlier start of another suspect is no first dose of this one."""
    event = EVENT | {"onset_date": "2024-05-03"}
    rows = [{"courses": order, "reactions": [event]} for order in (SUSPECTS, SUSPECTS[::-1])]
    assert each("first_symptom", "first_dose", rows) == [("observed", 2, 3)] * 2
