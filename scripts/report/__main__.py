"""Write report.html, headlines.csv, dataset/ and manifest.json, and copy beside them what the rooms before keep account of:
findings, pairs that look alike, the ledger by record and by stage, conflicts of two records of one patient."""

import argparse
import difflib
import json
import shutil
from pathlib import Path

import pandas as pd

from scripts.commands import product_arguments
from scripts.commands.messages import UserError, run, say
from scripts.files.bundle import Bundle
from scripts.files.tablefiles import write_book, write_bytes
from scripts.report import reference
from scripts.report.against import Others
from scripts.report.changes import changes
from scripts.report.dataset import write_dataset
from scripts.report.headlines import headlines, lines
from scripts.report.manifest import manifest
from scripts.report.page import pages
from scripts.report.what_changed import told_changes
from scripts.words.printable import printable

PAIRS = "candidate_pairs.csv"
BOOKS = ("ledger.csv", "stages.csv", "conflicts.csv")


RIGHTS = "Confidential"
CONFIDENTIAL = (
    f"{RIGHTS}: the files of this folder show patients one by one, many with words of the sources as typed. What may be\n"
    "shared with others is made by `make share` (`dahlia share`) and lies in for_sharing/. Drafts for qualified review.\n"
)
"""Said once for the tables of plain text, which have no place of their own for it."""


def main() -> None:
    parser = product_arguments.parser("report", __doc__)
    parser.add_argument("--tables", type=Path, required=True, metavar="DIR", help="folder written by tables")
    parser.add_argument("--figures", type=Path, required=True, metavar="DIR", help="folder written by figures")
    parser.add_argument("--inputs", type=Path, metavar="FILE", help="files of the study -> SHA-256 (JSON)")
    parser.add_argument(
        "--accepted", type=Path, metavar="DIR", help="the accepted run to compare with, where there is one"
    )
    parser.add_argument("--snakemake", metavar="VERSION", help="of the Snakemake that runs this, where it is not here")
    parser.add_argument("--case", metavar="ID", help="write nothing; say how this patient compares with the others")
    parser.add_argument("--shared", action="store_true", help="of a copy to share: the page and the dataset alone")
    given = parser.parse_args()
    if given.case:
        say("\n".join(told_case(product_arguments.read(given), given.case)))
        return
    if given.shared:
        write_shared(product_arguments.read(given), given)
        return
    data, study = product_arguments.read(given), given.settings.model_dump(mode="json")
    inputs = json.loads(given.inputs.read_text(encoding="utf-8")) if given.inputs else {}
    before = reference.read(given.accepted)
    told, made_with = lines(data), manifest(inputs, study, before.signed if before else {}, given.snakemake)
    shown = headlines(told, data.results)
    moved = changes(before, data, shown, json.loads(made_with))
    changed = told_changes(before, moved, data)
    html = pages(data, told, given.tables, given.figures, made_with, changed)
    write_book(shown, "headlines", given.out)
    write_book(moved, "changes", given.out)
    for book in (given.findings, given.findings.with_name(PAIRS), *(given.series / book_name for book_name in BOOKS)):
        write_bytes(printable(book.read_text(encoding="utf-8")).encode(), given.out / book.name)
    write_bytes(made_with.encode(), given.out / "manifest.json")
    write_bytes(CONFIDENTIAL.encode(), given.out / "CONFIDENTIAL.txt")
    write_dataset(data, given.out / "dataset", RIGHTS)
    shutil.rmtree(given.out / "patients", ignore_errors=True)  # of a run with more patients
    for file, text in html:
        write_bytes(text.encode(), given.out / file)
    say("report: report.html, headlines, dataset, books of records, manifest")


def write_shared(data: Bundle, given: argparse.Namespace) -> None:
    """The page and the dataset of a copy whose derived tables are pseudonymous; nothing of the full set is read."""
    made_with = manifest({}, given.settings.model_dump(mode="json"), {})
    html = pages(
        data, lines(data), given.tables, given.figures, made_with, told_changes(None, pd.DataFrame(), data), shared=True
    )
    write_dataset(data, given.out / "dataset")
    for file, text in html:
        write_bytes(text.encode(), given.out / file)
    say("report: report.html and dataset of the copy")


def told_case(data: Bundle, case_id: str) -> list[str]:
    """A patient against the others, a line for each sentence; UserError where the patient is not counted."""
    told = Others(data).against(case_id)["sentences"]
    if not told:
        near = difflib.get_close_matches(case_id, list(data.counted["case_id"]), n=3)
        more = f" Did you mean {' or '.join(near)}?" if near else ""
        raise UserError(
            f"ID: '{case_id}' is no case that counts in this series.{more} The line listing names them all."
        )
    return [f"{case_id} against the other {len(data.counted) - 1}:", *(f"  {sentence}" for sentence in told)]


if __name__ == "__main__":
    run(main)
