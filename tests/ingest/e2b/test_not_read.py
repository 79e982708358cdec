"""No silent drop: each leaf of a message changes a table, or stands in the code list `not_read` with the reason."""

import re
from copy import deepcopy

import pytest
from lxml import etree

from schemas.codes import codes, crosswalk
from scripts.commands.reading import read
from scripts.ingest.e2b import r2_report, r3_not_read, r3_report
from scripts.ingest.e2b.hl7_nodes import MEDDRA
from scripts.ingest.e2b.r2_tree import ASKED, Tree
from scripts.ingest.openfda import from_openfda
from tests.ingest import write_r2, write_r3
from tests.ingest.five_cases import CASES
from tests.ingest.full_r2 import full
from tests.ingest.r3_elements import ce, code, x
from tests.ingest.test_samples import sample


def as_tree(given):
    tree = Tree()
    for tag, value in given.items():
        for entry in value if isinstance(value, list) else [value]:
            if isinstance(entry, dict):
                tree.inside.setdefault(tag, []).append(as_tree(entry))
            else:
                tree.texts.setdefault(tag, entry)
    return tree


def leaves(given, path=()):
    for key, value in given.items() if isinstance(given, dict) else enumerate(given):
        if isinstance(value, str):
            yield (*path, key)
        else:
            yield from leaves(value, (*path, key))


def changed(given, path):
    """The report with one leaf told otherwise."""
    other = deepcopy(given)
    inside = other
    for key in path[:-1]:
        inside = inside[key]
    inside[path[-1]] = otherwise(inside[path[-1]])
    return other


def otherwise(words):
    """Other words: another first digit, so that a date stays a date."""
    return f"{(int(words[0]) + 1) % 10}{words[1:]}" if words[:1].isdigit() else f"{words}9"


def told(report):
    return report.case_id, report.order, report.nullified, report.rows


def without(given, path):
    """The report without one leaf."""
    other = deepcopy(given)
    inside = other
    for key in path[:-1]:
        inside = inside[key]
    del inside[path[-1]]
    return other


@pytest.mark.parametrize("tree", [as_tree, from_openfda._tree])
def test_every_leaf_of_r2_and_of_openfda_is_read_or_listed(tree):
    given = full()
    before = told(r2_report.report(tree(given), "a", 1))
    for how in (changed, without):
        silent = {
            path[-1] for path in leaves(given) if told(r2_report.report(tree(how(given, path)), "a", 1)) == before
        }
        assert silent - set(codes("not_read")) == (
            {"casenullification"} if how is without else set()
        )  # 2, no, is what silence says
    assert not ASKED & set(codes("not_read")) - {"primarysourcecountry", "patientbirthdate"}


VALUES = ("value", "code", "extension", "unit", "codeSystemVersion", "language", "assigningAuthorityName", "text")
FIXED = {
    ("investigationEvent/code", "PAT_ADV_EVNT"),
    ("investigationEvent/statusCode", "active"),
    ("observation/code", "19"),  # what stands in an indication, which is read
    ("assignedEntity/code", "3"),  # and that it is a reporter's
}
"""What HL7 wants to stand in every message."""


def event_and_listed(report):
    """The event of a report, and every node of what is told as not read."""
    (event,) = report.iter("{urn:hl7-org:v3}investigationEvent")
    return event, {node for _, element in r3_not_read.elements(report) for node in element.iter()}


def place(node):
    return "/".join(etree.QName(element).localname for element in (node.getparent(), node))


def silent(report):
    """The values of a report that change nothing when they are told otherwise, and are not listed."""
    event, listed = event_and_listed(report)
    before = told(r3_report.report(report, "a", 1))
    silent_values = set()
    for node in {node for node in event.iter() if isinstance(node.tag, str)} - listed:
        for attribute in VALUES:
            was = node.text if attribute == "text" else node.get(attribute)
            of_a_list = attribute == "codeSystemVersion" and node.get("codeSystem") != MEDDRA
            if was and was.strip() and not of_a_list:
                _set(node, attribute, otherwise(was))
                if told(r3_report.report(report, "a", 1)) == before:
                    silent_values.add((place(node), was))
                _set(node, attribute, was)
    return silent_values


