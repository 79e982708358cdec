"""What is found in each of many small series: checked as one series of many cases, since one check costs as much."""

import pandas as pd

from schemas.fields import NO_VALUE
from scripts.validate import check
from tests.decisions.line import Rows
from tests.validate.build import CASE, COURSE, PROFILE, SOURCE, tables

Found = set[tuple[str, str, str]]
OF_THE_WHOLE_SERIES = ("Q17", "Q27")
"""Rules that read a series as a whole; their findings in a series of many say nothing of one example."""
BY_THEMSELVES = (*OF_THE_WHOLE_SERIES, "Q25", "Q28", "Q34", "Q35")
"""Rules that hold sources or cases against each other: an example of theirs is checked alone."""
IDS = ("case_id", "source_id", "aggregate_id", "a", "b")

OF_HOW_IT_IS_TOLD = ("Q45", "Q46")
"""Rules whose information stands beside what an example is about: a date without a first dose, a time in whole weeks."""


def said(given: dict) -> Found:
    """Rule, severity and column of every finding of a rule Q.., the whole of `check`."""
    return _told(_of_rules(given))


def said_of_each(series: dict[str, Rows]) -> dict[str, Found]:
    """The same by name of each series. Those of rules that hold sources or cases against each other are checked alone."""
    alone = {label: rows for label, rows in series.items() if any(rule in label for rule in BY_THEMSELVES)}
    many = [label for label in series if label not in alone]
    findings = _of_rules(as_one({label: series[label] for label in many}))
    of_file = dict(iter(findings[~findings["rule"].isin(OF_THE_WHOLE_SERIES)].groupby("file")))
    told = {label: _told(of_file.get(label, findings[:0])) for label in many}
    told |= {label: said(tables(**rows)) for label, rows in alone.items()}
    return {label: {finding for finding in told[label] if not _beside(label, *finding[:2])} for label in series}


def as_one(series: dict[str, Rows]) -> dict[str, pd.DataFrame]:
    """Many series as one, each with ids of its own and with rows of its own in a file of its name."""
    merged: Rows = {}
    files: dict[str, list[str]] = {}
    for number, (label, rows) in enumerate(series.items()):
        series_rows = {"sources": [SOURCE], "cases": [CASE], "courses": [COURSE]} | rows
        for table, given in series_rows.items():
            merged.setdefault(table, []).extend(_marked(row, f"-{number}") for row in given)
            files.setdefault(table, []).extend(label for _ in given)
    whole = tables(**merged)
    return whole | {table: _in_files(whole[table], table_files) for table, table_files in files.items() if table_files}


def _in_files(table: pd.DataFrame, files: list[str]) -> pd.DataFrame:
    placed = table.assign(at_file=files)
    return placed.assign(at_row=placed.groupby("at_file").cumcount() + 2)


def _marked(row: dict[str, str], mark: str) -> dict[str, str]:
    """A row with the mark behind every id, that of the case in a key too."""
    marked = row | {column: row[column] + mark for column in IDS if row.get(column, "") not in NO_VALUE}
    if "key" in row:
        case, semicolon, rest = row["key"].partition(";")
        marked["key"] = f"{case}{mark}{semicolon}{rest}"
    return marked


def _told(findings: pd.DataFrame) -> Found:
    return set(zip(findings["rule"], findings["severity"], findings["column"], strict=True))


def _beside(label: str, rule: str, severity: str) -> bool:
    return rule in OF_HOW_IT_IS_TOLD and rule not in label and severity == "information"


def each_flagged_once(broken: dict[str, tuple[str, str, str, Rows]], apart_from: set[str]) -> None:
    """Assert of every series that its one finding is `rule severity column`, of `apart_from` only its own rule."""
    findings = said_of_each({label: rows for label, (*_, rows) in broken.items()})
    meant = {
        label: {finding for finding in findings[label] if finding[0] == rule or finding[0] not in apart_from}
        for label, (rule, *_) in broken.items()
    }
    assert meant == {label: {(rule, severity, column)} for label, (rule, severity, column, _) in broken.items()}


def _of_rules(given: dict) -> pd.DataFrame:
    findings = check(given, PROFILE)
    return findings[findings["rule"].str.startswith("Q")]
