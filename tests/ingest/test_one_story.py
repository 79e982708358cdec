"""One clinical story in every format, through the line: the same decisions, as far as a format carries what they rest on."""

import pytest

from schemas.config import Policy
from schemas.contract import PLACE
from schemas.profile import Profile
from scripts.commands.reading import read
from scripts.validate import decide
from scripts.validate.rules.clinical import rule_competing
from tests.decisions.line import through
from tests.ingest import write_faers, write_jader, write_listing, write_r2, write_r3, write_vaers
from tests.ingest.five_cases import dose, drug, one_dosage_per_drug, reaction
from tests.ingest.hostile import written
from tests.validate.build import tables as complete

PROFILE = Profile.model_validate(
    {"title": "Dahliumab and bleeding", "drug": {"name": "dahliumab", "substances": ["dahliumab"]},
     "event": {"name": "bleeding", "terms": ["Invented lung bleeding"],
               "competing": {"dye": {"drugs": ["dyeparin"], "why": "it dyes", "source": "invented"}}}}
)  # fmt: skip
EVENT = "Invented lung bleeding"
MARCH = dose("2021-03-01", "2021-03-01", route="042")


def told(number, *reactions, doses=(MARCH,), judged=(), action="withdrawn", beside=(), **more):
    """A patient of the story, in the words of the five cases."""
    suspect = drug("LEMDAHLIA", "dahliumab", "suspect", list(doses), list(judged), action=action)
    return {"id": f"GB-{number}", "version": "1", "received": "2021-09-01", "latest": "2021-09-01", "type": "spontaneous",
            "qualification": "physician", "country": "GB", "where": "GB", "sex": "F", "age": ("34", "a"), "narrative": "Invented.",
            "reactions": list(reactions), "drugs": [suspect, *beside], **more}  # fmt: skip


def bleeding(outcome, onset="2021-03-03", **more):
    return reaction(EVENT, onset=onset, outcome=outcome, **more)


STORY = [
    told(1, bleeding("recovered", end="2021-03-10", serious=("hospitalisation",))),
    told(2, bleeding("fatal", serious=("death",)), death={"date": "2021-03-09", "cause": EVENT, "autopsy": "no"}),
    told(3, bleeding("recovered"), reaction("Invented stroke", onset="2021-06-01", outcome="fatal", serious=("death",)),
         death={"date": "2021-06-02", "cause": "Invented stroke", "autopsy": "no"}),
    told(4, bleeding("unknown")),
    told(5, bleeding("not_recovered")),
    told(6, bleeding("recovered"), judged=[{"reaction": "1", "rechallenge": "recurred"}]),
    told(7, bleeding("recovered"), judged=[{"reaction": "1", "rechallenge": "not_recurred"}]),
    told(8, bleeding("recovered"), beside=[drug("LEMDAHLIA", "dahliumab", "suspect", [dose()], action="withdrawn")]),
    told(9, bleeding("recovered"), beside=[drug("Dyeparin", "dyeparin", "concomitant", [dose("2021-02-01", "2021-03-31", route="042")])]),
    told(10, bleeding("recovering"), action="not_changed"),
]  # fmt: skip
COLUMNS = [
    "vital",
    "survived_event",
    "dechallenge",
    "re_exposed",
    "rechallenge_reported",
    "rechallenge_event",
    "other_cause",
]
NOT_SAID = ("unknown", "not_stated", "not_stated")
WELL = ("alive", "yes", "positive")
RIGHT = [
    (*WELL, *NOT_SAID, "not_assessed"),
    ("died_of_event", "no", "not_assessable", *NOT_SAID, "not_assessed"),
    ("died_other", "yes", "positive", *NOT_SAID, "not_assessed"),
    ("unknown", "unknown", "unknown", *NOT_SAID, "not_assessed"),
    ("alive", "unknown", "negative", *NOT_SAID, "not_assessed"),
    (*WELL, "yes", "recurred", "inconclusive", "not_assessed"),
    (*WELL, "yes", "not_recurred", "inconclusive", "not_assessed"),
    (*WELL, "not_assessable", "not_stated", "not_assessable", "not_assessed"),
    (*WELL, *NOT_SAID, "yes"),
    ("alive", "unknown", "not_applicable", *NOT_SAID, "not_assessed"),
]
"""What `decisions` make of each patient where a format says all of it."""
FORMS = ("e2b_r3", "e2b_r2", "openfda", "faers_ascii", "eudravigilance_listing", "jader", "vaers")


