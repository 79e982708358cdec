"""Findings by the column: rows that a rule marks become a frame of findings at once."""

from collections.abc import Callable
from functools import cache
from typing import Any

import pandas as pd

from schemas.codes import rows as listed
from schemas.findings import COLUMNS, findings
from schemas.reported import TABLES
from scripts.records.corrections import row_key
from scripts.records.places import LONGEST_VALUE

KEYS = {table: frozenset(schema.metadata["key"]) for table, schema in TABLES.items()}
NONE = findings([])
"""No finding: shared, since most rules find nothing most of the time. It must not be changed in place."""
MOST = 100_000
"""More findings of one rule on one column than this are summed up in one, so that memory stays bounded."""


@cache
def rule(code: str) -> dict[str, str]:
    """The rule's row of the code list `rules`: label, severity, source, cure."""
    return next(row for row in listed("rules") if row["code"] == code)


def flag(
    table_name: str,
    rows: pd.DataFrame,
    code: str,
    column: str,
    what: str | pd.Series,
    *,
    value: str | pd.Series | None = None,
    cure: str | pd.Series = "",
) -> pd.DataFrame:
    """One finding per row of `rows`, rows of the reported table `table_name`.

    Severity is the rule's own (see `as_severe`), and so is the cure unless given; the value is the cell of `column` unless given.
    """
    if not len(rows):
        return NONE
    shown = rows.head(MOST)
    typed = value if value is not None else shown.get(column, "")
    row_findings = pd.DataFrame(
        {
            "finding": "",
            "rule": code,
            "severity": rule(code)["severity"],
            "action": "",
            "table": table_name,
            "file": shown["at_file"],
            "row": shown["at_row"],
            "case_id": shown.get("case_id", ""),
            "key": row_key(shown, table_name) if KEYS[table_name].issubset(shown) else "",
            "column": column,
            "value": typed,
            "what": what,
            "cure": cure if not _blank(cure) else rule(code)["cure"],
        },
        index=shown.index,
    )
    row_findings["value"] = row_findings["value"].str.slice(0, LONGEST_VALUE)
    return (
        row_findings
        if len(shown) == len(rows)
        else pd.concat([row_findings, _rest(row_findings.iloc[0], rows["at_row"].iloc[MOST], len(rows) - MOST)])
    )


def as_severe(findings: pd.DataFrame, severity: str) -> pd.DataFrame:
    """Findings of another severity than their rule's own."""
    return findings.assign(severity=severity) if severity else findings


def _blank(cure: str | pd.Series) -> bool:
    return isinstance(cure, str) and not cure


def _rest(like: pd.Series, row: int, number: int) -> pd.DataFrame:
    what = f"{like['what']}: from here on {number} more rows"
    return pd.DataFrame([like.to_dict() | {"row": int(row), "case_id": "", "value": "", "what": what}])


def narrow(table: pd.DataFrame, *columns: str) -> pd.DataFrame:
    """The columns a rule looks at, with the case and the place: rows of few columns are quickly chosen. Without those of its
    key a finding is known by its place and value (scripts.records.places)."""
    wanted = [column for column in ("case_id", "at_file", "at_row") if column in table]
    return table[list(dict.fromkeys([*wanted, *columns]))]


def worded(column: pd.Series, say: Callable[[Any], str]) -> pd.Series:
    """The words for each cell of a column, each distinct cell asked once; as text also where the column is empty."""
    words = {cell: say(cell) for cell in column.unique()}
    return column.map(words).astype(object) if words else pd.Series("", index=column.index, dtype=object)


def folded(column: pd.Series) -> pd.Series:
    """The texts of a column without regard to case."""
    return worded(column, str.casefold)


def matching(column: pd.Series, holds: Callable[[str], object]) -> pd.Series:
    """Which cells a condition holds for; each distinct text is asked once."""
    return column.isin([text for text in column.unique() if holds(text)])


def of_series(table_name: str, file: str, code: str, what: str, *, column: str = "", value: str = "") -> pd.DataFrame:
    """One finding about a table or the series as a whole."""
    rule_row = rule(code)
    return findings(
        [
            {
                "rule": code,
                "severity": rule_row["severity"],
                "table": table_name,
                "file": file,
                "column": column,
                "value": value[:LONGEST_VALUE],
                "what": what,
                "cure": rule_row["cure"],
            }
        ]
    )


def together(parts: list[pd.DataFrame]) -> pd.DataFrame:
    """Frames of findings below one another."""
    filled = [part for part in parts if len(part)]
    return pd.concat(filled, ignore_index=True)[list(COLUMNS)] if filled else NONE
