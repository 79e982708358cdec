"""Every CSV file of a finished run keeps the contract of its name; what has none is a product."""

from pathlib import Path

import pandas as pd

from schemas.books import BOOKS
from schemas.contract import PLACE
from schemas.derived import DERIVED
from schemas.reported import TABLES

PRODUCTS = {"tables", "figures", "dataset"}
"""Folders whose files have the columns of what they show; the dataset is described by its own package."""
LIKE = {"documents_ledger": "ledger"}
"""Book -> the book whose columns it has."""


def wanted(file: Path) -> list[str]:
    """The columns of the contract that a file is written by; none for a product."""
    if file.parent.name in PRODUCTS and file.stem not in BOOKS:
        return []
    contract = LIKE.get(file.stem, file.stem)
    return [*TABLES[contract].columns, *PLACE] if contract in TABLES else list((DERIVED | BOOKS)[contract].columns)


def test_every_table_of_a_run_has_a_contract(default_run):
    folders = [default_run.home / place / default_run.series for place in ("data/processed", "results")]
    files = {file: list(pd.read_csv(file, nrows=0).columns) for top in folders for file in top.rglob("*.csv")}
    assert {*TABLES, *DERIVED, *BOOKS} - {file.stem for file in files} == {"key"}
    assert {file.parent.name for file in files if not wanted(file)} == PRODUCTS
    typed = default_run.home / "data/processed" / default_run.series / "reported"
    differing = {
        file.relative_to(default_run.home).as_posix(): sorted({*columns} ^ {*wanted(file)})
        for file, columns in files.items()
        if wanted(file) and columns != [head for head in wanted(file) if head in columns or typed not in file.parents]
    }
    assert differing == {}, "a table as typed may lack columns, no other"
