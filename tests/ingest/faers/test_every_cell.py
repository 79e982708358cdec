"""Each cell of a full FAERS report, told otherwise or left out, changes a table or the ledger, or its column stands in `not_read`."""

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


COLUMNS = [(table, column) for table, header in write_faers.TODAY.items() for column in header.split("$")]
KEYS = ("primaryid", "caseid")
"""They say which report a line belongs to."""


def ids(number):
    return {"primaryid": f"{1001 + number}", "caseid": f"{501 + number}"}


def otherwise(cell):
    return cell[:-1] + (str((int(cell[-1]) + 1) % 10) if cell[-1].isdigit() else "X")


def line(table, number, changed):
    """The line of a report, in which one cell of one table may be told otherwise or left out."""
    cells, (*cell, how) = CELLS | ids(number), changed
    return "$".join(
        how(cells[column]) if [table, column] == cell else cells[column]
        for column in write_faers.TODAY[table].split("$")
    )


def left_out(_):
    return ""


def told(reading, number):
    """What the tables say of a report, without its places and numbers."""
    keys = ids(number)
    text = ""
    for table_name, table in reading.tables.items():
        if table_name == "provenance":
            text += (
                table[table["key"].str.startswith(keys["caseid"])]
                .drop(columns=["at_file", "at_row"])
                .to_csv(index=False)
            )
        elif "case_id" in table:
            text += table[table["case_id"] == keys["caseid"]].drop(columns=["at_file", "at_row"]).to_csv(index=False)
    return text.replace(keys["primaryid"], "P").replace(keys["caseid"], "C")


def test_every_cell_is_read_or_listed(tmp_path):
    changes = [
        ("", "", None), *((*field, how) for how in (otherwise, left_out) for field in COLUMNS if field[1] not in KEYS),
    ]  # fmt: skip
    for table, header in write_faers.TODAY.items():
        lines = [line(table, number, changed) for number, changed in enumerate(changes)]
        (tmp_path / f"{table}22Q3.txt").write_text("\n".join([header, *lines, ""]), encoding="utf-8")
    reading = from_faers_ascii.read(tmp_path)
    assert len(reading.tables["cases"]) == len(changes)
    whole = told(reading, 0)
    for way in (otherwise, left_out):
        silent = {
            column for number, (_, column, how) in enumerate(changes) if how is way and told(reading, number) == whole
        }
        assert silent <= set(codes("not_read"))
        assert len(silent) == 9
