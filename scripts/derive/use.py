"""One exposure of each case, with all that its times are made of."""

from dataclasses import dataclass

import pandas as pd

from scripts.derive.exposure import days_by_case, doses_of, first_dose_dates, of_exposure


@dataclass(frozen=True)
class Use:
    """One exposure of each of some cases, with what times need: its frame, first dose, doses, reactions and tests."""

    frame: pd.DataFrame
    start: pd.DataFrame
    doses: pd.DataFrame
    days: dict[str, list[int]]
    reactions: pd.DataFrame
    tests: pd.DataFrame


def use(tables: dict[str, pd.DataFrame], frame: pd.DataFrame) -> Use:
    """tables: placed. frame: rows of `exposures`, one per case."""
    start = first_dose_dates(frame, tables["doses"])
    doses = doses_of(frame, tables["doses"], start)
    days = days_by_case(doses)
    return Use(frame, start, doses, days, of_exposure(tables["reactions"], frame), of_exposure(tables["tests"], frame))
