"""openFDA `drug/event`: pages of the API or download files, as JSON or zipped JSON; one file or a folder.

openFDA has no date of a reaction, and of the report only `CASE EVENT DATE` in the narrative (e2b.r2_event_date). `drugadditional` is its dechallenge.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from scripts.commands.messages import UserError, shown
from scripts.ingest import Reading
from scripts.ingest.e2b.r2_report import report
from scripts.ingest.e2b.r2_tree import Tree, keep
from scripts.ingest.e2b.xml_recovery import OTHER_SIGNS
from scripts.ingest.messages_in import of_archive, read_messages
from scripts.ingest.openfda.json_objects import NO_REPORT, Broken, Objects
from scripts.ingest.options import OfReports
from scripts.ingest.reports import Report

FORMAT = "openFDA drug/event pages (*.json, *.zip), one or a folder"
Options = OfReports

DEEPEST = 8
OF_AERS = re.compile(r"(\d{7})-[\dX]")


def read(path: Path, **options: object) -> Reading:
    """Read every report of the page(s); see `selection` for the options."""
    return read_messages(path, (".json", ".zip"), _reports, "database_listing", options)


def _reports(file: Path) -> Iterator[Report]:
    return of_archive(file, _of_one, ".json")


def _of_one(file: Path, file_name: str) -> Iterator[Report]:
    """The reports of a page; UserError behind the last where it is no page, or in another encoding."""
    broken: list[str] = []
    number = 0
    with file.open("rb") as handle:
        for number, sent in enumerate(Objects(handle, file), start=1):
            if isinstance(sent, Broken):
                broken.append(sent.why)
                yield Report(_case_id(sent.text), file_name, number, broken=sent.why)
            else:
                tree = _tree(sent)
                yield report(tree, file_name, number, _of_aers(tree.text("safetyreportid")))
    if number and broken.count(NO_REPORT) == number:
        raise UserError(f"{shown(file)}: this is not an openFDA drug/event page: {NO_REPORT}. Download it again.")
    if number and 2 * broken.count(OTHER_SIGNS) >= number:
        raise UserError(f"{shown(file)}: not UTF-8. Download it again.")


def _of_aers(report_id: str) -> list[tuple[str, str]]:
    """The number that a quarter of before 2012Q4 has as ISR: openFDA's id of such a report is that number with a check digit."""
    match = OF_AERS.fullmatch(report_id)
    return [(match[1], "FDA (AERS)")] if match else []


def _case_id(text: str) -> str:
    """The number of the case in a report that is no JSON, as far as it can be read."""
    match = re.search(r'"safetyreportid"\s*:\s*"([^"]+)"', text)
    return match[1] if match else ""


def _tree(sent: dict, depth: int = 0) -> Tree:
    """What an object holds; numbers become text, null, objects in which nothing stands and anything deeper than R2 goes are left
    out."""
    tree = Tree()
    for tag, value in sent.items():
        for element in value if isinstance(value, list) else [value]:
            if isinstance(element, dict) and depth < DEEPEST:
                if (inner := _tree(element, depth + 1)).says_something:
                    tree.inside.setdefault(tag, []).append(inner)
            elif isinstance(element, str | int | float) and (leaf_text := str(element).strip()):
                keep(tree.texts, tag, leaf_text)
    return tree
