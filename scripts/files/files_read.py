"""Tables of a folder, each read when it is first asked for, as its contract says."""

from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from schemas.books import BOOKS
from schemas.derived import DERIVED
from scripts.files.tablefiles import read_contract, read_reported_table

MAY_BE_ABSENT = ("withheld", "corrections_applied", "conflicts")
"""Books without rows where there is no such file."""


class Files(Mapping[str, pd.DataFrame]):
    """Tables by name, each read from its file when it is first asked for, and not again."""

    def __init__(self, files: dict[str, Path]) -> None:
        self.files = files
        self.read: dict[str, pd.DataFrame] = {}

    def __getitem__(self, table_name: str) -> pd.DataFrame:
        if table_name not in self.read:
            self.read[table_name] = _table(table_name, self.files[table_name])
        return self.read[table_name]

    def __iter__(self):
        return iter(self.files)

    def __len__(self) -> int:
        return len(self.files)


def _table(table_name: str, file: Path) -> pd.DataFrame:
    contract = DERIVED.get(table_name) or BOOKS.get(table_name)
    if contract is None:
        return read_reported_table(file, table_name)
    if table_name in MAY_BE_ABSENT and not file.exists():
        return pd.DataFrame(columns=list(contract.columns), dtype=str)
    return read_contract(file, contract)
