"""FAERS tables of one quarter under the names of today, whatever era they come from, in DuckDB.

Before 2012Q4 (AERS) a report is an `isr` and a case a `case`; since then `primaryid` and `caseid`. The header
of each file decides, not its name. Rows are numbered as read, which gives the line in the user's file.
"""

from dataclasses import dataclass, field

import duckdb

from scripts.ingest.faers_files import Clean
from scripts.messages import UserError

COLUMNS = {
    "DEMO": "primaryid caseid caseversion event_dt init_fda_dt fda_dt auth_num mfr_num lit_ref age age_cod "
    "age_grp sex wt wt_cod occp_cod reporter_country occr_country death_dt",
    "DRUG": "primaryid drug_seq role_cod drugname prod_ai route dose_vbm cum_dose_chr cum_dose_unit dechal "
    "rechal lot_num dose_amt dose_unit dose_form dose_freq",
    "REAC": "primaryid pt drug_rec_act",
    "OUTC": "primaryid outc_cod",
    "THER": "primaryid dsg_drug_seq start_dt end_dt dur dur_cod",
    "INDI": "primaryid indi_drug_seq indi_pt",
}
LEGACY = {
    "primaryid": "isr", "caseid": "case", "sex": "gndr_cod", "dsg_drug_seq": "drug_seq",
    "indi_drug_seq": "drug_seq", "caseversion": "foll_seq", "outc_cod": "outc_code",
}  # fmt: skip
NEEDED = {
    "DEMO": "primaryid caseid", "DRUG": "primaryid drug_seq role_cod drugname", "REAC": "primaryid pt",
    "OUTC": "primaryid outc_cod", "THER": "primaryid dsg_drug_seq start_dt",
    "INDI": "primaryid indi_drug_seq indi_pt",
}  # fmt: skip
MOST_REJECTS = 10_000

Reject = tuple[int, str, str]
"""A line that did not fit: its number, why, how it begins."""


@dataclass
class Scan:
    """A cleaned file as a relation of a DuckDB connection."""

    file: Clean
    legacy: bool = field(init=False)

    def __post_init__(self) -> None:
        self.legacy = "isr" in self.file.header
        missing = [name for name in NEEDED[self.file.table].split() if not self._source(name)]
        if missing:
            raise UserError(
                f"{self.file.shown}: the header has no column {', '.join(missing)}, so this is not a "
                f"{self.file.table} file of FAERS. It has: {', '.join(filter(None, self.file.header))[:200]}."
            )

    def _source(self, name: str) -> str:
        """The name of a column in this file; a blank where the era had none."""
        return next((one for one in (name, LEGACY.get(name, "")) if one and one in self.file.header), "")

    def sql(self, *columns: str, numbered: bool = True) -> str:
        """A select over some columns under today's names; those that the era lacks are blank.

        `ordinal` counts the rows in the order of the file; lines that do not fit are not among them.
        """
        wanted = ", ".join(self._column(name) for name in columns)
        number = "row_number() over () as ordinal, " if numbered else ""
        return f"select {number}{wanted} from {self._read()}"

    def row(self, line: str) -> dict[str, str]:
        """A line under today's names, without blanks around the cells."""
        cells = dict(zip(self.file.header, line.split("$"), strict=False))
        names = COLUMNS[self.file.table].split()
        return {name: cells.get(self._source(name), "").strip() for name in names}

    def _column(self, name: str) -> str:
        source = self._source(name)
        return f'"{source}" as {name}' if source else f"'' as {name}"

    def _read(self) -> str:
        names = [cell or f"unnamed_{place}" for place, cell in enumerate(self.file.header)]
        if len(set(names)) < len(names):
            raise UserError(f"{self.file.shown}: a column stands twice in the header.")
        types = ", ".join(f"{literal(name)}: 'VARCHAR'" for name in names)
        return (
            f"read_csv({literal(str(self.file.path))}, auto_detect=false, delim='$', skip=1, header=false, "
            f"quote='', escape='', columns={{{types}}}, store_rejects=true, rejects_limit={MOST_REJECTS})"
        )


def literal(text: str) -> str:
    """A text as SQL writes it."""
    return "'" + text.replace("'", "''") + "'"


def connect(folder: str, memory: str = "1GB") -> duckdb.DuckDBPyConnection:
    """A database in memory with a cap, spilling into the folder, that never reaches for the network."""
    database = duckdb.connect(
        config={
            "memory_limit": memory, "temp_directory": folder, "autoinstall_known_extensions": "false",
            "autoload_known_extensions": "false",
        }
    )  # fmt: skip
    return database


def rejected(database: duckdb.DuckDBPyConnection, scan: Scan) -> list[Reject]:
    """Line, why and beginning of every line of a file that did not fit its header, each once."""
    (scans,) = database.execute(
        "select count(*) from duckdb_tables() where table_name = 'reject_scans'"
    ).fetchone() or (0,)
    if not scans:
        return []
    found = database.execute(
        """select e.line, min(e.error_type::varchar), min(left(trim(e.csv_line, chr(10)), 60))
        from reject_errors e join reject_scans s using (scan_id, file_id)
        where s.file_path = ? group by e.line order by e.line""",
        [str(scan.file.path)],
    ).fetchall()
    if len(found) >= MOST_REJECTS:
        raise UserError(
            f"{scan.file.shown}: {MOST_REJECTS} lines or more do not fit the header, "
            f"the first is line {found[0][0]}. Is it a FAERS file?"
        )
    return found
