"""E2B(R2): ICH ICSR messages with root ichicsr, with or without DOCTYPE; one file or a folder of them.

The DTD that a DOCTYPE names is never looked for. FAERS publishes its XML extracts in this shape.
"""

from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from scripts.ingest import Reading
from scripts.ingest.e2b import zipped_messages
from scripts.ingest.e2b.r2_report import report
from scripts.ingest.e2b.r2_tree import Tree
from scripts.ingest.e2b.xml_recovery import Broken
from scripts.ingest.e2b.xml_stream import elements, text
from scripts.ingest.messages_in import read_messages
from scripts.ingest.options import OfReports
from scripts.ingest.reports import Report

FORMAT = "E2B(R2) message, archive or folder of messages (*.xml, *.zip)"
Options = OfReports

DEEPEST = 8
NOT_REPORTS = {
    "ichicsrack": "an acknowledgement of an E2B(R2) message",
    "MCCI_IN200100UV01": "an E2B(R3) message; give the format e2b_r3",
    "MCCI_IN200101UV01": "an acknowledgement of an E2B(R3) batch",
}


def read(path: Path, **options: object) -> Reading:
    """Read every report of the message(s); see `selection` for the options."""
    return read_messages(path, zipped_messages.SUFFIXES, _reports, "message", options)


def _reports(file: Path) -> Iterator[Report]:
    return zipped_messages.reports(file, _of_one)


def _of_one(file: Path, file_name: str) -> Iterator[Report]:
    for number, element in enumerate(elements(file, "safetyreport", ("ichicsr",), NOT_REPORTS), start=1):
        if isinstance(element, Broken):
            yield Report(element.case_id, file_name, number, broken=element.why)
        else:
            yield report(_tree(element), file_name, number)


def _tree(element: etree._Element, depth: int = 0) -> Tree:
    """What an element holds; what lies deeper than R2 goes counts as the text of its element."""
    texts: dict[str, str] = {}
    inside: dict[str, list[Tree]] = {}
    for child in element:
        tag = child.tag
        if len(child):
            if depth < DEEPEST:
                inside.setdefault(tag, []).append(_tree(child, depth + 1))
            elif tag not in texts and (leaf_text := text(child)):
                texts[tag] = leaf_text
        elif (words := child.text) and tag not in texts and (leaf_text := words.strip()):
            texts[tag] = leaf_text
    return Tree(texts, inside)
