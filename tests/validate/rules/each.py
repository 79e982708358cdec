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
    alone = {name: rows for name, rows in series.items() if any(rule in name for rule in BY_THEMSELVES)}
    many = [name for name in series if name not in alone]
    found = _of_rules(as_one({name: series[name] for name in many}))
    of_file = dict(iter(found[~found["rule"].isin(OF_THE_WHOLE_SERIES)].groupby("file")))
    told = {name: _told(of_file.get(name, found[:0])) for name in many}
    told |= {name: said(tables(**rows)) for name, rows in alone.items()}
    return {name: {one for one in told[name] if not _beside(name, *one[:2])} for name in series}


def as_one(series: dict[str, Rows]) -> dict[str, pd.DataFrame]:
    """Many series as one, each with ids of its own and with rows of its own in a file of its name."""
    merged: Rows = {}
    files: dict[str, list[str]] = {}
    for number, (name, rows) in enumerate(series.items()):
        own = {"sources": [SOURCE], "cases": [CASE], "courses": [COURSE]} | rows
        for table, given in own.items():
            merged.setdefault(table, []).extend(_marked(row, f"-{number}") for row in given)
            files.setdefault(table, []).extend(name for _ in given)
    whole = tables(**merged)
    return whole | {name: _in_files(whole[name], own) for name, own in files.items() if own}


def _in_files(table: pd.DataFrame, files: list[str]) -> pd.DataFrame:
    own = table.assign(at_file=files)
    return own.assign(at_row=own.groupby("at_file").cumcount() + 2)


def _marked(row: dict[str, str], mark: str) -> dict[str, str]:
    """A row with the mark behind every id, that of the case in a key too."""
    marked = row | {name: row[name] + mark for name in IDS if row.get(name, "") not in NO_VALUE}
    if "key" in row:
        case, semicolon, rest = row["key"].partition(";")
        marked["key"] = f"{case}{mark}{semicolon}{rest}"
    return marked


def _told(found: pd.DataFrame) -> Found:
    return set(zip(found["rule"], found["severity"], found["column"], strict=True))


def _beside(name: str, rule: str, severity: str) -> bool:
    return rule in OF_HOW_IT_IS_TOLD and rule not in name and severity == "information"


def each_flagged_once(broken: dict[str, tuple[str, str, str, Rows]], apart_from: set[str]) -> None:
    """Assert of every series that its one finding is `rule severity column`, of `apart_from` only its own rule."""
    found = said_of_each({name: rows for name, (*_, rows) in broken.items()})
    meant = {
        name: {one for one in found[name] if one[0] == rule or one[0] not in apart_from}
        for name, (rule, *_) in broken.items()
    }
    assert meant == {name: {(rule, severity, column)} for name, (rule, severity, column, _) in broken.items()}


def _of_rules(given: dict) -> pd.DataFrame:
    found = check(given, PROFILE)
    return found[found["rule"].str.startswith("Q")]
