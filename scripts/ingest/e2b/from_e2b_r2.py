"""E2B(R2): ICH ICSR messages with root ichicsr, with or without DOCTYPE; one file or a folder of them.

The DTD that a DOCTYPE names is never looked for. FAERS publishes its XML extracts in this shape.
"""

from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from scripts.commands.messages import UserError
from scripts.ingest import Reading
from scripts.ingest.e2b.r2_report import report
from scripts.ingest.e2b.r2_tree import Tree, keep
from scripts.ingest.e2b.xml_recovery import Broken
from scripts.ingest.e2b.xml_stream import elements, text
from scripts.ingest.extract_files import DELETED, Member, deleted_cases, members_of
from scripts.ingest.messages_in import of_archive, read_messages
from scripts.ingest.options import OfReports
from scripts.ingest.reports import Report
from scripts.ingest.selection import listed

FORMAT = "E2B(R2) message, archive or folder of messages (*.xml, *.zip)"
Options = OfReports

DEEPEST = 8
NOT_REPORTS = {
    "ichicsrack": "an acknowledgement of an E2B(R2) message",
    "MCCI_IN200100UV01": "an E2B(R3) message; give the format e2b_r3",
    "MCCI_IN200101UV01": "an acknowledgement of an E2B(R3) batch",
}


def read(path: Path, **options: object) -> Reading:
    """Read every report of the message(s); see `selection` for the options. Cases of delete lists beside them have been withdrawn."""
    lists = [case for member in _delete_lists(Path(path)) for case in deleted_cases(member)]
    options["deleted"] = [*listed(options, "deleted"), *lists]
    return read_messages(path, (".xml", ".zip"), _reports, "message", options)


def _delete_lists(path: Path) -> list[Member]:
    """The lists of a quarter of FAERS as XML; where an archive cannot be opened, who reads its messages says so."""
    try:
        return members_of(path, lambda file_name: ("DELETED", "") if DELETED.fullmatch(file_name) else None)
    except UserError:
        return []


def _reports(file: Path) -> Iterator[Report]:
    return of_archive(file, _of_one)


def _of_one(file: Path, file_name: str) -> Iterator[Report]:
    for number, element in enumerate(elements(file, "safetyreport", ("ichicsr",), NOT_REPORTS), start=1):
        if isinstance(element, Broken):
            yield Report(element.case_id, file_name, number, broken=element.why)
        else:
            yield report(_tree(element), file_name, number)


def _tree(element: etree._Element, depth: int = 0) -> Tree:
    """What an element holds, elements in which nothing stands left out; what lies deeper than R2 goes counts as the text of its
    element."""
    texts: dict[str, str] = {}
    inside: dict[str, list[Tree]] = {}
    for child in element:
        tag = child.tag
        if len(child):
            if depth < DEEPEST:
                if (tree := _tree(child, depth + 1)).says_something:
                    inside.setdefault(tag, []).append(tree)
            elif leaf_text := text(child):
                keep(texts, tag, leaf_text)
        elif (words := child.text) and (leaf_text := words.strip()) and texts.setdefault(tag, leaf_text) != leaf_text:
            keep(texts, tag, leaf_text)
    return Tree(texts, inside)
