"""Reading and writing the tables that pass between rooms: UTF-8 CSV, one header row, LF line ends.

A file is written beside its place and then moved there, so that a killed run leaves the old file whole.
"""

from pathlib import Path

import pandas as pd

from schemas.reported import PLACE, TABLES


def read_text(path: Path | str) -> pd.DataFrame:
    """A table of our own making with every cell as text, blank for nothing."""
    return pd.read_csv(path, dtype=str, keep_default_na=False)


def read_numbers(path: Path | str, text: tuple[str, ...] = ()) -> pd.DataFrame:
    """A table of our own making with numbers where a column holds only numbers; `text` columns stay text."""
    table = pd.read_csv(path, dtype=dict.fromkeys(text, str), keep_default_na=True)
    return table.assign(**{name: table[name].fillna("") for name in text if name in table})


def write(table: pd.DataFrame, path: Path | str) -> None:
    """Write a table; the same table gives the same bytes."""
    write_bytes(table.to_csv(index=False, lineterminator="\n").encode("utf-8"), path)


def write_bytes(content: bytes, path: Path | str) -> None:
    """Replace a file as a whole or not at all."""
    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.part")
    beside.write_bytes(content)
    beside.replace(path)


def empty(name: str) -> pd.DataFrame:
    """A reported table without rows."""
    return pd.DataFrame(columns=[*TABLES[name].columns, *PLACE], dtype=str).astype({"at_row": int})


def read_reported(folder: Path | str) -> dict[str, pd.DataFrame]:
    """All reported tables of a folder written by `ingest`; a table without a file is empty."""
    return {name: _read_reported(Path(folder) / f"{name}.csv", name) for name in TABLES}


def _read_reported(path: Path, name: str) -> pd.DataFrame:
    return read_text(path).astype({"at_row": int}) if path.exists() else empty(name)


def write_reported(tables: dict[str, pd.DataFrame], folder: Path | str) -> None:
    """Write every reported table, those without rows too."""
    for name in TABLES:
        write(tables.get(name, empty(name)), Path(folder) / f"{name}.csv")
