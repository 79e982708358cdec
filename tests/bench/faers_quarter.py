"""A FAERS quarter of real shape out of thin air: 400,000 reports, 1.9 M drugs, 1.4 M reactions, and so on.

Everything follows from the row number by a hash, so that the same size gives the same rows. The pair to look
for is DAHLIUMAB (one drug row in ten thousand) and INVENTED BLEEDING (one reaction row in five hundred).
"""

import zipfile
from pathlib import Path

import duckdb

SOURCE = """(select {first} + i % {reports} as id, i, cast(hash(i + {salt}) % 1000000007 as bigint) as h
    from range({rows}) t(i))"""
KEY = "id || '1' as primaryid, id as caseid"
TABLES = {
    "DEMO": """'1' as caseversion, 'I' as i_f_code,
        case h % 3 when 0 then '' when 1 then '201612' else '20170' || (1 + h % 3) || '15' end as event_dt,
        '20170310' as mfr_dt, '20170401' as init_fda_dt, '20170' || (4 + h % 3) || '11' as fda_dt,
        ['EXP', 'PER', 'DIR'][1 + h % 3] as rept_cod, '' as auth_num,
        'US-INVENTED-' || h % 99999999 as mfr_num, 'INVENTED PHARMA ' || h % 50 as mfr_sndr, '' as lit_ref,
        h % 90 as age, 'YR' as age_cod, '' as age_grp, ['M', 'F', 'UNK'][1 + h % 3] as sex, 'Y' as e_sub,
        40 + h % 60 as wt, 'KG' as wt_cod, '20170411' as rept_dt, '' as to_mfr,
        ['MD', 'CN', 'HP'][1 + h % 3] as occp_cod, 'US' as reporter_country, 'US' as occr_country""",
    "DRUG": """1 + i // {reports} as drug_seq,
        case when i < {reports} then 'PS' when h % 2 = 0 then 'SS' else 'C' end as role_cod,
        case when h % 9973 = 0 then 'DAHLIUMAB' else 'PRODUCT ' || h % 9000 end as drugname,
        case when h % 9973 = 0 then 'DAHLIUMAB' else 'SUBSTANCE ' || h % 4000 end as prod_ai,
        '1' as val_vbm, 'Oral' as route, '12 MG, DAILY' as dose_vbm, '' as cum_dose_chr, '' as cum_dose_unit,
        ['Y', 'N', 'U', 'D', ''][1 + h % 5] as dechal, ['Y', 'N', 'U', 'D', ''][1 + h // 7 % 5] as rechal,
        'LOT' || h % 999 as lot_num, '' as exp_dt, h % 99999 as nda_num, '12' as dose_amt, 'MG' as dose_unit,
        'TABLET' as dose_form, 'QD' as dose_freq""",
    "REAC": """case when h % 499 = 0 then 'Invented bleeding' else 'Invented term ' || h % 9000 end as pt,
        '' as drug_rec_act""",
    "OUTC": "['DE', 'HO', 'OT'][1 + h % 3] as outc_cod",
    "RPSR": "'HP' as rpsr_cod",
    "THER": """1 + i // {reports} as dsg_drug_seq, '2017031' || h % 10 as start_dt,
        case when h % 2 = 0 then '201704' else '' end as end_dt, '' as dur, '' as dur_cod""",
    "INDI": "1 + i // {reports} as indi_drug_seq, 'Invented indication ' || h % 900 as indi_pt",
}
PER_REPORT = {"DEMO": 1, "DRUG": 4.75, "REAC": 3.5, "OUTC": 1, "RPSR": 0.05, "THER": 2, "INDI": 3.2}


def generate(folder: Path, reports: int = 400_000, quarter: str = "17Q2", first: int = 10_000_000) -> Path:
    """Write `ascii/*17Q2.txt` (or of another quarter, with ids from `first` on) under the folder, and beside it a zip of them;
    gives the zip."""
    (folder / "ascii").mkdir(parents=True)
    for salt, (table_name, columns) in enumerate(TABLES.items()):
        target = folder / "ascii" / f"{table_name}{quarter}.txt"
        rows = SOURCE.format(first=first, reports=reports, rows=int(reports * PER_REPORT[table_name]), salt=salt * 101)
        query = f"select {KEY}, {columns.format(reports=reports)} from {rows}"
        duckdb.execute(f"copy ({query}) to '{target}' (header, delimiter '$', quote '', escape '')")
    packed = folder / f"faers_ascii_20{quarter.lower()}.zip"
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for file in sorted((folder / "ascii").iterdir()):
            archive.write(file, f"ascii/{file.name}")
    return packed
