"""A derived value never contradicts its finding: what a rule withholds or doubts, every number of it shows
(definitions: facts-of-one-patient-against-each-other). Each entry is one patient of one series."""

from unittest import mock

import numpy as np
import pytest

from scripts import analyse
from scripts.documents.cioms import boxes
from scripts.documents.words.narrative import narrative
from scripts.tables import table_data_quality
from scripts.validate import check, decide
from tests.decisions.line import CASE, COURSE, EVENT, WHERE, Told, through, together
from tests.validate.build import DAY, PROFILE, tables

POLICY = {"contract": "stop", "error": "withhold_value", "warning": "warn", "information": "warn"}
LOCK = "2025-12-31"
STARTED = COURSE | {"start_date": "2024-05-01"}
ILL = EVENT | {"onset_date": "2024-05-03"}
ENDED = ILL | {"end_date": "2024-05-13", "outcome": "recovered"}
DIED = {"case_id": "C1", "time_date": "2024-05-20"} | WHERE
DOSE = {"case_id": "C1", "course": "1", "dose": "1", "given": "yes"} | WHERE
WHOLE = (0.0, np.inf)

TIMES = {
    # what is doubted: rule, rows; endpoint, its state and bounds
    "onset after the data lock": ("Q38", {"reactions": [EVENT | {"onset_date": "2026-05-03"}]}, "first_symptom", "not_usable", WHOLE),
    "onset before birth": ("Q38", {"cases": [{"case_id": "C1", "identity": "identified", "age_lower": "30", "age_upper": "30"} | WHERE],
                                   "reactions": [ILL, EVENT | {"reaction": "other", "role": "symptom", "onset_date": "1950-01-01"}]},
                           "first_symptom", "observed", (2, 3)),
    "a placeholder for the end": ("Q38", {"reactions": [ILL | {"end_date": "1900-01-01"}]}, "clinical_resolution", "not_usable", WHOLE),
    "an end beside not recovered": ("Q40", {"reactions": [ENDED | {"outcome": "not_recovered"}]}, "clinical_resolution", "not_resolved", (10, np.inf)),
    "an end beside recovering": ("Q40", {"reactions": [ENDED | {"outcome": "recovering"}]}, "clinical_resolution", "not_resolved", (10, np.inf)),
    "an end beside unknown": ("Q40", {"reactions": [ENDED | {"outcome": "unknown"}]}, "clinical_resolution", "not_usable", WHOLE),
    "a death of the event beside recovered": ("Q40", {"reactions": [ENDED], "deaths": [DIED | {"relatedness": "related"}]}, "death", "died", (19, 20)),
    "a study day 0": ("Q16", {"reactions": [EVENT | DAY | {"onset_lower": "0", "onset_upper": "4"}]}, "first_symptom", "observed", (0, 5)),
    "an onset whose origin is not told": ("Q45", {"reactions": [EVENT | {"onset_lower": "5", "onset_upper": "5", "onset_scale": "d", "onset_origin": "not_stated"}]},
                                          "first_symptom", "not_usable", WHOLE),
}  # fmt: skip
PATIENTS = {
    # what is doubted: rule, rows; column of the patient and what stands there
    "a course after the death": ("Q39", {"courses": [STARTED, COURSE | {"course": "2", "start_date": "2025-01-01"}],
                                         "reactions": [ENDED], "deaths": [DIED]}, "re_exposed", "unknown"),
    "a dose after the death": ("Q39", {"reactions": [ILL], "deaths": [DIED], "doses": [DOSE | {"time_date": "2024-06-01"}]}, "exposure_continued", ""),
    "fatal, and no criterion of death": ("Q40", {"reactions": [ILL | {"outcome": "fatal", "death": "no"}]}, "vital", "died_of_event"),
    "fatal, and the report denies a death": ("Q40", {"reactions": [ILL | {"outcome": "fatal"}],
                                                     "reports": [{"case_id": "C1", "version": "1", "serious_death": "no"} | WHERE]}, "vital", "died_of_event"),
    "a death after the data lock": ("Q38", {"reactions": [ILL | {"outcome": "fatal"}], "deaths": [DIED | {"time_date": "2027-01-01"}]},
                                    "death", "time reported, not usable"),
    "a weight nobody has": ("Q42", {"cases": [CASE | {"weight": "7000"}], "reactions": [ILL]}, "vital", "unknown"),
    "dechallenge coded positive, not recovered": (
        "Q43", {"courses": [STARTED | {"action_taken": "withdrawn"}], "reactions": [ILL | {"outcome": "not_recovered"}],
                "assessments": [{"case_id": "C1", "assessor": "A", "drug": "examplumab", "reaction": "rash", "dechallenge": "positive"} | WHERE]},
        "dechallenge", "negative"),
}  # fmt: skip
ALL = TIMES | PATIENTS

