"""A table as shown: headings, cells in words, footnotes; and the unrounded values behind the cells."""

from dataclasses import dataclass, field

import pandas as pd


@dataclass(frozen=True)
class Shown:
    """A finished table.

    cells      one column per heading, text as shown
    values     unrounded numbers with the same rows; may have no columns
    footnotes  below the table, in order
    wide       needs a landscape page
    """

    title: str
    cells: pd.DataFrame
    values: pd.DataFrame = field(default_factory=pd.DataFrame)
    footnotes: tuple[str, ...] = ()
    wide: bool = False

    def as_csv(self) -> pd.DataFrame:
        """The cells as shown, then the values unrounded (columns named `value: ...`)."""
        values = self.values.add_prefix("value: ").reset_index(drop=True)
        return pd.concat([self.cells.reset_index(drop=True), values], axis=1)


def shown(title: str, rows: list[dict], columns: list[str], **more: object) -> Shown:
    """A table from row dictionaries; keys beginning with `value: ` are the unrounded values."""
    cells = pd.DataFrame([{name: row.get(name, "") for name in columns} for row in rows], columns=columns)
    names = list(dict.fromkeys(key for row in rows for key in row if key.startswith("value: ")))
    values = pd.DataFrame([{name.removeprefix("value: "): row.get(name) for name in names} for row in rows])
    return Shown(title, cells, values, **more)  # type: ignore[arg-type]
