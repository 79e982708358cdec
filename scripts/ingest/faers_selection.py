"""Which FAERS reports enter: one pass per quarter, then one decision over all quarters.

A quarter's files are scanned for the event, then for the drug, and only the rows of reports that could enter
are kept; its copies on disk can go before the next quarter is unpacked. Versions are compared at the end: the
era, then the version, the FDA's date and the quarter decide which report of a case is the latest.
"""

from collections.abc import Callable, Sequence

import duckdb

from schemas.codes import crosswalk
from scripts.ingest.faers_lines import Kept, keep
from scripts.ingest.faers_tables import Scan, literal
from scripts.ingest.selection import DELETED, DRUG, EVENT, NO_ID, OLDER, PERIOD, Selection, nothing_named
from scripts.ingest.translation import names, plain
from scripts.messages import UserError

Database = duckdb.DuckDBPyConnection
TWICE = "the same report again in another extract"
MOST_UNSELECTED = 20_000
FEW = 2_000


def prepare(database: Database) -> None:
    """The tables that outlive a quarter: the key of every report, and the names met."""
    database.execute(
        """create table keys(quarter int, ordinal bigint, primaryid varchar, caseid varchar, version varchar,
        latest varchar, legacy boolean)"""
    )
    database.execute("create table event_hits(quarter int, primaryid varchar, pt varchar)")
    database.execute(
        """create table drug_hits(quarter int, primaryid varchar, drugname varchar, prod_ai varchar,
        role_cod varchar)"""
    )
    database.execute("create table vocabulary(term varchar)")


def scan_quarter(
    database: Database, number: int, files: dict[str, Callable[[], Scan]], wanted: Selection
) -> dict[str, Kept]:
    """Add a quarter to those tables; gives of each file the lines of the reports that could enter.

    A file is asked for when it is needed, so that the large one may still be on its way. The event comes
    first: it is rare, so that one pass over the large file finds the drug and the reports' other drugs.
    """
    _events(database, number, files["REAC"](), wanted)
    _keys(database, number, files["DEMO"]())
    _drugs(database, number, files["DRUG"](), wanted)
    if not wanted.drugs and not wanted.terms:
        _refuse_whole_database(database)
    candidates = _candidates(database, number, wanted)
    staged = {"DRUG": "staged", "DEMO": f"(from keys where quarter = {number})"}
    return {table: keep(database, file(), candidates, staged.get(table, "")) for table, file in files.items()}


def _events(database: Database, number: int, scan: Scan, wanted: Selection) -> None:
    """Note the reports with the event; where a term was not met, all terms of the quarter as well."""
    asked = {plain(term) for term in wanted.terms}
    if not asked:
        return
    rows, looks = scan.sql("primaryid", "pt", numbered=False), _looks(("pt",), wanted.terms)
    database.execute(f"insert into event_hits select distinct {number}, primaryid, pt from ({rows}) where {looks}")
    met = _keep_exact(database, number, "event_hits", "pt, ''", lambda pt, _: plain(pt) in asked)
    if asked - {plain(pt) for pt, _ in met}:
        database.execute(f"insert into vocabulary select distinct pt from ({rows})")


def _drugs(database: Database, number: int, scan: Scan, wanted: Selection) -> None:
    """Stage the drug rows of reports with the event or the drug, and note the rows that name the drug."""
    columns = ("primaryid", "drugname", "prod_ai", "role_cod")
    looks = _looks(("drugname", "prod_ai"), wanted.drugs)
    if wanted.drugs and not wanted.terms:
        _drug_hits(database, number, f"({scan.sql(*columns, numbered=False)})", looks, wanted)
        of_reports = f"primaryid in (select primaryid from drug_hits where quarter = {number})"
    elif wanted.terms:
        of_reports = f"{looks} or primaryid in (select primaryid from event_hits where quarter = {number})"
    else:
        of_reports = "true"
    rows = scan.sql(*columns)
    database.execute(f"create or replace table staged as select * from ({rows}) where {of_reports}")
    if wanted.drugs and wanted.terms:
        _drug_hits(database, number, "staged", looks, wanted)


def _drug_hits(database: Database, number: int, rows: str, looks: str, wanted: Selection) -> None:
    database.execute(
        f"""insert into drug_hits select distinct {number}, primaryid, coalesce(drugname, ''),
        coalesce(prod_ai, ''), role_cod from {rows} where {looks}"""
    )

    def named(drug: str, substance: str) -> bool:
        return any(names(drug, asked) or names(substance, asked) for asked in wanted.drugs)

    _keep_exact(database, number, "drug_hits", "drugname, prod_ai", named)


def _looks(columns: Sequence[str], asked: Sequence[str]) -> str:
    """A cheap condition that every row naming what is asked for meets, and few others: all words occur."""
    tests = [
        " and ".join(f"contains(lower({column}), {literal(word)})" for word in words) or "true"
        for words in sorted({tuple(filter(str.isascii, plain(name).split())) for name in asked})
        for column in columns
    ]
    return f"(({') or ('.join(tests)}))" if tests else "false"


def _keep_exact(
    database: Database, number: int, hits: str, columns: str, exact: Callable[[str, str], bool]
) -> list[tuple[str, str]]:
    """Of a quarter's hits keep those whose names pass the full test, name by name; gives these names."""
    met = database.execute(f"select distinct {columns} from {hits} where quarter = {number}").fetchall()
    wrong = [pair for pair in met if not exact(*pair)]
    database.execute("create or replace temp table wrong(one varchar, other varchar)")
    if wrong:
        database.executemany("insert into wrong values (?, ?)", wrong)
        database.execute(
            f"delete from {hits} where quarter = {number} and ({columns}) in (select (one, other) from wrong)"
        )
    return [pair for pair in met if pair not in wrong]


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


def _keys(database: Database, number: int, demo: Scan) -> None:
    database.execute(
        f"""insert into keys select {number}, ordinal, primaryid, trim(caseid), caseversion,
        coalesce(nullif(fda_dt, ''), init_fda_dt), {demo.legacy}
        from ({demo.sql("primaryid", "caseid", "caseversion", "fda_dt", "init_fda_dt")})"""
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


def chosen(database: Database) -> dict[tuple[int, str], int]:
    """The reports that enter, in the order of the files: quarter and primaryid, and the place in DEMO."""
    found = database.execute(
        "select quarter, primaryid, ordinal from decided where step = '' order by quarter, ordinal"
    )
    return {(quarter, report): ordinal for quarter, report, ordinal in found.fetchall()}


def unmatched(database: Database, wanted: Selection) -> list[dict]:
    """A finding for every drug and term that no line of any quarter bears."""
    pairs = database.execute("select distinct drugname, prod_ai from drug_hits").fetchall()
    terms = {plain(pt) for (pt,) in database.execute("select distinct pt from event_hits").fetchall()}
    drugs = [one for one in wanted.drugs if not any(names(f"{name} / {ai}", one) for name, ai in pairs)]
    near = [(term, _nearest(database, term)) for term in wanted.terms if plain(term) not in terms]
    return [
        *(nothing_named("drugs", drug) for drug in drugs),
        *(nothing_named("terms", term, found) for term, found in near),
    ]


def _nearest(database: Database, asked: str) -> list[str]:
    """The three terms met most like the one asked for."""
    found = database.execute(
        """select term from (select distinct term from vocabulary)
        order by jaro_winkler_similarity(lower(term), lower(?)) desc, term limit 3""",
        [asked],
    )
    return [term for (term,) in found.fetchall()]
