"""The kinds of column that derived tables are made of. Text is blank, and a number nan, where nothing is known."""

from collections.abc import Iterable

import pandera.pandas as pa

from schemas.codes import codes
from schemas.plain_text import Text


def table(table_name: str, title: str, columns: dict[str, pa.Column]) -> pa.DataFrameSchema:
    """A closed contract with these columns and no others. Nothing is coerced: `derive` validates in place, or pandera would look
    at a copy of each table."""
    for column_name, column in columns.items():
        column.name = column_name
    return pa.DataFrameSchema(columns, name=table_name, title=title, strict=True)


def text(description: str) -> pa.Column:
    """Any text."""
    return pa.Column(Text, description=description)


def code(codelist: str, description: str) -> pa.Column:
    """One code of a code list; never blank."""
    return pa.Column(Text, pa.Check.isin(codes(codelist)), description=description, metadata={"codelist": codelist})


def listed(values: Iterable[str], description: str) -> pa.Column:
    """One of a few words that only this column uses; blank only where "" is one of them."""
    return pa.Column(Text, pa.Check.isin(tuple(values)), description=description)


def number(description: str) -> pa.Column:
    """A number, or nan."""
    return pa.Column(float, nullable=True, description=description)
