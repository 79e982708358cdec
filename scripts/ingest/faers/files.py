"""The files of FAERS quarters, in zip archives or folders."""

import re
from pathlib import Path

from scripts.commands.messages import UserError, shown
from scripts.ingest import not_read
from scripts.ingest.extract_files import DELETED, Member, members_of

TABLES = ("DRUG", "REAC", "DEMO", "INDI", "THER", "OUTC")
"""The largest first, so that it is under way while the others follow one another."""
BESIDE = ("RPSR",)
"""Read where it is there."""
NAME = re.compile(r"(DEMO|DRUG|REAC|OUTC|THER|INDI|RPSR)(\d\d)Q([1-4])\.(?:txt|zip_txt)", re.IGNORECASE)


def members(path: Path) -> list[Member]:
    """Every data file and delete list under a zip, a folder, or a folder of zips and folders."""
    extract_files = members_of(path, _kind)
    if not any(member.table in TABLES for member in extract_files):
        raise UserError(
            f"{shown(path)}: no FAERS table in it. Expected files such as DEMO17Q2.txt and DRUG17Q2.txt, "
            "in a folder or in the quarter's zip."
        )
    return extract_files


def others(path: Path) -> list[dict]:
    """A finding on the files that are none of these."""
    return not_read.files(not_read.in_extract(path, _kind))


def _kind(file_name: str) -> tuple[str, str] | None:
    """Table and quarter (2017Q2) in a file's name; `DELETED` for a delete list."""
    if match := NAME.fullmatch(file_name):
        century = "19" if int(match[2]) > 90 else "20"
        return match[1].upper(), f"{century}{match[2]}Q{match[3]}"
    return ("DELETED", "") if DELETED.fullmatch(file_name) else None
