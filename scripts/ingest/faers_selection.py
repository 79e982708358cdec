"""Which FAERS reports enter: one pass per quarter, then one decision over all quarters.

A quarter's files are scanned for the event, then for the drug, and only the rows of reports that could enter
are kept; its copies on disk can go before the next quarter is unpacked. Versions are compared at the end: the
era, then the version, the FDA's date and the quarter decide which report of a case is the latest.
"""

from collections.abc import Callable, Sequence

import duckdb

from schemas.codes import crosswalk
from scripts.ingest.faers_tables import COLUMNS, Reject, Scan, literal, rejected
from scripts.ingest.selection import DELETED, DRUG, EVENT, NO_ID, OLDER, PERIOD, Selection, nothing_named
from scripts.ingest.translation import names, plain
from scripts.messages import UserError

Database = duckdb.DuckDBPyConnection
TWICE = "the same report again in another extract"
MOST_UNSELECTED = 20_000
FEW = 2_000
WORDS = r"regexp_replace(lower({0}), '[^\p{{L}}\p{{N}}]+', ' ', 'g')"


def prepare(database: Database) -> None:
    """The tables that outlive a quarter: keys of every report, rows of those that could enter, names met."""
    database.execute(
        """create table keys(quarter int, ordinal bigint, primaryid varchar, caseid varchar, version varchar,
        latest varchar, legacy boolean)"""
    )
    for table, columns in COLUMNS.items():
        cells = ", ".join(f"{name} varchar" for name in columns.split())
        database.execute(f"create table {table}(quarter int, ordinal bigint, {cells})")
    database.execute("create table event_hits(quarter int, primaryid varchar, pt varchar)")
    database.execute(
        """create table drug_hits(quarter int, primaryid varchar, drugname varchar, prod_ai varchar,
        role_cod varchar)"""
    )
    database.execute("create table vocabulary(term varchar)")


def scan_quarter(
    database: Database, number: int, files: dict[str, Callable[[], Scan]], wanted: Selection
) -> dict[str, list[Reject]]:
    """Add a quarter to those tables; gives the lines of each file that did not fit its header.

    A file is asked for when it is needed, so that the large one may still be on its way. The event comes
    first: it is rare, so that one pass over the large file finds the drug and keeps the reports' other drugs.
    """
    reactions, demo, drugs = files["REAC"](), files["DEMO"](), files["DRUG"]()
    _hits(database, number, reactions, "event_hits", wanted.terms)
    _words_met(database, reactions, wanted)
    _keys(database, number, demo)
    _drugs(database, number, drugs, wanted)
    if not wanted.drugs and not wanted.terms:
        _refuse_whole_database(database)
    candidates = _candidates(database, number, wanted)
    for table, file in files.items():
        if table == "DRUG":
            database.execute(f"insert into DRUG select {number}, * from staged where {candidates}")
        else:
            _keep(database, number, file(), candidates)
    return {table: rejected(database, file()) for table, file in files.items()}


def _keep(database: Database, number: int, scan: Scan, condition: str) -> None:
    table, rows = scan.file.table, scan.sql()
    database.execute(f"insert into {table} select {number}, * from ({rows}) where {condition}")


def _drugs(database: Database, number: int, scan: Scan, wanted: Selection) -> None:
    """Stage the drug rows of reports with the event or the drug, and note the rows that name the drug."""
    tests, values = _tests(("drugname", "prod_ai"), wanted.drugs)
    if wanted.drugs and not wanted.terms:
        _hits(database, number, scan, "drug_hits", wanted.drugs)
        condition, values = f"primaryid in (select primaryid from drug_hits where quarter = {number})", []
    elif wanted.terms:
        condition = f"{tests} or primaryid in (select primaryid from event_hits where quarter = {number})"
    else:
        condition = "true"
    database.execute(f"create or replace table staged as select * from ({scan.sql()}) where {condition}", values)
    if wanted.drugs and wanted.terms:
        found, values = _tests(("drugname", "prod_ai"), wanted.drugs)
        database.execute(
            f"""insert into drug_hits select distinct {number}, primaryid, drugname, prod_ai, role_cod
            from staged where {found}""",
            values,
        )


def _words_met(database: Database, reactions: Scan, wanted: Selection) -> None:
    """Where a term was not found, all terms of the quarter, to name the nearest."""
    if any(plain(term) not in _met_terms(database) for term in wanted.terms):
        terms = reactions.sql(numbered=False)
        database.execute(f"insert into vocabulary select distinct pt from ({terms})")


def _candidates(database: Database, number: int, wanted: Selection) -> str:
    """A condition on primaryid for a quarter's reports that could enter; written out where they are few."""
    database.execute(
        f"""create or replace table candidates as select distinct primaryid from keys
        where quarter = {number} and {_named("event_hits", wanted.terms)}
        and {_named("drug_hits", wanted.drugs, _roles(wanted))}"""
    )
    few = [one for (one,) in database.execute(f"select primaryid from candidates limit {FEW + 1}").fetchall()]
    if len(few) > FEW:
        return "primaryid in (select primaryid from candidates)"
    return f"primaryid in ({', '.join(map(literal, few))})" if few else "false"


def _named(hits: str, asked: Sequence[str], condition: str = "true") -> str:
    """Whether a report is among the hits; true where nothing was asked for."""
    if not asked:
        return "true"
    return f"(quarter, primaryid) in (select (quarter, primaryid) from {hits} where {condition})"


def _roles(wanted: Selection) -> str:
    letters = [crosswalk("drug_role", "faers").get(role, "").split("|") for role in wanted.roles]
    return f"upper(trim(role_cod)) in ({', '.join(literal(one) for few in letters for one in few)})"


