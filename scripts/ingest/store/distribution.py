"""Whether the columns of a part hold what those of earlier extracts held: an extract shipped with an empty or shifted column
reads without a fault, and is wrong.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from statistics import median

import duckdb

from scripts.ingest.store.catalogue import Part
from scripts.ingest.store.query import name, parquet

NOTHING = ("", " ", "NA", "N/A", "NULL", "nan")
"""Cells that hold nothing, whatever wrote them."""
LOOKED_AT = 2_000
"""Lines from which all this is told, spread over the whole part; of a column empty in them, all lines are counted."""
COMMONEST = 60
FEW_LINES = 100
"""With fewer lines a distribution says nothing."""
FILLED = 0.05
"""A column that was filled less often may be empty once."""
LOST = 20
"""A column that is filled so many times less often than before has lost its cells."""
DATE = re.compile(
    r"(19|20)\d\d(0[1-9]|1[0-2])?([0-3]\d)?|\d\d?/\d\d?/\d{4}|(19|20)\d\d[-/.]\d\d?([-/.]\d\d?)?", re.ASCII
)
A_DATE = "a date"
"""What all dates count as: those of one quarter are no codes, and the next quarter has others."""
CODES, KNOWN = 0.9, 0.5
"""A column whose COMMONEST values were so large a share before is one of codes; now they must be so large a share of it."""
OFTEN, FEW_CELLS = 5, 20
"""A code stands in so many of the lines looked at, on average: what a few lines hold, each its own, are texts. With fewer cells
now nothing is said."""


def every(records: int) -> int:
    """Of so many lines each so-manieth is looked at."""
    return max(1, records // LOOKED_AT)


def looked_at(
    opened: duckdb.DuckDBPyConnection, path: Path, columns: Iterable[str], records: int
) -> list[tuple[str | None, ...]]:
    """The lines of a part that are looked at, for a reader that has them nowhere else."""
    cells = ", ".join(map(name, columns))
    return opened.execute(f"select {cells} from {parquet(path)} where place % {every(records)} = 0").fetchall()


def profile(
    opened: duckdb.DuckDBPyConnection, path: Path, columns: Iterable[str], records: int, seen: Sequence[Sequence]
) -> tuple[dict[str, float], dict[str, dict[str, float]]]:
    """Share of the lines looked at in which each column holds something, and its commonest values with their shares of those.

    seen: the lines looked at.
    """
    columns = list(columns)
    if not records or not columns:
        return dict.fromkeys(columns, 0.0), {}
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
    greatest = opened.execute(f"select {', '.join(f'max({name(column)})' for column in columns)} from {parquet(path)}")
    blank = {column for column, most in zip(columns, greatest.fetchone() or (), strict=True) if not most}
    rest = [column for column in columns if column not in blank]
    counted = ["count(*)", *(f"count(*) filter ({name(column)} not in {NOTHING})" for column in rest)]
    _, *held = opened.execute(f"select {', '.join(counted)} from {parquet(path)}").fetchone() or (0,)
    return dict.fromkeys(blank, 0.0) | {column: n / records for column, n in zip(rest, held, strict=True)}


def _commonest(counts: Counter[str]) -> dict[str, float]:
    total, commonest = counts.total(), counts.most_common(COMMONEST)
    if commonest and _kind(commonest[0][0]) == A_DATE:
        of_kinds = Counter[str]()
        for value, n in counts.items():
            of_kinds[_kind(value)] += n
        commonest = of_kinds.most_common(COMMONEST)
    return {value: n / total for value, n in commonest}


def _kind(value: str) -> str:
    return A_DATE if DATE.fullmatch(value.strip()) else value


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
        if not values or sum(values.values()) < CODES or _cells(earlier_part, column) < OFTEN * len(values):
            return None
        known |= {_kind(value) for value in values}  # an earlier version kept dates as they are
    now = part.common.get(column, {})
    share = sum(n for value, n in now.items() if _kind(value) in known)
    return share if earlier and _cells(part, column) >= FEW_CELLS and share < KNOWN else None


def _cells(part: Part, column: str) -> float:
    """In how many of the lines looked at a column holds something."""
    return part.filled.get(column, 0) * (part.records // every(part.records))


def _place(part: Part, column: str) -> str:
    return f"{part.file}, column {column}"
