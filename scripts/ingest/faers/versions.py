"""The keys of FAERS reports, by which the latest of a case is found (scripts.ingest.extract_versions)."""

from pathlib import Path

from scripts.ingest.extract_versions import Database
from scripts.ingest.faers.tables import Layout

KEYS = ("primaryid", "caseid", "caseversion", "fda_dt", "init_fda_dt")


def add_keys(database: Database, quarter: int, file: Path, plan: Layout) -> int:
    """Note the key of every report in a file of DEMO lines without header that all fit; gives their number."""
    types = ", ".join(f"{_literal(cell or f'unnamed {place}')}: 'VARCHAR'" for place, cell in enumerate(plan.header))
    names = {key: f'"{plan.name_here(key)}"' if plan.name_here(key) else "''" for key in KEYS}
    found = database.execute(
        f"""insert into keys select {quarter}, coalesce({names["primaryid"]}, ''), trim({names["caseid"]}),
        {names["caseversion"]}, coalesce(nullif({names["fda_dt"]}, ''), {names["init_fda_dt"]}), {plan.legacy}
        from read_csv({_literal(str(file))}, auto_detect=false, delim='$', header=false, quote='', escape='',
        columns={{{types}}})"""
    )
    (count,) = found.fetchone() or (0,)
    return count


def _literal(text: str) -> str:
    """A text as SQL writes it."""
    return "'" + text.replace("'", "''") + "'"
