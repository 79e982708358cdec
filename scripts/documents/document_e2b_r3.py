"""E2B(R3) messages: one ICSR per identified case, with the list of elements that stay open (XML, CSV)."""

from pathlib import Path

import pandas as pd

from schemas.books import OPEN_ELEMENTS
from scripts.documents.case_file import CaseFile
from scripts.documents.dossier import Dossier
from scripts.documents.e2b.batch import written
from scripts.documents.e2b.message import Message
from scripts.files.file_names import file_names
from scripts.files.tablefiles import write_book, write_bytes

NAME = "e2b_r3"
ANONYMOUS = "an anonymous member of a group is no identifiable patient: not exportable as an ICSR"


def write(data: Dossier, out: Path) -> list[Path]:
    """Write e2b_r3/<case>.xml and e2b_r3/open_elements.csv; anonymous rows go to the ledger only."""
    cases = data.identified
    names, paths, opens = file_names([case.case_id for case in cases]), [], []
    for case in data.cases.values():
        if not case.identified:
            data.books.enter(NAME, case.case_id, "out", ANONYMOUS, "minimum valid case")
    for case in cases:
        made, open_elements = build(case, data)
        path = out / NAME / f"{names[case.case_id]}.xml"
        write_bytes(made, path)
        paths.append(path)
        opens += [(case.case_id, *element) for element in open_elements]
        data.books.enter(NAME, case.case_id, case.decision, _reason(case, len(open_elements)))
    write_book(pd.DataFrame(opens, columns=list(OPEN_ELEMENTS.columns)), "open_elements", out / NAME)
    return [*paths, out / NAME / "open_elements.csv"]


def build(case: CaseFile, data: Dossier) -> tuple[bytes, list[tuple[str, str, str]]]:
    """The message of a case and its open elements."""
    return written(Message(case, data.codes, data.bundle.data_lock, data.options.sender))


def _reason(case: CaseFile, opens: int) -> str:
    reasons = [
        f"counted inside the group {case.aggregate}" if case.inside else "",
        f"not transmissible: {opens} open elements" if opens else "",
    ]
    return "; ".join(filter(None, reasons))
