"""Words about rows and cells: their numbers, addresses and runs."""

import numpy as np

from schemas.fields import NO_VALUE
from schemas.rows_by_case import Row


def number_of(text: str) -> float:
    """The number of a cell; nan where it holds none."""
    return np.nan if text in NO_VALUE else float(text)


def cell(table: str, row: Row, column: str, key: str = "") -> str:
    """The address of a cell as a `basis` names it: table[key].column."""
    return f"{table}[{row[key]}].{column}" if key else f"{table}.{column}"


def joined(cells: list[str]) -> str:
    """Addresses of cells, each once."""
    return "; ".join(dict.fromkeys(filter(None, cells)))


def runs(numbers: list[int]) -> str:
    """Numbers in ascending order as text: `2, 3, 7 to 30`, more than three in a row by their first and last."""
    parts: list[list[int]] = []
    for number in numbers:
        if parts and number == parts[-1][-1] + 1:
            parts[-1].append(number)
        else:
            parts.append([number])
    told = [[f"{part[0]} to {part[-1]}"] if len(part) > 3 else list(map(str, part)) for part in parts]
    return ", ".join(text for part in told for text in part)
