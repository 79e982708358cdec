"""Times of one patient that nothing can be counted from, and durations against dates. Every case of a list is one patient."""

from scripts.validate.rules.times import rule_duration, rule_unusable_onset
from tests.decisions.line import COURSE, EVENT
from tests.validate.build import TEST
from tests.validate.rules.one_patient import DIED, DOSE, counted, day, told


def test_a_time_that_nothing_can_be_counted_from():
    """It is shown, enters no number, and is told with its cure."""
    cough = EVENT | {"reaction": "cough", "role": "symptom", "term": "cough"}
    dated, shown = {"onset_date": "2024-05-04"}, TEST | {"reading": "shows_event", "time_date": "2024-05-04"}
    started, after_cough = COURSE | {"start_date": "2024-05-01"}, EVENT | counted("onset", "2", "onset:cough")
    over = EVENT | {"end_date": "2024-05-14", "outcome": "recovered"}
    date = "Q45 information {}".format
    cases = [
        ({"reactions": [EVENT | dated]}, date("reactions.onset_date")),
        ({"reactions": [EVENT | dated], "courses": [started]}, ""),
        ({"reactions": [EVENT], "tests": [shown]}, date("tests.time_date")),
        ({"reactions": [over], "courses": [started]}, date("reactions.end_date")),
        ({"reactions": [over | dated]}, "; ".join(sorted([date("reactions.onset_date")]))),
        ({"reactions": [EVENT], "deaths": DIED}, date("deaths.time_date")),
        ({"reactions": [EVENT | dated | {"role": "other"}]}, ""),
        # every dose needs its day for the clock of the last one
        (
            {
                "reactions": [EVENT | counted("onset", "2", "last_dose")],
                "doses": [DOSE | day("time", "1"), DOSE | day("time", "3") | {"dose": "2"}],
            },
            "",
        ),
        (
            {
                "reactions": [EVENT | counted("onset", "2", "last_dose")],
                "doses": [DOSE | day("time", "1"), DOSE | {"dose": "2"}],
            },
            "Q45 warning reactions.onset_origin",
        ),
        (
            {"reactions": [EVENT], "tests": [TEST | {"reading": "shows_event"} | counted("time", "2", "onset:rash")]},
            "Q45 warning tests.time_origin",
        ),
        (
            {
                "reactions": [EVENT | dated],
                "courses": [started],
                "tests": [TEST | {"reading": "shows_event"} | counted("time", "2", "onset:rash")],
            },
            "",
        ),
        # an onset counted from another, that leads to a dose, to nothing, or to itself
        ({"reactions": [cough | counted("onset", "1", "first_dose"), after_cough]}, ""),
        ({"reactions": [cough | dated, after_cough], "courses": [started]}, ""),
        ({"reactions": [cough, after_cough]}, "Q45 warning reactions.onset_origin"),
        ({"reactions": [EVENT | counted("onset", "2", "onset:rash")]}, "Q45 warning reactions.onset_origin"),
    ]
    assert told(rule_unusable_onset, cases) == [words for _, words in cases]


def test_a_duration_against_the_dates():
    ten = EVENT | {"onset_date": "2024-05-03", "end_date": "2024-05-13", "end_origin": "onset:rash"}
    cases = [
        ({"reactions": [ten | {"end_lower": number, "end_upper": number, "end_scale": scale}]}, words)
        for number, scale, words in (
            ("10", "d", ""), ("3", "d", "Q18 warning reactions.end_upper"), ("2", "wk", ""), ("2", "mo", "Q18 warning reactions.end_upper"),
            ("228", "h", ""), ("12", "h", "Q18 warning reactions.end_upper"))
    ]  # fmt: skip
    cases.append(({"reactions": [ten | {"end_lower": "", "end_upper": "14", "end_scale": "d"}]}, ""))
    lasted, days = {"duration": "5", "duration_scale": "d"}, day("onset", "4") | day("end", "30")
    cases += [
        ({"reactions": [EVENT | times | lasted | more]}, words)
        for times, more, words in (
            (ten, {}, "Q18 warning reactions.duration"), (days, {}, "Q18 warning reactions.duration"), (EVENT, {}, ""),
            (ten, {"duration": "11"}, ""), (ten, {"duration": "1", "duration_scale": "wk"}, ""))
    ]  # fmt: skip
    infusion = DOSE | {"time_date": "2024-05-01", "end_date": "2024-05-03", "duration_scale": "d"}
    cases += [
        ({"doses": [infusion | {"duration": "30"}]}, "Q18 warning doses.duration"),
        ({"doses": [infusion | {"duration": "3"}]}, ""),
    ]
    assert told(rule_duration, cases) == [words for _, words in cases]
