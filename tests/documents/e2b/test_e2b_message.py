"""What a message says: identifiers, times, intervals, reasons for missing, and when it may be sent."""

import pytest
from lxml import etree

from scripts.documents.e2b.batch import tree, written
from scripts.documents.e2b.nodes import HL7
from scripts.documents.e2b.term_codes import TermCodes
from tests.documents import schema_set
from tests.documents.invented import ROWS, changed, message, message_of
from tests.documents.line import SENDER

NAMES = {"h": HL7}


TOLD = ("held; G.k.10.r=4", "resumed", "")
SENT = {"2022-07": ["202207"], "2022": ["2022"], "2022-07~": [], "2022-07-01/2022-07-09": [], "unknown": []}
"""An onset, and what is sent of it."""
CODED = {"recurred": ["1"], "not_recurred": ["2"], "outcome_unknown": ["3"], "not_rechallenged": ["4"], "": []}
"""A rechallenge as an assessor codes it, and as it is sent."""
RECEIVED = {"sources": [{"source_id": "S1", "kind": "message"}]}
TYPES = {
    "received without it": (RECEIVED | changed("reports", 0, report_type=""), ["4"]),  # not available to the sender
    "received as a study": (RECEIVED | changed("reports", 0, report_type="study"), ["2"]),
    "a paper does not tell": (changed("reports", 0, report_type=""), []),
    "other": (changed("reports", 0, report_type="other"), ["3"]),
}
OTHERS = {
    "no onset": changed("reactions", 1, onset_date="not_stated"),
    "after minutes": changed(
        "reactions", 0, onset_date="", onset_lower="90", onset_upper="90", onset_scale="min", onset_origin="first_dose"
    ),
    "a unit of two meanings": changed(
        "tests", 0, value="18,752", unit_as_printed="/L FEU", reference_as_printed="0-500"
    ),
    "a Greek term": changed("reactions", 1, term="βήχας"),
    "a test of a later course": changed("tests", 1, course="2", time_date=""),
    "words on each course": {
        "courses": [row | {"additional_information": words} for row, words in zip(ROWS["courses"], TOLD, strict=True)]
    },
}
AGES = {
    "7 decade": ("7", "10.a"),
    "7 10.a": ("7", "10.a"),
    "8 MON": ("8", "mo"),
    "3 DY": ("3", "d"),
    "34 YR": ("34", "a"),
}
YEARS = {("30", "39"): ("3", "10.a"), ("0.6667", "0.6667"): ("8", "mo"), ("7", "7"): ("7", "a")}
"""Ages in years, and what is sent of them: a decade of life, and months that were made years."""
OTHERS |= {f"age {words}": changed("cases", 0, age_as_reported=words) for words in AGES}
OTHERS |= {f"age {'-'.join(years)}": changed("cases", 0, age_lower=years[0], age_upper=years[1]) for years in YEARS}
AGES |= {"-".join(years): sent for years, sent in YEARS.items()}
OTHERS |= {f"onset {date}": changed("reactions", 0, onset_date=date, end_date="") for date in SENT}
OTHERS |= {f"rechallenge {code}": changed("assessments", 0, rechallenge=code) for code in CODED}
OTHERS |= {name: rows for name, (rows, *_) in TYPES.items()}


def find(root, path):
    return root.xpath(path, namespaces=NAMES)


@pytest.fixture(scope="module")
def root():
    return tree(message())


def test_a_complete_message_may_be_sent():
    content, opens = written(message())
    assert opens == []
    assert b"NOT TRANSMISSIBLE" not in content


@schema_set.needed
@pytest.mark.parametrize("sender", [None, {}])
def test_valid_against_the_schema_set(sender):
    content, _ = written(message() if sender == {} else message(sender=None, codes=TermCodes()))
    assert schema_set.invalid(content) == ""


@schema_set.needed
def test_the_default_series_is_valid_and_marked(default_dossier):
    from scripts.documents.document_e2b_r3 import build

    for case in default_dossier.cases.values():
        if case.identified:
            content, opens = build(case, default_dossier)
            assert schema_set.invalid(content) == ""
            assert opens
            assert b"NOT TRANSMISSIBLE" in content


