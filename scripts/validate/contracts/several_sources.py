"""Received sources, which nobody can edit: one version with two contents, and how a record that is set aside is kept."""

from collections.abc import Collection, Mapping, Sequence

import pandas as pd

from schemas.findings import withholdable
from scripts.records.corrections import row_key
from scripts.records.versions.of_cases import UNTOLD, Older
from scripts.validate.flags import NONE, flag, together

PURPOSE = {"exclude_record": "To keep the record", "withhold_value": "To use the value", "stop": "To go on"}
"""Why somebody would correct a cell, by what a finding does."""
UNTOLD_WORDS = "another source holds the case, which of the two is the later version is not told,"


def examine(
    cases: pd.DataFrame | None, older: Sequence[Older], outdated: Mapping[str, str], late: Mapping[str, str]
) -> pd.DataFrame:
    """What is told of the versions of cases. outdated, late: the words of each such case (scripts.records.versions.elsewhere)."""
    if cases is None:
        return NONE
    cure = "Where the later version holds, add the case to `deleted` of this source; else ask the other for its drug or term too."
    parts = [find(cases, older)] if older else []
    return together([*parts, _of_date(cases, outdated, cure), _of_date(cases, late, "")])


def find(cases: pd.DataFrame, older: Sequence[Older]) -> pd.DataFrame:
    """One finding at the case that stays where records differ from it that are of the same version, or may be a later one."""
    told: dict[str, dict[str, None]] = {}
    for older_record in older:
        told.setdefault(older_record.stays, {}).update(dict.fromkeys(older_record.differing.split(", ")))
    differing = pd.Series({case: ", ".join(filter(None, parts)) for case, parts in told.items()}, dtype=object)
    differing = differing[differing != ""]
    rows = cases[cases["case_id"].isin(differing.index)].drop_duplicates("case_id")
    untold = {older_record.stays for older_record in older if older_record.reason == UNTOLD}
    which = rows["case_id"].isin(untold).map({True: UNTOLD_WORDS, False: "another source holds the same version"})
    what = which.astype(object) + " and differs in " + rows["case_id"].map(differing).astype(object)
    return flag("cases", rows, "versions", "case_id", what)


def _of_date(cases: pd.DataFrame, told: Mapping[str, str], cure: str) -> pd.DataFrame:
    """One finding at a case that is not the latest version of before the data lock point."""
    rows = cases[cases["case_id"].isin(told)].drop_duplicates("case_id")
    return flag("cases", rows, "version_date", "case_id", rows["case_id"].map(told).astype(object), cure=cure)


def with_cures(decided: pd.DataFrame, tables: Mapping[str, pd.DataFrame], received: Collection[str]) -> pd.DataFrame:
    """Findings on received cells with a cure that can be followed: a row of `corrections`, where that can correct the cell.

    received: cases that stand in messages and extracts alone, whose faults may be told to stop the run
    """
    contract, action = decided["severity"] == "contract", decided["action"]
    stopped = contract & (action == "stop") & decided["case_id"].isin(received)
    aside = ((action == "exclude_record") | (contract & (action == "withhold_value")) | stopped) & withholdable(decided)
    cures = decided["cure"].copy()
    for (table_name, column), rows in decided[aside].groupby(["table", "column"], sort=False):
        table = tables[str(table_name)]
        keys = row_key(table, str(table_name)).groupby([table["at_file"], table["at_row"]], sort=False).first()
        places = pd.MultiIndex.from_frame(rows[["file", "row"]])
        cure = f"add a row to `corrections` in a source of your own: table {table_name}, column {column}. Key:"
        what = rows["action"].map(PURPOSE)
        cures[rows.index] = [f"{why}, {cure} {key}" for why, key in zip(what, keys.reindex(places), strict=True)]
    return decided.assign(cure=cures)
