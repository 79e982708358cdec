"""Readers: one raw source in its own format in, reported tables out. Readers never interpret.

Each `from_<format>.py` has `FORMAT` (one line for the help text) and `read(path, **options) -> Reading`.
"""

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
    """Format name -> module name, read off the folder."""
    return {
        file.stem.removeprefix("from_"): f"scripts.ingest.{file.stem}"
        for file in sorted(Path(__file__).parent.glob("from_*.py"))
    }