def _hits(database: Database, number: int, scan: Scan, into: str, asked: Sequence[str]) -> None:
    """Note the rows of a file that name what is asked for."""
    columns = ("pt",) if into == "event_hits" else ("drugname", "prod_ai")
    tests, values = _tests(columns, asked)
    cells = ", ".join(("primaryid", *columns, *(("role_cod",) if into == "drug_hits" else ())))
    if asked:
        rows = scan.sql(numbered=False)
        database.execute(f"insert into {into} select distinct {number}, {cells} from ({rows}) where {tests}", values)


def _tests(columns: Sequence[str], asked: Sequence[str]) -> tuple[str, list[str]]:
    """A condition with its values: a term equals the name, a drug or substance holds its words side by side.

    The cheap look for the longest word comes first, so that names are only taken apart where it is found.
    """
    tests, values = [], []
    for name in map(plain, asked):
        for column in columns:
            words = f"' ' || trim({WORDS.format(column)}) || ' '"
            compare = f"{words} = ' ' || ? || ' '" if column == "pt" else f"contains({words}, ' ' || ? || ' ')"
            tests.append(f"(contains(lower({column}), ?) and {compare})")
            values += [max(name.split(), key=len, default=""), name]
    return f"({' or '.join(tests)})" if tests else "false", values


def _keys(database: Database, number: int, demo: Scan) -> None:
    database.execute(
        f"""insert into keys select {number}, ordinal, primaryid, trim(caseid), caseversion,
        coalesce(nullif(fda_dt, ''), init_fda_dt), {demo.legacy} from ({demo.sql()})"""
    )


def _refuse_whole_database(database: Database) -> None:
    (reports,) = database.execute("select count(*) from keys").fetchone() or (0,)
    if reports > MOST_UNSELECTED:
        raise UserError(
            f"{reports} reports and nothing to select them by: a whole quarter is no case series. "
            "Name `drugs` or `terms` in the source's entry of the config."
        )


def decide(database: Database, wanted: Selection) -> dict[str, int]:
    """Give every report its step (blank: it enters) and count them, in the order of the steps."""
    first, last = (day.replace("-", "") for day in wanted.period or ("", ""))
    database.execute("create table deleted as select unnest(?::varchar[]) as caseid", [sorted(wanted.deleted)])
    _rank(database)
    database.execute(
        f"""create table decided as select quarter, ordinal, primaryid, case
            when coalesce(keys.caseid, '') = '' then '{NO_ID}'
            when coalesce(same, 1) > 1 then '{TWICE}'
            when coalesce(place, 1) > 1 then '{OLDER}'
            when keys.caseid in (select caseid from deleted) then '{DELETED}'
            when length(latest) >= 4 and (latest < left(?, length(latest))
                or (? <> '' and left(latest, length(?)) > ?)) then '{PERIOD}'
            when not {_named("drug_hits", wanted.drugs, _roles(wanted))} then '{DRUG}'
            when not {_named("event_hits", wanted.terms)} then '{EVENT}'
            else '' end as step
        from keys left join ranked using (quarter, ordinal, primaryid)""",
        [first, last, last, last],
    )
    counted = dict(database.execute("select step, count(*) from decided group by step").fetchall())
    return {step: counted.get(step, 0) for step in (NO_ID, TWICE, OLDER, DELETED, PERIOD, DRUG, EVENT, "")}


def _rank(database: Database) -> None:
    """Among the reports of a case that has several: the place of each, the latest first, and repetitions."""
    database.execute(
        """create table ranked as select quarter, ordinal, primaryid,
            row_number() over (partition by caseid order by legacy,
                try_cast(version as bigint) desc nulls last, latest desc nulls last, quarter desc,
                try_cast(primaryid as hugeint) desc, ordinal desc) as place,
            row_number() over (partition by caseid, primaryid, legacy
                order by quarter desc, ordinal desc) as same
        from keys where caseid in (select caseid from keys group by caseid having count(*) > 1)"""
    )


def chosen(database: Database, table: str) -> tuple[list[str], list[tuple]]:
    """Columns and rows of a table for the reports that enter, in the order of the files."""
    found = database.execute(
        f"""select t.* from {table} t join decided d using (quarter, primaryid) where d.step = ''
        {"and t.ordinal = d.ordinal" if table == "DEMO" else ""} order by t.quarter, t.ordinal"""
    )
    return [column[0] for column in found.description or ()], found.fetchall()


def _met_terms(database: Database) -> set[str]:
    return {plain(name) for (name,) in database.execute("select distinct pt from event_hits").fetchall()}


def unmatched(database: Database, wanted: Selection) -> list[dict]:
    """A finding for every drug and term that no line of any quarter bears."""
    drugs = [f"{drug or ''} / {substance or ''}" for drug, substance in database.execute(
        "select distinct drugname, prod_ai from drug_hits").fetchall()]  # fmt: skip
    terms = _met_terms(database)
    lost = [nothing_named("drugs", drug) for drug in wanted.drugs if not any(names(met, drug) for met in drugs)]
    near = [(term, _nearest(database, term)) for term in wanted.terms if plain(term) not in terms]
    return lost + [nothing_named("terms", term, found) for term, found in near]


def _nearest(database: Database, asked: str) -> list[str]:
    """The three terms met most like the one asked for."""
    found = database.execute(
        """select term from (select distinct term from vocabulary)
        order by jaro_winkler_similarity(lower(term), lower(?)) desc, term limit 3""",
        [asked],
    )
    return [term for (term,) in found.fetchall()]
