"""The columns of the FAERS tables under the names of today, whatever era a file comes from.

Before 2012Q4 (AERS) a report is an `isr` and a case a `case`; since then `primaryid` and `caseid`; some names changed in 2014Q3 only. The header
of each file decides, not its name.
"""

from dataclasses import dataclass
from functools import cached_property

from scripts.commands.messages import UserError

COLUMNS = {
    "DEMO": "primaryid caseid caseversion event_dt init_fda_dt fda_dt auth_num mfr_num lit_ref age age_cod "
    "age_grp sex wt wt_cod occp_cod reporter_country occr_country death_dt",
    "DRUG": "primaryid drug_seq role_cod drugname prod_ai route dose_vbm cum_dose_chr cum_dose_unit dechal "
    "rechal lot_num nda_num dose_amt dose_unit dose_form dose_freq",
    "REAC": "primaryid pt drug_rec_act",
    "OUTC": "primaryid outc_cod",
    "THER": "primaryid dsg_drug_seq start_dt end_dt dur dur_cod",
    "INDI": "primaryid indi_drug_seq indi_pt",
    "RPSR": "primaryid rpsr_cod",
}
LEGACY = {
    "primaryid": "isr", "caseid": "case", "sex": "gndr_cod", "dsg_drug_seq": "drug_seq",
    "indi_drug_seq": "drug_seq", "caseversion": "foll_seq", "outc_cod": "outc_code",
    "lot_num": "lot_nbr",
}  # fmt: skip
NEEDED = {
    "DEMO": "primaryid caseid", "DRUG": "primaryid drug_seq role_cod drugname", "REAC": "primaryid pt",
    "OUTC": "primaryid outc_cod", "THER": "primaryid dsg_drug_seq start_dt",
    "INDI": "primaryid indi_drug_seq indi_pt", "RPSR": "primaryid rpsr_cod",
}  # fmt: skip
MUCH = 1 << 14


@dataclass(frozen=True)
class Layout:
    """The columns of one file: its cells by name, in order; a blank name for one that the header lacks."""

    table: str
    header: tuple[str, ...]

    @property
    def legacy(self) -> bool:
        """Whether the file is of the time before 2012Q4."""
        return "isr" in self.header

    def name_here(self, column: str) -> str:
        """The name of a column in this file; a blank where the era had none."""
        return next((heading for heading in (column, LEGACY.get(column, "")) if heading and heading in self.header), "")

    @cached_property
    def _sources(self) -> list[tuple[str, int]]:
        names = [(column, self.name_here(column)) for column in COLUMNS[self.table].split()]
        return [(column, self.header.index(heading) if heading else -1) for column, heading in names]

    @cached_property
    def unread(self) -> list[str]:
        """The columns of the file that are not read; `caseid` stands in every table and is read in one."""
        return [cell for cell in self.header if cell not in self.read and cell != "caseid"]

    @cached_property
    def read(self) -> set[str]:
        """The columns of the file that are read."""
        return {self.name_here(column) for column in COLUMNS[self.table].split()} - {""}

    @cached_property
    def _unread_places(self) -> list[tuple[str, int]]:
        return [(cell, place) for place, cell in enumerate(self.header) if cell in self.unread]

    @property
    def columns(self) -> list[str]:
        """Names of all columns; one that the header leaves blank goes by its place."""
        return [cell or f"unnamed {place}" for place, cell in enumerate(self.header)]

    def beside(self, line: str) -> list[str]:
        """The columns that are not read and under which a line has something."""
        cells = line.split("$")
        return [heading for heading, place in self._unread_places if place < len(cells) and cells[place].strip()]

    def row(self, line: str) -> dict[str, str]:
        """A line under today's names, without blanks around the cells."""
        cells = line.split("$")
        return {column: cells[place].strip() if place >= 0 else "" for column, place in self._sources}

    def report(self, line: str) -> str:
        """The report that a line belongs to, as it stands there."""
        return line.split("$", 1)[0]


def layout(table: str, shown: str, beginning: bytes) -> Layout:
    """The columns by a file's first lines. Before 2012Q4 data lines close with a $ that the header lacks."""
    first, *lines = beginning[:MUCH].split(b"\n")[:-1] or [b""]
    text = first.decode("utf-8-sig", "replace").strip()
    if "$" not in text:
        raise UserError(f"{shown}: the first line is not a header with $ between its columns. Is this the right file?")
    cells = [cell.strip().lower() for cell in text.rstrip("$").split("$")]
    closed = [line for line in lines if line.rstrip().endswith(b"$") and line.count(b"$") == len(cells)]
    if 2 * len(closed) > len(lines):
        cells.append("")
    file_layout = Layout(table, tuple(cells))
    _check(file_layout, shown)
    return file_layout


def _check(layout: Layout, shown: str) -> None:
    missing = [column for column in NEEDED[layout.table].split() if not layout.name_here(column)]
    if missing:
        raise UserError(
            f"{shown}: the header has no column {', '.join(missing)}, so this is not a "
            f"{layout.table} file of FAERS. It has {len(layout.header)} columns of other names."
        )
    named = [cell for cell in layout.header if cell]
    if len(set(named)) < len(named):
        raise UserError(f"{shown}: a column appears twice in the header.")
    if layout.header[0] != layout.name_here("primaryid"):
        raise UserError(f"{shown}: the first column is not {layout.name_here('primaryid')} as in FAERS.")
