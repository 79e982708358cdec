"""Each rule rejects one planted fault that the ICH schema set lets through (definitions: e2b-rules)."""

import pytest
from lxml import etree

from scripts.documents.e2b.batch import tree
from scripts.documents.e2b.nodes import CATEGORY, HL7, LISTS, MEDDRA, SPACES, TYPE
from scripts.documents.e2b.rules.elements import faults
from tests.documents import schema_set
from tests.documents.e2b.planting import (
    CASE,
    DRUG,
    REACTION,
    attribute,
    bare,
    grown,
    one,
    part,
    reason,
    several,
    text,
    twice,
    without,
)
from tests.documents.invented import CASE as CASE_ID
from tests.documents.invented import message

TO_FDA = attribute("/h:MCCI_IN200100UV01/h:receiver/h:device/h:id", "extension", "ZZFDA")
ROLE_OF = "(//h:causalityAssessment[h:code/@code='20']/h:value)"
DOCUMENT = f"""<reference typeCode="REFR"><document classCode="DOC" moodCode="EVN">
<code code="1" codeSystem="{LISTS}27"/><title>letter</title></document></reference>"""
PARENT = """<role classCode="PRS"><code code="PRN" codeSystem="2.16.840.1.113883.5.111"/>
<associatedPerson classCode="PSN" determinerCode="INSTANCE"/></role>"""
APPROVAL = f"""<asManufacturedProduct classCode="MANU"><subjectOf typeCode="SBJ">
<approval classCode="CNTRCT" moodCode="EVN"><id extension="EU/1" root="{SPACES}4"/></approval></subjectOf></asManufacturedProduct>"""
GESTATION = f"""<subjectOf2 typeCode="SBJ"><observation classCode="OBS" moodCode="EVN">
<code code="16" codeSystem="{LISTS}19"/><value xsi:type="PQ" value="12"/></observation></subjectOf2>"""

SENDER, PATIENT = f"{CASE}/h:subjectOf1/h:controlActEvent/h:author/h:assignedEntity", "//h:primaryRole/h:subjectOf2"
PAUSE, EXPEDITED = (
    f"{DRUG}/h:outboundRelationship1",
    f"{CASE}/h:component/h:observationEvent[h:code/@code='23']/h:value",
)


def coded(number: str, value: str, inside: str = "") -> str:
    return f"""<observation classCode="OBS" moodCode="EVN"><code code="{number}" codeSystem="{LISTS}19"/>{value}{inside}</observation>"""


YES, NO = '<value xsi:type="BL" value="true"/>', '<value xsi:type="BL" value="false"/>'
A_CODE = f'<value xsi:type="CE" code="00000000" codeSystem="{MEDDRA}" codeSystemVersion="27.1">'
CAUSE = f'<subjectOf2 typeCode="SBJ">{coded("32", A_CODE + "</value>")}</subjectOf2>'
FOUND = coded("8", f"{A_CODE}<originalText>bleeding</originalText></value>")
AUTOPSY = f"""<subjectOf2 typeCode="SBJ">
{coded("5", NO, f'<outboundRelationship2 typeCode="DRIV">{FOUND}</outboundRelationship2>')}</subjectOf2>"""
CONFIRMED = f'<outboundRelationship2 typeCode="PERT">{coded("24", YES)}</outboundRelationship2>'


