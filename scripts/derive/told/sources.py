"""What readers of tables are told of sources: how those of the patients are cited, and what any claims of re-exposure."""

import pandas as pd

from schemas.derived_sources import CLAIMS, RECURRENCE, REFERENCES
from schemas.fields import NO_VALUE
from schemas.plain_rows import plain_rows
from schemas.rows_by_case import Row
from scripts.words.references import reference


def references(sources: pd.DataFrame, cases: pd.DataFrame) -> pd.DataFrame:
    """The table `references`: the sources of these cases, in the order of `sources`."""
    source_rows = plain_rows(sources[sources["source_id"].isin(cases["source_id"])])
    rows = [{"source_id": row["source_id"], "cited": _cited(row)} for row in source_rows]
    return REFERENCES.validate(pd.DataFrame(rows, columns=list(REFERENCES.columns), dtype=object), inplace=True)


def _cited(source: Row) -> str:
    """The reference, and what the analyst noted for the reader of the source list."""
    note = "" if source["note"] in NO_VALUE else f" Note: {source['note']}"
    return f"{reference(source)}{note}"


def claims(statements: pd.DataFrame) -> pd.DataFrame:
    """The table `claims`, each with its source; one without a number says so."""
    claim_rows = plain_rows(statements[statements["variable"].isin(RECURRENCE)])
    rows = [{"statement": row["statement"], "words": row["words"], "told": _told(row)} for row in claim_rows]
    return CLAIMS.validate(pd.DataFrame(rows, columns=list(CLAIMS.columns), dtype=object), inplace=True)


def _told(row: Row) -> str:
    number = f"{row['n']} of {row['of']}" if row["n"].isdigit() else "no number given"
    return f"{row['words']} ({number}; {row['source_id']}, {row['locator']})"
