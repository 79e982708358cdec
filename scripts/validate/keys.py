"""Do the rows hang together? Keys once, and every reference leads to a row that exists."""

from collections.abc import Iterable, Set

import pandas as pd

from schemas.reported import TABLES
from scripts.validate import place


def find(tables: dict[str, pd.DataFrame], unsound: Set[str] = frozenset()) -> list[dict]:
    """Findings of severity `contract` for repeated keys and for references that lead nowhere.

    References into an `unsound` table, whose rows could not all be read, are not judged.
    """
    found = [row for name in tables for row in _repeated(tables[name], name)]
    if not unsound & {"cases", "sources", "statements"}:
        found += _references(tables)
    if "courses" not in unsound:
        found += _course_references(tables)
    return found if "reactions" in unsound else found + _origins(tables)


def _repeated(table: pd.DataFrame, name: str) -> list[dict]:
    key = TABLES[name].metadata["key"]
    if not len(table):
        return []
    first = table.groupby(key, sort=False)["at_row"].transform("first")
    again = table[table.duplicated(key, keep="first")]
    cure = f"Each {' + '.join(key)} stands once. Remove one row, or give it another name."
    return [
        _finding(name, row, "unique_key", key[-1], ";".join(row[key]), f"same key as row {first[at]}", cure)
        for at, row in again.iterrows()
    ]


def _references(tables: dict[str, pd.DataFrame]) -> list[dict]:
    cases = set(_values(tables, "cases", "case_id"))
    sources = set(_values(tables, "sources", "source_id"))
    found = []
    for name, table in tables.items():
        if "case_id" in table and name != "cases":
            found += _dangling(name, table, "case_id", cases, "cases")
        if "source_id" in table and name not in ("sources", "provenance"):
            found += _dangling(name, table, "source_id", sources, "sources")
    found += _dangling("sources", tables.get("sources"), "summarises", sources | {""}, "sources")
    named = cases | set(_values(tables, "cases", "aggregate_id")) | set(_values(tables, "statements", "aggregate_id"))
    for side in ("a", "b"):
        found += _dangling("links", tables.get("links"), side, named, "cases (as case or aggregate)")
    return found


def _course_references(tables: dict[str, pd.DataFrame]) -> list[dict]:
    known = set(_pairs(tables, "courses", "course"))
    found = []
    for name in ("doses", "reactions", "tests"):
        table = tables.get(name)
        if table is None or not len(table):
            continue
        lost = [(case, course) not in known and course != "" for case, course in _pairs(tables, name, "course")]
        cure = "Add the course to `courses`, or correct the number."
        found += [
            _finding(name, row, "reference", "course", row["course"], "no such course of this case", cure)
            for _, row in table[lost].iterrows()
        ]
    return found


def _origins(tables: dict[str, pd.DataFrame]) -> list[dict]:
    """`onset:<reaction>` must name a reaction of the same case."""
    known = set(_pairs(tables, "reactions", "reaction"))
    found = []
    for name, table in tables.items():
        for column in [column for column in table.columns if column.endswith("_origin")]:
            named = table[table[column].str.startswith("onset:")]
            for _, row in named.iterrows():
                if (row.get("case_id"), row[column].removeprefix("onset:")) not in known:
                    cure = "Name a reaction of the same case."
                    what = "no such reaction of this case"
                    found.append(_finding(name, row, "reference", column, row[column], what, cure))
    return found


def _dangling(name: str, table: pd.DataFrame | None, column: str, known: Iterable[str], where: str) -> list[dict]:
    if table is None or not len(table) or column not in table:
        return []
    cure = f"Add it to `{where.split()[0]}`, or correct the name."
    return [
        _finding(name, row, "reference", column, row[column], f"not found in {where}", cure)
        for _, row in table[~table[column].isin(known)].iterrows()
    ]


def _finding(name: str, row: pd.Series, rule: str, column: str, value: str, what: str, cure: str) -> dict:
    return {"rule": rule, "severity": "contract", "table": name, "column": column, "value": value, "what": what,
            "cure": cure} | place(row)  # fmt: skip


def _values(tables: dict[str, pd.DataFrame], name: str, column: str) -> list[str]:
    return list(tables[name][column]) if name in tables and column in tables[name] else []


def _pairs(tables: dict[str, pd.DataFrame], name: str, column: str) -> list[tuple[str, str]]:
    table = tables.get(name)
    return list(zip(table["case_id"], table[column], strict=True)) if table is not None and len(table) else []
