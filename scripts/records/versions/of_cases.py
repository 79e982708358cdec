"""One case in several received sources: which record is its latest version, and which leave for it.

FAERS and openFDA publish one database, and two quarters hold versions of one case, each under one case id. Nobody can edit
these files, so the record of the highest version counts, of equal versions, and where one has none, the one with the latest
information, else one that tells of a death, else the one that says more. A case that its sender nullified in one of them is void in all: its number is not used again (ICH E2B(R3) guide on C.1.11.1), so
that what stands elsewhere is an older version. A case that an analyst has typed is never touched: there a repeated key is
the analyst's to mend.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from schemas.codes import SERIOUSNESS
from schemas.fields import NO_VALUE, is_number
from schemas.reported import TABLES
from scripts.records.events import telling_of_death
from scripts.records.richness import filled
from scripts.records.versions.order import in_time, is_later, numbered, ranks

Tables = Mapping[str, pd.DataFrame]
OLDER = "older version: another source has a later one"
REPEATED = "the same version in another source"
NEWS = "another source has later information on the case"
LATE = "another source has the version of before the data lock point"
UNTOLD = "the same case in another source; which is the later version is not told"
NULLIFIED, DELETED = "nullified by its sender", "deleted by the publisher"
VOID = "withdrawn in another source: nullified by its sender or deleted by the publisher"
CONTENT = {
    "reports": ("report_type", "event_date", *(f"serious_{criterion}" for criterion in SERIOUSNESS)),
    "cases": ("sex", "age_lower", "weight"),
    "reactions": ("term", "onset_date", "end_date", "outcome", *SERIOUSNESS),
    "courses": ("role", "action_taken"),
    "doses": ("time_date", "end_date", "amount"),
    "assessments": ("dechallenge", "rechallenge", "result"),
    "deaths": ("time_date", "autopsy"),
}
"""What two records of one version are compared by: what every format says in the same codes, dates and numbers."""

DIED = "whether the patient died"
Record = tuple[float, str, bool, int]
"""Of a record of a case: version, day of its latest information, whether it tells of a death, cells that say something."""


@dataclass(frozen=True)
class Part:
    """Reported tables of one source and the ledger of its reader: one that keeps none reads what an analyst typed."""

    name: str
    tables: Tables
    ledger: pd.DataFrame

    @property
    def received(self) -> bool:
        """Whether the source is a message or extract."""
        return bool(len(self.ledger))

    @property
    def withdrawn(self) -> set[str]:
        """Cases that left at ingest because they are void."""
        return set(self.ledger.loc[self.ledger["reason"].isin([NULLIFIED, DELETED]), "record"])


@dataclass(frozen=True)
class Older:
    """A record that leaves: under a name of its own, for the record `stays` of another source, and why.

    stays      blank where the case is void and no record of it stays
    differing  columns in which a record of the same version says something else; blank for another version
    """

    record: str
    stays: str
    reason: str
    differing: str


def latest(parts: Sequence[Part], data_lock: str = "") -> tuple[list[Tables], list[Tables], list[Older]]:
    """Tables of the records that stay, those of the records that leave (renamed `case (source)`), and who leaves why.

    data_lock: a version of after it does not outdo one that was known by then; blank: none is known
    """
    parts = _named_apart(parts)
    received = [place for place, part in enumerate(parts) if part.received]
    ranks_of = {place: ranks(parts[place].tables) for place in received}
    leaving: dict[int, dict[str, str]] = {}
    older = []
    for case, place in _void(parts, ranks_of):
        record_name = f"{case} ({parts[place].name})"
        leaving.setdefault(place, {})[case] = record_name
        older.append(Older(record_name, "", VOID, ""))
        del ranks_of[place][case]
    several = _several(list(ranks_of.values()))
    records = {place: _said(parts[place], ranks_of[place], several) for place in received} if several else {}
    for case in several:
        here = _comparable({place: records[place][case] for place in received if case in ranks_of[place]})
        place, *others = sorted(
            here, key=lambda at: (in_time(here[at][1], data_lock), here[at], parts[at].name), reverse=True
        )
        for other in others:
            record_name = f"{case} ({parts[other].name})"
            leaving.setdefault(other, {})[case] = record_name
            two = (here[place], here[other])
            if in_time(two[0][1], data_lock) > in_time(two[1][1], data_lock):
                older.append(Older(record_name, case, LATE, ""))
            else:
                older.append(_older(record_name, case, two, (parts[place].tables, parts[other].tables)))
    stay = [_without(part.tables, leaving.get(place, {})) for place, part in enumerate(parts)]
    left = [_renamed(parts[place].tables, names) for place, names in sorted(leaving.items())]
    return stay, left, older


def _named_apart(parts: Sequence[Part]) -> list[Part]:
    """The parts, a received source whose short name another one bears already under its own: `q1/ascii` and `q2/ascii`."""
    seen: set[str] = set()
    apart = []
    for part in parts:
        source_ids = set(part.tables["sources"]["source_id"]) if part.received and "sources" in part.tables else set()
        names = {source_id: f"{source_id} ({part.name})" for source_id in source_ids & seen}
        seen |= source_ids
        apart.append(Part(part.name, _with_sources(part.tables, names), part.ledger) if names else part)
    return apart


def _with_sources(tables: Tables, names: dict[str, str]) -> Tables:
    return {
        table_name: table.assign(source_id=table["source_id"].replace(names)) if "source_id" in table else table
        for table_name, table in tables.items()
    }


def _void(parts: Sequence[Part], ranks: Mapping[int, Mapping[str, tuple]]) -> list[tuple[str, int]]:
    """Cases of received sources that one of them knows to be withdrawn, each with the place of the source."""
    withdrawn = set().union(*(part.withdrawn for part in parts if part.received))
    return sorted((case, place) for place, held in ranks.items() for case in withdrawn & held.keys())


def _several(ranks: list[dict[str, tuple]]) -> list[str]:
    """Cases that more than one of the sources holds, in the order of their names."""
    counts = pd.Series([case for of_source in ranks for case in of_source], dtype=object).value_counts()
    return sorted(counts[counts > 1].index)


def _said(part: Part, ranks: Mapping[str, tuple[float, str]], cases: Sequence[str]) -> dict[str, Record]:
    """Case -> what decides between its records, of some of the cases of a part."""
    dead = {case for rows in telling_of_death(part.tables).values() for case in rows["case_id"]}
    cells = filled(part.tables, cases)
    return {case: (*ranks[case], case in dead, cells[case]) for case in cases if case in ranks}


def _comparable(records: dict[int, Record]) -> dict[int, Record]:
    """The records of a case, without their versions where one of them has none."""
    by_version = numbered([record[:2] for record in records.values()])
    return records if by_version else {place: (0.0, *record[1:]) for place, record in records.items()}


def _older(record_name: str, case: str, records: tuple[Record, Record], tables: tuple[Tables, Tables]) -> Older:
    """The record that leaves, of a record that stays and one that leaves."""
    (version, day, died, _), (other_version, other_day, other_died, _) = records
    if is_later((version, day), (other_version, other_day)):
        return Older(record_name, case, OLDER if version else NEWS, "")
    differing = [*([DIED] if died != other_died else []), *_differing(*tables, case)]
    return Older(record_name, case, REPEATED if version else UNTOLD, ", ".join(differing))


def _differing(first: Tables, other: Tables, case: str) -> list[str]:
    """Columns, as `table.column`, in which both records say something and not the same."""
    differences = []
    for table_name, columns in CONTENT.items():
        for column in columns:
            cell_sets = [_cells_of(tables, table_name, column, case) for tables in (first, other)]
            if all(cell_sets) and cell_sets[0] != cell_sets[1]:
                differences.append(f"{table_name}.{column}")
    return differences


def _cells_of(tables: Tables, table_name: str, column: str, case: str) -> set[str]:
    table = tables.get(table_name)
    if table is None or column not in table:
        return set()
    cells = table.loc[table["case_id"] == case, column]
    return {f"{float(cell):g}" if is_number(cell) else cell.casefold() for cell in cells} - NO_VALUE


def _cases_of(table: pd.DataFrame, table_name: str) -> pd.Series:
    """The case of every row; of `provenance` it is the beginning of the row's key."""
    if table_name == "provenance":
        return table["key"].map(lambda key: key.partition(";")[0]).astype(object)
    return table["case_id"] if "case_id" in table else pd.Series("", index=table.index, dtype=object)


