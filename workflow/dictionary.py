"""docs/dictionary.md, every table and column, written from the contracts: `python -m workflow.dictionary`.

A test fails when the two drift. Examples are cells of the invented case of the entry workbook.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path

import pandera.pandas as pa

from schemas.books import BOOKS
from schemas.derived import DERIVED
from schemas.reported import TABLES
from scripts.files.atomic import write_text
from scripts.ingest.workbook.template_guide import example_case
from workflow import config_page

PAGE = Path(__file__).resolve().parents[1] / "docs/dictionary.md"
HEAD = """# Dictionary

Every table and every column, written from the contracts in `schemas/` by `make dictionary`. Elements are those of E2B(R3) unless
another format is named. What a blank cell and the reasons for missing mean: [definitions](definitions.md#missing-values); how times are
typed and kept: [definitions](definitions.md#days-and-intervals).
"""
BOOKS_ARE = """
## Books

Where records went, what was found, and every number. `documents_ledger.csv` has the columns of `ledger`. The other files of `results/<series>/` are
products: `tables/*.csv` has the columns of the printed table and its unrounded values in columns `value: …`, `figures/*.csv` what is drawn,
`dataset/*.csv` what its `codebook.csv` and `datapackage.json` describe, and the public copy counts by variable and level, a column for each group.
"""
REPORTED = ("Column", "Title", "Meaning", "Unit", "Values", "Element", "Example")
OTHERS = ("Column", "Meaning", "Values")
FORMATS = {"e2b": "", "e2b_r2": "R2 ", "faers": "FAERS "}
MUST = {"": "", "yes": ", must be filled in"}
KINDS = {
    "key": "key, must be filled in",
    "whole": "whole number",
    "str": "text",
    "object": "text",
    "int64": "whole number",
    "float64": "number",
    "bool": "yes or no",
}


def text() -> str:
    """The content of docs/dictionary.md."""
    examples = example_case()
    parts = [HEAD, "\n## Reported tables\n\nWhat is typed, and what every reader gives. All cells are text.\n"]
    parts += [_reported(schema, examples.get(table_name, [])) for table_name, schema in TABLES.items()]
    parts += ["\n## Derived tables\n\nWhat `derive` concludes: `data/processed/<series>/derived/`.\n"]
    parts += [_other(schema) for schema in DERIVED.values()]
    parts += [BOOKS_ARE]
    parts += [_other(schema) for schema in BOOKS.values()]
    return "".join(parts)


def _reported(schema: pa.DataFrameSchema, rows: list[dict[str, str]]) -> str:
    key = ", ".join(f"`{column_name}`" for column_name in (schema.metadata or {}).get("key", [])) or "none"
    lines = [_reported_line(column_name, column, rows) for column_name, column in schema.columns.items()]
    return f"\n### {schema.name}\n\n{schema.title}. Key: {key}.\n\n" + _markdown(REPORTED, lines)


def _reported_line(column_name: str, column: pa.Column, rows: list[dict[str, str]]) -> list[str]:
    known = column.metadata or {}
    elements = (f"{prefix}{known[kind]}" for kind, prefix in FORMATS.items() if kind in known)
    example = next((row[column_name] for row in rows if row.get(column_name)), "")
    title, meaning = column.title or "", column.description or ""
    return [f"`{column_name}`", title, meaning, known.get("unit", ""), _values(column), "; ".join(elements), example]


def _other(schema: pa.DataFrameSchema) -> str:
    lines = [
        [f"`{column_name}`", column.description or "", _values(column)]
        for column_name, column in schema.columns.items()
    ]
    return f"\n### {schema.name}\n\n{schema.title}.\n\n" + _markdown(OTHERS, lines)


def _values(column: pa.Column) -> str:
    """The code list, else the codes that the contract itself allows, else the kind of cell."""
    known = column.metadata or {}
    if "codelist" in known:
        return f"[{known['codelist']}](../schemas/codelists/{known['codelist']}.csv)" + MUST[known.get("required", "")]
    listed = [check.statistics["allowed_values"] for check in column.checks if "allowed_values" in check.statistics]
    if listed:
        return ", ".join(f"`{value}`" for value in sorted(map(str, listed[0])) if value)
    kind = known.get("kind", str(column.dtype))
    return KINDS.get(kind, kind)


def _markdown(heads: Iterable[str], lines: Iterable[list[str]]) -> str:
    def rows() -> Iterator[list[str]]:
        yield list(heads)
        yield ["---" for _ in heads]
        yield from lines

    return "".join("| " + " | ".join(map(_cell, row)) + " |\n" for row in rows())


def _cell(words: str) -> str:
    """One line, with no mark that would end the cell."""
    return " ".join(words.split()).replace("|", "\\|")


if __name__ == "__main__":
    write_text(text(), PAGE)
    write_text(config_page.text(), config_page.PAGE)
