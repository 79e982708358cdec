"""Checks of reported tables. Rules flag; they never repair.

`contracts` and `keys` hold for every series; each `rule_<topic>.py` adds clinical rules through one function
`find(tables, profile) -> list of findings` (dictionaries with the columns of `schemas.findings`).
"""

import importlib
from collections.abc import Set
from pathlib import Path

import pandas as pd

from schemas.findings import COLUMNS, findings
from schemas.profile import Profile
from schemas.reported import PLACE, TABLES

SEVERITIES = ("contract", "error", "warning", "information")


def check(tables: dict[str, pd.DataFrame], profile: Profile | None, unread: Set[str] = frozenset()) -> pd.DataFrame:
    """All findings of a series at once: a fault in one table does not hide those of another.

    Tables that lack a column which must be filled in are judged by their contract only; nothing is said of
    references into them, nor into tables of which a reader could not read every row (`unread`).
    """
    from scripts.validate import contracts, keys

    found = contracts.find(tables)
    sound = {name: completed(table, name) for name, table in tables.items() if contracts.has_keys(table, name)}
    found += keys.find(sound, unsound=(tables.keys() - sound.keys()) | unread)
    for rule in rules() if profile else []:
        found += rule.find(sound, profile)
    return findings(found)


def completed(table: pd.DataFrame, name: str) -> pd.DataFrame:
    """The table with the columns of its contract: left-out ones blank, unknown ones gone."""
    return table.loc[:, ~table.columns.duplicated()].reindex(columns=[*TABLES[name].columns, *PLACE], fill_value="")


def rules() -> list:
    """The rule modules of this folder."""
    names = sorted(file.stem for file in Path(__file__).parent.glob("rule_*.py"))
    return [importlib.import_module(f"scripts.validate.{name}") for name in names]


def decide(found: pd.DataFrame, policy: dict[str, str]) -> pd.DataFrame:
    """Order the findings, number them F1, F2, ... and give each the action of its severity."""
    rank = {severity: position for position, severity in enumerate(SEVERITIES)}
    ordered = found.assign(rank=found["severity"].map(rank)).sort_values(
        ["rank", "table", "file", "row", "column", "rule"], kind="stable"
    )
    numbered = ordered.assign(
        finding=[f"F{number}" for number in range(1, len(ordered) + 1)], action=ordered["severity"].map(policy)
    )
    return numbered[list(COLUMNS)].reset_index(drop=True)


def place(row: dict | pd.Series) -> dict:
    """Where a reported row stands, for a finding."""
    return {"file": row["at_file"], "row": int(row["at_row"]), "case_id": row.get("case_id", "")}
