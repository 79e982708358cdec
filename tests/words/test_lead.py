"""The lead of invented series, word by word: what is said, and what is left out when it is not known."""

import re
from functools import cache

import pandas as pd
import pytest

from scripts.words.lead import _recurrence, lead
from tests.conftest import REPOSITORY
from tests.decisions.line import CASE, COURSE, EVENT, WHERE, Told, through

CALLED = {"drug": "examplumab", "event": "blue rash", "sentinel": "itch", "onset": "first_symptom", "clock": "first_dose",
          "resolution": "clinical_resolution"}  # fmt: skip
FORBIDDEN = re.compile(r"sentinel_sign|not_stated|pooled|NPMLE|median|bounds|strict|_|%|nan|0 of 0")
NOT_FOR_READERS = [
    line
    for line in (REPOSITORY / "tests/documents/not_for_readers.txt").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]
FIRST = {"onset_origin": "first_dose"}
ANALYSES = ("of_characteristics", "of_death", "of_onset", "of_rechallenge", "of_resolution")
"""Those whose results the sentences rest on."""


def cases(*events: dict, courses: dict | None = None) -> dict:
    """A case each, C1, C2, ..., with its event."""
    names = [f"C{number}" for number, _ in enumerate(events, start=1)]
    return {
        "cases": [CASE | {"case_id": case_id} for case_id in names],
        "courses": [COURSE | (courses or {}) | {"case_id": case_id} for case_id in names],
        "reactions": [EVENT | {"case_id": case_id} | event for case_id, event in zip(names, events, strict=True)],
    }


def day(number: int) -> dict:
    return FIRST | {"onset_lower": str(number), "onset_upper": str(number), "onset_scale": "study_day"}


def minutes(number: int) -> dict:
    return FIRST | {"onset_lower": str(number), "onset_upper": str(number), "onset_scale": "min"}


LATER = FIRST | {"onset_lower": "30", "onset_upper": "", "onset_scale": "min"}
WITHIN = FIRST | {"onset_lower": "0", "onset_upper": "30", "onset_scale": "min"}


def died(case: str, number: int) -> dict:
    """A row of `deaths`: on a study day."""
    day = {"time_lower": str(number), "time_upper": str(number), "time_scale": "study_day", "time_origin": "first_dose"}
    return WHERE | {"case_id": case} | day


def again(**outcome: str) -> dict:
    """One woman, recovered, given the drug a second time."""
    second = EVENT | {"reaction": "again", "course": "2"} | outcome
    made = cases(day(2) | {"outcome": "recovered"})
    return made | {"courses": [*made["courses"], COURSE | {"course": "2"}], "reactions": [*made["reactions"], second]}


FROM_LAST = {"onset_lower": "3", "onset_upper": "3", "onset_scale": "d", "onset_origin": "last_dose"}
SEVERAL = {"given_lower": "2", "given_upper": "3"}


def hours(number: int) -> dict:
    return FIRST | {"onset_lower": str(number), "onset_upper": str(number), "onset_scale": "h"}


def many_again() -> dict:
    """Four who recovered, and were given the drug again: it recurred, did not, did at the second time; of one nothing is told."""
    first = cases(*(day(2) | RECOVERED for _ in range(4)))
    told = {"C1": ["yes"], "C2": ["no"], "C3": ["no", "yes"], "C4": [""]}
    given = [(case, str(place), each) for case, answers in told.items() for place, each in enumerate(answers, start=2)]
    again = [
        EVENT | {"case_id": case, "reaction": f"again{number}", "course": number, "occurred": each}
        for case, number, each in given
        if each
    ]
    courses = [COURSE | {"case_id": case, "course": number} for case, number, _ in given]
    return first | {"courses": [*first["courses"], *courses], "reactions": [*first["reactions"], *again]}


def with_another(series: dict, *names: str) -> dict:
    """These patients were given a second suspect drug too."""
    other = COURSE | {"course": "9", "drug": "samplimab", "substance": "samplimab", "role": "suspect"}
    return series | {"courses": [*series["courses"], *(other | {"case_id": case_id} for case_id in names)]}


def of_a_group(series: dict) -> dict:
    unnamed = {"identity": "anonymous", "aggregate_id": "G"}
    return series | {"cases": [row | unnamed for row in series["cases"]]}