def silent_when_removed(report):
    """The leaves of a report that say something, change nothing when they are taken out, and are not listed."""
    event, listed = event_and_listed(report)
    before = told(r3_report.report(report, "a", 1))
    silent_values = set()
    for node in [node for node in event.iter() if isinstance(node.tag, str) and not len(node) and node not in listed]:
        parent, at = node.getparent(), node.getparent().index(node)
        parent.remove(node)
        if told(r3_report.report(report, "a", 1)) == before and not node.get("nullFlavor"):
            node_place = "/".join(etree.QName(element).localname for element in (parent, node))
            silent_values.add((node_place, node.get("code") or node.get("value") or node.text))
        parent.insert(at, node)
    return silent_values


def test_every_value_of_r3_is_read_or_listed():
    message = etree.fromstring(write_r3.batch(write_r3.message(CASES[0] | {"death": CASES[3]["death"]})))
    (report,) = message.iter("{urn:hl7-org:v3}PORR_IN049016UV")
    fixed = FIXED - {("assignedEntity/code", "3")}
    assert silent(report) == fixed
    assert silent_when_removed(report) == fixed


@pytest.mark.parametrize("name", ["FAERS2022Scenario1", "VAERS_EXAMPLE"])
def test_every_value_of_a_published_message_is_read_or_listed(name):
    report = next(etree.parse(sample(f"e2b_r3/{name}.xml")).iter("{urn:hl7-org:v3}PORR_IN049016UV"))
    no_documents = {("observationEvent/code", "1"), ("observationEvent/value", "false")}
    no_other_ids = {("investigationCharacteristic/code", "2")}  # beside a value that is none
    assert silent(report) <= FIXED | no_documents
    no_link = {("observation/id", None)}  # of a reaction at which nothing points
    assert silent_when_removed(report) <= FIXED | no_documents | no_other_ids | no_link


def test_every_element_of_r3_in_the_list_has_a_place_and_every_place_is_in_the_list():
    waiting, named = list(r3_not_read._places().values()), set()
    while waiting:
        place = waiting.pop()
        named.add(place.unread)
        waiting += (place.inside or {}).values()
    listed = {code for code in codes("not_read") if re.match(r"[A-HN]\.|FDA\.", code)}
    assert listed == named - {""} | {r3_not_read.ENVELOPE}


REGIONAL = "2.16.840.1.113883.3.989.5.1.3.2.1.9"
ROLE, REACTION = ".//h:primaryRole", ".//h:primaryRole/h:subjectOf2/h:observation[h:id]"
DRUG = ".//h:organizer[h:code/@code='4']/h:component/h:substanceAdministration"
WORDS = x("value", "words", xsi_type="ST")
ADDED = (
    (ROLE, x("subjectOf2", x("observation", x("code", code="J2", codeSystem=REGIONAL), WORDS)),
     f"observation J2 of {REGIONAL}"),
    (ROLE, x("subjectOf2", x("observation", x("code", code="Mrs Invented", codeSystem=REGIONAL), WORDS)),
     f"observation (in words) of {REGIONAL}"),
    (ROLE, x("subjectOf2", x("observation", code(3, 19), x("value", value="77", unit="a"))), "observation 3, again"),
    (".//h:adverseEventAssessment", x("component1", x("observationEvent", code(99, 19), WORDS)), "observationEvent 99"),
    (REACTION, x("outboundRelationship2", x("observation", code(27, 19), ce(5, 11))), "observation 29/observation 27, again"),
    (".//h:investigationEvent", x("subjectOf2", x("investigationCharacteristic", code(2, 19), ce(1, 23))),
     "investigationCharacteristic 2 of 2.16.840.1.113883.3.989.2.1.1.19"),  # seen where the FDA's C.1.7.1 was meant
    (DRUG, x("routeCode", x("originalText", "by mouth")), "organizer 4/routeCode"),
    (f"{DRUG}//h:kindOfProduct", x("desc", "a white tablet"), "organizer 4/desc"),
    (f"{DRUG}/h:outboundRelationship2/h:substanceAdministration", x("doseQuantity", value="9"), "organizer 4/doseQuantity, again"),
    (".//h:organizer[h:code/@code='3']//h:observation", x("methodCode", code="x"), "organizer 3/observation/methodCode"),
    (".//h:controlActProcess", x("subject", x("investigationEvent", x("text", "words"))), "investigationEvent, again"),
)  # fmt: skip


