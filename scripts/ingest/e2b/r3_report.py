"""The administrative part of an E2B(R3) report (sections C and H) and the assembly of the whole."""

from lxml import etree

from scripts.e2b.hl7_times import edtf, moment, sent
from scripts.ingest.e2b import hl7_nodes as hl7
from scripts.ingest.e2b import r3_drugs, r3_not_read, r3_patient
from scripts.ingest.e2b.hl7_nodes import Node
from scripts.ingest.e2b.xml_stream import text
from scripts.ingest.reports import Report, has_value, in_one_line, in_order, listed

SENDER_ID, WORLDWIDE_ID, OTHER_ID = (f"2.16.840.1.113883.3.989.2.1.3.{number}" for number in (1, 2, 3))


def report(message: etree._Element, at_file: str, at_row: int) -> Report:
    """One PORR_IN049016UV as rows of the reported tables."""
    event = hl7.at(message, "controlActProcess", "subject", "investigationEvent")
    ids = {identifier.get("root"): (identifier.get("extension") or "").strip() for identifier in hl7.every(event, "id")}
    features = hl7.by_code(hl7.every(event, "subjectOf2", "investigationCharacteristic"), hl7.CHARACTERISTIC)
    latest = sent(hl7.at(event, "availabilityTime"))
    nullification = hl7.coded(hl7.value(hl7.first(features, "3")), "nullification")
    is_nullified = nullification == "nullified"
    case_report = Report(
        case_id=ids.get(WORLDWIDE_ID) or ids.get(SENDER_ID) or "",
        at_file=at_file,
        at_row=at_row,
        order=(moment(latest)[:8], moment(sent(hl7.at(message, "controlActProcess", "effectiveTime"))), is_nullified),
        nullified=is_nullified,
        leaves=lambda: r3_not_read.in_report(message),
    )
    assessment, diagnoses = next(hl7.every(event, "component", "adverseEventAssessment"), None), _diagnoses(event)
    case_report.add(
        "reports",
        "C.1",
        sender=_sender(event),
        sender_case_id=ids.get(SENDER_ID, ""),
        worldwide_case_id=ids.get(WORLDWIDE_ID, ""),
        first_sender=_first_sender(event),
        report_type=hl7.coded(hl7.value(hl7.first(features, "1")), "report_type"),
        received=edtf(sent(hl7.at(event, "effectiveTime", "low"))),
        latest_information=edtf(latest),
        nullification=nullification,
        nullification_reason=hl7.term(hl7.value(hl7.first(features, "4"))),
        other_ids="; ".join(number for number, _ in _other_ids(event)),
        other_id_sources=in_order(source for _, source in _other_ids(event)),
        linked_reports="; ".join(_linked_reports(event)),
        documents="\n".join(_documents(event)),
        sender_diagnosis=listed(hl7.term_or_code(diagnosis) for diagnosis in diagnoses),
        **hl7.beside(diagnoses, "sender_diagnosis"),
        **_study(assessment),
        literature="\n".join(_literature(event)),
        narrative="\n\n".join(filter(None, [text(hl7.at(event, "text")), *_comments(event)])),
        **_reporter(event),
    )
    reactions = r3_patient.read(assessment, case_report)
    r3_drugs.read(assessment, case_report, reactions)
    return case_report


def _other_ids(event: Node | None) -> list[tuple[str, str]]:
    """C.1.9.1.r.2 and .1, number and source, in order."""
    return [
        ((identifier.get("extension") or "").strip(), (identifier.get("assigningAuthorityName") or "").strip())
        for identifier in hl7.every(event, "subjectOf1", "controlActEvent", "id")
        if identifier.get("root") == OTHER_ID and identifier.get("extension")
    ]


def _linked_reports(event: Node | None) -> list[str]:
    """C.1.10.r, in order."""
    ids = hl7.every(event, "outboundRelationship", "relatedInvestigation", "subjectOf2", "controlActEvent", "id")
    return [
        number for link in ids if link.get("root") == WORLDWIDE_ID and (number := (link.get("extension") or "").strip())
    ]


def _documents(event: Node | None) -> list[str]:
    """C.1.6.1.r.1: names of documents that the sender holds."""
    held = [node for node in hl7.every(event, "reference", "document") if hl7.code(node, hl7.DOCUMENT) == "1"]
    return [title for document in held if (title := in_one_line(text(hl7.at(document, "title"))))]


