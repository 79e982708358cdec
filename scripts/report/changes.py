"""What differs from the accepted run: patients, cells, conclusions, times and headlines; conventions and versions apart.

In come both runs; out comes the book `changes`, a row per difference. A patient who is new or gone is one row, not
one for each cell (definitions: what-changed).
"""

import re
from collections.abc import Iterable, Iterator, Mapping

import pandas as pd

from schemas.books import CHANGES
from schemas.derived_patients import CONCLUSIONS
from schemas.endpoints import OWN_SETS
from schemas.plain_rows import plain_rows
from schemas.reported import TABLES
from schemas.settings import leaves
from scripts.files.bundle import Bundle
from scripts.report.reference import Reference

OF_A_TIME = ("case_id", "episode", "endpoint", "clock")
BOUNDS = ("lower", "upper", "state")
FIGURES = re.compile(r"\d+(?:\.\d+)?")
Change = dict[str, str]


def changes(before: Reference | None, now: Bundle, headlines: pd.DataFrame, manifest: dict) -> pd.DataFrame:
    """The book `changes`: data first, then headlines, conventions, versions. No rows where nothing differs, or where
    there is no accepted run."""
    if before is None:
        return pd.DataFrame(columns=list(CHANGES.columns), dtype=str)
    patients = now.cases.astype(str)
    old, new = set(before.patients["case_id"]), set(patients["case_id"])
    both = old & new
    rows = [
        *(_change("patient_in", case_id=case) for case in patients["case_id"] if case not in old),
        *(_change("patient_out", case_id=case) for case in before.patients["case_id"] if case not in new),
        *(row for table_name in TABLES for row in _of_table(table_name, before, now, old ^ new)),
        *_conclusions(before.patients, patients, both),
        *_times(before.times, _as_text(now.derived["times"]), both),
    ]
    rows += [
        *_headlines(before.headlines, headlines, of_patients=bool(rows)),
        *_pairs("convention", _flat(before.manifest["config"]), _flat(manifest["config"])),
        *_pairs("version", _versions(before.manifest), _versions(manifest)),
    ]
    return pd.DataFrame(rows, columns=list(CHANGES.columns)).astype(str)


def _change(kind: str, **cells: str) -> Change:
    return dict.fromkeys(CHANGES.columns, "") | {"kind": kind} | cells


def _of_table(table_name: str, before: Reference, now: Bundle, moved: set[str]) -> Iterator[Change]:
    """Rows and cells of a reported table that differ; those of patients who came or went are left out."""
    contract = TABLES[table_name]
    keys = (contract.metadata or {})["key"]
    columns = [column for column in contract.columns if column not in keys]
    wanted = [*keys, *columns]
    kept = before.series.get(table_name, pd.DataFrame())
    sides = [
        _keyed(table.reindex(columns=wanted, fill_value=""), keys, moved) for table in (kept, now.series[table_name])
    ]
    for (at, column), (old, new) in _differences(sides[0], sides[1], columns):
        kind = {"": "cell", "in": "row_in", "out": "row_out"}[column if column in ("in", "out") else ""]
        key = at.rsplit("#", 1)[0]
        case = key.split(";")[0] if "case_id" in contract.columns else ""
        cell = "" if kind != "cell" else column
        yield _change(kind, case_id=case, table=table_name, key=key, column=cell, before=old, after=new)


def _keyed(table: pd.DataFrame, keys: Iterable[str], moved: set[str]) -> pd.DataFrame:
    """The table by its key, `#2` behind the second row of one key."""
    if "case_id" in table.columns:
        table = table[~table["case_id"].isin(moved)]
    if not len(table):
        return table.set_index(pd.Index([], dtype=object))
    key = table[list(keys)].astype(str).agg(";".join, axis=1)
    return table.set_index(key + "#" + (key.groupby(key).cumcount() + 1).astype(str)).astype(str)


