"""Write report.html, headlines.csv and manifest.json, and copy beside them what the rooms before keep account of:
findings, pairs that look alike, the ledger by record and by stage, conflicts of two records of one patient."""

import json
from pathlib import Path

from scripts import product_arguments
from scripts.messages import run, say, shown
from scripts.report.headlines import headlines
from scripts.report.manifest import manifest
from scripts.report.page import page
from scripts.tablefiles import write, write_bytes

PAIRS = "candidate_pairs.csv"
BOOKS = ("ledger.csv", "stages.csv", "conflicts.csv")


def main() -> None:
    parser = product_arguments.parser("report", __doc__)
    parser.add_argument("--tables", type=Path, required=True, metavar="DIR", help="folder written by tables")
    parser.add_argument("--figures", type=Path, required=True, metavar="DIR", help="folder written by figures")
    parser.add_argument("--config", default="{}", metavar="JSON", help="the study's config, for the manifest")
    parser.add_argument("--inputs", type=Path, nargs="*", default=[], metavar="PATH", help="raw inputs to checksum")
    given = parser.parse_args()
    data, config = product_arguments.read(given), json.loads(given.config)
    conventions = config.get("analysis", {})
    lines = headlines(data, conventions.get("onset", "first_symptom"), conventions.get("clock", "first_dose"))
    html = page(data, lines, given.tables, given.figures, conventions)
    write(lines, given.out / "headlines.csv")
    for book in (given.findings, given.findings.with_name(PAIRS), *(given.series / name for name in BOOKS)):
        write_bytes(book.read_bytes(), given.out / book.name)
    write_bytes(
        manifest([*given.inputs, given.profile], Path.cwd(), config, given.data_lock).encode(),
        given.out / "manifest.json",
    )
    write_bytes(html.encode(), given.out / "report.html")
    say(f"report: {shown(given.out / 'report.html')}")


if __name__ == "__main__":
    run(main)
