"""A series built from literal rows, and where its records went."""

import pandas as pd

from schemas.findings import findings
from scripts.assemble import series
from tests.validate.build import CASE, COURSE, EVENT, tables

NOTHING = findings([])
OPTIONS = {"substances": ["examplumab"], "terms": ["blue rash"], "not_this": {"green rash": "another colour"},
           "data_lock": "2025-12-31", "use_assumed": True}  # fmt: skip
FIX = {"table": "cases", "key": "C1", "column": "sex", "from": "M", "to": "F", "reason": "typing error", "by": "editor"}


def several(number: int, **rows) -> dict[str, pd.DataFrame]:
    """Cases C1, C2 ... of the drug with the event."""
    names = [f"C{k}" for k in range(1, number + 1)]
    return tables(
        **{
            "cases": [CASE | {"case_id": case} for case in names],
            "courses": [COURSE | {"case_id": case} for case in names],
            "reactions": [EVENT | {"case_id": case} for case in names],
        }
        | rows
    )


def built(given, all_findings=NOTHING, **options) -> series.Series:
    return series.build(given, all_findings, **(OPTIONS | options))


def fates(made: series.Series) -> dict[str, tuple[str, str]]:
    return {row["record"]: (row["decision"], row["stage"]) for _, row in made.ledger.iterrows()}


def finding(given, table: str, row: int, column: str, action: str, rule: str = "Q10") -> pd.DataFrame:
    table_row = given[table].loc[given[table]["at_row"] == row].iloc[0]
    return findings([{"finding": "F1", "rule": rule, "severity": "error", "action": action, "table": table,
                      "file": table_row["at_file"], "row": row, "case_id": table_row["case_id"], "column": column, "what": "why"}])  # fmt: skip
