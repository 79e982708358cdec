"""Findings as a person reads them on a terminal: grouped by table, the first few of each."""

import pandas as pd

SHOWN = 5


def text(found: pd.DataFrame, path: str) -> str:
    """A summary of findings; `path` is the file that holds them all. Blank where there is none."""
    if not len(found):
        return ""
    parts = [_headline(found)]
    for name, rows in found.groupby("table", sort=False):
        parts.append(f"\n{name}")
        parts += [_line(row) for _, row in rows.head(SHOWN).iterrows()]
        if len(rows) > SHOWN:
            parts.append(f"  ... and {len(rows) - SHOWN} more")
    return "\n".join([*parts, f"\nAll of them: {path}"])


def _headline(found: pd.DataFrame) -> str:
    counts = found["severity"].value_counts(sort=False)
    return f"{len(found)} findings: " + ", ".join(f"{number} {severity}" for severity, number in counts.items())


def _line(row: pd.Series) -> str:
    at = f"{row['file']}, row {row['row']}" if row["row"] else row["file"]
    case = f", case {row['case_id']}" if row["case_id"] else ""
    value = f" (found '{row['value']}')" if row["value"] else ""
    column = f", {row['column']}" if row["column"] else ""
    return f"  {at}{case}{column}: {row['what']}{value} [{row['rule']}]\n      {row['cure']}"
