"""A source that calls the day of the first dose day 0, or day 1, may say so."""

from tests.decisions.line import CASE, COURSE, EVENT, through
from tests.decisions.timed import DAYS_ONE_TO_THREE, STUDY_DAY
from tests.validate.build import SOURCE


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
    onsets = times[(times["endpoint"] == "first_symptom") & (times["clock"] == "first_dose")].set_index("case_id")
    assert onsets[["lower", "upper"]].to_numpy().tolist() == [[0, 1], [3, 5], [3, 4]]


def test_a_source_may_say_what_it_calls_the_day_of_the_first_dose():
    """Where that is day 0, day d is study day d + 1, before the dose nothing changes; where it is day 1, days stay."""
    days = {
        "S1": ("0", "0", (0, 1)),
        "S2": ("0", "4", (4, 5)),
        "S3": ("0", "-2", (-2, -1)),
        "S4": ("1", "4", (3, 4)),
        "S5": ("1", "0", (0, 1)),
    }
    rows = [
        EVENT | STUDY_DAY | {"onset_lower": day, "onset_upper": day, "case_id": source, "source_id": source}
        for source, (_, day, _) in days.items()
    ]
    # the fourth writes a day 0 elsewhere, and its days stay as they are
    again = DAYS_ONE_TO_THREE[0] | {"case_id": "S4", "source_id": "S4", "time_lower": "0", "time_upper": "0"}
    times = through(
        sources=[SOURCE | {"source_id": source, "first_day": first} for source, (first, *_) in days.items()],
        cases=[CASE | {"case_id": source} for source in days],
        courses=[COURSE | {"case_id": source} for source in days],
        reactions=rows,
        doses=[again],
    ).derived["times"]
    onsets = times[(times["endpoint"] == "first_symptom") & (times["clock"] == "first_dose")].set_index("case_id")
    assert onsets[["lower", "upper"]].apply(tuple, axis=1).to_dict() == {case: day for case, (*_, day) in days.items()}
