"""The version of the program; versions of the contract of reported tables, and the columns that each of them brought.

A folder or workbook made for an older version is read as it is: what it has no column for is blank.
"""

from collections.abc import Mapping

import pandas as pd

PROGRAM = "0.2.0"
VERSION = 2
ADDED: dict[int, dict[str, tuple[str, ...]]] = {
    2: {
        "cases": ("discharged_alive",),
        "courses": ("gap_origin",),
        "sources": ("first_day",),
        "reactions": ("index", "onset_order", "free_until_date", "free_until_lower", "free_until_upper",
                      "free_until_scale", "free_until_origin", "present_before"),
    }
}  # fmt: skip
"""Version -> table -> the columns that are new in it."""


def version_of(tables: Mapping[str, pd.DataFrame], contracts: Mapping[str, tuple[str, ...]]) -> int:
    """The version that tables were made for, as their columns tell: the last of whose new columns they have one.

    contracts: all columns of every table today. A table of a few chosen columns tells nothing of its version; where all
    are of that kind, it is the latest.
    """
    for version in sorted(ADDED, reverse=True):
        new = ADDED[version]
        known = [table_name for table_name in new if table_name in tables]
        if any(set(new[table_name]) & set(tables[table_name].columns) for table_name in known):
            return version
        if any(
            set(contracts[table_name]) - _since(version, table_name) <= set(tables[table_name].columns)
            for table_name in known
        ):
            continue
        return VERSION
    return min(ADDED) - 1


def _since(version: int, table: str) -> set[str]:
    return {column for later, new in ADDED.items() if later >= version for column in new.get(table, ())}


def news(version: int) -> str:
    """What was added since a version: table.column, a time by its first words."""
    columns = [
        f"{table}.{column}"
        for later in sorted(ADDED)
        if later > version
        for table, new in ADDED[later].items()
        for column in new
        if not column.endswith(("_lower", "_upper", "_scale", "_origin")) or column == "gap_origin"
    ]
    return ", ".join(columns)
