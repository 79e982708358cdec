"""One rule for event terms: what a reader selects is what the rules and the case definition take for the event."""

import pandas as pd
import pytest

from scripts.ingest.reports import Report, in_one_line
from scripts.ingest.selection import Selection
from scripts.records.terms import bear
from scripts.validate.rules.clinical import rule_event
from tests.decisions.line import EVENT, through
from tests.validate.build import PROFILE, tables

NAMED = [
    # term, in English, code, bears "blue rash" or 10000001
    ("Blue  rash", "", "", True),
    ("blue-rash", "", "", True),
    ("青い発疹", "Blue rash", "", True),
    ("anything", "", "10000001", True),
    ("Blue rashes", "", "", False),
    ("", "", "", False),
]
TERMS = ["blue rash", "10000001"]


@pytest.mark.parametrize(("term", "translated", "code", "bears"), NAMED)
def test_reader_and_table_agree(term, translated, code, bears):
    row = {"term": term, "term_translated": translated, "term_code": code}
    assert bear(pd.DataFrame([row]), TERMS).tolist() == [bears]
    assert Selection(terms=TERMS).mark_events(Report("1", "f", 1, rows={"reactions": [row]})) == bears


def test_the_case_definition_and_its_rule_know_the_translation_and_the_code():
    profile = PROFILE.model_copy(update={"event": PROFILE.event.model_copy(update={"terms": TERMS})})
    for kind, cells in (("translation", {"term_translated": "Blue rash"}), ("code", {"term_code": "10000001"})):
        reaction = EVENT | {"term": "青い発疹"} | cells
        assert through(profile, reactions=[reaction]).ledger["decision"].tolist() == ["in"], kind
        findings = rule_event.find(tables(reactions=[reaction]), profile)
        assert "Q29" not in set(findings["rule"]), kind


def test_a_reference_wrapped_over_lines_is_one():
    assert in_one_line(" Author A. A title\n  wrapped.\tJ Inv 2009 ") == "Author A. A title wrapped. J Inv 2009"
