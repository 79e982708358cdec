"""All reported tables: what an analyst types and what every reader produces.

Every reader adds `at_file` and `at_row`, the place in the user's own file, which findings quote.
"""

import pandera.pandas as pa

from schemas.drugs import ASSESSMENTS, COURSES, DOSES
from schemas.patients import ALTERNATIVES, CASES, DEATHS, HISTORY, MANAGEMENTS, REACTIONS, REPORTS, TESTS
from schemas.register import CORRECTIONS, LINKS, PROVENANCE, REMARKS, SOURCES, STATEMENTS

TABLES: dict[str, pa.DataFrameSchema] = {
    schema.name: schema
    for schema in (
        SOURCES,
        REPORTS,
        CASES,
        HISTORY,
        COURSES,
        DOSES,
        REACTIONS,
        TESTS,
        MANAGEMENTS,
        ALTERNATIVES,
        DEATHS,
        ASSESSMENTS,
        STATEMENTS,
        LINKS,
        CORRECTIONS,
        REMARKS,
        PROVENANCE,
    )
}
"""All reported tables by name, in the order of the entry workbook."""


def typed(table_name: str) -> tuple[str, ...]:
    """The columns of a table that a person types. Others (`of_messages`) are filled by readers of messages and extracts
    alone, so that a folder without them is complete."""
    columns = TABLES[table_name].columns
    return tuple(column for column, contract in columns.items() if "of_messages" not in contract.metadata)
