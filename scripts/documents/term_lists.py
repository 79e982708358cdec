"""Lists of terms that the user names in the config: CSV files, read in one way."""

import csv
from collections.abc import Sequence
from pathlib import Path

from scripts.commands.messages import UserError, shown


def rows(path: str, key: str, columns: Sequence[str]) -> list[dict[str, str]]:
    """The cells of these columns, without blanks at their ends, row by row; none for a blank path.

    key: of the config, under `documents`. UserError: the file is missing or lacks a column.
    """
    if not path:
        return []
    if not Path(path).is_file():
        raise UserError(f"documents.{key}: {shown(path)}: no such file. Check the path.")
    with Path(path).open(encoding="utf-8-sig", newline="") as handle:
        reader = csv.DictReader(handle)
        missing = [column for column in columns if column not in (reader.fieldnames or [])]
        if missing:
            which = "column" if len(columns) == 1 else "columns"
            raise UserError(f"{shown(path)}: no column {', '.join(missing)}. Name the {which} {', '.join(columns)}.")
        return [{column: (row[column] or "").strip() for column in columns} for row in reader]
