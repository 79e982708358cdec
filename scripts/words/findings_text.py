"""Findings as a person reads them on a terminal: grouped by table, the first few of each; and the same for a log.

The terminal shows a value only where it is of its column's kind (scripts.words.privacy); a log names places and rules alone.
`what` and `cure` of a finding may quote cells, but for the rules in OWN_WORDS: of the others the label and the cure of
the code list `rules` are shown. The words stand in findings.csv.
"""

import re
from pathlib import Path

import pandas as pd

from schemas.codes import labels, rows
from schemas.fields import is_id
from schemas.plain_rows import plain_rows
from scripts.records.corrections import LONG_TEXT
from scripts.words import privacy, wording
from scripts.words.printable import on_one_line

SHOWN = 5
LONGEST = 600
OWN_WORDS = frozenset(
    [
        "readable",
        "unplaced",
        "columns",
        "no_cases",
        "required",
        "code",
        "required_code",
        "number",
        "whole_number",
        "date",
        "origin",
        "cell",
        "unique_key",
        "reference",
        "bounds",
        "negative",
        "length",
        "links",
        "selection",
        "versions",
    ]
)
"""Rules whose findings use only our own words and numbers."""
REMARKS = "remarks"
"""A remark can have the name of any rule; its words are those of its author."""
CURE_WITH_CELL = ("reference", "selection")
KEY_IN_CURE = re.compile(r" Key: .*$", re.DOTALL)
CELL_IN_CURE = re.compile(r"^Did you mean '(.*)'\? | Nearest in the source: ().*$", re.DOTALL)


def counted(number: int, severity: str, action: str) -> str:
    """`2 errors: the value is withheld`."""
    return f"{_of_severity(number, severity)}: {labels('action')[action]}"


def _of_severity(number: int, severity: str) -> str:
    """`2 errors`; nobody counts contracts or information."""
    return wording.counted(number, severity) if severity in ("error", "warning") else f"{number} {severity}"


def text(findings: pd.DataFrame, path: str) -> str:
    """A summary for the terminal; `path` is the file that holds all findings with their words. Blank where there is none."""
    return _summary(findings, path, _line)


def for_log(findings: pd.DataFrame, path: str) -> str:
    """The same for a log: places, columns and rules; no value, no case, no words as typed."""
    return _summary(findings, path, _logged)


def _summary(findings: pd.DataFrame, path: str, line) -> str:
    if not len(findings):
        return ""
    parts = [_headline(findings)]
    words = Path(path).name if path.endswith(".csv") else ""
    for table_name, group in findings.groupby("table", sort=False):
        parts.append(f"\n{table_name}")
        parts += [line(row, words) for row in plain_rows(group.head(SHOWN))]
        if len(group) > SHOWN:
            parts.append(f"  ... and {len(group) - SHOWN} more")
    confidential = " (confidential: with the words as typed)" if words else ""
    return "\n".join([*parts, f"\nAll of them: {path}{confidential}", _verdict(findings)])


def _headline(findings: pd.DataFrame) -> str:
    counts = findings["severity"].value_counts(sort=False)
    noun = "finding" if len(findings) == 1 else "findings"
    return f"{len(findings)} {noun}: " + ", ".join(
        _of_severity(number, severity) for severity, number in counts.items()
    )


def _verdict(findings: pd.DataFrame) -> str:
    """What the findings do to a run."""
    done, words = findings["action"].value_counts(), labels("action")
    parts = [f"{done[action]} x {words[action]}" for action in words if done.get(action)]
    return "What they do: " + "; ".join(parts) + "."


def _plain(text: str) -> str:
    """A text on one line, hidden characters made visible, and no longer than LONGEST."""
    text = on_one_line(text)
    return text if len(text) <= LONGEST else f"{text[:LONGEST]} ..."


def _line(row: dict, words: str) -> str:
    case = f", case {row['case_id'] if is_id(row['case_id']) else privacy.length(row['case_id'])}"
    value = f" (found {_value(row, words)})" if row["value"] else ""
    place = _place(row) + (case if row["case_id"] else "") + _column(row)
    what, cure = _sentence(row)
    return f"{_plain(f'  {place}: {what}{value}')} [{row['rule']}, {row['severity']}]\n      {_plain(cure)}"


def _logged(row: dict, words: str) -> str:
    return f"  {_plain(_place(row))}{_column(row)} [{row['rule']}, {row['severity']}]"


def _place(row: dict) -> str:
    return f"{row['file']}, row {row['row']}" if row["row"] else str(row["file"])


def _column(row: dict) -> str:
    return f", {row['column']}" if row["column"] and privacy.known_column(row["table"], row["column"]) else ""


def _value(row: dict, words: str) -> str:
    if row["value"] == LONG_TEXT:
        return "a long text"
    shown = privacy.value(row["value"], row["table"], row["column"], words)
    return shown.removeprefix("(").removesuffix(")")


def _sentence(row: dict) -> tuple[str, str]:
    """What is wrong and its cure, in words that quote no cell."""
    rule: dict | None = next((rule_row for rule_row in rows("rules") if rule_row["code"] == row["rule"]), None)
    is_own_wording = row["rule"] in OWN_WORDS and row["table"] != REMARKS
    if row["rule"] == "columns" and not privacy.known_column(row["table"], row["column"]):
        return rule["label"] if rule else "", row["cure"]  # the cure names columns of ours
    if row["rule"] == "correction":  # behind the colon stand the cell and its place
        return row["what"].partition(":")[0], row["cure"]
    if is_own_wording:
        row = row | {"cure": KEY_IN_CURE.sub("", row["cure"])}
        return row["what"], CELL_IN_CURE.sub(_tellable, row["cure"]) if row["rule"] in CURE_WITH_CELL else row["cure"]
    return (rule["label"], rule["cure"]) if rule else (str(row["rule"]), "The file of all findings says more.")


def _tellable(match: re.Match) -> str:
    """The nearest name in the data if it is an id; other names are words as typed and are not shown."""
    return match[0] if match[1] and is_id(match[1]) else ""
