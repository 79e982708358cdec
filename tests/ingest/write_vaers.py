"""Writes the invented cases as a year of VAERS: a date to the day or none, no roles, five terms in a line."""

import csv
import io
import re

from scripts.ingest.vaers.from_vaers import SERIOUS
from tests.ingest.written_texts import folder_of_texts

DATA = (
    "VAERS_ID,RECVDATE,STATE,AGE_YRS,CAGE_YR,CAGE_MO,SEX,RPT_DATE,SYMPTOM_TEXT,DIED,DATEDIED,L_THREAT,ER_VISIT,HOSPITAL,"
    "HOSPDAYS,X_STAY,DISABLE,RECOVD,VAX_DATE,ONSET_DATE,NUMDAYS,LAB_DATA,V_ADMINBY,V_FUNDBY,OTHER_MEDS,CUR_ILL,HISTORY,"
    "PRIOR_VAX,SPLTTYPE,FORM_VERS,TODAYS_DATE,BIRTH_DEFECT,OFC_VISIT,ER_ED_VISIT,ALLERGIES"
)
VAX = "VAERS_ID,VAX_TYPE,VAX_MANU,VAX_LOT,VAX_DOSE_SERIES,VAX_ROUTE,VAX_SITE,VAX_NAME"
SYMPTOMS = "VAERS_ID," + ",".join(f"SYMPTOM{number},SYMPTOMVERSION{number}" for number in range(1, 6))
RECOVERED = {"recovered": "Y", "not_recovered": "N", "unknown": "U"}
YEARS = {"a": 1, "mo": 1 / 12, "decade": 10}


def files(cases, year="2022"):
    """File name -> text."""
    return {
        f"{year}VAERSDATA.csv": _text(DATA, map(_data, cases)),
        f"{year}VAERSVAX.csv": _text(VAX, [row for case in cases for row in _vaccines(case)]),
        f"{year}VAERSSYMPTOMS.csv": _text(SYMPTOMS, map(_symptoms, cases)),
    }


def folder(path, texts):
    """Write the texts into a folder, in the encoding of the publisher."""
    return folder_of_texts(path, texts, "cp1252")


def _text(header, rows):
    text = io.StringIO()
    lines = csv.DictWriter(text, header.split(","), restval="", lineterminator="\r\n")
    lines.writeheader()
    lines.writerows(rows)
    return text.getvalue()


def day(iso):
    """MM/DD/YYYY of a whole date; blank for a part of one."""
    match = re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)", iso or "")
    return f"{match[2]}/{match[3]}/{match[1]}" if match else ""


def _data(case):
    serious = {f"serious_{criterion}" for reaction in case["reactions"] for criterion in reaction["serious"]}
    number, unit = case.get("age", ("", ""))
    suspect = next((drug for drug in case["drugs"] if drug["role"] != "concomitant" and drug["doses"]), None)
    return {
        "VAERS_ID": case["id"], "RECVDATE": day(case["received"]), "SYMPTOM_TEXT": case["narrative"],
        "SEX": "U" if case["sex"] == "unknown" else case["sex"],
        "AGE_YRS": f"{round(float(number) * YEARS[unit], 4):g}" if number else "",
        "RECOVD": RECOVERED.get(case["reactions"][0]["outcome"], ""),
        "ONSET_DATE": day(case["reactions"][0].get("onset")),
        "VAX_DATE": day(suspect["doses"][0]["start"]) if suspect else "",
        "DATEDIED": day(case.get("death", {}).get("date")),
        **{flags[0].upper(): "Y" for criterion, flags in SERIOUS.items() if criterion in serious},
    }  # fmt: skip


def _vaccines(case):
    for drug in case["drugs"]:
        if drug["role"] != "concomitant":
            dose = drug["doses"][0] if drug["doses"] else {}
            yield {
                "VAERS_ID": case["id"],
                "VAX_TYPE": drug["substance"],
                "VAX_NAME": drug["drug"],
                "VAX_LOT": dose.get("lot", ""),
            }


def _symptoms(case):
    terms = {f"SYMPTOM{number}": reaction["term"] for number, reaction in enumerate(case["reactions"], start=1)}
    return {"VAERS_ID": case["id"]} | terms