RECOVERED = {"outcome": "recovered"}
FATAL = {"outcome": "fatal"}
NOBODY = "No patient is known to have been given the drug again."
DAYS = "(day 1 is the day of the first dose)"
SERIES = {
    "nothing known of one": (cases({}), "One report of blue rash after examplumab. When it began is not known. None is known to have "
        f"recovered; no death is reported; in one the outcome is not known. {NOBODY}"),
    "counted from the last of several doses": (cases(FROM_LAST, FROM_LAST, courses=SEVERAL), "Two reports of blue rash after examplumab. Counted "
        "from the first dose, when it began is not known in any patient; counted from the last dose it is known in two. None is known to have "
        f"recovered; no death is reported; in two the outcome is not known. {NOBODY}"),
    "one, timed": (cases(day(3) | RECOVERED), "One report of blue rash after examplumab. In the one patient for whom the timing is known, first symptoms appeared on "
        f"study day 3 {DAYS}. One recovered; no death is reported. {NOBODY}"),
    "all fatal": (cases(day(2) | FATAL, day(5) | FATAL), "Two reports of blue rash after examplumab. In the two patients for whom the timing is known, first "
        f"symptoms appeared on study days 2 to 5 {DAYS}. None is known to have recovered; two died of the event. Two of two died before the event had cleared. {NOBODY}"),
    "all fatal, one with its day": (cases(day(2) | FATAL, day(5) | FATAL) | {"deaths": [died("C1", 6)]}, "Two reports of blue rash after examplumab. "
        f"In the two patients for whom the timing is known, first symptoms appeared on study days 2 to 5 {DAYS}. None is known to have recovered; two died of the event. "
        f"Two of two died before the event had cleared, 4 days after it began (the time is known for one). {NOBODY}"),
    "one died, one cleared": (cases(RECOVERED | {"end_lower": "8", "end_upper": "8", "end_scale": "d", "end_origin": "event"}, FATAL),
        "Two reports of blue rash after examplumab. When it began is not known in any patient. One recovered; one died of the event. In one of the two the event is known to "
        f"have cleared within 14 days; one died before it had cleared. {NOBODY}"),
    "minutes": (cases(minutes(10), minutes(150)), "Two reports of blue rash after examplumab. In the two patients for whom the timing is known, first symptoms appeared "
        f"10 to 150 minutes after the first dose. None is known to have recovered; no death is reported; in two the outcome is not known. {NOBODY}"),
    "hours": (cases(hours(2) | RECOVERED, hours(30) | RECOVERED), "Two reports of blue rash after examplumab. In the two patients for whom the timing is known, "
        f"first symptoms appeared 2 to 30 hours after the first dose. Two recovered; no death is reported. {NOBODY}"),
    "all known as a group only": (of_a_group(cases(*({"outcome": each} for each in ("recovered", "not_seen", "not_seen")))), "Three reports of blue rash after "
        f"examplumab. When it began is not known in any patient. One recovered; no death is reported; in two the outcome is not known. {NOBODY}"),
    "two drugs, of all": (with_another(cases(RECOVERED, FATAL), "C1", "C2"), "Two reports of blue rash after examplumab; in all of them another drug was "
        f"suspected too. When it began is not known in any patient. One recovered; one died of the event. {NOBODY}"),
    "two drugs, of some; deaths told apart": (with_another(cases(FATAL, {}, {}), "C2") | {"deaths": [WHERE | {"case_id": "C2", "relatedness": "unrelated"},
        WHERE | {"case_id": "C3"}]}, "Three reports of blue rash after examplumab; in one of them another drug was suspected too. When it began is not known in any "
        "patient. None is known to have recovered; three died: one of the event, one of another cause, in one not stated whether of the event. " + NOBODY),
    "many given it again": (many_again(), "Four reports of blue rash after examplumab. In the four patients for whom the timing is known, first symptoms appeared on "
        f"study day 2 {DAYS}. Four recovered; no death is reported. Four patients are known to have been given the drug again: the event recurred in two, in one it did "
        "not, in one the result is not known."),
    "some times open": (cases(WITHIN, minutes(10), minutes(20), minutes(20), LATER), "Five reports of blue rash after examplumab. In the five patients for whom the "
        "timing is known (for some, only that it was later than a stated time), half had first symptoms within 20 minutes of the first dose. None is known to "
        f"have recovered; no death is reported; in five the outcome is not known. {NOBODY}"),
    "no end is known": (cases(WITHIN, LATER), "Two reports of blue rash after examplumab. When it began is known only within limits. None is known to have "
        f"recovered; no death is reported; in two the outcome is not known. {NOBODY}"),
    "origin not stated": (cases({"onset_lower": "5", "onset_upper": "5", "onset_scale": "d", "onset_origin": "not_stated"}),
        "One report of blue rash after examplumab. In the one patient for whom the timing is known, first symptoms appeared after 5 days; the sources do not say "
        f"from when this was counted. None is known to have recovered; no death is reported; in one the outcome is not known. {NOBODY}"),
    "outcomes": (cases(*({"outcome": each} for each in ("recovered", "recovered_with_sequelae", "recovering", "not_recovered", "unknown", "fatal"))),
        "Six reports of blue rash after examplumab. When it began is not known in any patient. One recovered; one was left with sequelae; two had not yet "
        f"recovered; one died of the event; in one the outcome is not known. {NOBODY}"),
    "cleared": (cases(*(RECOVERED | {"end_lower": end, "end_upper": end, "end_scale": "d", "end_origin": "event"} for end in ("8", "20")), RECOVERED),
        "Three reports of blue rash after examplumab. When it began is not known in any patient. Three recovered; no death is reported. In one of "
        f"the three the event is known to have cleared within 14 days; in one this is not known; in one it took longer or had not ended. {NOBODY}"),
    "came back": (again(occurred="yes"), "One report of blue rash after examplumab. In the one patient for whom the timing is known, first symptoms appeared on study day 2 "
        f"{DAYS}. One recovered; no death is reported. One patient is known to have been given the drug again: the event recurred."),
    "did not recur": (again(occurred="no"), "One report of blue rash after examplumab. In the one patient for whom the timing is known, first symptoms appeared on "
        f"study day 2 {DAYS}. One recovered; no death is reported. One patient is known to have been given the drug again: the event did not recur."),
    "result not known": (again(occurred="not_stated"), "One report of blue rash after examplumab. In the one patient for whom the timing is known, first symptoms appeared "
        f"on study day 2 {DAYS}. One recovered; no death is reported. One patient is known to have been given the drug again: what happened is not known."),
}  # fmt: skip


