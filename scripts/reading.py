"""What a reader gives, and which readers there are: shared by `ingest` and by `validate` on a raw source."""

import importlib
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from schemas.findings import findings
from schemas.ledger import ledger


@dataclass(frozen=True)
class Reading:
    """What a reader found in one source.

    tables    reported tables by name, all cells text, with `at_file` and `at_row`; missing tables are empty
    findings  what could not be read, with place, reason and cure
    ledger    what entered, was selected or refused, with counts (stage `ingest`)
    """

    tables: dict[str, pd.DataFrame]
    findings: pd.DataFrame = field(default_factory=lambda: findings([]))
    ledger: pd.DataFrame = field(default_factory=lambda: ledger([]))


def formats() -> dict[str, str]:
    """Format name -> module name, read off the folder of `ingest`."""
    folder = Path(__file__).parent / "ingest"
    return {file.stem.removeprefix("from_"): f"scripts.ingest.{file.stem}" for file in sorted(folder.glob("from_*.py"))}


def read(form: str, path: Path, **options: object) -> Reading:
    """Read one source in the format `form`."""
    return importlib.import_module(formats()[form]).read(path, **options)
