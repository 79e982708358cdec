"""Write report.html, headlines.csv, dataset/ and manifest.json, and copy beside them what the rooms before keep account of:
findings, pairs that look alike, the ledger by record and by stage, conflicts of two records of one patient."""

import json
from pathlib import Path

from scripts.commands import product_arguments
from scripts.commands.messages import run, say
from scripts.files.tablefiles import write_book, write_bytes
from scripts.report.dataset import write_dataset
from scripts.report.headlines import headlines, lines
from scripts.report.manifest import manifest
from scripts.report.page import page
from scripts.words.printable import printable

PAIRS = "candidate_pairs.csv"
BOOKS = ("ledger.csv", "stages.csv", "conflicts.csv")


def main() -> None:
    parser = product_arguments.parser("report", __doc__)
    parser.add_argument("--tables", type=Path, required=True, metavar="DIR", help="folder written by tables")
    parser.add_argument("--figures", type=Path, required=True, metavar="DIR", help="folder written by figures")
    parser.add_argument("--inputs", type=Path, metavar="FILE", help="files of the study -> SHA-256 (JSON)")
    given = parser.parse_args()
    data, study = product_arguments.read(given), given.settings.model_dump(mode="json")
    inputs = json.loads(given.inputs.read_text(encoding="utf-8")) if given.inputs else {}
    told, made_with = lines(data), manifest(inputs, study)
    html = page(data, told, given.tables, given.figures, made_with)
    write_book(headlines(told), "headlines", given.out)
    for book in (given.findings, given.findings.with_name(PAIRS), *(given.series / name for name in BOOKS)):
        write_bytes(printable(book.read_text(encoding="utf-8")).encode(), given.out / book.name)
    write_bytes(made_with.encode(), given.out / "manifest.json")
    write_dataset(data, given.out / "dataset")
    write_bytes(html.encode(), given.out / "report.html")
    say("report: report.html, headlines, dataset, books of records, manifest")


if __name__ == "__main__":
    run(main)