DEAD = cases(RECOVERED) | {"deaths": [WHERE | {"case_id": "C1"}]}
ALL = {name: series for name, (series, _) in SERIES.items()} | {"recovered": cases(RECOVERED), "dead": DEAD}


def named(series: str, case: str) -> str:
    return f"{case} of {series}"


@cache
def told_of(series_name: str) -> Told:
    """What the line tells of one of the series: all of them go through it together, and are analysed each alone."""
    line = through(asked=ANALYSES, **together())
    return line.alone([named(series_name, row["case_id"]) for row in ALL[series_name]["cases"]])


def together() -> dict:
    made: dict = {}
    for series_name, series in ALL.items():
        for table, rows in series.items():
            made.setdefault(table, []).extend(row | {"case_id": named(series_name, row["case_id"])} for row in rows)
    return made


def told(series_name: str) -> list[str]:
    line = told_of(series_name)
    times = line.derived["times"]
    units = dict(zip(times["endpoint"], times["shown_in"], strict=True))
    clock = "not_stated" if "not_stated" in set(times.loc[times["state"] == "observed", "clock"]) else "first_dose"
    return lead(line.results, line.derived["patients"], CALLED | {"clock": clock}, units, ())


@pytest.mark.parametrize("name", SERIES)
def test_the_lead(name):
    _, words = SERIES[name]
    sentences = told(name)
    assert " ".join(sentences) == words
    assert not FORBIDDEN.search(words)
    assert [word for word in NOT_FOR_READERS if word.casefold() in words.casefold()] == []
    assert len(sentences) <= 6


def test_a_series_among_others_is_counted_as_if_it_were_alone():
    series_name = "many given it again"
    among, alone = told_of(series_name).results, through(asked=ANALYSES, **SERIES[series_name][0]).results
    assert len(alone)
    pd.testing.assert_frame_equal(among, alone)


def test_a_member_of_an_overview_who_died_is_told_and_a_claim_quoted():
    line = told_of("recovered")
    dead = line.derived["patients"].assign(case_id="M", counted="inside", vital="died_of_event")
    everyone = pd.concat([line.derived["patients"], dead])
    sentences = lead(line.results, everyone, CALLED, {}, ["it may recur."])
    assert (
        sentences[2]
        == "One recovered; no death is stated in the reports counted here; a separate report of one of these patients, not counted again, says that the patient died."
    )
    assert sentences[-1] == "Stated elsewhere: it may recur."


def test_day_1_is_that_of_the_dose_that_the_series_counts_from():
    line = told_of("counted from the last of several doses")
    sentences = lead(line.results, line.derived["patients"], CALLED | {"clock": "last_dose"}, {}, ())
    assert sentences[1].endswith("first symptoms appeared on study day 4 (day 1 is the day of the last dose).")


def test_a_dead_patient_is_never_among_the_recovered():
    assert told("dead")[2] == "None is known to have recovered; one died, whether of the event is not stated."


@pytest.mark.parametrize(
    ("reported", "said"),
    [
        (["recurred", "not_recurred"], "the event recurred in one, in one it did not"),
        (["recurred", "not_recurred", "not_recurred", "unknown"],
         "the event recurred in one, in two it did not, in one the result is not known"),
        (["not_recurred", "unknown"], "the event did not recur in one, in one the result is not known"),
        (["not_recurred", "not_recurred"], "the event did not recur in all of them"),
    ],
)  # fmt: skip
def test_what_happened_on_re_exposure_is_one_sentence(reported, said):
    again = pd.DataFrame({"rechallenge_reported": reported, "rechallenge_symptoms": "", "rechallenge_tests": ""})
    assert _recurrence(again) == said
