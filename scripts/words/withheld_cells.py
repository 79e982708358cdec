"""How a cell reads that a check keeps out of use: as printed, and that it is withheld."""

from collections.abc import Iterable, Mapping

from scripts.words.wording import name


def as_printed(cells: Iterable[tuple[str, str]]) -> str:
    """Columns and what is printed there, of one value or time, in the order of its table: `-3 to -1 study day first dose`."""
    said: list[str] = []
    for column, printed in cells:
        said.append(f"to {name(printed)}" if column.endswith("_upper") and said else name(printed))
    return " ".join(said)


def marked(printed: str) -> str:
    """`2027-05-04 (as printed, withheld)`."""
    return f"{printed} (as printed, withheld)"


def by_row(withheld: Iterable[Mapping[str, str]]) -> dict[tuple[str, str], list[tuple[str, str]]]:
    """(table, key of the row) -> its columns out of use and what is printed there, from rows of the book `withheld`."""
    found: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for row in withheld:
        found.setdefault((row["table"], row["key"]), []).append((row["column"], row["printed"]))
    return found
