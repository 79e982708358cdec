"""Study day 0 (definitions: grains-and-whole-days): a source that writes one may count the first dose as day 0 or not.

`sources.first_day` says which: where it is 0, a day d of that source from day 0 on is study day d + 1; where it is 1 its days
are study days, and a day 0 all the same is day 1. Until that is known, a day d of a source that writes a day 0 is, from day 1 on, [d, d + 1], and day 0 is day 1.
"""

import pandas as pd

from scripts.clock.intervals import FROM_EITHER, FROM_ZERO, numbers


def without_day_zero(tables: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """The reported tables in study days: moved where a source counts from 0, else widened to what both ways of counting give."""
    from_zero, open_ = _counting_otherwise(tables)
    if not (open_ or from_zero or any(map(_writing_zero, tables.values()))):
        return tables
    return {table_name: _counted(table, from_zero, open_) for table_name, table in tables.items()}


def with_scales_of_day_zero(tables: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """The same with every cell as typed: of such sources the scale says how they count (`elapsed` knows it)."""
    from_zero, open_ = _counting_otherwise(tables)
    if not (open_ or from_zero):
        return tables
    return {table_name: _scaled(table, from_zero, open_) for table_name, table in tables.items()}


def _counting_otherwise(tables: dict[str, pd.DataFrame]) -> tuple[set[str], set[str]]:
    """Sources that count from 0, and those that write a day 0 and do not say from what they count."""
    answers = tables["sources"].set_index("source_id")["first_day"]
    from_zero, from_one = (set(answers.index[answers == day]) for day in ("0", "1"))
    return from_zero, set().union(*(_writing_zero(table) for table in tables.values())) - from_zero - from_one


def _scaled(table: pd.DataFrame, from_zero: set[str], open_: set[str]) -> pd.DataFrame:
    scales = {}
    for prefix in _prefixes(table) if "source_id" in table else []:
        scale = table[f"{prefix}_scale"]
        study = scale == "study_day"
        moved = scale.mask(study & table["source_id"].isin(from_zero), FROM_ZERO)
        scales[f"{prefix}_scale"] = moved.mask(study & table["source_id"].isin(open_), FROM_EITHER)
    return table.assign(**scales)


def _prefixes(table: pd.DataFrame) -> list[str]:
    ends = [column.removesuffix("_scale") for column in table if column.endswith("_scale")]
    return [prefix for prefix in ends if {f"{prefix}_lower", f"{prefix}_upper"} <= set(table)]


def _writing_zero(table: pd.DataFrame) -> set[str]:
    source_ids: set[str] = set()
    for prefix in _prefixes(table) if "source_id" in table else []:
        counted = table[f"{prefix}_scale"] == "study_day"
        if not counted.any():
            continue
        study = table[counted]
        zero = (numbers(study[f"{prefix}_lower"]) == 0) | (numbers(study[f"{prefix}_upper"]) == 0)
        source_ids |= set(study.loc[zero, "source_id"])
    return source_ids


def _counted(table: pd.DataFrame, from_zero: set[str], open_: set[str]) -> pd.DataFrame:
    """A table whose days of sources that count from 0 are a day later, and whose days of open sources end a day later."""
    for prefix in _prefixes(table) if "source_id" in table else []:
        study = table[f"{prefix}_scale"] == "study_day"
        moved, wide = study & table["source_id"].isin(from_zero), study & table["source_id"].isin(open_)
        lower, upper = numbers(table[f"{prefix}_lower"]), numbers(table[f"{prefix}_upper"])
        denied = study & ~moved & ~wide & ((lower == 0) | (upper == 0))
        changed = moved | wide | denied
        if not changed.any():
            continue
        least = lower + (moved & (lower >= 0)) + ((wide | denied) & (lower == 0))
        most = upper + (moved & (upper >= 0)) + (wide & (upper >= 0)) + (denied & (upper == 0))
        cells = {
            f"{prefix}_{end}": table[f"{prefix}_{end}"].mask(changed & days.notna(), days.map("{:g}".format))
            for end, days in (("lower", least), ("upper", most))
        }
        table = table.assign(**cells)
    return table
