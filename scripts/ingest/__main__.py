"""Read one raw source in its own format and write the reported tables.

python -m scripts.ingest csv data/raw/my-series --out /tmp/reported
python -m scripts.ingest template --series my-series --out my-series.xlsx      an empty entry workbook
"""

import argparse
import importlib
import sys
from pathlib import Path

import yaml

from scripts.ingest import Reading, formats
from scripts.messages import UserError, run, say
from scripts.tablefiles import write, write_reported


def arguments() -> argparse.Namespace:
    known = {name: importlib.import_module(module).FORMAT for name, module in formats().items()}
    parser = argparse.ArgumentParser(
        prog="python -m scripts.ingest",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        epilog="formats:\n" + "\n".join(f"  {name:24}{line}" for name, line in known.items()),
    )
    parser.add_argument("format", choices=known, metavar="FORMAT", help="one of the formats below")
    parser.add_argument("path", type=Path, metavar="PATH", help="file or folder to read")
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="folder for the reported tables")
    parser.add_argument(
        "--options", type=Path, metavar="FILE", help="options of the format, as in a source's entry (YAML)"
    )
    return parser.parse_args()


def main() -> None:
    if sys.argv[1:2] == ["template"]:
        importlib.import_module("scripts.ingest.template").command(sys.argv[2:])
        return
    given = arguments()
    if not given.path.exists():
        raise UserError(f"{given.path}: no such file or folder. Check the path in the config or on the command line.")
    reading = importlib.import_module(formats()[given.format]).read(given.path, **_options(given.options))
    save(reading, given.out)
    counts = ", ".join(f"{name} {len(table)}" for name, table in reading.tables.items() if len(table))
    say(f"ingest: {given.path} ({given.format}): {counts or 'no rows'}")


def _options(path: Path | None) -> dict:
    """The options in a file; none without one."""
    if path is None:
        return {}
    try:
        found = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError) as fault:
        raise UserError(f"{path}: not readable as YAML: {' '.join(str(fault).split())}") from None
    if not isinstance(found, dict):
        raise UserError(f"{path}: not options with their names, such as 'drugs: [substance]'.")
    return found


def save(reading: Reading, out: Path) -> None:
    """Write the tables with the reader's findings and ledger beside them."""
    write_reported(reading.tables, out)
    write(reading.findings, out / "findings.csv")
    write(reading.ledger, out / "ledger.csv")


if __name__ == "__main__":
    run(main)
