"""Whether the columns of a part hold what those of earlier extracts held: an extract shipped with an empty or shifted column
reads without a fault, and is wrong.
"""

from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from statistics import median

import duckdb

from scripts.ingest.store.catalogue import Part
from scripts.ingest.store.query import name, parquet

NOTHING = ("", " ", "NA", "N/A", "NULL", "nan")
"""Cells that hold nothing, whatever wrote them."""
LOOKED_AT = 5_000
"""Lines from which all this is told, spread over the whole part; of a column empty in them, all lines are counted."""
COMMONEST = 60
FEW_LINES = 100
"""With fewer lines a distribution says nothing."""
FILLED = 0.05
"""A column that was filled less often may be empty once."""
LOST = 20
"""A column that is filled so many times less often than before has lost its cells."""
CODES, KNOWN = 0.9, 0.5
"""A column whose COMMONEST values were so large a share before is one of codes; now they must be so large a share of it."""


def profile(
    opened: duckdb.DuckDBPyConnection, path: Path, columns: Iterable[str], records: int
) -> tuple[dict[str, float], dict[str, dict[str, float]]]:
    """Share of the lines looked at in which each column holds something, and its commonest values with their shares of those."""
    columns = list(columns)
    if not records or not columns:
        return dict.fromkeys(columns, 0.0), {}
    every = max(1, records // LOOKED_AT)
    cells = ", ".join(map(name, columns))
    seen = opened.execute(f"select {cells} from {parquet(path)} where place % {every} = 0").fetchall()
    counted = {column: Counter(values) for column, values in zip(columns, zip(*seen, strict=True), strict=True)}
    for counts in counted.values():
        for nothing in (*NOTHING, None):
            counts.pop(nothing, None)
    filled = {column: counts.total() / len(seen) for column, counts in counted.items()}
    filled |= _rarely_filled(opened, path, [column for column, share in filled.items() if not share], records)
    return filled, {column: _commonest(counts) for column, counts in counted.items()}


def _rarely_filled(opened: duckdb.DuckDBPyConnection, path: Path, columns: list[str], records: int) -> dict[str, float]:
    """The share of all lines in which columns hold something that hold nothing in the lines looked at."""
    if not columns:
        return {}
    counted = ", ".join(f"count(*) filter ({name(column)} not in {NOTHING})" for column in columns)
    held = opened.execute(f"select {counted} from {parquet(path)}").fetchone() or ()
    return {column: n / records for column, n in zip(columns, held, strict=True)}


def _commonest(counts: Counter[str]) -> dict[str, float]:
    total = counts.total()
    return {value: n / total for value, n in counts.most_common(COMMONEST)}


def faults(part: Part, before: list[Part], must: Iterable[str]) -> list[str]:
    """What is wrong with the columns of a part against the same table of earlier extracts, a line each.

    must: columns that are never empty in all lines, earlier extracts or not.
    """
    fault_lines = []
    earlier = [
        earlier_part
        for earlier_part in before
        if earlier_part.table == part.table and earlier_part.records >= FEW_LINES
    ]
    for column, share in part.filled.items():
        shares = [earlier_part.filled[column] for earlier_part in earlier if column in earlier_part.filled]
        usual = median(shares) if shares and part.records >= FEW_LINES else 0.0
        if usual >= FILLED and share * LOST < usual:
            fault_lines.append(f"{_place(part, column)}: filled in {share:.1%} of the lines; before in {usual:.0%}.")
        elif column in must and part.records and not share:
            fault_lines.append(f"{_place(part, column)}: empty in every line.")
        elif part.records >= FEW_LINES and (strange := _strange(part, earlier, column)) is not None:
            fault_lines.append(
                f"{_place(part, column)}: {strange:.0%} of its cells hold a code of earlier extracts. Shifted?"
            )
    return fault_lines


def _strange(part: Part, earlier: list[Part], column: str) -> float | None:
    """The share of known codes, where the column held codes before and holds others now."""
    known: set[str] = set()
    for earlier_part in earlier:
        values = earlier_part.common.get(column, {})
        if not values or sum(values.values()) < CODES:
            return None
        known |= values.keys()
    now = part.common.get(column, {})
    share = sum(n for value, n in now.items() if value in known)
    return share if earlier and now and share < KNOWN else None


def _place(part: Part, column: str) -> str:
    return f"{part.file}, column {column}"
