"""Each cell of a full FAERS report, changed, changes a table or the ledger, or its column stands in `not_read`."""

import pytest

from schemas.codes import codes
from scripts.ingest.faers import from_faers_ascii
from tests.ingest import write_faers

CELLS = {
    "primaryid": "1001", "caseid": "100", "caseversion": "1", "i_f_code": "I", "event_dt": "20220101", "mfr_dt": "20220102",
    "init_fda_dt": "20220103", "fda_dt": "20220104", "rept_cod": "EXP", "auth_num": "A1", "mfr_num": "M1", "mfr_sndr": "S",
    "lit_ref": "L", "age": "34", "age_cod": "YR", "age_grp": "A", "sex": "F", "e_sub": "Y", "wt": "70", "wt_cod": "KG",
    "rept_dt": "20220105", "to_mfr": "N", "occp_cod": "MD", "reporter_country": "GB", "occr_country": "GB", "drug_seq": "1",
    "role_cod": "PS", "drugname": "BRAND", "prod_ai": "SUBST", "val_vbm": "1", "route": "Oral", "dose_vbm": "5 mg",
    "cum_dose_chr": "15", "cum_dose_unit": "MG", "dechal": "Y", "rechal": "Y", "lot_num": "L1", "exp_dt": "20230101",
    "nda_num": "123", "dose_amt": "5", "dose_unit": "MG", "dose_form": "TABLET", "dose_freq": "QD", "pt": "Rash",
    "drug_rec_act": "Rash", "outc_cod": "HO", "rpsr_cod": "SDY", "dsg_drug_seq": "1", "start_dt": "20211201",
    "end_dt": "20211231", "dur": "1", "dur_cod": "MON", "indi_drug_seq": "1", "indi_pt": "Pain",
}  # fmt: skip


def told(folder, cells):
    """Tables and ledger of a quarter with one report, places aside."""
    for table, header in write_faers.TODAY.items():
        line = "$".join(cells.get((table, column), CELLS[column]) for column in header.split("$"))
        (folder / f"{table}22Q3.txt").write_text(f"{header}\n{line}\n", encoding="utf-8")
    reading = from_faers_ascii.read(folder)
    return reading.ledger.to_csv(), {
        name: table.drop(columns=["at_file", "at_row"]).to_csv() for name, table in reading.tables.items()
    }


@pytest.mark.parametrize("table", write_faers.TODAY)
def test_every_cell_is_read_or_listed(table, tmp_path):
    whole = told(tmp_path, {})
    silent = set()
    for column in write_faers.TODAY[table].split("$"):
        cell = CELLS[column]
        other = str((int(cell[-1]) + 1) % 10) if cell[-1].isdigit() else "X"
        silent |= {column} if told(tmp_path, {(table, column): cell[:-1] + other}) == whole else set()
    assert silent <= set(codes("not_read"))
