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

    def __getitem__(self, name: str) -> pd.DataFrame:
        if name not in self.read:
            self.read[name] = _table(name, self.files[name])
        return self.read[name]

    def __iter__(self):
        return iter(self.files)

    def __len__(self) -> int:
        return len(self.files)


def _table(name: str, file: Path) -> pd.DataFrame:
    contract = DERIVED.get(name) or BOOKS.get(name)
    if contract is None:
        return read_reported_table(file, name)
    if name in MAY_BE_ABSENT and not file.exists():
        return pd.DataFrame(columns=list(contract.columns), dtype=str)
    return read_contract(file, contract)
