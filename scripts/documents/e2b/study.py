"""Section C.5: the study that a report comes from."""

from scripts.documents.case_file import has
from scripts.documents.e2b.message import Message
from scripts.documents.e2b.nodes import COUNTRY, LISTS, SPACES, Node, add, flavour, path

STUDY, REGISTRATION = f"{SPACES}5", f"{SPACES}6"
COLUMNS = ("study_name", "study_number", "study_type", "study_registrations")


def study(role: Node, message: Message) -> None:
    """The study, as far as it was received; a report from a study without its type leaves C.5.4 open."""
    report = message.case.report
    kind = report.get("study_type", "")
    if report.get("report_type") == "study" and not has(kind):
        message.leave_open("C.5.4", "a report from a study, of which no type was received", "State the type of study.")
    if not any(report.get(column, "") for column in COLUMNS):
        return
    node = path(add(role, "subjectOf1", typeCode="SBJ"), "researchStudy")
    if has(report["study_number"]):
        add(node, "id", extension=report["study_number"], root=STUDY)
    if has(kind):
        add(node, "code", code=kind, codeSystem=f"{LISTS}8")
    if has(report["study_name"]):
        add(node, "title", report["study_name"])
    elif flavour("C.5.2", report["study_name"]):
        add(node, "title", nullFlavor=flavour("C.5.2", report["study_name"]))
    for registration in filter(has, report["study_registrations"].split("; ")):
        number, _, country = registration.rpartition(", ") if ", " in registration else (registration, "", "")
        registered = path(node, "authorization", "studyRegistration")
        add(registered, "id", extension=number, root=REGISTRATION)
        if country:
            place = path(registered, "author", "territorialAuthority", "governingPlace")
            add(place, "code", code=country, codeSystem=COUNTRY)
