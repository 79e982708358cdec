"""Which report of a case of a public extract is its latest, and the step at which every report leaves, in DuckDB.

Only the key of every report is held. The era (of FAERS), then the version, the date and the extract decide which report of
a case is the latest. `quarter` numbers the extracts in the order of their names; a report is known by it and `primaryid`.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator

import duckdb

from scripts.ingest.reports_kept import NO_ID, OLDER, Key
from scripts.ingest.selection import CASE_ID, DRUG, EVENT, PERIOD, UNREAD_DRUG, UNREAD_EVENT, Selection
from scripts.ingest.store import query
from scripts.records.versions.of_cases import DELETED
from scripts.words.wording import counted

Database = duckdb.DuckDBPyConnection
BEARS_ID = """caseid in (select id from asked) or primaryid in (select id from asked)
    or (quarter, primaryid) in (select (quarter, primaryid) from named)"""
"""SQL of the reports that bear a case id asked for: as case, as report, or as a further number."""
IS_ASKED = "exists (select 1 from asked_cases where asked_cases.caseid = {0}.caseid and since <= {0}.quarter)"
TWICE = "the same report again in another extract"
KINDS = ("with_drug", "with_event", "unread_drug", "unread_event")
"""What the hits of a report tell of it."""
WITH_HITS = f"""join (select quarter, primaryid, {", ".join(f"bool_or(kind = '{kind}') as {kind}" for kind in KINDS)}
    from hits group by all) met on latest.quarter = met.quarter and latest.primaryid is not distinct from met.primaryid"""


def connect(folder: str, memory: str = "1GB") -> Database:
    """A database (scripts.ingest.store.query) with the tables of keys, hits and case ids."""
    database = query.connect(folder, memory)
    database.execute(
        """create table keys(quarter int, primaryid varchar, caseid varchar, version varchar, latest varchar,
        legacy boolean)"""
    )
    database.execute("create table hits(kind varchar, quarter int, primaryid varchar)")
    database.execute("create table asked(id varchar)")
    database.execute("create table named(quarter int, primaryid varchar, id varchar)")
    database.execute("create table asked_cases(caseid varchar, since int)")
    return database


def ask(database: Database, wanted: Selection) -> None:
    """Note the case ids asked for, before the keys of reports are."""
    database.execute("insert into asked select unnest(?::varchar[])", [sorted(wanted.case_ids)])


def add_named(database: Database, extract: str, report: str, numbers: Iterable[str], lines: str) -> None:
    """Where case ids are asked for, note which cases of an extract bear one: their later versions may have other numbers. numbers:
    columns with further numbers of a report; all but the database is SQL."""
    if not database.execute("select 1 from asked limit 1").fetchone():
        return
    for number in numbers:
        database.execute(
            f"""insert into named select {extract}, {report}, trim({number}) from {lines}
            where trim({number}) in (select id from asked)"""
        )
    database.execute(
        f"""insert into asked_cases select caseid, min(quarter) from keys where quarter = {extract} and ({BEARS_ID})
        group by caseid"""
    )


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
    """Give the latest reports in which something asked for is met their steps (blank: it enters); count all, in the order of
    the steps.

    gone: how many are not the latest of their case (`find_latest`).
    """
    database.execute("create table deleted as select unnest(?::varchar[]) as caseid", [sorted(wanted.deleted)])
    first, last = (day.replace("-", "") for day in wanted.period or ("", ""))
    given = {"first": first, "last": last} if wanted.period else None
    of_case, of_hits = list(_of_case(wanted)), list(_of_hits(wanted))
    step, met = _step([*of_case, *of_hits]), WITH_HITS if of_hits else ""
    database.execute(
        f"create table decided as select latest.quarter, ordinal, latest.primaryid, {step} as step from latest {met}",
        given,
    )
    counted = Counter(gone)
    counted.update(dict(database.execute("select step, count(*) from decided group by step").fetchall()))
    if of_hits:
        # the others have no hit: those that have not left before leave at the first step that asks for one
        step, here = _step(of_case, of_hits[0][0]), "where ordinal not in (select ordinal from decided)"
        left = database.execute(f"select {step}, count(*) from latest {here} group by 1", given)
        counted.update(dict(left.fetchall()))
    order = (NO_ID, TWICE, OLDER, DELETED, CASE_ID, PERIOD, UNREAD_DRUG, UNREAD_EVENT, DRUG, EVENT, "")
    return {step: counted[step] for step in order}


def _step(steps: list[tuple[str, str]], otherwise: str = "") -> str:
    """SQL of the first step whose condition a report meets."""
    conditions = " ".join(f"when {condition} then '{step}'" for step, condition in steps)
    return f"case {conditions} else '{otherwise}' end" if steps else f"'{otherwise}'"


def _of_case(wanted: Selection) -> Iterator[tuple[str, str]]:
    """The steps at which a report can leave whatever it tells, each with its SQL; columns that nothing asks for are not read."""
    if wanted.deleted:
        yield DELETED, "caseid in (select caseid from deleted)"
    if wanted.case_ids:
        yield CASE_ID, f"not {IS_ASKED.format('latest')}"
    if wanted.period:
        after = "$last <> '' and left(dated, length($last)) > $last"
        yield PERIOD, f"length(dated) >= 4 and (dated < left($first, length(dated)) or ({after}))"


def _of_hits(wanted: Selection) -> Iterator[tuple[str, str]]:
    """The steps at which a report leaves that lacks what is asked for: what surely is not there, then what nobody could read."""
    both = (("drug", wanted.drugs, DRUG, UNREAD_DRUG), ("event", wanted.terms, EVENT, UNREAD_EVENT))
    asked = [(what, step, unread) for what, names, step, unread in both if names]
    for what, step, _ in asked:
        yield step, f"not (with_{what} or unread_{what})"
    for what, _, unread in asked:
        yield unread, f"not with_{what}"


def without_report(database: Database) -> list[dict]:
    """A finding where lines name what is asked for and their report stands in no table of reports; of a store nothing is said."""
    answer = database.execute(
        """select count(*), min(primaryid) from (select distinct quarter, primaryid from hits where kind like 'with_%'
        and (select count(*) from keys) > 0) as met anti join keys using (quarter, primaryid)"""
    )
    count, first = answer.fetchone() or (0, "")
    what = f"lines name what was asked for in {counted(count, 'report')} of which the table of reports has no line that can be read"
    cure = "Download the extract again, or mend its lines."
    row = {"rule": "readable", "severity": "error", "table": "reports", "column": "case_id", "value": f"{first}"}
    return [row | {"what": what, "cure": cure}] if count else []


def lost_ids(database: Database, wanted: Selection) -> list[str]:
    """Case ids asked for that no report bears."""
    if not wanted.case_ids:
        return []
    answer = database.execute(
        """select id from asked where id not in (select caseid from keys where caseid is not null)
        and id not in (select primaryid from keys where primaryid is not null) and id not in (select id from named)"""
    )
    return [case_id for (case_id,) in answer.fetchall()]


def of_cases(database: Database, quarter: int) -> set[str]:
    """The reports of a quarter whose case is asked for, as far as the quarters up to it tell."""
    answer = database.execute(f"select primaryid from keys where quarter = ? and {IS_ASKED.format('keys')}", [quarter])
    return {primary_id for (primary_id,) in answer.fetchall()}


def chosen(database: Database) -> list[tuple[int, str]]:
    """The reports that enter, in the order of the files: quarter and primaryid."""
    answer = database.execute("select quarter, primaryid from decided where step = '' order by ordinal")
    return list(map(tuple, answer.fetchall()))


def nearly(database: Database) -> list[dict[str, str]]:
    """The latest reports that have the drug or the event asked for, and not both, as lines of `not_selected`.

    Where a version is, it ends what names a report: a store keeps of the latest ones no more.
    """
    answer = database.execute(
        """select caseid as case_id, ltrim(substr(decided.primaryid, length(caseid) + 1), ';') as version,
        coalesce(try_strptime(dated, '%Y%m%d')::date::varchar, '') as latest_information, step as reason
        from decided join latest using (ordinal)
        where step in (?, ?) and starts_with(decided.primaryid, caseid) order by ordinal""",
        [DRUG, EVENT],
    )
    return [
        dict(zip(("case_id", "version", "latest_information", "reason"), row, strict=True)) for row in answer.fetchall()
    ]


def copies(database: Database, wanted: Selection, enter: Collection[Key]) -> list[Key]:
    """Where else the reports that enter stand, at the same version, with the drug and event asked for; none where neither is."""
    asked = [kind for kind, names in (("with_drug", wanted.drugs), ("with_event", wanted.terms)) if names]
    if not asked or not enter:
        return []
    answer = database.execute(
        """select quarter, primaryid from hits where kind in (select unnest(?::varchar[]))
        and primaryid in (select unnest(?::varchar[])) group by all having count(distinct kind) = ?""",
        [asked, sorted({report for _, report in enter}), len(asked)],
    )
    return sorted({*answer.fetchall()} - {*enter})


def nearest(database: Database, asked: str, vocabulary: Iterable[str]) -> list[str]:
    """The three terms most like the one asked for."""
    answer = database.execute(
        """select term from (select unnest(?::varchar[]) as term)
        order by jaro_winkler_similarity(lower(term), lower(?)) desc, term limit 3""",
        [sorted(vocabulary), asked],
    )
    return [term for (term,) in answer.fetchall()]
