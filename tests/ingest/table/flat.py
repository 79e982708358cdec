"""Small flat tables for tests: a table as text with its map, read by the format `table`."""

from pathlib import Path

import pandas as pd
import yaml

from scripts.commands.reading import Reading, read
from scripts.ingest.flat_file import read_flat
from scripts.ingest.table.proposal import propose
from scripts.validate.contracts import keys, table_contracts
from scripts.validate.flags import together

EVERY = {"drug": "examplumab", "event": "blue rash"}
DAY = {"unit": "d", "from": "first_dose"}
TIMED = {"time": DAY, "sign": DAY, "gap": {"unit": "mo"}}


def flat(folder: Path, table: str, columns: dict, **more: object) -> Reading:
    """Read a table whose columns are parted by bars; every column of the map is confirmed."""
    file = folder / "cases.csv"
    file.write_text(table.strip().replace(" | ", "|").replace("| ", "|").replace(" |", "|") + "\n", encoding="utf-8")
    content = {"confirmed": True, "source": {"source_id": "S1"}, "every": EVERY, "columns": columns} | more
    (folder / "cases.map.yaml").write_text(
        yaml.safe_dump(content, allow_unicode=True, sort_keys=False), encoding="utf-8"
    )
    return read("table", file)


def rows(table: pd.DataFrame, *columns: str) -> list[tuple[str, ...]]:
    return list(table[list(columns)].itertuples(index=False, name=None))


def faults(reading: Reading) -> list[str]:
    """The findings that stop a run: row, column, value, what."""
    findings = reading.findings[reading.findings["severity"] == "contract"]
    return [f"{row['row']} {row['column']} '{row['value']}': {row['what']}" for row in findings.to_dict("records")]


def unread(reading: Reading) -> list[str]:
    """Cells that could not be read: row, native cell (the heading where no row of the tables is there), value, what."""
    findings = reading.findings[reading.findings["severity"] == "error"]
    return [
        f"{row['row']} {row['table']}.{row['column']} '{row['value']}': {row['what']}"
        for row in findings.to_dict("records")
    ]


def sound(reading: Reading) -> list[str]:
    """What the contracts have against the tables: nothing should be."""
    whole = table_contracts.complete(reading.tables)
    parts = [table_contracts.columns(reading.tables), table_contracts.find(whole, reading.tables), keys.find(whole)]
    return [f"{row['table']} {row['column']}: {row['what']}" for row in together(parts).to_dict("records")]


def proposed(folder: Path, table: str) -> tuple[str, list[str]]:
    """The map that is proposed for a table between bars, and the headings that could not be placed."""
    file = folder / "cases.csv"
    file.write_text(table.strip().replace(" ", ""), encoding="utf-8")
    return propose(read_flat(file), "cases")
