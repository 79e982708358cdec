"""CIOMS I forms: boxes 1 to 26 of every identified case, one page plus continuation (PDF)."""

from pathlib import Path

from scripts.documents.case_file import CaseFile
from scripts.documents.cioms.boxes import NAME, boxes
from scripts.documents.cioms.form import form
from scripts.documents.dossier import Dossier
from scripts.documents.e2b.message import Message
from scripts.documents.words import statement
from scripts.documents.words.texts import fill, texts
from scripts.files.file_names import file_names
from scripts.files.tablefiles import write_bytes

ANONYMOUS = "an anonymous member of a group is no identifiable patient: no form"


def write(data: Dossier, out: Path) -> list[Path]:
    """Write cioms_i/<case>.pdf."""
    cases = data.identified
    names, paths = file_names([case.case_id for case in cases]), []
    for case in data.cases.values():
        if not case.identified:
            data.books.enter(NAME, case.case_id, "out", ANONYMOUS, "minimum valid case")
    for case in cases:
        path = out / NAME / f"{names[case.case_id]}.pdf"
        write_bytes(build(case, data), path)
        paths.append(path)
        data.books.enter(NAME, case.case_id, case.decision)
    return paths


def build(case: CaseFile, data: Dossier) -> bytes:
    """The form of one case."""
    wanted, sender = texts(NAME), data.options.sender
    identifier = Message(case, data.codes, data.bundle.data_lock, sender).identifier if sender else case.case_id
    notes = [statement.status(data), wanted["conventions"]]
    if case.inside:
        notes.insert(0, fill(wanted["inside"], {"aggregate": case.aggregate}, f"{NAME}.yaml"))
    content = boxes(case, sender, identifier, data.bundle.data_lock)
    notes += statement.abbreviations(data, "\n".join(content.text.values()))
    return form(case.case_id, content, notes, statement.footer(data))