def _without(tables: Tables, names: dict[str, str]) -> Tables:
    if not names:
        return tables
    return {
        table_name: table[~_cases_of(table, table_name).isin(names)].reset_index(drop=True)
        for table_name, table in tables.items()
    }


def _renamed(tables: Tables, names: dict[str, str]) -> Tables:
    """Only the rows of these cases, under the names of the records; marks of `provenance` and sources are left out."""
    kept = {}
    for table_name, table in tables.items():
        if "case_id" in table:
            rows = table[table["case_id"].isin(names)]
            kept[table_name] = rows.assign(case_id=np.array([names[case] for case in rows["case_id"]], dtype=object))
    return kept


def together(parts: Sequence[Mapping[str, pd.DataFrame]]) -> dict[str, pd.DataFrame]:
    """The tables of all sources, one below the other; columns that a source left out are blank."""
    return {
        table_name: _below([part[table_name] for part in parts if len(part.get(table_name, ()))])
        for table_name in TABLES
        if any(len(part.get(table_name, ())) for part in parts)
    }


def _below(parts: list[pd.DataFrame]) -> pd.DataFrame:
    if len(parts) == 1:
        return parts[0]
    once = [part.loc[:, ~part.columns.duplicated()] for part in parts]
    return pd.concat(once, ignore_index=True).fillna("").astype({"at_row": int})


def only_received(parts: Sequence[Part]) -> set[str]:
    """Cases that stand in messages and extracts alone; where an analyst has typed one too, the analyst can correct it."""
    cases: dict[bool, set[str]] = {True: set(), False: set()}
    for part in parts:
        for table in part.tables.values():
            cases[part.received] |= set(table["case_id"]) if "case_id" in table else set()
    return cases[True] - cases[False] - {""}
