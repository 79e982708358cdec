"""How the contract of a reported table is put together: keys, closed columns, source and place of every row."""

import pandera.pandas as pa

from schemas.fields import key, required_code, text

PLACE = ("at_file", "at_row")
IN_COLUMN = ", column "
"""In `at_file`, between the file and the column, where one row of the user's makes several rows of a table."""


def table(table_name: str, title: str, keys: list[str], *columns: pa.Column, facts: bool = True) -> pa.DataFrameSchema:
    """A closed contract. `facts` adds the row's default source, locator and status."""
    provenance = _provenance() if facts else []
    fields = [*columns, *provenance]
    return pa.DataFrameSchema(
        {field.name: field for field in fields},
        name=table_name,
        title=title,
        description=title,
        strict=True,
        metadata={"key": keys},
    )


def _provenance() -> list[pa.Column]:
    return [
        key("source_id", "Source", "The source of this row's cells; a row of `sources`."),
        text("locator", "Locator", "Page, paragraph or element where the words stand."),
        required_code("status", "status", "Status", "How the source carries this row's cells."),
    ]


CASE = key("case_id", "Case", "The same identifier in every table.")
