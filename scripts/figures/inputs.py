"""Reading what the rooms before have written into the tables a figure draws from."""

from pathlib import Path

import pandas as pd

from schemas.profile import Profile, load
from scripts.figures.drawing import Data, Facts
from scripts.tablefiles import read_text

BOUNDS = ("lower", "upper")


def read(
    derived: Path, results: Path, series: Path, findings: Path, profile: Path,
    *, ledger: Path | None = None, data_lock: str = "", onset: str = "first_symptom", clock: str = "first_dose",
) -> Data:  # fmt: skip
    """Every table as text but for the columns of numbers; tables of the series that have no file have no rows."""
    return Data(
        cases=read_text(derived / "case_series.csv"),
        times=_numbers(read_text(derived / "times.csv"), *BOUNDS, "complement_lower"),
        rechallenges=read_text(derived / "rechallenges.csv"),
        tests=_numbers(read_text(derived / "test_results.csv"), "value", "fold"),
        results=_numbers(read_text(results / "results.csv"), "at", "value", *BOUNDS, "n", "n_total"),
        curves=_numbers(read_text(results / "curves.csv"), *BOUNDS, "mass", "cumulative"),
        ledger=_numbers(read_text(ledger or series / "ledger.csv"), "records"),
        findings=read_text(findings),
        doses=_optional(series / "doses.csv"),
        reactions=_optional(series / "reactions.csv"),
        measured=_optional(series / "tests.csv"),
        facts=facts(load(profile), data_lock, onset, clock),
    )


def facts(profile: Profile, data_lock: str, onset: str, clock: str) -> Facts:
    """What figures need to know of the profile."""
    event = profile.event
    return Facts(
        drug=profile.drug.name,
        event=event.name,
        abbreviation=event.abbreviation,
        sentinel=event.sentinel_signs[0] if event.sentinel_signs else "",
        resolution=event.primary_resolution,
        onset=onset,
        clock=clock,
        data_lock=data_lock,
        poolable=tuple(event.poolable_origins),
    )


def _numbers(table: pd.DataFrame, *columns: str) -> pd.DataFrame:
    return table.assign(**{name: pd.to_numeric(table[name]) for name in columns})


def _optional(path: Path) -> pd.DataFrame:
    return read_text(path) if path.exists() else pd.DataFrame()
