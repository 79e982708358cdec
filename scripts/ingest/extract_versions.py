"""Which report of a case of a public extract is its latest, and the step at which every report leaves, in DuckDB.

Only the key of every report is held. The era (of FAERS), then the version, the date and the extract decide which report of
a case is the latest. `quarter` numbers the extracts in the order of their names; a report is known by it and `primaryid`.
"""

from collections.abc import Iterable

import duckdb

from scripts.ingest.reports_kept import NO_ID, OLDER
from scripts.ingest.selection import CASE_ID, DRUG, EVENT, PERIOD, UNREAD_DRUG, UNREAD_EVENT, Selection
from scripts.ingest.store import query
from scripts.records.versions import DELETED

Database = duckdb.DuckDBPyConnection
TWICE = "the same report again in another extract"


def connect(folder: str, memory: str = "1GB") -> Database:
    """A database (scripts.ingest.store.query) with the tables of keys and hits."""
    database = query.connect(folder, memory)
    database.execute(
        """create table keys(quarter int, primaryid varchar, caseid varchar, version varchar, latest varchar,
        legacy boolean)"""
    )
    database.execute("create table with_event(quarter int, primaryid varchar)")
    database.execute("create table with_drug(quarter int, primaryid varchar)")
    database.execute("create table unread_drug(quarter int, primaryid varchar)")
    database.execute("create table unread_event(quarter int, primaryid varchar)")
    return database


def add_hits(database: Database, table: str, quarter: int, reports: Iterable[str]) -> None:
    """Note the reports of a quarter that have the event or the drug (`with_event`, `with_drug`), or lines of them that
    could not be read (`unread_event`, `unread_drug`), so that nobody knows."""
    database.execute(f"insert into {table} select {quarter}, unnest(?::varchar[])", [sorted(reports)])


def decide(database: Database, wanted: Selection) -> dict[str, int]:
    """Give every report its step (blank: it enters) and count them, in the order of the steps."""
    first, last = (day.replace("-", "") for day in wanted.period or ("", ""))
    database.execute("create table deleted as select unnest(?::varchar[]) as caseid", [sorted(wanted.deleted)])
    database.execute("create table asked as select unnest(?::varchar[]) as id", [sorted(wanted.case_ids)])
    among = "keys.caseid in (select id from asked) or primaryid in (select id from asked)"
    _rank(database)
    database.execute(
        f"""create table decided as select quarter, keys.rowid as ordinal, primaryid, case
            when coalesce(keys.caseid, '') = '' then '{NO_ID}'
            when coalesce(same, 1) > 1 then '{TWICE}'
            when coalesce(place, 1) > 1 then '{OLDER}'
            when keys.caseid in (select caseid from deleted) then '{DELETED}'
            when {"not (" + among + ")" if wanted.case_ids else "false"} then '{CASE_ID}'
            when length(latest) >= 4 and (latest < left(?, length(latest))
                or (? <> '' and left(latest, length(?)) > ?)) then '{PERIOD}'
            when {_lacks("with_drug", wanted.drugs)} and not {_has("unread_drug")} then '{DRUG}'
            when {_lacks("with_event", wanted.terms)} and not {_has("unread_event")} then '{EVENT}'
            when {_lacks("with_drug", wanted.drugs)} then '{UNREAD_DRUG}'
            when {_lacks("with_event", wanted.terms)} then '{UNREAD_EVENT}'
            else '' end as step
        from keys left join ranked on keys.rowid = ranked.ordinal""",
        [first, last, last, last],
    )
    counted = dict(database.execute("select step, count(*) from decided group by step").fetchall())
    steps = (NO_ID, TWICE, OLDER, DELETED, CASE_ID, PERIOD, UNREAD_DRUG, UNREAD_EVENT, DRUG, EVENT, "")
    return {step: counted.get(step, 0) for step in steps}


def lost_ids(database: Database, wanted: Selection) -> list[str]:
    """Case ids asked for that no report bears."""
    if not wanted.case_ids:
        return []
    answer = database.execute(
        "select id from asked where id not in (select caseid from keys) and id not in (select primaryid from keys)"
    )
    return [case_id for (case_id,) in answer.fetchall()]


def of_cases(database: Database, quarter: int, case_ids: Iterable[str]) -> set[str]:
    """The reports of a quarter that bear one of the case ids."""
    answer = database.execute(
        "with asked as (select unnest(?::varchar[]) as id) select primaryid from keys where quarter = ? "
        "and (caseid in (select id from asked) or primaryid in (select id from asked))",
        [sorted(case_ids), quarter],
    )
    return {primary_id for (primary_id,) in answer.fetchall()}


def _lacks(hits: str, asked: Iterable[str]) -> str:
    """Whether a report is not among the hits; false where nothing was asked for."""
    return f"not {_has(hits)}" if asked else "false"


def _has(hits: str) -> str:
    """Whether a report is among the hits, which are few: they are joined to the keys first, and every key asks its number."""
    same = f"each.quarter = {hits}.quarter and each.primaryid is not distinct from {hits}.primaryid"
    return f"keys.rowid in (select each.rowid from keys each semi join {hits} on {same})"


def _rank(database: Database) -> None:
    """Among the reports of a case that has several: the place of each, the latest first, and repetitions."""
    database.execute(
        """create table ranked as select rowid as ordinal,
            row_number() over (partition by caseid order by legacy,
                try_cast(version as bigint) desc nulls last, latest desc nulls last, quarter desc,
                try_cast(primaryid as hugeint) desc, rowid desc) as place,
            row_number() over (partition by caseid, primaryid, legacy
                order by quarter desc, rowid desc) as same
        from keys where caseid in (select caseid from keys group by caseid having count(*) > 1)"""
    )


def chosen(database: Database) -> list[tuple[int, str]]:
    """The reports that enter, in the order of the files: quarter and primaryid."""
    answer = database.execute("select quarter, primaryid from decided where step = '' order by ordinal")
    return list(map(tuple, answer.fetchall()))


def nearest(database: Database, asked: str, vocabulary: Iterable[str]) -> list[str]:
    """The three terms most like the one asked for."""
    answer = database.execute(
        """select term from (select unnest(?::varchar[]) as term)
        order by jaro_winkler_similarity(lower(term), lower(?)) desc, term limit 3""",
        [sorted(vocabulary), asked],
    )
    return [term for (term,) in answer.fetchall()]
