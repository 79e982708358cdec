"""What is found in each of many small series: checked as one series of many cases, since one check costs as much."""

import pandas as pd

from scripts.validate import check
from tests.decisions.line import Rows, together
from tests.validate.build import PROFILE, tables

Found = set[tuple[str, str, str]]
OF_THE_WHOLE_SERIES = ("Q05", "Q17", "Q27")
"""Rules that read a file or a series as a whole; their findings in a series of many say nothing of one case."""

OF_HOW_IT_IS_TOLD = ("Q45", "Q46")
"""Rules whose information stands beside what an example is about: a date without a first dose, a time in whole weeks."""


def said(given: dict) -> Found:
    """Rule, severity and column of every finding of a rule Q.., the whole of `check`."""
    found = _of_rules(given)
    return set(zip(found["rule"], found["severity"], found["column"], strict=True))


def said_of_each(series: dict[str, Rows]) -> dict[str, Found]:
    """The same by name of each series. Those of several cases, sources or groups are checked by themselves."""
    one_case = [name for name, rows in series.items() if _is_of_one_case(name, rows)]
    found = _of_rules(tables(**together([series[name] for name in one_case])))
    found = found[~found["rule"].isin(OF_THE_WHOLE_SERIES)]
    of_case = dict(iter(found.groupby("case_id")))
    others = {name: said(tables(**rows)) for name, rows in series.items() if name not in one_case}
    each = {name: {one for one in others[name] if not _beside(name, *one[:2])} for name in others}
    for number, name in enumerate(one_case, start=1):
        rows = of_case.get(f"C{number}", found[:0])
        found_here = set(zip(rows["rule"], rows["severity"], rows["column"], strict=True))
        each[name] = {one for one in found_here if not _beside(name, *one[:2])}
    return each


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


def _is_of_one_case(name: str, rows: Rows) -> bool:
    whole = any(rule in name for rule in OF_THE_WHOLE_SERIES)
    return not whole and all(_is_own(table, row) for table, many in rows.items() for row in many)


def _is_own(table: str, row: dict[str, str]) -> bool:
    if table == "provenance":
        return row["key"].startswith("C1;")
    own = {"source_id": "S1"} if table == "sources" else {"case_id": "C1", "source_id": "S1"}
    return own.items() <= row.items()