def test_without_sender_and_codes_it_is_marked_and_lists_what_is_open():
    content, opens = written(message(sender=None, codes=TermCodes()))
    assert b"<!-- CONFIDENTIAL, NOT TRANSMISSIBLE" in content
    assert sorted({element for element, _, _ in opens}) == [
        "C.1.1", "C.1.6.1", "C.1.7", "C.1.8.1", "C.1.8.2", "C.3.1", "E.i.2.1a", "E.i.2.1b", "N.1.3", "N.1.4",
    ]  # fmt: skip
    assert ("E.i.2.1b", "no dictionary code for 'cough'", "Supply it in documents.meddra_codes.") in opens


def test_identifiers_hold_nothing_that_a_correction_could_change(root):
    rows = {table: [row | {"source_id": "S1"} for row in lines] for table, lines in ROWS.items()}
    corrected = rows | changed("cases", 0, sex="M", age_lower="30", age_upper="30", country="NO")
    corrected |= {"reports": [rows["reports"][0] | {"country": "NO", "latest_information": "2023-01-01"}]}
    other = tree(message(**corrected))
    path = "//h:id/@extension | //h:id/@root"
    assert find(other, path) == find(root, path)
    assert find(root, "//h:investigationEvent/h:id/@extension") == ["GB-INVENTED-CASE-1"] * 2


def test_a_worldwide_identifier_is_kept_and_the_first_sender_then_unknown():
    sent_message = message(**changed("reports", 0, worldwide_case_id="FR-OTHER-77", sender_case_id="FR-OTHER-78"))
    root = tree(sent_message)
    assert find(root, "//h:investigationEvent/h:id/@extension") == ["GB-INVENTED-CASE-1", "FR-OTHER-77"]
    assert find(root, "//h:subjectOf1/h:controlActEvent/h:id/@extension") == ["FR-OTHER-78"]
    assert {"C.1.8.2", "C.1.9.1.r.1"} <= {element for element, _, _ in sent_message.opens}


def test_message_times_come_from_the_data_lock(root):
    assert set(find(root, "//h:creationTime/@value | //h:controlActProcess/h:effectiveTime/@value")) == {
        "20251231000000+0000"
    }


def test_two_courses_of_one_drug_are_one_entry_with_dated_doses(root):
    drugs = find(root, "//h:organizer[h:code/@code='4']/h:component/h:substanceAdministration")
    assert len(drugs) == 2
    doses = find(drugs[0], "h:outboundRelationship2/h:substanceAdministration")
    assert [find(dose, "h:effectiveTime/h:low/@value") for dose in doses] == [["20220704"], ["20220706"]]
    assert find(doses[1], "h:text/text()") == ["course 1, dose 2, begun or given in part"]


def test_intervals_count_the_dosing_day_as_day_1(root):
    pauses = find(root, "//h:pauseQuantity")
    assert [(node.getparent().get("typeCode"), node.get("value"), node.get("unit")) for node in pauses] == [
        ("SAS", "4", "d"), ("SAE", "2", "d"),
    ]  # fmt: skip


def test_an_interval_of_minutes_is_sent_in_minutes():
    sent = tree(message_of(OTHERS, "after minutes"))
    pauses = [
        (node.getparent().get("typeCode"), node.get("value"), node.get("unit"))
        for node in find(sent, "//h:pauseQuantity")
    ]
    assert pauses == [("SAS", "90", "min"), ("SAE", "90", "min")]


def test_unknown_is_absent_or_the_right_null_flavor(root):
    reactions = find(root, "//h:subjectOf2/h:observation[h:id]")
    assert find(reactions[1], "h:effectiveTime/h:low/@nullFlavor") == ["MSK"]
    flags = find(reactions[0], "h:outboundRelationship2/h:observation/h:value[@nullFlavor]/@nullFlavor")
    assert flags == ["NI"] * 5  # a stated `no` too: false is not allowed
    assert find(reactions[1], "h:outboundRelationship2/h:observation[h:code/@code='27']/h:value/@code") == ["0"]
    unstated = tree(message_of(OTHERS, "no onset"))
    assert not find(find(unstated, "//h:subjectOf2/h:observation[h:id]")[1], "h:effectiveTime")


@pytest.mark.parametrize("date", SENT)
def test_part_dates_keep_their_precision_and_vague_ones_stay_out(date):
    root = tree(message_of(OTHERS, f"onset {date}"))
    low = find(find(root, "//h:subjectOf2/h:observation[h:id]")[0], "h:effectiveTime/h:low/@value")
    assert low == SENT[date]


def test_stated_absences_are_not_reactions(root):
    terms = find(root, "//h:observation[h:code/@code='30']/h:value/text()")
    assert terms == ["invented bleeding", "cough"]