REASON = f"""<subjectOf2 typeCode="SUBJ"><investigationCharacteristic classCode="OBS" moodCode="EVN">
<code code="4" codeSystem="{LISTS}23"/><value xsi:type="CE"><originalText>words</originalText></value>
</investigationCharacteristic></subjectOf2>"""
LINKED = f"""<outboundRelationship typeCode="SPRT"><relatedInvestigation classCode="INVSTG" moodCode="EVN"><code nullFlavor="NA"/>
<subjectOf2 typeCode="SUBJ"><controlActEvent classCode="CACT" moodCode="EVN"><id extension="GB-INVENTED-{CASE_ID}" root="{SPACES}2"/>
</controlActEvent></subjectOf2></relatedInvestigation></outboundRelationship>"""
PAST = f"""<subjectOf2 typeCode="SBJ"><organizer classCode="CATEGORY" moodCode="EVN"><code code="2" codeSystem="{CATEGORY}"/>
<component typeCode="COMP"><substanceAdministration classCode="SBADM" moodCode="EVN"><effectiveTime xsi:type="IVL_TS"><low value="2009"/>
<high value="{{high}}"/></effectiveTime><consumable typeCode="CSM"><instanceOfKind classCode="INST"><kindOfProduct classCode="MMAT"
determinerCode="KIND"><name>{{name}}</name></kindOfProduct></instanceOfKind></consumable></substanceAdministration></component>
</organizer></subjectOf2>"""


def native(root) -> None:
    words = etree.SubElement(one(root, f"{REACTION}/h:value"), f"{{{HL7}}}originalText")
    words.text = "husten"


