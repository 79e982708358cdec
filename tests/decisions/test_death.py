"""Death as reported rows give it: on every clock, and as the end of an event that was not over (definitions: death-as-an-endpoint)."""

import pytest

from tests.decisions.line import COURSE, EVENT, WHERE, Cases, through
from tests.decisions.timed import COUGH, DAYS_ONE_TO_THREE, STARTED, STUDY_DAY, UNKNOWN, each

AFTER_COUGH = {"onset_lower": "2", "onset_upper": "2", "onset_scale": "d", "onset_origin": "onset:cough"}
SCAN = {"case_id": "C1", "result": "t", "test": "CT", "course": "1", "reading": "shows_event"} | WHERE
SERIES = Cases()
FATAL = EVENT | {"outcome": "fatal"}
DIED = {"case_id": "C1"} | WHERE


def dying(number: str, scale: str, origin: str) -> dict:
    """A row of `deaths` so long after an origin."""
    return DIED | {"time_lower": number, "time_upper": number, "time_scale": scale, "time_origin": origin}


DAY_ZERO_AND_NINE = [
    {
        "case_id": "C1",
        "course": "1",
        "dose": number,
        "time_lower": day,
        "time_upper": day,
        "time_scale": "d",
        "time_origin": "first_dose",
    }
    | WHERE
    for number, day in (("1", "0"), ("2", "9"))
]
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
    # the onset counted from the last dose, or from that of another sign
    ({"courses": [STARTED], "reactions": [FATAL | {"onset_lower": "1", "onset_upper": "1", "onset_scale": "d", "onset_origin": "last_dose"}],
      "deaths": [DIED | {"time_date": "2024-05-09"}], "doses": DAYS_ONE_TO_THREE}, ("died", 8, 9), ("died", 6, 7), ("died", 5, 5)),
    ({"courses": [STARTED], "reactions": [COUGH | {"onset_date": "2024-05-02"}, FATAL | AFTER_COUGH], "deaths": [DIED | {"time_date": "2024-05-09"}]},
     ("died", 8, 9), ("not_usable", *UNKNOWN), ("died", 5, 5)),
    # counted from the diagnosis, of which the day is known, or is not
    ({"courses": [STARTED], "reactions": [FATAL | {"onset_date": "2024-05-03"}], "deaths": [dying("2", "d", "diagnosis")], "tests": [SCAN | {"time_date": "2024-05-04"}]},
     ("died", 5, 6), ("not_usable", *UNKNOWN), ("died", 3, 3)),
    ({"courses": [STARTED], "reactions": [FATAL | {"onset_date": "2024-05-03"}], "deaths": [dying("2", "d", "diagnosis")], "tests": [SCAN]},
     *[("not_usable", *UNKNOWN)] * 3),
    # a month in which it may have been before the dose, which nobody gives to the dead
    ({"courses": [STARTED | {"start_date": "2024-05-10"}], "reactions": [FATAL], "deaths": [DIED | {"time_date": "2024-05"}]},
     ("died", 0, 22), ("not_usable", *UNKNOWN), ("not_usable", *UNKNOWN)),
    # counted from the last dose of all; doses on days that are counted from the first
    ({"reactions": [FATAL], "deaths": [dying("48", "h", "last_dose")], "doses": DAY_ZERO_AND_NINE},
     ("died", 10, 12), ("died", 2, 2), ("not_usable", *UNKNOWN)),
    # within 20 days, and a dose was given on the ninth
    ({"reactions": [FATAL], "deaths": [dying("20", "d", "first_dose") | {"time_lower": ""}], "doses": DAY_ZERO_AND_NINE},
     ("died", 9, 21), ("died", 0, 12), ("not_usable", *UNKNOWN)),
    # a date, and none of a dose or of the onset
    ({"reactions": [FATAL], "deaths": [DIED | {"time_date": "2024-05-09"}]}, *[("not_usable", *UNKNOWN)] * 3),
    # fatal, and nobody says when
    ({"reactions": [FATAL]}, ("unknown", *UNKNOWN), ("unknown", *UNKNOWN), ("unknown", *UNKNOWN)),
    # the death of another reaction is one too, and one on the level of the report
    ({"reactions": [EVENT, COUGH | {"role": "other", "outcome": "fatal"}]}, *[("unknown", *UNKNOWN)] * 3),
    ({"reactions": [EVENT], "reports": [{"case_id": "C1", "version": "1", "serious_death": "yes"} | WHERE]},
     *[("unknown", *UNKNOWN)] * 3),
]  # fmt: skip


DEAD = SERIES.of(row[0] for row in DEATHS)


@pytest.mark.parametrize(("clock", "place"), [("first_dose", 1), ("last_dose", 2), ("event", 3)])
def test_a_death_on_every_clock(clock, place):
    deaths = each("death", clock, DEAD)
    assert [death[0] for death in deaths] == [row[place][0] for row in DEATHS]
    assert [death[1:] for death in deaths] == [pytest.approx(row[place][1:]) for row in DEATHS]


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


UNRESOLVED = SERIES.of({"reactions": [EVENT | event], "deaths": [DIED | death]} for event, death, _ in DIED_UNRESOLVED)


def test_who_died_is_not_for_that_known_to_have_died_unresolved():
    times = each("clinical_resolution", "", UNRESOLVED)
    assert times == [(state, *UNKNOWN) for _, _, state in DIED_UNRESOLVED]


def test_deaths_have_bounds_limits_and_thresholds_among_those_who_died():
    results = DEAD.alone("of_death").results
    deaths = results[(results["endpoint"] == "death") & (results["clock"] == "event") & (results["group"] == "all")]
    deaths = deaths.set_index("statistic")
    assert deaths.loc["range", ["lower", "upper", "n", "n_total"]].tolist() == pytest.approx([0.5, 6, 6, 15])
    assert deaths.loc[["known_by", "possible_by"], "value"].tolist() == [6, 15]


def ten_patients() -> dict:
    """Resolved on days 3, 5, 7, 7, 12, 20; died on days 6 and 14; last seen unresolved on days 9 and 25."""
    made: dict = {"cases": [], "courses": [], "reactions": [], "deaths": []}
    ends = {"C0": "3", "C1": "5", "C2": "7", "C3": "7", "C4": "12", "C5": "20"}
    seen, died = {"C6": "9", "C7": "25"}, {"C8": "6", "C9": "14"}
    for case in (*ends, *seen, *died):
        ids = {"case_id": case}
        made["cases"].append({"case_id": case, "identity": "identified"} | WHERE)
        made["courses"].append(COURSE | ids)
        day = {"end_scale": "d", "end_origin": "first_dose", "end_basis": "clinical"}
        row = EVENT | ids
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
            made["deaths"].append(WHERE | ids | time_of)
        made["reactions"].append(row)
    return made


def test_competing_death_through_the_line():
    """At day 25: .650 resolved, .225 dead, .125 neither (definitions: competing-death)."""
    results = through(asked=("of_resolution",), **ten_patients()).results
    resolution = results[(results["endpoint"] == "clinical_resolution") & (results["group"] == "all")]
    last = resolution[resolution["statistic"] == "cumulative_incidence"].set_index("level")["value"]
    assert last.to_dict() == pytest.approx({"resolved": 0.650, "dead": 0.225, "neither": 0.125})
