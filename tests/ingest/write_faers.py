"""Writes the invented cases as a FAERS quarter of today or of before 2012Q4, as folder or zip."""

import zipfile

from schemas.codes import crosswalk
from tests.ingest.written_texts import folder_of_texts

TODAY = {
    "DEMO": "primaryid$caseid$caseversion$i_f_code$event_dt$mfr_dt$init_fda_dt$fda_dt$rept_cod$auth_num$"
    "mfr_num$mfr_sndr$lit_ref$age$age_cod$age_grp$sex$e_sub$wt$wt_cod$rept_dt$to_mfr$occp_cod$"
    "reporter_country$occr_country",
    "DRUG": "primaryid$caseid$drug_seq$role_cod$drugname$prod_ai$val_vbm$route$dose_vbm$cum_dose_chr$"
    "cum_dose_unit$dechal$rechal$lot_num$exp_dt$nda_num$dose_amt$dose_unit$dose_form$dose_freq",
    "REAC": "primaryid$caseid$pt$drug_rec_act",
    "OUTC": "primaryid$caseid$outc_cod",
    "RPSR": "primaryid$caseid$rpsr_cod",
    "THER": "primaryid$caseid$dsg_drug_seq$start_dt$end_dt$dur$dur_cod",
    "INDI": "primaryid$caseid$indi_drug_seq$indi_pt",
}
BEFORE_2012Q4 = {
    "DEMO": "ISR$CASE$I_F_COD$FOLL_SEQ$IMAGE$EVENT_DT$MFR_DT$FDA_DT$REPT_COD$MFR_NUM$MFR_SNDR$AGE$AGE_COD$"
    "GNDR_COD$E_SUB$WT$WT_COD$REPT_DT$OCCP_COD$DEATH_DT$TO_MFR$CONFID$REPORTER_COUNTRY",
    "DRUG": "ISR$DRUG_SEQ$ROLE_COD$DRUGNAME$VAL_VBM$ROUTE$DOSE_VBM$DECHAL$RECHAL$LOT_NUM$EXP_DT$NDA_NUM",
    "REAC": "ISR$PT",
    "OUTC": "ISR$OUTC_COD",
    "RPSR": "ISR$RPSR_COD",
    "THER": "ISR$DRUG_SEQ$START_DT$END_DT$DUR$DUR_COD",
    "INDI": "ISR$DRUG_SEQ$INDI_PT",
}
OLD_NAMES = {"primaryid": "isr", "caseid": "case", "caseversion": "foll_seq", "sex": "gndr_cod",
             "dsg_drug_seq": "drug_seq", "indi_drug_seq": "drug_seq"}  # fmt: skip
FREQUENCIES = {("1", "d"): "QD", ("2", "wk"): "QOW"}
ROUTES = {"041": "intravenous drip", "042": "intravenous (not otherwise specified)", "048": "oral"}


def files(cases, quarter="22Q3", header=TODAY):
    """File name -> text of a quarter. Before 2012Q4 every data line closes with a $, its header does not."""
    rows = {table: [] for table in header}
    for number, case in enumerate(cases, start=1):
        for table, row in _rows(case, str(case.get("caseid", number))):
            rows[table].append(row)
    end = "$" if header is BEFORE_2012Q4 else ""
    return {
        f"{table}{quarter}.txt": "\r\n".join([names, *(_line(names, row) + end for row in rows[table]), ""])
        for table, names in header.items()
    }


def _line(names, row):
    old = {OLD_NAMES.get(column, column): cell for column, cell in row.items()}
    return "$".join(row.get(column.lower(), old.get(column.lower(), "")) for column in names.split("$"))


def folder(path, texts):
    """Write the texts under a folder."""
    folder_of_texts(path / "ascii", texts, "utf-8")
    return path


def zipped(path, texts):
    """Write the texts into a zip."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for file_name, text in texts.items():
            archive.writestr(f"ascii/{file_name}", text)
    return path


def _faers(codelist, code):
    return crosswalk(codelist, "faers").get(code, "").split("|")[0]


def _day(day):
    digits = (day or "").replace("-", "")
    return digits if digits.isdigit() else ""


def _rows(case, caseid):
    key = {"primaryid": caseid + case["version"], "caseid": caseid}
    age = case.get("age", ("", ""))
    yield (
        "DEMO",
        key
        | {
            "caseversion": case["version"],
            "event_dt": _day(case["reactions"][0].get("onset")),
            "init_fda_dt": _day(case["received"]),
            "fda_dt": _day(case["latest"]),
            "mfr_num": case["id"],
            "lit_ref": case.get("literature", ""),
            "age": age[0],
            "age_cod": _faers("age_unit", age[1]),
            "age_grp": _faers("age_group", case.get("age_group")),
            "wt": case.get("weight", ""),
            "sex": "UNK" if case["sex"] == "unknown" else case["sex"],
            "wt_cod": "KG" if "weight" in case else "",
            "occp_cod": _faers("qualification", case["qualification"]),
            "reporter_country": case["country"],
            "occr_country": case["where"],
            "death_dt": _day(case.get("death", {}).get("date")),
        },
    )
    for criterion in dict.fromkeys(criterion for entry in case["reactions"] for criterion in entry["serious"]):
        yield "OUTC", key | {"outc_cod": _faers("seriousness", criterion)}
    again = {
        judged["reaction"]
        for entry in case["drugs"]
        for judged in entry["judged"]
        if judged.get("rechallenge") == "recurred"
    }
    for number, entry in enumerate(case["reactions"], start=1):
        several = len(case["reactions"]) > 1
        yield (
            "REAC",
            key | {"pt": entry["term"], "drug_rec_act": entry["term"] if several and str(number) in again else ""},
        )
    for number, entry in enumerate(case["drugs"], start=1):
        yield from _drug(entry, key, str(number))


def _drug(drug, key, number):
    dosage = drug["doses"][0] if drug["doses"] else {}
    judged = drug["judged"][0] if drug["judged"] else {}
    rechallenge = judged.get("rechallenge")
    yield (
        "DRUG",
        key
        | {
            "drug_seq": number,
            "role_cod": _faers("drug_role", drug["role"]),
            "drugname": drug["drug"],
            "prod_ai": drug["substance"],
            "route": ROUTES.get(dosage.get("route"), ""),
            "dose_vbm": dosage.get("text", ""),
            "dechal": _faers("dechallenge", judged.get("dechallenge")),
            "rechal": "U" if rechallenge == "outcome_unknown" else _faers("rechallenge", rechallenge),
            "lot_num": dosage.get("lot", ""),
            "dose_amt": dosage.get("amount", ""),
            "dose_unit": _faers("dose_unit", dosage.get("unit")),
            "dose_form": dosage.get("form", ""),
            "dose_freq": FREQUENCIES.get((dosage.get("interval"), dosage.get("interval_unit")), ""),
        },
    )
    for dose in drug["doses"]:
        number_of, unit = dose.get("duration", ("", ""))
        if _day(dose["start"]) or number_of:
            yield (
                "THER",
                key
                | {
                    "dsg_drug_seq": number,
                    "start_dt": _day(dose["start"]),
                    "end_dt": _day(dose["end"]),
                    "dur": number_of,
                    "dur_cod": _faers("scale", unit),
                },
            )
    if drug.get("indication"):
        yield "INDI", key | {"indi_drug_seq": number, "indi_pt": drug["indication"]}