def _sender(event: Node | None) -> str:
    """C.3.2."""
    acts = hl7.every(event, "subjectOf1", "controlActEvent")
    entities = (hl7.at(act, "author", "assignedEntity", "representedOrganization") for act in acts)
    names = (text(hl7.at(entity, "assignedEntity", "representedOrganization", "name")) for entity in entities)
    return next(filter(None, names), "")


def _first_sender(event: Node | None) -> str:
    """C.1.8.2."""
    relations = hl7.by_code(hl7.every(event, "outboundRelationship", "relatedInvestigation"), hl7.RELATION)
    author = hl7.at(hl7.first(relations, "1"), "subjectOf2", "controlActEvent", "author", "assignedEntity", "code")
    return hl7.coded(author, "first_sender")


def _diagnoses(event: Node | None) -> list[Node]:
    """H.3.r.1: what the sender holds the reaction for."""
    diagnoses = []
    for note in hl7.every(event, "component", "adverseEventAssessment", "component1", "observationEvent"):
        diagnosis = hl7.value(note)
        if diagnosis is not None and hl7.code(note, hl7.OBSERVATION) == "15" and hl7.term_or_code(diagnosis):
            diagnoses.append(diagnosis)
    return diagnoses


def _study(assessment: Node | None) -> dict[str, str]:
    """C.5."""
    study = next(hl7.every(assessment, "subject1", "primaryRole", "subjectOf1", "researchStudy"), None)
    number = hl7.at(study, "id")
    return {
        "study_name": hl7.words_or_reason(hl7.at(study, "title")),
        "study_number": "" if number is None else (number.get("extension") or "").strip(),
        "study_type": sent(hl7.at(study, "code"), "code"),
        "study_registrations": "; ".join(filter(None, map(_registration, hl7.every(study, "authorization")))),
    }


def _registration(node: Node) -> str:
    """C.5.1.r: number and country of a registration of the study."""
    registered = hl7.at(node, "studyRegistration")
    place = hl7.at(registered, "author", "territorialAuthority", "governingPlace", "code")
    return ", ".join(filter(None, [sent(hl7.at(registered, "id"), "extension"), sent(place, "code")]))


def _literature(event: Node | None) -> list[str]:
    """C.4.r.1 of every document that is a literature reference."""
    references = [
        hl7.words_or_reason(hl7.at(document, "bibliographicDesignationText"))
        for document in hl7.every(event, "reference", "document")
        if hl7.code(document, hl7.DOCUMENT) == "2"
    ]
    return [in_one_line(reference) for reference in references if has_value(reference)]


def _reporter(event: Node | None) -> dict[str, str]:
    """Qualification and country of the primary source (C.2.r.5 = 1), else of the first source named, and of the others."""
    sources = [
        relation
        for relation in hl7.every(event, "outboundRelationship")
        if hl7.code(hl7.at(relation, "relatedInvestigation"), hl7.RELATION) == "2"
    ]
    first = next((node for node in sources if sent(hl7.at(node, "priorityNumber")) == "1"), next(iter(sources), None))
    qualification, country = _person(first)
    others = (", ".join(filter(None, _person(source))) for source in sources if source is not first)
    return {
        "reporter_qualification": qualification,
        "country": country,
        "other_reporters": "\n".join(filter(None, others)),
    }


def _person(source: Node | None) -> tuple[str, str]:
    """C.2.r.4 and C.2.r.3 of a source."""
    act = hl7.at(source, "relatedInvestigation", "subjectOf2", "controlActEvent")
    person = hl7.at(act, "author", "assignedEntity", "assignedPerson")
    country = hl7.at(person, "asLocatedEntity", "location", "code")
    return hl7.coded(hl7.at(person, "asQualifiedEntity", "code"), "qualification"), sent(country, "code")


def _comments(event: Node | None) -> list[str]:
    """Comments of reporter (H.2) and sender (H.4) and native summaries (H.5), each under its name."""
    titles = {"3": "Reporter's comments (H.2)", "1": "Sender's comments (H.4)"}
    comments = []
    for note in hl7.every(event, "component", "adverseEventAssessment", "component1", "observationEvent"):
        comment = text(hl7.value(note))
        if hl7.code(note, hl7.OBSERVATION) == "10" and comment:
            author = hl7.code(hl7.at(note, "author", "assignedEntity"), hl7.AUTHOR)
            comments.append(f"{titles.get(author, 'Comments')}: {comment}")
    for note in hl7.every(event, "component", "observationEvent"):
        summary = hl7.value(note)
        if summary is not None and hl7.code(note, hl7.OBSERVATION) == "36" and text(summary):
            comments.append(f"Summary ({', '.join(filter(None, ['H.5', summary.get('language')]))}): {text(summary)}")
    return comments
