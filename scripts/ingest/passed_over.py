"""What lies in a source's folder or archives and is read by nobody: told by name, as it may hold cases.

Documents that publishers and senders lay beside their data tell of no case, and are passed over without a word.
"""

import re
from collections.abc import Iterable
from pathlib import Path

from scripts.files import source_files
from scripts.ingest.extract_files import DELETED, Kind, members_of

DOCUMENTS = re.compile(
    r".*\.(?:pdf|docx?|rtf|html?|md|dtd|xsd|xslt?|png|jpe?g|gif|ya?ml|ini|db)|readme.*|(?:size|stat)\d\dq\d\.txt",
    re.IGNORECASE,
)
"""Names of files that tell of no case; FAERS of before 2012Q4 has two with counts."""
MOST_NAMED = 10
CURE = "Unpack or rename what holds cases, so that its name is one that the format reads; take the rest out."


def in_folder(path: Path, suffixes: tuple[str, ...]) -> list[str]:
    """The files of a folder of messages whose ending is none of those that are read."""
    files = source_files.files(path) if path.is_dir() else []
    return [
        file.relative_to(path).as_posix() for file in files if file.suffix.lower() not in suffixes and _tells(file.name)
    ]


def in_archive(archive: Path, ending: str) -> list[str]:
    """The files of an archive of messages with another ending than the one that is read."""
    return in_extract(archive, lambda name: (ending, "") if name.lower().endswith(ending) else None)


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


def finding(names: Iterable[str]) -> list[dict]:
    """One finding that names the first of them, where there are any."""
    every = list(names)
    if not every:
        return []
    more = f" and {len(every) - MOST_NAMED} more" if every[MOST_NAMED:] else ""
    what = f"not read, as no name that the format reads: {', '.join(every[:MOST_NAMED])}{more}"
    return [{"rule": "readable", "severity": "warning", "table": "reports", "what": what, "cure": CURE}]