PLANTED = {
    "impossible date": ("E.i.4", attribute(f"{REACTION}/h:effectiveTime/h:low", "value", "20211399")),
    "future date": ("E.i.5", attribute(f"{REACTION}/h:effectiveTime/h:high", "value", "99991231")),
    "hour that does not exist": ("E.i.4", attribute(f"{REACTION}/h:effectiveTime/h:low", "value", "2022070725")),
    "a month where a day is needed": ("C.1.4", attribute(f"{CASE}/h:effectiveTime/h:low", "value", "202208")),
    "a time without seconds": ("N.1.5", attribute("/h:MCCI_IN200100UV01/h:creationTime", "value", "20251231")),
    "UNK on a start date": ("E.i.4", reason(f"{REACTION}/h:effectiveTime/h:low", "UNK")),
    "OTH on a sex": ("D.5", reason("//h:administrativeGenderCode", "OTH")),
    "NI on an age group": ("D.5", reason("//h:administrativeGenderCode", "NI")),
    "false on a seriousness criterion": ("E.i.3.2c", attribute(f"{part('33')}//h:value", "value", "false")),
    "false on other identifiers": (
        "C.1.9.1",
        attribute(f"{CASE}//h:investigationCharacteristic[h:code/@code='2']/h:value", "value", "false"),
    ),
    "outcome missing": ("E.i.7", without(part("27"))),
    "seriousness flag missing": ("E.i.3.2a", without(part("34"))),
    "drug role missing": ("G.k.1", without("//h:component[h:causalityAssessment/h:code/@code='20']")),
    "narrative missing": ("H.1", without(f"{CASE}/h:text")),
    "outcome 7": ("E.i.7", attribute(f"{part('27')}//h:value", "code", "7")),
    "action 8": ("G.k.8", attribute(f"{DRUG}//h:act/h:code", "code", "8")),
    "rechallenge 9": ("G.k.9.i.4", attribute(f"{DRUG}//h:observation[h:code/@code='31']/h:value", "code", "9")),
    "role 5": ("G.k.1", attribute("//h:causalityAssessment[h:code/@code='20']/h:value", "code", "5")),
    "no drug under suspicion": ("G.k.1", attribute("//h:causalityAssessment[h:code/@code='20']/h:value", "code", "2")),
    "report type 9": ("C.1.3", attribute(f"{CASE}//h:investigationCharacteristic[h:code/@code='1']/h:value", "code", "9")),
    "a unit that is not UCUM": ("G.k.4.r.1b", attribute(f"{DRUG}//h:doseQuantity", "unit", "MG")),
    "an age unit that is not UCUM": ("D.2.2b", attribute("//h:observation[h:code/@code='3']/h:value", "unit", "years")),
    "rechallenge without a link": (
        "G.k.9.i.4", without(f"{DRUG}//h:observation[h:code/@code='31']/h:outboundRelationship1"),
    ),
    "judgement of a reaction that is not there": (
        "G.k.9.i.2", attribute("//h:adverseEffectReference/h:id", "root", "00000000-0000-0000-0000-000000000000"),
    ),
    "interval to a reaction that is not there": (
        "G.k.9.i.3", attribute(f"{DRUG}/h:outboundRelationship1//h:id", "root", "00000000-0000-0000-0000-000000000000"),
    ),
    "over-long text": ("G.k.2.2", text(f"{DRUG}//h:kindOfProduct/h:name", "x" * 251)),
    "rechallenge in the list of other drug information": (
        "G.k.9.i.4", attribute(f"{DRUG}//h:observation[h:code/@code='31']/h:value", "codeSystem", f"{LISTS}17"),
    ),
    "a code that is no dictionary code": ("E.i.2.1b", attribute(f"{REACTION}/h:value", "code", "COUGH")),
    "two dictionary versions": ("E.i.2.1a", attribute(f"{REACTION}/h:value", "codeSystemVersion", "26.0")),
    "a case identifier without country": ("C.1.1", attribute(f"{CASE}/h:id[@root='{SPACES}1']", "extension", "CASE1")),
    "a message identifier of its own": ("N.2.r.1", attribute("//h:PORR_IN049016UV/h:id", "extension", "GB-INVENTED-9")),
    "a message time of its own": ("N.2.r.4", attribute("//h:PORR_IN049016UV/h:creationTime", "value", "20250101000000")),
    "no worldwide identifier": ("C.1.8.1", without(f"{CASE}/h:id[@root='{SPACES}2']")),
    "two worldwide identifiers": ("C.1.8.1", twice(f"{CASE}/h:id[@root='{SPACES}2']")),
    "two primary sources": ("C.2.r.5", twice(f"{CASE}/h:outboundRelationship[h:priorityNumber]")),
    "no reaction": ("E.i", lambda root: [without("//h:subjectOf2[h:observation[h:id]]")(root) for _ in range(2)]),
    "a country that is not one": ("E.i.9", attribute(f"{REACTION}//h:locatedPlace/h:code", "code", "ZZ")),
    "an end before its start": ("E.i.5", attribute(f"{REACTION}/h:effectiveTime/h:high", "value", "20220101")),
    "a number without its unit": ("F.r.3.2", attribute("//h:high[@value='5']", "value", "five")),
    "a test without a result": ("F.r.3.4", without("//h:observation[h:code/h:originalText='CT']/h:value")),
    "a test without a date or reason": ("F.r.1", without("//h:observation[h:code/h:originalText='CT']/h:effectiveTime")),
    "a test without a name": ("F.r.2.1", without("//h:observation/h:code/h:originalText[.='CT']")),
    "no history and no reason": ("D.7.2", without("//h:subjectOf2[h:organizer/h:code/@code='1']")),
    "a term without its language": ("E.i.1.1b", native),
    "a study without a type": (
        "C.5.4", attribute(f"{CASE}//h:investigationCharacteristic[h:code/@code='1']/h:value", "code", "2"),
    ),
    "a code without its version": ("E.i.2.1a", bare(f"{REACTION}/h:value", "codeSystemVersion")),
    "a version without its code": ("D.7.1.r.1b", bare(f"//h:organizer/h:component/h:observation/h:code[@codeSystem='{MEDDRA}']", "code")),
    "documents said and not named": (
        "C.1.6.1.r.1", attribute(f"{CASE}/h:component/h:observationEvent[h:code/@code='1']/h:value", "value", "true"),
    ),
    "documents named and not said": ("C.1.6.1", grown(f"{CASE}/h:component", DOCUMENT, before=True)),
    "a death and no word on an autopsy": (
        "D.9.3", grown("//h:player1/h:administrativeGenderCode", '<deceasedTime value="20220801"/>'),
    ),
    "a parent without a sex": ("D.10.6", grown("//h:player1/h:administrativeGenderCode", PARENT)),
    "an authorisation without its country": ("G.k.3.2", grown(f"{DRUG}//h:kindOfProduct/h:name", APPROVAL)),
    "a batch to the FDA, a message to another": ("N.2.r.3", TO_FDA),
    "to the FDA, a first drug that nobody suspects": (
        "G.k.1",
        several(TO_FDA, attribute(f"{ROLE_OF}[1]", "code", "2"), attribute(f"{ROLE_OF}[2]", "code", "1")),
    ),
    "a fatal outcome without the criterion death": ("E.i.3.2a", attribute(f"{part('27')}//h:value", "code", "5")),
    "a gestation without its unit": ("D.2.2.1b", grown("//h:subjectOf2[h:observation/h:code/@code='3']", GESTATION)),
    "a height with a decimal": ("D.4", attribute("//h:observation[h:code/@code='17']/h:value", "value", "168.5")),
    "a country of an identifier that is none": (
        "C.1.1", attribute(f"{CASE}/h:id[@root='{SPACES}1']", "extension", "QZ-INVENTED-1"),
    ),
    "a worldwide identifier without country": ("C.1.8.1", attribute(f"{CASE}/h:id[@root='{SPACES}2']", "extension", "CASE1")),
    "latest information before the first": ("C.1.5", attribute(f"{CASE}/h:availabilityTime", "value", "20200101")),
    "a primary source without country": ("C.2.r.3", without("//h:asLocatedEntity")),
    "a primary source without qualification": ("C.2.r.4", without("//h:asQualifiedEntity")),
    "a sender without organisation": ("C.3.2", without(f"{SENDER}/h:representedOrganization")),
    "an age without its number": ("D.2.2a", bare("//h:primaryRole/h:subjectOf2/h:observation[h:code/@code='3']/h:value", "value")),
    "a dose without its number": ("G.k.4.r.1a", bare(f"{DRUG}//h:doseQuantity", "value")),
    "an interval from the last dose without its unit": ("G.k.9.i.3.2b", bare(f"{PAUSE}[@typeCode='SAE']/h:pauseQuantity", "unit")),
    "an interval in another unit": ("G.k.9.i.3.1b", attribute(f"{PAUSE}[@typeCode='SAS']/h:pauseQuantity", "unit", "days")),
    "a normal value without its unit": ("F.r.4", bare("//h:observationRange/h:value", "unit")),
    "a result without its number": ("F.r.3.2", bare("//h:organizer[h:code/@code='3']//h:value/h:high", "value")),
    "a zone that does not exist": ("E.i.4", attribute(f"{REACTION}/h:effectiveTime/h:low", "value", "202207071000+2500")),
    "two outcomes": ("E.i.7", twice(part("27"))),
    "two roles of one drug": ("G.k.1", twice("//h:component[h:causalityAssessment/h:code/@code='20']")),
    "two answers on a rechallenge": ("G.k.9.i.4", twice(f"{DRUG}/h:outboundRelationship2[h:observation/h:code/@code='31']")),
    "two drugs of one identifier": (
        "G.k", lambda root: one(root, f"({DRUG})[2]/h:id").set("root", one(root, f"({DRUG})[1]/h:id").get("root")),
    ),
    "two reactions of one identifier": (
        "E.i", lambda root: one(root, f"({REACTION})[2]/h:id").set("root", one(root, f"({REACTION})[1]/h:id").get("root")),
    ),
    "a criterion of another list": ("E.i", attribute(f"{part('34')}/h:observation/h:code", "codeSystem", "1.2.3")),
    "an outcome of another list": ("E.i.7", attribute(f"{part('27')}//h:value", "codeSystem", "1.2.3")),
    "an action of another list": ("G.k.8", attribute(f"{DRUG}//h:act/h:code", "codeSystem", "1.2.3")),
    "a role of another list": ("G.k.1", attribute(f"{ROLE_OF}[1]", "codeSystem", "1.2.3")),
    "a sex of another list": ("D.5", attribute("//h:administrativeGenderCode", "codeSystem", "1.2.3")),
    "a cause of death without words": ("D.9.2.r.2", grown(f"{PATIENT}[h:observation/h:code/@code='3']", CAUSE)),
    "a cause found at no autopsy": ("D.9.3", grown(f"{PATIENT}[h:observation/h:code/@code='3']", AUTOPSY)),
    "a confirmation where a physician reports": ("E.i.8", grown(part("27"), CONFIRMED)),
    "a language of two letters": (
        "E.i.1.1b", several(native, attribute(f"{REACTION}/h:value/h:originalText", "language", "de")),
    ),
    "to the FDA, no word on expedited reporting": ("C.1.7", several(TO_FDA, reason(EXPEDITED, "NI"))),
    "to the FDA, without its regional elements": ("FDA.C.1.12", TO_FDA),
    "a weight in pounds": ("D.3", attribute("//h:observation[h:code/@code='7']/h:value", "unit", "lb")),
    "a weight below zero": ("D.3", attribute("//h:observation[h:code/@code='7']/h:value", "value", "-61.5")),
    "a height in metres": ("D.4", attribute("//h:observation[h:code/@code='17']/h:value", "unit", "m")),
    "an interval below zero": ("G.k.9.i.3.1a", attribute(f"{PAUSE}[@typeCode='SAS']/h:pauseQuantity", "value", "-3")),
    "two intervals to one reaction": ("G.k.9.i.3.2a", twice(f"{PAUSE}[@typeCode='SAE']")),
    "a dose below zero": ("G.k.4.r.1a", attribute(f"{DRUG}//h:doseQuantity", "value", "-12")),
    "a reason for an amendment that is none": ("C.1.11.1", grown(f"{CASE}/h:subjectOf2", REASON)),
    "a past drug without name": ("D.8.r.1", grown(f"{PATIENT}[h:organizer/h:code/@code='1']", PAST.format(name="", high="2020"))),
    "a past drug that ends before it begins": (
        "D.8.r.5", grown(f"{PATIENT}[h:organizer/h:code/@code='1']", PAST.format(name="Olddrug", high="2008")),
    ),
    "a range upside down": ("F.r.4", attribute("//h:observationRange[h:interpretationCode/@code='L']/h:value", "value", "9")),
    "a report linked to itself": ("C.1.10.r", grown(f"{CASE}/h:component[last()]", LINKED)),
    "other identifiers said and not sent": (
        "C.1.9.1",
        lambda root: (
            one(root, f"{CASE}//h:investigationCharacteristic[h:code/@code='2']/h:value").attrib.pop("nullFlavor"),
            one(root, f"{CASE}//h:investigationCharacteristic[h:code/@code='2']/h:value").set("value", "true"),
        ),
    ),
}  # fmt: skip

