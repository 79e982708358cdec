"""What sources hold beside what is read: elements are counted in every run, each with the reason (code list `not_read`).

The ledger counts them all; of those that say something of the case, and of those that no list knows, there is a finding too. So there is of
files in a folder or archive that nobody reads: they may hold cases. Documents that publishers lay beside their data tell of none.
"""

import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from schemas.codes import labels, rows
from schemas.ledger import NOT_READ
from scripts.files import source_files
from scripts.ingest.extract_files import DELETED, Kind, members_of, with_ending
from scripts.ingest.reports import Report
from scripts.words.wording import counted

NOT_KNOWN = "No reader knows this element."
AGAIN, CODE_OF = ", again", ", code of "
"""Behind the name of an element that stands more often than it is read, and of one whose code is of a list that E2B does not use."""
FIRST_READ = "It stands again where one is read; the first is read."
OTHER_LIST = "The code is of a list that E2B does not use here; words beside it are read."
DOCUMENTS = re.compile(
    r".*\.(?:pdf|docx?|rtf|html?|md|dtd|xsd|xslt?|png|jpe?g|gif|ya?ml|ini|db)|readme.*|(?:size|stat)\d\dq\d\.txt",
    re.IGNORECASE,
)
"""Names of files that tell of no case; FAERS of before 2012Q4 has two with counts."""
MOST_NAMED = 10
RENAME = "Unpack or rename what holds cases, so that its name is one that the format reads; take the rest out."


def columns(file: str, headings: Iterable[str]) -> list[dict]:
    """A finding for each column of a file of which no reader knows; what columns are known and not read stands in the list."""
    return [
        _finding(heading, "", "a column of which no reader knows; it is not read") | {"file": file}
        for heading in headings
        if heading and heading not in labels("not_read")
    ]


def remarks(kept: Iterable[Report]) -> list[dict]:
    """A finding for each element that occurs in reports that are kept and is not read; technical ones are passed over."""
    quiet = {row["code"] for row in rows("not_read") if row["told"] == "no"}
    return [
        _finding(element, str(count), f"the element occurs in {counted(count, 'report')} and is not read")
        | {"cure": _why(element)}
        for element, count in _counted(kept)
        if element not in quiet
    ]


def lines(source: str, kept: Iterable[Report]) -> list[dict]:
    """A line of the ledger for each element that is not read: in how many of the reports that are kept it stands.

    It stands for no record, so that the counts of records still add up.
    """
    return [
        {
            "stage": "ingest",
            "source": source,
            "record": element,
            "records": 0,
            "decision": NOT_READ,
            "reason": f"in {counted(count, 'report')}: {_why(element)}",
            "rule": "not_read",
        }
        for element, count in _counted(kept)
    ]


def _why(element: str) -> str:
    kind = OTHER_LIST if CODE_OF in element else FIRST_READ if element.endswith(AGAIN) else NOT_KNOWN
    return labels("not_read").get(element, kind)


def _counted(kept: Iterable[Report]) -> list[tuple[str, int]]:
    return sorted(Counter(element for report in kept for element in report.unread).items())


def _finding(element: str, value: str, what: str) -> dict:
    return {
        "rule": "not_read",
        "severity": "information",
        "table": "reports",
        "column": element,
        "value": value,
        "what": what,
        "cure": "Nothing to do; where it matters, look in the file.",
    }


def in_folder(path: Path, suffixes: tuple[str, ...]) -> list[str]:
    """The files of a folder of messages whose ending is none of those that are read."""
    files = source_files.files(path) if path.is_dir() else []
    return [
        file.relative_to(path).as_posix() for file in files if file.suffix.lower() not in suffixes and _tells(file.name)
    ]


def in_archive(archive: Path, ending: str) -> list[str]:
    """The files of an archive of messages with another ending than the one that is read."""
    return in_extract(archive, with_ending(ending))


def in_extract(path: Path, kind: Kind) -> list[str]:
    """The files of a folder or of archives whose name is none of the extract's tables."""

    def other(name: str) -> tuple[str, str] | None:
        return ("", "") if kind(name) is None and _tells(name) else None

    several = path.is_dir() or path.suffix.lower() == ".zip"
    return [member.shown for member in members_of(path, other)] if several else []


def _tells(file_name: str) -> bool:
    return not file_name.startswith(source_files.PASSED_OVER) and not (
        DOCUMENTS.fullmatch(file_name) or DELETED.fullmatch(file_name)
    )


def files(names: Iterable[str]) -> list[dict]:
    """One finding that names the first of them, where there are any."""
    every = list(names)
    if not every:
        return []
    more = f" and {len(every) - MOST_NAMED} more" if every[MOST_NAMED:] else ""
    what = f"not read, as no name that the format reads: {', '.join(every[:MOST_NAMED])}{more}"
    return [{"rule": "readable", "severity": "warning", "table": "reports", "what": what, "cure": RENAME}]
