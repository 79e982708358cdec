"""E2B(R3): ICH ICSR messages (root MCCI_IN200100UV01), one file or a folder, many reports in each.

R3 numbers no versions: of one worldwide case id the report with the most recent information (C.1.5),
then the latest creation time (C.1.2), is used. Schema validity is not asked for; code lists, links and
dates are judged by `validate` in the words of the sender.
"""

from collections.abc import Iterator
from pathlib import Path

from scripts.e2b.hl7_times import HL7
from scripts.ingest import Reading
from scripts.ingest.e2b.r3_report import report
from scripts.ingest.e2b.xml_recovery import Broken
from scripts.ingest.e2b.xml_stream import elements
from scripts.ingest.messages_in import of_archive, read_messages
from scripts.ingest.options import OfReports
from scripts.ingest.reports import Report

FORMAT = "E2B(R3) message, archive or folder of messages (*.xml, *.zip)"
Options = OfReports

ROOTS = (f"{HL7}MCCI_IN200100UV01", f"{HL7}PORR_IN049016UV")
NOT_REPORTS = {
    "MCCI_IN200101UV01": "an acknowledgement of an E2B(R3) batch",
    "ichicsr": "an E2B(R2) message; give the format e2b_r2",
    "ichicsrack": "an acknowledgement of an E2B(R2) message",
}


def read(path: Path, **options: object) -> Reading:
    """Read every report of the message(s); see `selection` for the options."""
    return read_messages(path, (".xml", ".zip"), _reports, "message", options)


def _reports(file: Path) -> Iterator[Report]:
    return of_archive(file, _of_one)


def _of_one(file: Path, file_name: str) -> Iterator[Report]:
    for number, message in enumerate(elements(file, f"{HL7}PORR_IN049016UV", ROOTS, NOT_REPORTS), start=1):
        if isinstance(message, Broken):
            yield Report(message.case_id, file_name, number, broken=message.why)
        else:
            yield report(message, file_name, number)
