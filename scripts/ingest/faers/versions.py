"""The keys of FAERS reports, by which the latest of a case is found (scripts.ingest.extract_versions)."""

from pathlib import Path

from scripts.ingest.extract_versions import Database, add_named
from scripts.ingest.faers.tables import Layout
from scripts.ingest.store.query import literal

NUMBERS = ("mfr_num", "auth_num")
"""Columns of numbers that others gave a case: manufacturer and authority."""
KEYS = ("primaryid", "caseid", "caseversion", "fda_dt", "init_fda_dt")


def add_keys(database: Database, quarter: int, plan: Layout, lines: str) -> int:
    """Note the key of every report of a quarter, of whose DEMO `lines` is the SQL; gives their number."""
    names = {key: f'"{plan.name_here(key)}"' if plan.name_here(key) else "''" for key in KEYS}
    insertion = database.execute(
        f"""insert into keys select {quarter}, coalesce({names["primaryid"]}, ''), trim({names["caseid"]}),
        {names["caseversion"]}, coalesce(nullif({names["fda_dt"]}, ''), {names["init_fda_dt"]}), {plan.legacy}
        from {lines}"""
    )
    (count,) = insertion.fetchone() or (0,)
    others = [f'"{plan.name_here(number)}"' for number in NUMBERS if plan.name_here(number)]
    add_named(database, f"{quarter}", names["primaryid"], others, lines)
    return count


def in_file(file: Path, plan: Layout) -> str:
    """SQL of the lines of a file without header that all fit (scripts.ingest.faers.copies); a blank cell is a blank."""
    types = ", ".join(f"{literal(column)}: 'VARCHAR'" for column in plan.columns)
    return f"""read_csv({literal(file.as_posix())}, auto_detect=false, delim='$', header=false, quote='', escape='',
        nullstr=chr(1), columns={{{types}}})"""
