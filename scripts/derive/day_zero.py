"""Study day 0 (definitions: grains-and-whole-days): a source that writes one may count the first dose as day 0 or not.

Until that is known, a day d of that source from day 1 on is [d, d + 1], and day 0 is day 1.
"""

import pandas as pd

from scripts.clock.intervals import numbers


def without_day_zero(tables: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """The reported tables; the study days of a source that writes a day 0 are widened to what both ways of counting give."""
    sources = set().union(*(_writing_zero(table) for table in tables.values()))
    return {name: _widened(table, sources) for name, table in tables.items()} if sources else tables


def _prefixes(table: pd.DataFrame) -> list[str]:
    ends = [column.removesuffix("_scale") for column in table if column.endswith("_scale")]
    return [prefix for prefix in ends if {f"{prefix}_lower", f"{prefix}_upper"} <= set(table)]


def _writing_zero(table: pd.DataFrame) -> set[str]:
    found: set[str] = set()
    for prefix in _prefixes(table) if "source_id" in table else []:
        study = table[table[f"{prefix}_scale"] == "study_day"]
        zero = (numbers(study[f"{prefix}_lower"]) == 0) | (numbers(study[f"{prefix}_upper"]) == 0)
        found |= set(study.loc[zero, "source_id"])
    return found


def _widened(table: pd.DataFrame, sources: set[str]) -> pd.DataFrame:
    for prefix in _prefixes(table) if "source_id" in table else []:
        own = (table[f"{prefix}_scale"] == "study_day") & table["source_id"].isin(sources)
        if not own.any():
            continue
        lower, upper = numbers(table[f"{prefix}_lower"]), numbers(table[f"{prefix}_upper"])
        cells = {
            f"{prefix}_lower": table[f"{prefix}_lower"].mask(own & (lower == 0), "1"),
            f"{prefix}_upper": table[f"{prefix}_upper"].mask(own & (upper == 0), "1"),
        }
        later = own & (upper >= 1)
        cells[f"{prefix}_upper"] = cells[f"{prefix}_upper"].mask(later, (upper + 1).map("{:g}".format))
        table = table.assign(**cells)
    return table
