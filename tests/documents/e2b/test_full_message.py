"""A report in which every element stands once, from R2 through our tables into R3 and back: nothing gets lost on the way."""

from functools import cache

import pytest
from lxml import etree

from schemas.config import Sender
from scripts.documents.e2b.batch import written
from scripts.documents.e2b.message import Message
from scripts.documents.e2b.term_codes import TermCodes
from scripts.ingest.e2b import from_e2b_r2, from_e2b_r3
from tests.documents import schema_set
from tests.documents.e2b.test_e2b_round_trip import complete
from tests.documents.line import LOCK, SENDER, derived_cases
from tests.ingest import write_r2
from tests.ingest.e2b.test_not_read import FIXED, silent
from tests.ingest.full_r2 import full

TERMS = (
    "Rote Flecken", "Invented cough", "Invented disease", "Invented pain", "Invented rash", "Invented bleeding", "Invented leak",
    "Invented ache", "Invented syndrome", "Invented test",
)  # fmt: skip
CODES = TermCodes({term.casefold(): (f"0000000{number}", "24.0") for number, term in enumerate(TERMS)})
SAID_TWICE = {
    ("observationEvent/code", "1"),  # C.1.6.1 where documents are named
    ("observationEvent/value", "true"),
    ("role/code", "PRN"),  # the only role beside a patient is the parent
    ("assignedEntity/code", "1"),  # only a sender gives the diagnosis of H.3
}


@pytest.fixture(scope="module")
def tables(tmp_path_factory):
    file = tmp_path_factory.mktemp("full") / "r2.xml"
    file.write_bytes(write_r2.xml([full()]))
    return complete(from_e2b_r2.read(file, source_id="M").tables)


@cache
def _message(tables_of):
    (case,) = derived_cases(tables_of()).values()
    return written(Message(case, CODES, LOCK, Sender.model_validate(SENDER | {"documents_available": True})))


@pytest.fixture(scope="module")
def message(tables):
    return _message(lambda: tables)


@pytest.fixture(scope="module")
def back(message, tmp_path_factory):
    file = tmp_path_factory.mktemp("full") / "r3.xml"
    file.write_bytes(message[0])
    return complete(from_e2b_r3.read(file, source_id="M").tables)


def test_the_message_is_valid_and_lists_what_r2_does_not_say(message):
    content, opens = message
    assert not schema_set.ENTRY.is_file() or schema_set.invalid(content) == ""
    assert [element for element, _, _ in opens] == ["E.i.3.2", "E.i.1.1b", "G.k.9.i"]


@pytest.mark.parametrize(
    ("table", "columns"),
    [
        ("reports", ["report_type", "first_sender", "other_reporters", "linked_reports", "study_name", "study_number",
                     "study_type", "documents", "sender_diagnosis", "literature", "reporter_qualification", "country"]),
        ("cases", ["age_lower", "sex", "weight", "height", "gestation", "last_menstrual", "parent_age", "parent_sex",
                   "parent_last_menstrual", "parent_weight", "parent_height", "parent_history"]),
        ("courses", ["drug", "substance", "role", "indication", "authorisation", "authorisation_country",
                     "authorisation_holder", "gestation", "action_taken", "cumulative_dose", "additional_information"]),
        ("doses", ["time_date", "end_date", "amount", "unit", "form", "route", "parent_route", "lot", "dosage_text"]),
        ("deaths", ["time_date", "cause", "cause_version", "autopsy"]),
        ("reactions", ["term", "term_translated", "onset_date", "end_date", "outcome", "highlighted", "duration"]),
    ],
)  # fmt: skip
def test_what_r2_said_comes_back_from_r3(tables, back, table, columns):
    assert back[table][columns].to_dict("records") == tables[table][columns].to_dict("records")


def test_codes_and_versions_stand_beside_every_term(back):
    for table, names in {"history": ("term", "indication", "reaction"), "courses": ("indication",), "tests": ("test",),
                         "deaths": ("cause",), "reactions": ("term",), "reports": ("sender_diagnosis",)}.items():  # fmt: skip
        for column in names:
            coded = back[table].loc[~back[table][column].isin(["", "unknown"]) & (back[table][f"{column}_code"] != "")]
            assert len(coded), (table, column)
            assert not (coded[f"{column}_version"] == "").any(), (table, column)


def test_each_value_of_the_message_is_read_or_listed(message):
    (report,) = etree.fromstring(message[0]).iter("{urn:hl7-org:v3}PORR_IN049016UV")
    assert silent(report) <= FIXED | SAID_TWICE
