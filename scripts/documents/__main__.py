"""Write the documents of a series."""

import argparse
import json
from pathlib import Path

from pydantic import ValidationError

from schemas.config import Documents
from scripts import documents
from scripts.documents import material
from scripts.messages import UserError, run, say
from scripts.tablefiles import write


def arguments() -> argparse.Namespace:
    listed = "; ".join(f"{name}: {documents.title(name)}" for name in documents.documents())
    parser = argparse.ArgumentParser(prog="python -m scripts.documents", description=f"{__doc__} {listed}")
    parser.add_argument("series", type=Path, metavar="SERIES", help="folder written by assemble")
    parser.add_argument("derived", type=Path, metavar="DERIVED", help="folder written by derive")
    parser.add_argument("--results", type=Path, required=True, metavar="DIR", help="folder written by analyse")
    parser.add_argument("--findings", type=Path, required=True, metavar="FILE", help="written by validate")
    parser.add_argument("--ledger", type=Path, metavar="FILE", help="written by assemble; default: in SERIES")
    parser.add_argument("--profile", type=Path, required=True, metavar="FILE", help="series profile")
    parser.add_argument("--data-lock", required=True, metavar="YYYY-MM-DD", help="data lock point")
    parser.add_argument("--onset", default="first_symptom", help="primary onset endpoint")
    parser.add_argument("--clock", default="first_dose", help="primary clock")
    parser.add_argument("--options", default="{}", metavar="JSON", help="section `documents` of the config")
    parser.add_argument("--only", action="append", metavar="NAME", help="write this document only; may be repeated")
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="folder for the documents")
    return parser.parse_args()


def main() -> None:
    given = arguments()
    options = _options(given.options)
    names = documents.chosen(given.only or options.write)
    data = material.read(
        given.series, given.derived, given.results, given.findings, given.profile, given.data_lock, options,
        given.ledger, given.onset, given.clock,
    )  # fmt: skip
    paths = documents.write_all(data, given.out, names)
    write(data.books.table(), given.out / "documents_ledger.csv")
    say(f"documents: {len(names)} kinds, {len(paths)} files")


def _options(text: str) -> Documents:
    try:
        return Documents.model_validate(json.loads(text))
    except json.JSONDecodeError as fault:
        raise UserError(f"--options: not readable as JSON: {fault}.") from None
    except ValidationError as faults:
        lines = [f"documents.{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in faults.errors()]
        raise UserError("\n".join(lines)) from None


if __name__ == "__main__":
    run(main)