AS_PRINTED = {
    # what a check keeps out of use: what the narrative says in its place, and box 4-6 of the CIOMS form
    "onset after the data lock": ("blue rash (2026-05-03 as printed, withheld)", "see 7: 2026-05-03 as printed, withheld"),
    "a placeholder for the end": ("Resolution: no information, 1900-01-01 as printed, withheld.", "03 / 05 / 2024"),
    "an end beside unknown": ("Resolution: no information, 2024-05-13 as printed, withheld.", "03 / 05 / 2024"),
    "a death after the data lock": ("Death: 2027-01-01 as printed, withheld, autopsy", "03 / 05 / 2024"),
    "a weight nobody has": ("Reported, and kept out of use by a check: Weight 7000.", "03 / 05 / 2024"),
}  # fmt: skip


@pytest.fixture(scope="module")
def doubted() -> Told:
    """The findings as the room decides them, and the line that obeys them."""
    reported = together([{"courses": [STARTED]} | rows for _, rows, *_ in ALL.values()])
    findings = decide(check(tables(**reported), PROFILE, data_lock=LOCK), POLICY)
    told = through(found=findings, **reported)
    with mock.patch.object(analyse, "analyses", return_value=["of_onset", "of_resolution", "of_rechallenge"]):
        assert len(told.results)
    return told


def case(fault: str) -> str:
    return f"C{list(ALL).index(fault) + 1}"


@pytest.mark.parametrize("name", ALL)
def test_the_fault_is_found(doubted, name):
    case_findings = doubted.found[doubted.found["case_id"] == case(name)]
    assert ALL[name][0] in set(case_findings["rule"])


@pytest.mark.parametrize("name", TIMES)
def test_the_time_is_what_the_finding_says(doubted, name):
    _, _, endpoint, state, bounds = TIMES[name]
    times = doubted.derived["times"]
    case_times = times[(times["case_id"] == case(name)) & (times["endpoint"] == endpoint)]
    row = case_times[case_times["clock"].isin(["first_dose", "event", ""])].iloc[0]
    assert (row["state"], row["lower"], row["upper"]) == (state, *bounds)


@pytest.mark.parametrize("name", PATIENTS)
def test_the_patient_is_what_the_finding_says(doubted, name):
    _, _, column, value = PATIENTS[name]
    assert doubted.patient(case(name))[column] == value


def test_the_numbers_leave_out_what_is_withheld(doubted):
    """Onsets that cannot be used stay in n and are counted apart; ends that are doubted resolve nobody."""
    rows = doubted.results
    rows = rows[(rows["group"] == "all") & (rows["analysis"].isin(["onset", "resolution"]))]
    onset = rows[(rows["endpoint"] == "first_symptom") & (rows["clock"] == "first_dose")].set_index("statistic")
    assert onset.loc["n_not_usable", ["value", "n_total"]].tolist() == [2, len(ALL)]
    ended = rows[(rows["endpoint"] == "clinical_resolution") & (rows["clock"] == "pooled origins")]
    ended = ended.drop_duplicates("statistic").set_index("statistic")["value"]
    assert ended["n_not_resolved"] == 3


@pytest.mark.parametrize("name", AS_PRINTED)
def test_the_documents_say_what_was_printed_and_is_withheld(doubted, name):
    told, box = AS_PRINTED[name]
    case_file = doubted.documented[case(name)]
    words = narrative(case_file)
    assert told in words
    assert "Nothing recorded on" not in words
    assert boxes.onset(case_file, "see 7: {when}") == box


NOT_USED = [
    # a time that the headline does not use; its words as reported, and what the table of data quality says is the matter
    ({"reactions": [ILL | {"present_before": "yes"}]}, "2024-05-03", "first symptom: told apart, from first dose, to the worsening of what was there before"),
    ({"reactions": [EVENT | {"onset_lower": "2", "onset_upper": "2", "onset_scale": "d", "onset_origin": "admission"}]},
     "2 days after admission", "first symptom: it is counted from a point from which the clock of the headline cannot be reached"),
    ({"reactions": [EVENT | {"onset_lower": "2", "onset_upper": "2", "onset_scale": "d", "onset_origin": "onset:ache"},
                    EVENT | {"reaction": "ache", "role": "other", "term": "headache"}]},
     "2 days after onset of headache", "first symptom: it is counted from a point from which the clock of the headline cannot be reached"),
    ({"reactions": [ENDED | {"outcome": "unknown"}]}, "2024-05-13", "clinical resolution: an end is given although the outcome is `unknown`"),
    ({"reactions": [ENDED | {"onset_date": ""}]}, "2024-05-13",
     "clinical resolution: it is counted from another point than the others, or is a date without the day of an onset"),
]  # fmt: skip


def test_what_is_not_used_has_its_own_reason():
    told = through(**together([{"courses": [STARTED], **rows} for rows, *_ in NOT_USED]))
    rows = table_data_quality.build(told.bundle).cells
    unused = rows.loc[rows["Severity"] == "not usable", ["Value", "What"]]
    assert list(unused.itertuples(index=False, name=None)) == [(value, words) for _, value, words in NOT_USED]
