"""Which report of a case of a public extract is its latest, and the step at which every report leaves, in DuckDB.

Only the key of every report is held. The era (of FAERS), then the version, the date and the extract decide which report of
a case is the latest. `quarter` numbers the extracts in the order of their names; a report is known by it and `primaryid`.
"""

from collections.abc import Collection, Iterable, Iterator

import duckdb

from scripts.ingest.reports_kept import NO_ID, OLDER
from scripts.ingest.selection import CASE_ID, DRUG, EVENT, PERIOD, UNREAD_DRUG, UNREAD_EVENT, Selection
from scripts.ingest.store import query
from scripts.records.versions import DELETED

Database = duckdb.DuckDBPyConnection
TWICE = "the same report again in another extract"
KINDS = ("with_drug", "with_event", "unread_drug", "unread_event")
"""What the hits of a report tell of it."""


def connect(folder: str, memory: str = "1GB") -> Database:
    """A database (scripts.ingest.store.query) with the tables of keys and hits."""
    database = query.connect(folder, memory)
    database.execute(
        """create table keys(quarter int, primaryid varchar, caseid varchar, version varchar, latest varchar,
        legacy boolean)"""
    )
    database.execute("create table hits(kind varchar, quarter int, primaryid varchar)")
    return database


def add_hits(database: Database, kind: str, quarter: int, reports: Collection[str]) -> None:
    """Note the reports of a quarter that have the event or the drug (`with_event`, `with_drug`), or lines of them that
    could not be read (`unread_event`, `unread_drug`), so that nobody knows."""
    if reports:
        database.execute("insert into hits select ?, ?, unnest(?::varchar[])", [kind, quarter, sorted(reports)])


def find_latest(database: Database) -> dict[str, int]:
    """Make the table `latest`: of every case the one report that counts. Gives how many others there are, by their step.

    A report that came again counts where it came last; of those that are left the latest version is taken.
    """
    database.execute(
        """create table ranked as select ordinal, same, row_number() over (partition by caseid order by same > 1, legacy,
            try_cast(version as bigint) desc nulls last, latest desc nulls last, quarter desc,
            try_cast(primaryid as hugeint) desc, ordinal desc) as place
        from (select rowid as ordinal, *, row_number() over (partition by caseid, primaryid, legacy
            order by quarter desc, rowid desc) as same
        from keys where caseid in (select caseid from keys where caseid <> '' group by caseid having count(*) > 1))"""
    )
    database.execute(
        """create table latest as select rowid as ordinal, quarter, primaryid, caseid, latest as dated
        from keys where caseid <> '' and rowid not in (select ordinal from ranked where place > 1)"""
    )
    counted = database.execute(
        """select (select count(*) from keys where coalesce(caseid, '') = ''), count(*) filter (same > 1),
        count(*) filter (same = 1 and place > 1) from ranked"""
    )
    return dict(zip((NO_ID, TWICE, OLDER), counted.fetchone() or (), strict=True))


def decide(database: Database, wanted: Selection, gone: dict[str, int]) -> dict[str, int]:
    """Give the latest report of every case its step (blank: it enters) and count all reports, in the order of the steps.

    gone: how many are not the latest of their case (`find_latest`).
    """
    first, last = (day.replace("-", "") for day in wanted.period or ("", ""))
    database.execute("create table deleted as select unnest(?::varchar[]) as caseid", [sorted(wanted.deleted)])
    database.execute("create table asked as select unnest(?::varchar[]) as id", [sorted(wanted.case_ids)])
    steps = [f"when {condition} then '{step}'" for step, condition in _conditions(wanted)]
    kinds = [f"bool_or(kind = '{kind}') as {kind}" for kind in KINDS]
    database.execute(
        f"""create table decided as
        with met as (select quarter, primaryid, {", ".join(kinds)} from hits group by all)
        select latest.quarter, ordinal, latest.primaryid, {f"case {' '.join(steps)} else '' end" if steps else "''"} as step
        from latest left join met on latest.quarter = met.quarter and latest.primaryid is not distinct from met.primaryid""",
        {"first": first, "last": last} if wanted.period else None,
    )
    counted = gone | dict(database.execute("select step, count(*) from decided group by step").fetchall())
    order = (NO_ID, TWICE, OLDER, DELETED, CASE_ID, PERIOD, UNREAD_DRUG, UNREAD_EVENT, DRUG, EVENT, "")
    return {step: counted.get(step, 0) for step in order}


def _conditions(wanted: Selection) -> Iterator[tuple[str, str]]:
    """The steps at which reports can leave, in their order, each with its SQL; columns that nothing asks for are not read."""
    if wanted.deleted:
        yield DELETED, "caseid in (select caseid from deleted)"
    if wanted.case_ids:
        yield CASE_ID, "not (caseid in (select id from asked) or latest.primaryid in (select id from asked))"
    if wanted.period:
        after = "$last <> '' and left(dated, length($last)) > $last"
        yield PERIOD, f"length(dated) >= 4 and (dated < left($first, length(dated)) or ({after}))"
    asked = (("drug", wanted.drugs, DRUG, UNREAD_DRUG), ("event", wanted.terms, EVENT, UNREAD_EVENT))
    for name, names, step, _ in asked:
        if names:
            yield step, f"not coalesce(with_{name} or unread_{name}, false)"
    for name, names, _, unread in asked:
        if names:
            yield unread, f"not with_{name}"


def lost_ids(database: Database, wanted: Selection) -> list[str]:
    """Case ids asked for that no report bears."""
    if not wanted.case_ids:
        return []
    found = database.execute(
        "select id from asked where id not in (select caseid from keys) and id not in (select primaryid from keys)"
    )
    return [one for (one,) in found.fetchall()]


def of_cases(database: Database, quarter: int, case_ids: Iterable[str]) -> set[str]:
    """The reports of a quarter that bear one of the case ids."""
    found = database.execute(
        "with asked as (select unnest(?::varchar[]) as id) select primaryid from keys where quarter = ? "
        "and (caseid in (select id from asked) or primaryid in (select id from asked))",
        [sorted(case_ids), quarter],
    )
    return {one for (one,) in found.fetchall()}


def chosen(database: Database) -> list[tuple[int, str]]:
    """The reports that enter, in the order of the files: quarter and primaryid."""
    found = database.execute("select quarter, primaryid from decided where step = '' order by ordinal")
    return list(map(tuple, found.fetchall()))


def nearest(database: Database, asked: str, vocabulary: Iterable[str]) -> list[str]:
    """The three terms most like the one asked for."""
    found = database.execute(
        """select term from (select unnest(?::varchar[]) as term)
        order by jaro_winkler_similarity(lower(term), lower(?)) desc, term limit 3""",
        [sorted(vocabulary), asked],
    )
    return [term for (term,) in found.fetchall()]
