"""Findings as a person reads them on a terminal: grouped by table, the first few of each.

What users typed is cut short, and characters that would steer the terminal are shown as their codes.
"""

import re

import pandas as pd

from schemas.codes import labels

SHOWN = 5
LONGEST = 600
STEERING = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


def text(found: pd.DataFrame, path: str) -> str:
    """A summary of findings; `path` is the file that holds them all. Blank where there is none."""
    if not len(found):
        return ""
    parts = [_headline(found)]
    for name, rows in found.groupby("table", sort=False):
        parts.append(f"\n{name}")
        parts += [_line(row.map(_plain)) for _, row in rows.head(SHOWN).iterrows()]
        if len(rows) > SHOWN:
            parts.append(f"  ... and {len(rows) - SHOWN} more")
    return "\n".join([*parts, f"\nAll of them: {path}", _verdict(found)])


def _headline(found: pd.DataFrame) -> str:
    counts = found["severity"].value_counts(sort=False)
    noun = "finding" if len(found) == 1 else "findings"
    return f"{len(found)} {noun}: " + ", ".join(f"{number} {severity}" for severity, number in counts.items())


def _verdict(found: pd.DataFrame) -> str:
    """What the findings do to a run."""
    done, words = found["action"].value_counts(), labels("action")
    parts = [f"{done[action]} x {words[action]}" for action in words if done.get(action)]
    return "What they do: " + "; ".join(parts) + "."


def _plain(cell: object) -> object:
    """A text on one line, without steering characters, and no longer than LONGEST."""
    if not isinstance(cell, str):
        return cell
    text = STEERING.sub(lambda found: found[0].encode("unicode_escape").decode("ascii"), cell)
    return text if len(text) <= LONGEST else f"{text[:LONGEST]} ..."


def _line(row: pd.Series) -> str:
    at = f"{row['file']}, row {row['row']}" if row["row"] else row["file"]
    case = f", case {row['case_id']}" if row["case_id"] else ""
    value = f" (found '{row['value']}')" if row["value"] else ""
    column = f", {row['column']}" if row["column"] else ""
    return f"  {at}{case}{column}: {row['what']}{value} [{row['rule']}, {row['severity']}]\n      {row['cure']}"