STRUCTURAL = {"a number without its unit"}
"""Planted here although the schema set sees them too."""


def test_a_complete_message_breaks_no_rule():
    assert faults(tree(message())) == []


@pytest.mark.parametrize("name", PLANTED)
def test_one_planted_fault_is_found(name):
    element, plant = PLANTED[name]
    root = tree(message())
    plant(root)
    assert element in {fault.element for fault in faults(root)}


@pytest.mark.parametrize("name", PLANTED)
@schema_set.needed
def test_the_schema_set_lets_the_fault_through(name):
    """Otherwise the rule would be idle."""
    root = tree(message())
    PLANTED[name][1](root)
    assert (schema_set.invalid(etree.tostring(root)) == "") == (name not in STRUCTURAL)


def test_nullified_without_reason_is_found():
    root = tree(message())
    holder = etree.SubElement(one(root, CASE), f"{{{HL7}}}subjectOf2", typeCode="SUBJ")
    node = etree.SubElement(holder, f"{{{HL7}}}investigationCharacteristic", classCode="OBS", moodCode="EVN")
    etree.SubElement(node, f"{{{HL7}}}code", code="3", codeSystem=f"{LISTS}23")
    etree.SubElement(node, f"{{{HL7}}}value", {TYPE: "CE", "code": "1", "codeSystem": f"{LISTS}5"})
    assert {fault.element for fault in faults(root)} == {"C.1.11.2"}
