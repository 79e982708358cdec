"""Read one raw source in its own format and write the reported tables.

python -m scripts.ingest csv data/raw/my-series --out /tmp/reported
python -m scripts.ingest template --series my-series --out my-series.xlsx      an empty entry workbook
python -m scripts.ingest map cases.csv                                         propose a column map for the format table
python -m scripts.ingest store add faers_ascii_2017q2.zip                      convert an extract once, for many series
"""

import argparse
import importlib
import sys
from pathlib import Path

import pandas as pd

from schemas import yaml_files
from schemas.faults import no_such
from scripts.commands.messages import UserError, run, say
from scripts.commands.progress import by
from scripts.commands.reading import read
from scripts.files.tablefiles import write_book, write_reported
from scripts.ingest import Reading, formats
from scripts.ingest.options import described

COMMANDS = {
    "template": "scripts.ingest.workbook.template",
    "map": "scripts.ingest.table.map_command",
    "store": "scripts.ingest.store.command",
}
"""What stands in the place of a format: commands that write what a person fills in, or a store of extracts."""


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m scripts.ingest",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        epilog=_formats() if {"-h", "--help"} & set(sys.argv) else None,
    )
    parser.add_argument("format", type=_known, metavar="FORMAT", help="one of the formats below")
    parser.add_argument("path", type=Path, metavar="PATH", help="file or folder to read")
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="folder for the reported tables")
    parser.add_argument(
        "--options", type=Path, metavar="FILE", help="options of the format, as in a source's entry (YAML)"
    )
    return parser.parse_args()


def _formats() -> str:
    """All formats in words; to tell them, every reader is loaded with its libraries."""
    return "formats, each with its options:\n" + "\n".join(map(_about, formats().items()))


def _about(reader_of: tuple[str, str]) -> str:
    """A format in words, with its options."""
    format_name, reader = reader_of[0], importlib.import_module(reader_of[1])
    return f"  {format_name:24}{reader.FORMAT}\n{described(reader.Options)}"


def _known(form: str) -> str:
    """A format that there is."""
    if form not in formats():
        raise argparse.ArgumentTypeError(f"'{form}': {no_such('format', form, formats())}")
    return form


def main() -> None:
    if module := COMMANDS.get(sys.argv[1] if len(sys.argv) > 1 else ""):
        importlib.import_module(module).command(sys.argv[2:])
        return
    given = arguments()
    if not given.path.exists():
        raise UserError(f"{given.path}: no such file or folder. Check the path in the config or on the command line.")
    reading = read(given.format, given.path, **_options(given.options))
    save(reading, given.out)
    counts = ", ".join(f"{table_name} {len(table)}" for table_name, table in reading.tables.items() if len(table))
    say(f"ingest: {given.path} ({given.format}): {counts or 'no rows'}{left_out(reading.ledger)}")


def _options(path: Path | None) -> dict:
    """The options in a file; none without one."""
    try:
        return yaml_files.read(path) if path else {}
    except ValueError as fault:
        raise UserError(str(fault)) from None


def left_out(book: pd.DataFrame) -> str:
    """How many records of the source were left out, by reason; the reasons of readers quote no cell."""
    out = book[(book["decision"] == "out") & (book["records"] > 0)].groupby("reason", sort=False)["records"].sum()
    return "; left out: " + ", ".join(f"{number} x {reason}" for reason, number in out.items()) if len(out) else ""


def save(reading: Reading, out: Path) -> None:
    """Write the tables with the reader's findings and ledger beside them."""
    write_reported(reading.tables, out, by("ingest"))
    write_book(reading.findings, "findings", out)
    write_book(reading.ledger, "ledger", out)
    write_book(reading.not_selected, "not_selected", out)


if __name__ == "__main__":
    run(main)