def test_what_no_reader_of_r3_knows_is_told_and_what_stands_again(tmp_path):
    batch = etree.fromstring(write_r3.batch(write_r3.message(CASES[0])))
    for path, element, _ in ADDED:
        space = "xmlns='urn:hl7-org:v3' xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance'"
        (new,) = etree.fromstring(f"<x {space}>{element}</x>")
        batch.xpath(path, namespaces={"h": "urn:hl7-org:v3"})[0].append(new)
    (tmp_path / "a.xml").write_bytes(etree.tostring(batch))
    name = next(batch.iter("{urn:hl7-org:v3}kindOfProduct"))[0]
    name.addnext(deepcopy(name))  # with the same words nothing is lost
    (tmp_path / "a.xml").write_bytes(etree.tostring(batch))
    told = read("e2b_r3", tmp_path / "a.xml").findings.query("rule == 'not_read'").set_index("column")["cure"]
    assert "organizer 4/name, again" not in told
    names = [told_name for _, _, told_name in ADDED]
    assert [told_name for told_name in names if told_name not in told] == []
    assert told["observation 3, again"] == "It stands again where one is read; the first is read."
    assert told["observationEvent 99"] == "No reader knows this element."


def _set(node, attribute, words):
    if attribute == "text":
        node.text = words
    else:
        node.set(attribute, words)


def as_list(given):
    return given if isinstance(given, list) else [given]


@pytest.mark.parametrize("form", ["e2b_r2", "openfda"])
def test_a_run_counts_what_is_not_read(form, tmp_path):
    again = deepcopy(full()["patient"])
    again |= {
        "summary": [again["summary"]] * 2,
        "reaction": [as_list(again["reaction"])[0] | {"reactionoutcome": ["1", "5"]}],
    }
    reports = [full(), full() | {"unheardof": "1", "safetyreportid": "2", "patient": again}]
    file = tmp_path / ("a.xml" if form == "e2b_r2" else "a.json")
    file.write_bytes(write_r2.xml(reports) if form == "e2b_r2" else write_r2.page(reports).encode())
    reading = read(form, file)
    lines = reading.ledger.query("decision == 'not_read'").set_index("record")["reason"]
    assert lines["duplicate"].startswith("in 2 reports: Says that other ids exist")
    assert lines["unheardof"] == "in 1 report: No reader knows this element."
    assert lines["receivedateformat"].startswith("in 2 reports: ")
    for element in ("reactionoutcome, again", "summary, again"):
        assert lines[element] == "in 1 report: It stands again where one is read; the first is read."
    assert reading.ledger["records"].sum() == 2
    unread_findings = reading.findings.query("rule == 'not_read'").set_index("column")
    assert unread_findings.loc[["duplicate", "unheardof"], "value"].tolist() == ["2", "1"]
    assert unread_findings.loc["unheardof", "cure"] == "No reader knows this element."
    assert not {"transmissiondate", "patientinitial", "receivedateformat"} & set(unread_findings.index)


def test_a_case_said_not_to_be_serious_meets_no_criterion():
    calm = full() | {"serious": "2"} | dict.fromkeys(crosswalk("seriousness", "e2b_r2").values(), "")
    cells = r2_report.report(as_tree(calm), "a", 1).rows["reports"][0]
    assert {cells[f"serious_{criterion}"] for criterion in crosswalk("seriousness", "e2b_r2")} == {"no"}
    open_case = r2_report.report(as_tree(calm | {"serious": "1"}), "a", 1).rows["reports"][0]
    assert open_case["serious_death"] == ""
