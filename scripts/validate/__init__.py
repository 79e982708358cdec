"""Checks of reported tables. Rules flag; they never repair.

`contracts` and `keys` hold for every series; each `rule_<topic>.py` adds clinical rules through one function
`find(tables, profile) -> list of findings` (dictionaries with the columns of `schemas.findings`).
"""

import importlib
from pathlib import Path

import pandas as pd

from schemas.findings import COLUMNS, findings
from schemas.profile import Profile

SEVERITIES = ("contract", "error", "warning", "information")


def check(tables: dict[str, pd.DataFrame], profile: Profile | None) -> pd.DataFrame:
    """All findings of a series. Clinical rules run only on tables whose contracts hold."""
    from scripts.validate import contracts, keys

    found = contracts.find(tables)
    if not any(row["severity"] == "contract" for row in found):
        found += keys.find(tables)
    if profile and not any(row["severity"] == "contract" for row in found):
        for rule in rules():
            found += rule.find(tables, profile)
    return findings(found)


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