def _differences(
    old: pd.DataFrame, new: pd.DataFrame, columns: Iterable[str]
) -> Iterator[tuple[tuple[str, str], tuple[str, str]]]:
    """((row, column), (before, after)); the column is `in` or `out` where the row as a whole is new or gone."""
    for at in new.index.difference(old.index, sort=False):
        yield (at, "in"), ("", "")
    for at in old.index.difference(new.index, sort=False):
        yield (at, "out"), ("", "")
    both = new.index.intersection(old.index, sort=False)
    left, right = old.loc[both, list(columns)], new.loc[both, list(columns)]
    for place, column in zip(*(left.to_numpy() != right.to_numpy()).nonzero(), strict=True):
        yield (both[place], left.columns[column]), (left.iat[place, column], right.iat[place, column])


def _conclusions(old: pd.DataFrame, new: pd.DataFrame, both: set[str]) -> Iterator[Change]:
    sides = [
        table[table["case_id"].isin(both)].set_index("case_id").reindex(columns=list(CONCLUSIONS), fill_value="")
        for table in (old, new)
    ]
    for (case, column), (before, after) in _differences(sides[0], sides[1], CONCLUSIONS):
        yield _change("conclusion", case_id=case, table="patients", key=case, column=column, before=before, after=after)


def _times(old: pd.DataFrame, new: pd.DataFrame, both: set[str]) -> Iterator[Change]:
    sides = [_own_times(table, both) for table in (old, new)]
    for (at, column), (before, after) in _differences(sides[0], sides[1], BOUNDS):
        case, _, rest = at.partition(";")
        known = column in BOUNDS
        yield _change(
            "time",
            case_id=case,
            table="times",
            key=rest.rsplit("#", 1)[0],
            column=column if known else "",
            before=before if known else ("there" if column == "out" else "not there"),
            after=after if known else ("there" if column == "in" else "not there"),
        )


def _own_times(table: pd.DataFrame, both: set[str]) -> pd.DataFrame:
    patient_times = table[table["case_id"].isin(both) & table["set"].isin(OWN_SETS)]
    return _keyed(patient_times, OF_A_TIME, set())


def _as_text(table: pd.DataFrame) -> pd.DataFrame:
    """A table as its file has it."""
    return table.astype(object).where(table.notna(), "").astype(str)


def _headlines(old: pd.DataFrame, new: pd.DataFrame, *, of_patients: bool) -> Iterator[Change]:
    """Headlines that tell other numbers, and those that tell the same in other words or under another name. One that rests
    on no row of results, as the first sentences do, has moved where its figures differ or anything of the patients does."""
    sides = [{row["headline"]: row for row in plain_rows(table)} for table in (old, new)]
    named = {row.get("numbers"): headline for headline, row in sides[0].items() if headline not in sides[1]}
    renamed = {
        headline: named.pop(row["numbers"])
        for headline, row in sides[1].items()
        if headline not in sides[0] and row["numbers"] and row["numbers"] in named
    }
    for headline in dict.fromkeys([*sides[1], *sides[0]]):
        if headline in renamed.values():
            continue
        before, after = sides[0].get(renamed.get(headline, headline)), sides[1].get(headline)
        told = [row["shown"] if row else "" for row in (before, after)]
        if told[0] == told[1] and headline not in renamed:
            continue
        worded = before is not None and after is not None and _same_numbers(before, after, of_patients)
        yield _change("wording" if worded else "headline", key=headline, before=told[0], after=told[1])


def _same_numbers(before: Mapping[str, str], after: Mapping[str, str], of_patients: bool) -> bool:
    if before.get("numbers") or after["numbers"]:
        return before.get("numbers") == after["numbers"]
    return not of_patients and FIGURES.findall(before["shown"]) == FIGURES.findall(after["shown"])


def _pairs(kind: str, old: Mapping[str, str], new: Mapping[str, str]) -> Iterator[Change]:
    for key in dict.fromkeys([*new, *old]):
        if old.get(key, "") != new.get(key, ""):
            yield _change(kind, key=key, before=old.get(key, ""), after=new.get(key, ""))


def _flat(config: dict) -> dict[str, str]:
    return {key: str(value) for key, value in leaves(config)}


def _versions(manifest: dict) -> dict[str, str]:
    versions = {"Dahlia": manifest["dahlia"], "contract of tables": str(manifest["contract"])}
    return versions | manifest["packages"]
