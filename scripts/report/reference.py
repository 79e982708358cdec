"""The accepted run that a report is compared with: what `make accept` kept, read back."""

import json
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from scripts.files.tablefiles import read_text

ACCEPTED = "accepted.json"
"""Who accepted the run, when and with which remark; written last, so that without it there is no reference."""


@dataclass(frozen=True)
class Reference:
    """An accepted run: what the reviewer said of it, and its tables, every cell as text.

    signed   who, when, remark
    series   the reported tables of the series, by name
    """

    signed: dict[str, str]
    series: dict[str, pd.DataFrame]
    patients: pd.DataFrame
    times: pd.DataFrame
    headlines: pd.DataFrame
    manifest: dict


def read(folder: Path | None) -> Reference | None:
    """The reference in a folder; None where no run was accepted."""
    if folder is None or not (folder / ACCEPTED).exists():
        return None
    return Reference(
        signed=json.loads((folder / ACCEPTED).read_text(encoding="utf-8")),
        series={file.stem: read_text(file) for file in sorted((folder / "series").glob("*.csv"))},
        patients=read_text(folder / "derived/patients.csv"),
        times=read_text(folder / "derived/times.csv"),
        headlines=read_text(folder / "headlines.csv"),
        manifest=json.loads((folder / "manifest.json").read_text(encoding="utf-8")),
    )
