"""What a message cannot say, or ICH asks for and nobody told, is listed with its reason."""

import pytest

from scripts.documents.e2b.batch import written
from tests.documents import schema_set
from tests.documents.invented import ROWS, changed, message_of

RECEIVED = {"sources": [{"source_id": "S1", "kind": "message"}]}
OPEN = {
    "a fatal outcome": (changed("reactions", 0, outcome="fatal"), "E.i.3.2a",
                        "'invented bleeding' is fatal, and nothing says that it meets the criterion death"),
    "a code alone": (changed("reactions", 0, term_code="10000001"), "E.i.2.1a",
                     "no dictionary version for the code 10000001"),
    "criteria of the case alone": (changed("reports", 0, serious_hospitalisation="yes") | changed("reactions", 0, hospitalisation=""),
                                   "E.i.3.2", "criteria are known of the case only: hospitalisation"),
    "a health professional": (changed("reports", 0, reporter_qualification="health_professional"), "C.2.r.4",
                              "'health professional' is known of the reporter, and none of the codes says just that"),
    "serious by no criterion": (changed("reports", 0, serious="yes") | changed("reactions", 0, hospitalisation=""),
                                "E.i.3.2", "the case is serious, and no criterion is told"),
    "an interval without unit": (changed("doses", 0, interval="2"), "G.k.4.r.3",
                                 "the interval '2' has no unit that can be sent"),
    "a duration in a unit that no list knows": (changed("reactions", 0, duration="2", duration_scale="810"), "E.i.6b",
                                                "the duration '2 810' has no unit that can be sent"),
    "a cumulative dose without unit": (changed("courses", 0, cumulative_dose="24"), "G.k.5b",
                                       "the cumulative dose '24' has no unit that can be sent"),
    "a gestation in another unit": (changed("cases", 0, gestation="3 moons"), "D.2.2.1b",
                                    "the gestation '3 moons' has no unit that can be sent"),
    "an exposure in a gestation without unit": (changed("courses", 0, gestation="11"), "G.k.6b",
                                                "the gestation at exposure '11' has no unit that can be sent"),
    "not confirmed, by a physician": (changed("reactions", 0, medically_confirmed="no"), "E.i.8",
                                      "said not to be medically confirmed, and a health professional reports it"),
    "a band of ages": (changed("cases", 0, age_lower="25", age_upper="36"), "D.2.2a",
                       "the age is known only as 25 to 36 years"),
    "received without a worldwide number": (RECEIVED, "C.1.8.1",
        "what was received does not say the worldwide number of the case; our own stands in its place"),
    "received without a first sender": (RECEIVED, "C.1.8.2", "what was received does not say who sent the case first"),
    "a death of which nothing can be sent": ({"deaths": [{"time_lower": "9", "time_upper": "9", "time_scale": "d"}]}, "D.9.1",
        "the patient died, and no date, cause or autopsy can be sent that says so"),
    "about a date of a dose": (changed("doses", 0, time_date="2022-07~"), "G.k.4.r.4", "the date is known only as 2022-07~"),
    "a test between two days": (changed("tests", 1, time_date="2022-07-01/2022-07-03"), "F.r.1",
                                "the date is known only as 2022-07-01/2022-07-03"),
    "a judgement of an absent sign": (changed("assessments", 0, reaction="fever"), "G.k.9.i",
                                      "rechallenge, result of a reaction that did not occur: fever"),
    "two dates of a death": ({"deaths": [{"source_id": "S1", "time_date": date, "cause": "bleeding"} for date in ("2022-07-20", "2022-07-21")]},
                             "D.9.1", "sources differ on the date of the death: 2022-07-20, 2022-07-21"),
    "what only a narrative holds": (
        changed("reports", 0, narrative="As typed.") | changed("courses", 1, mitigation="slower") |
        {"managements": [{"source_id": "S1", "measure": "other", "detail": "oxygen"}]}, "H.1",
        "treatment of the reaction, measures at the re-exposure: no other element holds it, and the narrative is sent as it was given"),
    "intervals that differ": ({"assessments": [ROWS["assessments"][0] | {"assessor": name, "start_to_onset": "1", "start_to_onset_scale": unit}
                                               for name, unit in (("A", "d"), ("B", "wk"))]},
                              "G.k.9.i.3.1a", "assessors differ on the start to onset of bleeding"),
}  # fmt: skip


VARIANTS = {name: rows for name, (rows, *_) in OPEN.items()}


@pytest.mark.parametrize("name", OPEN)
def test_what_is_open_is_told_with_its_reason(name):
    _, element, what = OPEN[name]
    _, opens = written(message_of(VARIANTS, name))
    assert [words for open_, words, _ in opens if open_ == element] == [what]


@schema_set.needed
def test_a_death_that_two_sources_tell_stands_once():
    content, _ = written(message_of(VARIANTS, "two dates of a death"))
    assert schema_set.invalid(content) == ""
    assert [content.count(words) for words in (b"deceasedTime value", b">bleeding<")] == [1, 1]