@pytest.mark.parametrize("code", CODED)
def test_rechallenge_as_reported_and_absent_when_nobody_said(code):
    root = tree(message_of(OTHERS, f"rechallenge {code}"))
    assert find(root, "//h:observation[h:code/@code='31']/h:value/@code") == CODED[code]


def test_a_value_whose_unit_cannot_be_used_goes_as_words():
    root = tree(message_of(OTHERS, "a unit of two meanings"))
    test = find(root, "//h:organizer[h:code/@code='3']//h:observation")[0]
    assert find(test, "h:value/text()") == ["18,752 /L FEU; reference 0-500"]
    assert not find(test, "h:value/h:center")


def test_a_test_of_a_later_course_says_so():
    """Without its course and without a date it would be read as one of the event itself."""
    root = tree(message_of(OTHERS, "a test of a later course"))
    assert "opacities; course 2" in find(root, "//h:organizer[h:code/@code='3']//h:observation/h:value/text()")


def test_a_term_in_other_letters_is_the_native_term():
    sent_message = message_of(OTHERS, "a Greek term")
    root = tree(sent_message)
    assert find(root, "//h:subjectOf2/h:observation[h:id]/h:value/h:originalText/text()") == ["βήχας"]
    assert "E.i.1.1b" in {element for element, _, _ in sent_message.opens}


def test_a_patient_counted_inside_an_aggregate_is_marked(default_dossier):
    from scripts.documents.document_e2b_r3 import build

    content, _ = build(default_dossier.cases["MYRO-2018"], default_dossier)
    comment = find(etree.fromstring(content), "//h:component1/h:observationEvent/h:value/text()")
    assert comment == ["Counted inside the group DROP14 of this series; not an additional case."]


def test_a_range_of_study_days_is_left_out_and_stays_in_the_narrative(default_dossier):
    from scripts.documents.document_e2b_r3 import build

    content, _ = build(default_dossier.cases["ZHAO-2025"], default_dossier)
    root = etree.fromstring(content)
    assert not find(root, "//h:pauseQuantity")
    assert "haemoptysis (study day 3 to 4, derived)" in find(root, "//h:investigationEvent/h:text/text()")[0]
    assert find(root, "//h:observation[h:code/@code='31']/h:value/@code") == ["2", "1"]


def test_words_on_every_course_of_one_drug_are_sent():
    """G.k.11 of a drug entry of two courses names the course; codes among the words go to G.k.10.r."""
    root = tree(message_of(OTHERS, "words on each course"))
    notes = "//h:observation[h:code[@code='{}'][@codeSystem='2.16.840.1.113883.3.989.2.1.1.19']]/h:value"
    assert [note.text for note in find(root, notes.format(2))] == ["course 1: held; course 2: resumed"]
    assert [note.get("code") for note in find(root, notes.format(9))] == ["4"]


@pytest.mark.parametrize("name", TYPES)
def test_the_type_of_report_by_its_source(name):
    sent_message = message_of(OTHERS, name)
    code = TYPES[name][1]
    path = "//h:investigationCharacteristic[h:code/@code='1']/h:value/@code"
    assert find(tree(sent_message), path) == code
    assert ("C.1.3" in {element for element, _, _ in sent_message.opens}) == (not code)


@pytest.mark.parametrize("words", AGES)
def test_an_age_goes_in_the_unit_that_it_was_received_in(words):
    values = find(
        tree(message_of(OTHERS, f"age {words}")), "//h:primaryRole/h:subjectOf2/h:observation[h:code/@code='3']/h:value"
    )
    assert [(sent.get("value"), sent.get("unit")) for sent in values] == [AGES[words]]


def test_the_receivers_of_batch_and_message_may_differ():
    to = tree(message(sender=SENDER | {"receiver": "CDER", "batch_receiver": "ZZFDA"}))
    assert find(to, "//h:receiver/h:device/h:id/@extension") == ["CDER", "ZZFDA"]
    same = tree(message())
    assert find(same, "//h:receiver/h:device/h:id/@extension") == ["RECEIVERID", "RECEIVERID"]


def test_concomitants_are_drugs_of_the_message_with_their_role(root):
    role = "//h:causalityAssessment[h:code/@code='20'][h:value/@code='2']//h:productUseReference/h:id/@root"
    (identifier,) = find(root, role)
    name_path = f"//h:substanceAdministration[h:id/@root='{identifier}']//h:kindOfProduct/h:name/text()"
    assert find(root, name_path) == ["Otherdrug"]