def as_told(form, patient, right):
    """The decision as far as the format has words for what it rests on; what it cannot say is unknown, and never good."""
    life, again, cause = right[:3], right[3:6], right[6]
    no_outcome = {"died_of_event": "died_relation_not_stated", "died_other": "died_relation_not_stated"}
    if form == "faers_ascii":  # criteria of the report; neither outcome nor action
        dead = life[0] in no_outcome
        life = (no_outcome.get(life[0], "unknown"), "unknown", "not_assessable" if dead else "unknown")
    if form == "vaers":  # no action, no recovering or fatal; the outcome of a report with one term
        dead = life[0] in no_outcome
        known = life[0] == "alive" and patient != 10
        survived = life[1] if known else "unknown"
        life = (
            no_outcome.get(life[0], "alive" if known else "unknown"),
            survived,
            "not_assessable" if dead else "unknown",
        )
        cause = "not_assessed"  # no other drug is told with its days
    if form in ("vaers", "eudravigilance_listing"):  # no rechallenge, no days of any drug
        lines_without_a_day = patient == 8 and form != "vaers"
        again = again if lines_without_a_day else NOT_SAID
        cause = "not_assessed"
    if form in ("openfda", "faers_ascii", "jader") and again[1] == "not_recurred":
        again = ("yes", "unknown", "inconclusive")  # an extract has the same code where it was not done
    return (*life, *again, cause)


def in_form(form, folder, cases):
    """The cases as written in a format and read again."""
    folder.mkdir()
    texts = {
        "e2b_r3": lambda: write_r3.batch(*map(write_r3.message, cases)),
        "e2b_r2": lambda: write_r2.xml(write_r2.trees(one_dosage_per_drug(cases))),
        "openfda": lambda: write_r2.page(write_r2.trees(one_dosage_per_drug(cases))).encode(),
        "eudravigilance_listing": lambda: write_listing.listing(cases).encode(),
    }
    if form in texts:
        ending = {"openfda": "json", "eudravigilance_listing": "csv"}.get(form, "xml")
        return read(form, written(folder, texts[form](), f"a.{ending}"), terms=[EVENT])
    writer = {"faers_ascii": write_faers, "jader": write_jader, "vaers": write_vaers}[form]
    return read(form, writer.folder(folder / "files", writer.files(cases)), terms=[EVENT])


@pytest.fixture(scope="module")
def derived(tmp_path_factory):
    """All formats as one series: patient 1 of VAERS is `vaers 1`."""
    series = {}
    for form in FORMS:
        tables = in_form(form, tmp_path_factory.mktemp("story") / form, STORY).tables
        patients = dict(zip(tables["reports"]["case_id"], range(1, len(STORY) + 1), strict=True))
        for table_name, table in tables.items():
            named = table.drop(columns=list(PLACE)).assign(**{"source_id": form} if "source_id" in table else {})
            if "case_id" in table:
                named["case_id"] = [f"{form} {patients[case]}" for case in table["case_id"]]
            if table_name != "provenance":
                series.setdefault(table_name, []).extend(named.to_dict("records"))
    competing = rule_competing.find(complete(**series), PROFILE)
    return through(PROFILE, found=decide(competing, Policy().model_dump()), **series).derived


@pytest.mark.parametrize("form", FORMS)
def test_one_story_has_one_answer_in_every_format(form, derived):
    patients = derived["patients"].set_index("case_id")[COLUMNS]
    answers = [tuple(patients.loc[f"{form} {number}"]) for number in range(1, len(STORY) + 1)]
    assert answers == [as_told(form, number, right) for number, right in enumerate(RIGHT, start=1)]


def test_the_onset_is_the_same_day_wherever_days_are_told(derived):
    times = derived["times"].query("endpoint == 'first_symptom' and clock == 'first_dose'").set_index("case_id")
    told = {form: {tuple(times.loc[f"{form} {number}", ["lower", "upper"]]) for number in (1, 5)} for form in FORMS}
    day_three = {(2.0, 3.0)}
    assert {form for form in FORMS if told[form] == day_three} == {*FORMS} - {"openfda", "eudravigilance_listing"}
    assert told["openfda"] == told["eudravigilance_listing"] == {(0.0, float("inf"))}
