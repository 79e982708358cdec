"""Flat tables through the line: what is counted and said is what the same facts give when typed into the native tables."""

import pytest

from schemas.contract import PLACE
from schemas.profile import Profile
from scripts.documents.words import narrative_event, phrases
from scripts.words.times import of_case
from tests.decisions.line import through
from tests.ingest.table.flat import flat

PUBLISHED = """Case,Sex,Age,Cycle,Event,Time to symptom (days),Death (days)
1,F,40,1,septic shock,5,5
2,F,NR,NR,pneumonia,10,12
"""
DAY = {"unit": "d", "from": "first_dose"}
COLUMNS = {
    "Case": "case", "Sex": "sex", "Age": "age", "Cycle": "course_number", "Event": "event",
    "Time to symptom (days)": {"target": "onset", **DAY}, "Death (days)": {"target": "death", **DAY},
}  # fmt: skip
PROFILE = Profile.model_validate(
    {"title": "Examplumab and infection", "drug": {"name": "examplumab", "substances": ["examplumab"]},
     "event": {"name": "infection", "terms": ["septic shock", "pneumonia", "blue rash"]}}
)  # fmt: skip


def told(folder, table, columns, **more):
    read = flat(folder, table, columns, **more)
    reported = {key: frame.drop(columns=list(PLACE)).to_dict("records") for key, frame in read.tables.items()}
    return through(PROFILE, **reported)


def times(line, endpoint, clock):
    spans = line.derived["times"].query("endpoint == @endpoint and clock == @clock").sort_values("case_id")
    return list(spans[["case_id", "lower", "upper"]].itertuples(index=False, name=None))


@pytest.fixture(scope="module")
def published(tmp_path_factory):
    return told(tmp_path_factory.mktemp("flat"), PUBLISHED, COLUMNS, every={"drug": "examplumab"})


def test_onsets_are_counted_from_the_first_dose_in_whole_days(published):
    assert times(published, "first_symptom", "first_dose") == [("1", 5, 6), ("2", 10, 11)]


def test_both_died_and_what_was_not_reported_is_not_known(published):
    patients = published.derived["patients"].set_index("case_id")
    assert list(patients["vital"]) == ["died_relation_not_stated"] * 2
    assert list(patients["age_lower"]) == ["40", "not_stated"]
    assert "known alive at last report 0 of 2, died 2" in published.alive


SPELLED = "Case|Onset\n1|3\n2|3-5\n3|≤16\n4|<14\n5|day 4\n6|within 48 h\n7|>30\n"


def test_every_spelling_means_what_the_grammar_says(tmp_path):
    line = told(tmp_path, SPELLED, {"Case": "case", "Onset": {"target": "onset", **DAY}}, separator="|",
                every={"drug": "examplumab", "event": "blue rash"})  # fmt: skip
    assert times(line, "first_symptom", "first_dose") == [
        ("1", 3, 4), ("2", 3, 6), ("3", 0, 17), ("4", 0, 14), ("5", 3, 4), ("6", 0, 2), ("7", 31, float("inf")),
    ]  # fmt: skip


AGAIN = {"Case": "case", "Outcome": "outcome", "Again": "reexposed", "Recurred": "recurred"}


def test_re_exposure_in_one_row_and_in_two_is_counted_alike(tmp_path):
    single = told(tmp_path, "Case|Outcome|Again|Recurred\n1|recovered|yes|yes\n2|recovered|yes|no\n3|recovered|no|\n", AGAIN,
               separator="|", every={"drug": "examplumab", "event": "blue rash"})  # fmt: skip
    two = told(
        tmp_path, "Case|No|Outcome|Seen|Code\n1|1|recovered|yes|\n1|2|recovered|yes|\n2|1|recovered|yes|\n2|2||no|\n3|1|recovered|yes|4\n",
        {"Case": "case", "No": "episode", "Outcome": "outcome", "Seen": "occurred",
         "Code": {"target": "rechallenge", "codes": {"4": "not_rechallenged"}}},
        separator="|", every={"drug": "examplumab", "event": "blue rash"},
    )  # fmt: skip
    columns = ["case_id", "re_exposed", "rechallenge_reported", "rechallenge_event"]
    assert single.derived["patients"][columns].equals(two.derived["patients"][columns])
    assert single.derived["patients"][columns].to_numpy().tolist() == [
        ["1", "yes", "recurred", "positive"],
        ["2", "yes", "not_recurred", "inconclusive"],
        ["3", "no", "not_done", "not_done"],
    ]


ABOUT = "Case|Onset|Recovery|Dose (mg)\n1|~7|2 wk|30\n2|3|about 10 d|30 mg a day\n3|5|1|\n"


def test_a_time_that_is_about_counts_as_typed_and_one_row_does_without(tmp_path):
    line = told(tmp_path, ABOUT, {"Case": "case", "Onset": {"target": "onset", **DAY}, "Dose (mg)": {"target": "dose", "unit": "mg"},
                                  "Recovery": {"target": "resolution", "unit": "d", "from": "onset"}},
                separator="|", every={"drug": "examplumab", "event": "blue rash"})  # fmt: skip
    spans = line.derived["times"].query("clock in ['first_dose', 'event'] and upper != inf")
    assert {(row["case_id"], row["endpoint"], row["lower"], row["upper"]) for row in spans[spans["approximate"] == "yes"].to_dict("records")} == {
        ("1", "first_symptom", 7, 8), ("2", "clinical_resolution", 10, 10)}  # fmt: skip
    words = {of_case(row) for row in spans.to_dict("records")}
    assert words == {"about study day 8", "study day 4", "study day 6", "14 days", "about 10 days", "1 day"}
    narrated = [[narrative_event.event(case), narrative_event.resolution(case)] for case in line.documented.values()]
    assert ["about" in part for parts in narrated for part in parts] == [True, False, False, True, False, False]
    doses = [phrases.dose(row, case) for case in line.documented.values() for row in case.rows("doses")]
    assert doses == ["dose 1: 30 mg", "dose 1: 30 mg a day"]
    without = line.results.query(
        "level == 'without times that the source calls approximate' and endpoint == 'first_symptom'"
    )
    median = without[without["statistic"] == "median_bounds"]
    assert median[["lower", "upper", "n", "n_total", "note"]].to_numpy().tolist() == [[4, 5, 2, 3, "concerns 1 case"]]
