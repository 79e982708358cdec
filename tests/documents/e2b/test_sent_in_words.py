"""What no code or number of E2B says goes out in words, and what is words goes out as words."""

import pytest
from lxml import etree

from scripts.documents.e2b.batch import tree
from tests.documents.e2b.test_e2b_message import RECEIVED, find
from tests.documents.invented import changed, message_of

IDENTIFIED = (
    "Invented A. A paper. J Inv 2020;1:2.\ndoi:10.1000/182\nInvented B. Another. 2021.\nhttps://doi.org/10.1000/183"
)
OTHERS = {
    "typed references": changed("reports", 0, literature=IDENTIFIED),
    "received references": RECEIVED | changed("reports", 0, literature=IDENTIFIED),
    "confirmed": changed("reactions", 0, medically_confirmed="yes"),
    "confirmed by a consumer": changed("reports", 0, reporter_qualification="consumer")
    | changed("reactions", 0, medically_confirmed="yes"),
    "how often by a code": changed("doses", 0, interval_unit="BID", unit="tablets"),
    "how often in words": changed("doses", 0, interval_unit="{asnecessary}", dosage_text="12 mg"),
    "codes alone": changed("reactions", 0, term="00000007", term_code="00000007", term_version="27.1")
    | changed("tests", 1, test="00000008", test_code="00000008", test_version="27.1")
    | changed("history", 0, term="00000009", term_code="00000009", term_version="27.1"),
    "a condition in words": changed("history", 0, term="asthma", continuing="yes"),
}


def test_a_typed_identifier_in_a_line_of_its_own_belongs_to_the_reference_above():
    references = "//h:document/h:bibliographicDesignationText/text()"
    assert find(tree(message_of(OTHERS, "typed references")), references) == [
        "Invented A. A paper. J Inv 2020;1:2. doi:10.1000/182", "Invented B. Another. 2021. https://doi.org/10.1000/183",
    ]  # fmt: skip
    assert find(tree(message_of(OTHERS, "received references")), references) == IDENTIFIED.split("\n")


def test_medical_confirmation_is_sent_where_no_health_professional_reports():
    for name, sent in {"confirmed": [], "confirmed by a consumer": ["true"]}.items():
        content = message_of(OTHERS, name)
        assert find(tree(content), "//h:observation[h:code/@code='24']/h:value/@value") == sent
        assert "E.i.8" not in {element for element, _, _ in content.opens}


def test_a_condition_without_code_says_in_words_that_it_goes_on():
    (words,) = find(
        tree(message_of(OTHERS, "a condition in words")), "//h:observation[h:code/@code='18']/h:value/text()"
    )
    assert words == "asthma (2010, continuing)"


@pytest.mark.parametrize(("name", "words"), [("by a code", "12 tablets, BID"), ("in words", "as necessary; 12 mg")])
def test_what_no_number_says_of_a_dosage_stands_in_its_words(name, words):
    dosage = "//h:substanceAdministration/h:outboundRelationship2/h:substanceAdministration/h:text/text()"
    (first, *_) = find(tree(message_of(OTHERS, f"how often {name}")), dosage)
    assert first.endswith(words)


def test_a_code_is_not_sent_as_words():
    content = etree.tostring(tree(message_of(OTHERS, "codes alone"))).decode()
    for code in ("00000007", "00000008", "00000009"):
        assert (content.count(f'code="{code}"'), content.count(f">{code}<")) == (1, 0)


METHODS = {"WHO-UMC": 1, "None": 0, "not_stated": 0, "": 0}
OTHERS |= {f"method {words}": changed("assessments", 0, method=words, result="") for words in METHODS}


@pytest.mark.parametrize("words", METHODS)
def test_a_judgement_without_a_result_is_sent_for_its_method(words):
    told = find(tree(message_of(OTHERS, f"method {words}")), "//h:causalityAssessment[h:code/@code='39']")
    assert len(told) == METHODS[words]
