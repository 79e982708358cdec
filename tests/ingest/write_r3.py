"""Writes the invented cases as E2B(R3) messages that are valid against ICH's schemas. No dictionary codes."""

from xml.sax.saxutils import escape

from tests.ingest.r3_elements import (
    BATCH_ATTRIBUTES,
    CL,
    DRUG,
    EVENT,
    OBS,
    PLACE,
    ce,
    code,
    ident,
    meddra,
    moment,
    observation,
    organizer,
    r3_code,
    stamp,
    uuid,
    x,
)
from tests.ingest.write_r3_clinical import drug, histories, reaction, result


def batch(*messages):
    """A batch of the messages given."""
    body = x(
        "MCCI_IN200100UV01",
        ident(22, "B1"),
        x("creationTime", value="20230101000000"),
        x("responseModeCode", code="D"),
        x("interactionId", extension="MCCI_IN200100UV01", root="2.16.840.1.113883.1.6"),
        x("name", code="1", codeSystem=f"{CL}1"),
        *messages,
        _device("receiver", "RCV", 14),
        _device("sender", "SND", 13),
        **BATCH_ATTRIBUTES,
    )
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{body}'.encode()


def _device(tag, kind, number):
    device = x("device", ident(number, tag[0].upper()), classCode="DEV", determinerCode="INSTANCE")
    return x(tag, device, typeCode=kind)


def message(case, *, created="20230101000000", nullification="", extra_drug_observation=""):
    """One PORR_IN049016UV."""
    process = x(
        "controlActProcess",
        x("code", code="PORR_TE049016UV", codeSystem="2.16.840.1.113883.1.18"),
        x("effectiveTime", value=created),
        x("subject", _event(case, nullification, extra_drug_observation), typeCode="SUBJ"),
        classCode="CACT",
        **EVENT,
    )
    return x(
        "PORR_IN049016UV",
        ident(1, case["id"]),
        x("creationTime", value=created),
        x("interactionId", extension="PORR_IN049016UV", root="2.16.840.1.113883.1.6"),
        x("processingCode", code="P"),
        x("processingModeCode", code="T"),
        x("acceptAckCode", code="AL"),
        _device("receiver", "RCV", 12),
        _device("sender", "SND", 11),
        process,
    )


def _event(case, nullification, extra):
    patient = x("primaryRole", _player(case), *_patient(case, extra), classCode="INVSBJ")
    assessment = x(
        "adverseEventAssessment",
        x("subject1", patient, typeCode="SBJ"),
        *_roles(case),
        *_assessed(case),
        classCode="INVSTG",
        **EVENT,
    )
    return x(
        "investigationEvent",
        ident(1, case["id"]),
        ident(2, case["id"]),
        x("code", code="PAT_ADV_EVNT", codeSystem="2.16.840.1.113883.5.4"),
        x("text", escape(case["narrative"])),
        x("statusCode", code="active"),
        x("effectiveTime", x("low", value=stamp(case["received"]))),
        x("availabilityTime", value=stamp(case["latest"])),
        _literature(case.get("literature")),
        x("component", assessment, typeCode="COMP"),
        _reporter(case),
        _characteristic(1, ce(r3_code("report_type", case["type"]), 2)),
        _characteristic(3, ce(nullification, 5)) if nullification else "",
        classCode="INVSTG",
        **EVENT,
    )


def _literature(words):
    if not words:
        return ""
    reference = x("bibliographicDesignationText", escape(words))
    return x("reference", x("document", code(2, 27), reference, classCode="DOC", **EVENT), typeCode="REFR")


def _reporter(case):
    country = x("location", x("code", code=case["country"], codeSystem="1.0.3166.1.2.2"), **PLACE)
    person = x(
        "assignedPerson",
        x("asQualifiedEntity", code(r3_code("qualification", case["qualification"]), 6), classCode="QUAL"),
        x("asLocatedEntity", country, classCode="LOCE"),
        classCode="PSN",
        determinerCode="INSTANCE",
    )
    author = x("author", x("assignedEntity", person, classCode="ASSIGNED"), typeCode="AUT")
    act = x("subjectOf2", x("controlActEvent", author, classCode="CACT", **EVENT), typeCode="SUBJ")
    related = x("relatedInvestigation", code(2, 22), act, classCode="INVSTG", **EVENT)
    return x("outboundRelationship", x("priorityNumber", value="1"), related, typeCode="SPRT")


def _characteristic(number, value):
    inside = x("investigationCharacteristic", code(number, 23), value, **OBS)
    return x("subjectOf2", inside, typeCode="SUBJ")


def _player(case):
    sex = {"nullFlavor": "UNK"}
    if case["sex"] != "unknown":
        sex = {"code": r3_code("sex", case["sex"]), "codeSystem": "1.0.5218"}
    return x(
        "player1",
        x("name", "XYZ"),
        x("administrativeGenderCode", **sex),
        moment("birthTime", case.get("birth", "")),
        moment("deceasedTime", case.get("death", {}).get("date", "")),
        classCode="PSN",
        determinerCode="INSTANCE",
    )


def _patient(case, extra):
    number, unit = case.get("age", ("", ""))
    pq = {"xsi_type": "PQ"}
    parts = []
    if number:
        unit = "10.a" if unit == "decade" else unit
        parts.append(observation(3, x("value", value=number, unit=unit, **pq)))
    if case.get("age_group"):
        parts.append(observation(4, ce(r3_code("age_group", case["age_group"]), 9)))
    for element, measure, measure_unit in ((7, "weight", "kg"), (17, "height", "cm")):
        if case.get(measure):
            parts.append(observation(element, x("value", value=case[measure], unit=measure_unit, **pq)))
    parts += [*histories(case), *(reaction(case, entry, place) for place, entry in _numbered(case["reactions"]))]
    if case.get("tests"):
        parts.append(organizer(3, map(result, case["tests"])))
    if "death" in case:
        yes = x("value", xsi_type="BL", value="true")
        cause = meddra("value", case["death"]["cause"], xsi_type="CE")
        parts += [observation(32, cause), observation(5, yes)]
    parts.append(organizer(4, (drug(entry, place, extra) for place, entry in _numbered(case["drugs"]))))
    return [x("subjectOf2", part, typeCode="SBJ") for part in parts]


def _numbered(rows):
    return enumerate(rows, start=1)


def _of_drug(place):
    reference = x("productUseReference", x("id", root=uuid(2, place)), **DRUG)
    return x("subject2", reference, typeCode="SUBJ")


def _roles(case):
    for place, drug_entry in _numbered(case["drugs"]):
        value = ce(r3_code("drug_role", drug_entry["role"]), 13)
        inside = x("causalityAssessment", code(20, 19), value, _of_drug(place), **OBS)
        yield x("component", inside, typeCode="COMP")


def _assessed(case):
    for place, drug_entry in _numbered(case["drugs"]):
        for number, assessor, method, verdict in drug_entry["assessed"]:
            who = x("assignedEntity", x("code", x("originalText", assessor)), classCode="ASSIGNED")
            effect = x("adverseEffectReference", x("id", root=uuid(1, number)), **OBS)
            inside = x(
                "causalityAssessment",
                code(39, 19),
                x("value", verdict, xsi_type="ST"),
                x("methodCode", x("originalText", method)),
                x("author", who, typeCode="AUT"),
                x("subject1", effect, typeCode="SUBJ"),
                _of_drug(place),
                **OBS,
            )
            yield x("component", inside, typeCode="COMP")
