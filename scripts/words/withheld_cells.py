"""How a cell reads that a check keeps out of use: as printed, and that it is withheld."""

from collections.abc import Iterable, Mapping

from schemas.fields import is_number
from scripts.words.wording import name


def as_printed(cells: Iterable[tuple[str, str]]) -> str:
    """Columns and what is printed there, of one value or time, in the order of its table: `-3 to -1 study day first dose`.

    A number with one bound keeps it: `at least 1 mo from onset of event`.
    """
    told = list(cells)
    ends = {column.rpartition("_")[2] for column, _ in told}
    return " ".join(_word(column, printed, ends) for column, printed in told)


def _word(column: str, printed: str, ends: set[str]) -> str:
    end = column.rpartition("_")[2]
    if end == "origin" and printed.startswith("onset:"):
        return f"from onset of {printed.removeprefix('onset:')}"
    if end == "upper":
        return f"to {name(printed)}" if "lower" in ends else f"at most {name(printed)}"
    return f"at least {printed}" if end == "lower" and "upper" not in ends and is_number(printed) else name(printed)


def marked(printed: str) -> str:
    """`2027-05-04 (as printed, withheld)`."""
    return f"{printed} (as printed, withheld)"


def by_row(withheld: Iterable[Mapping[str, str]]) -> dict[tuple[str, str], list[tuple[str, str]]]:
    """(table, key of the row) -> its columns out of use and what is printed there, from rows of the book `withheld`."""
    cells: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for row in withheld:
        cells.setdefault((row["table"], row["key"]), []).append((row["column"], row["printed"]))
    return cells
