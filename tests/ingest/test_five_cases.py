"""The same five invented cases in every format: the same reported tables, as far as a format carries them."""

import re
from copy import deepcopy

import pytest

from schemas.codes import MISSING
from schemas.reported import TABLES
from scripts.ingest.e2b import from_e2b_r2, from_e2b_r3
from scripts.ingest.faers import from_faers_ascii
from scripts.ingest.jader import from_jader
from scripts.ingest.listing import from_eudravigilance_listing
from scripts.ingest.openfda import from_openfda
from scripts.ingest.vaers import from_vaers
from tests.ingest import write_faers, write_jader, write_listing, write_r2, write_r3, write_vaers
from tests.ingest.five_cases import CASES, one_dosage_per_drug
from tests.ingest.five_cases_expected import expected

SERIOUS = "death life_threatening hospitalisation disability congenital_anomaly other_important"
CASE_SERIOUS = " ".join(f"serious_{name}" for name in SERIOUS.split())
PERSON = "identity country sex age_lower age_upper age_group weight"
COURSE = "course drug substance role indication"
DOSAGE = "course dose time_date end_date amount unit lot form dosage_text route duration duration_scale"
INTERVALS = "start_to_onset start_to_onset_scale last_to_onset last_to_onset_scale"
DAY = r"\d{4}-\d\d-\d\d"
REPORT = "version received latest_information reporter_qualification country literature"

R2 = {
    "reports": f"sender_case_id worldwide_case_id report_type narrative {REPORT} {CASE_SERIOUS}",
    "cases": f"{PERSON} height",
    "reactions": "reaction term occurred role onset_date end_date duration duration_scale outcome",
    "courses": f"{COURSE} action_taken start_date",
    "doses": f"{DOSAGE} interval interval_unit",
    "assessments": f"course drug reaction assessor rechallenge {INTERVALS} method result",
    "history": "item kind term start_date end_date continuing reaction",
    "tests": "result test time_date value unit_as_printed reference_as_printed",
    "deaths": "time_date cause autopsy",
}
CARRIED = {
    "e2b_r3": R2
    | {
        "reports": "sender_case_id worldwide_case_id report_type received latest_information "
        "reporter_qualification country literature narrative",
        "reactions": f"{R2['reactions']} {SERIOUS}",
    },
    "e2b_r2": R2,
    "openfda": {
        "reports": R2["reports"],
        "cases": PERSON,
        "reactions": "reaction term occurred role outcome",
        "courses": R2["courses"],
        "doses": R2["doses"],
        "assessments": "course drug reaction assessor rechallenge dechallenge",
        "deaths": R2["deaths"],
    },
    "faers_ascii": {
        "reports": f"worldwide_case_id {REPORT} {CASE_SERIOUS}",
        "cases": PERSON,
        "reactions": "reaction term occurred role onset_date",
        "courses": f"{COURSE} start_date",
        "doses": f"{DOSAGE} interval interval_unit",
        "assessments": "course drug reaction assessor rechallenge dechallenge",
    },
    "faers_before_2012q4": {
        "reports": f"worldwide_case_id latest_information reporter_qualification country {CASE_SERIOUS}",
        "cases": "identity sex age_lower age_upper weight",
        "reactions": "reaction term occurred role onset_date",
        "courses": "course drug role indication start_date",
        "doses": "course dose time_date end_date lot dosage_text route duration duration_scale",
        "assessments": "course reaction assessor rechallenge dechallenge",
        "deaths": "time_date",
    },
    "eudravigilance_listing": {
        "reports": "sender_case_id report_type received literature",
        "cases": "identity sex age_group",
        "reactions": f"reaction term occurred role duration duration_scale outcome {SERIOUS}",
        "courses": f"{COURSE} action_taken",
        "doses": "course dose dosage_text route duration duration_scale",
    },
    "jader": {
        "reports": "sender_case_id version report_type reporter_qualification",
        "cases": "identity sex age_group",
        "reactions": "reaction term occurred role onset_date outcome",
        "courses": f"{COURSE} action_taken start_date",
        "doses": "course dose time_date end_date amount unit",
        "assessments": "course drug reaction assessor rechallenge",
        "history": "item kind term",
    },
    "vaers": {
        "reports": f"sender_case_id received narrative {CASE_SERIOUS.replace('serious_other_important', '')}",
        "cases": "identity sex age_lower",
        "reactions": "reaction term occurred role onset_date outcome",
        "courses": "course drug substance role start_date",
        "doses": "course dose time_date lot",
        "deaths": "time_date",
    },
}


def read_e2b_r3(folder):
    file = folder / "five.xml"
    file.write_bytes(write_r3.batch(*map(write_r3.message, CASES)))
    return from_e2b_r3.read(file), CASES


def read_e2b_r2(folder):
    file = folder / "five.xml"
    cases = one_dosage_per_drug()
    file.write_bytes(write_r2.xml(write_r2.trees(cases), '<!DOCTYPE ichicsr SYSTEM "ich-icsr-v2.1.dtd">'))
    return from_e2b_r2.read(file), cases


def read_openfda(folder):
    file = folder / "five.json"
    cases = one_dosage_per_drug()
    file.write_text(write_r2.page(write_r2.trees(cases, dechallenge=True)), encoding="utf-8")
    return from_openfda.read(file), cases


def read_faers_ascii(folder):
    return from_faers_ascii.read(write_faers.zipped(folder / "q.zip", write_faers.files(CASES))), CASES


def read_faers_before_2012q4(folder):
    texts = write_faers.files(CASES, "08Q1", write_faers.BEFORE_2012Q4)
    return from_faers_ascii.read(write_faers.folder(folder, texts)), CASES


def read_eudravigilance_listing(folder):
    file = folder / "five.csv"
    file.write_text(write_listing.listing(CASES), encoding="utf-8")
    return from_eudravigilance_listing.read(file), CASES


def read_jader(folder):
    cases = deepcopy(CASES)
    for case in cases:
        case["drugs"] = [drug_entry for drug_entry in case["drugs"] if drug_entry["role"] != "not_administered"]
        case["history"] = [entry for entry in case.get("history", ()) if entry["kind"] == "condition"]
    return from_jader.read(write_jader.folder(folder / "jader", write_jader.files(cases))), cases


def read_vaers(folder):
    """Vaccines alone, each given once: what VAERS says of them is their date."""
    cases = deepcopy(CASES)
    for case in cases:
        case["drugs"] = [drug_entry for drug_entry in case["drugs"] if drug_entry["role"] in ("suspect", "interacting")]
        case["history"] = []
        for drug_entry in case["drugs"]:
            drug_entry["doses"] = drug_entry["doses"][:1]
    return from_vaers.read(write_vaers.folder(folder / "vaers", write_vaers.files(cases))), cases


def carried(rows, columns, case_ids):
    """Rows reduced to the columns, without those that hold nothing but their key."""
    keys = {"reaction", "course", "dose", "assessor", "item", "result"}
    kept = []
    for row in rows:
        cells = {column: row[column] for column in columns.split() if row.get(column)}
        if {column for column in cells if column not in keys | {"drug", "start_date"}}:
            kept.append((case_ids[row["case_id"]], *sorted(cells.items())))
    return sorted(kept)


def cannot_say(form, table, row):
    """A row as the format has to say it: what it has no words for is blank, or `unknown` where coded."""
    row = dict(row)
    reasons = {column for column, cell in row.items() if cell in MISSING and column.endswith("_date")}
    if form != "e2b_r3":
        row |= dict.fromkeys(reasons, "")
        row |= {column: "" for column in SERIOUS.split() if row.get(column) == "no_information"}
    if form in ("e2b_r2", "openfda") and row.get("rechallenge") in ("outcome_unknown", "not_rechallenged"):
        row["rechallenge"] = "unknown"
    if form.startswith("faers") and row.get("rechallenge") == "outcome_unknown":
        row["rechallenge"] = "unknown"
    if form in ("openfda", "faers_ascii", "faers_before_2012q4") and table == "assessments":
        row = row if row["assessor"] == "report" else {"case_id": row["case_id"]}
        several = row["case_id"] == "US-INVENTED-5"
        names_the_reaction = row.get("rechallenge") == "recurred" and form != "faers_before_2012q4"
        if several and not names_the_reaction:
            row["reaction"] = ""  # a judgement of the drug alone, as the report has several reactions
    if form == "eudravigilance_listing":
        row |= {"literature": row.get("literature", "not_stated")} if table == "reports" else {}
        row |= {column: "not_stated" for column in ("sex", "age_group") if row.get(column, "unknown") == "unknown"}
        row |= {"action_taken": row.get("action_taken", "not_stated")} if table == "courses" else {}
        row = {"case_id": row["case_id"]} if row.get("dose", "1") != "1" else row
    if form == "jader" and table == "assessments":
        row = row if row["assessor"] == "report" else {"case_id": row["case_id"]}
        row["rechallenge"] = row.get("rechallenge", "").replace("outcome_unknown", "")
        row |= {"reaction": ""} if row["case_id"] == "US-INVENTED-5" else {}
        row = row if row["rechallenge"] else {"case_id": row["case_id"]}
    if form == "vaers":
        row |= {column: "" for column in row if column.endswith("_date") and not re.fullmatch(DAY, row[column])}
        row |= {"role": "suspect"} if table == "courses" else {}
        several = row["case_id"] == "US-INVENTED-5"
        row |= {"outcome": ""} if several or row.get("outcome") in ("fatal", "recovering") else {}
    if form == "e2b_r2" and table == "assessments" and row["case_id"] == "US-INVENTED-5":
        row["reaction"] = row["reaction"] if row.get("rechallenge") == "recurred" else ""
    return row


@pytest.mark.parametrize("form", CARRIED)
def test_same_cases_same_tables(form, tmp_path):
    reading, cases = globals()[f"read_{form}"](tmp_path)
    order = {case["id"]: place for place, case in enumerate(cases)}
    read_ids = dict(zip(reading.tables["reports"]["case_id"], order.values(), strict=True))
    wanted = expected(cases)
    for table, columns in CARRIED[form].items():
        got = reading.tables[table].to_dict("records") if table in reading.tables else []
        want = [cannot_say(form, table, row) for row in wanted[table]]
        assert carried(got, columns, read_ids) == carried(want, columns, order), table
    assert set(reading.tables) - {"sources", "provenance"} <= set(CARRIED[form])


@pytest.mark.parametrize("form", CARRIED)
def test_reported_tables_keep_their_contract(form, tmp_path):
    reading, _ = globals()[f"read_{form}"](tmp_path)
    for table_name, table in reading.tables.items():
        TABLES[table_name].validate(table.drop(columns=["at_file", "at_row"]), lazy=True)
        keys = [column for column in TABLES[table_name].metadata["key"] if column in table]
        assert not table.duplicated(keys).any(), table_name
        assert (table["at_row"] > 0).all() or table_name == "sources"


@pytest.mark.parametrize("form", CARRIED)
def test_names_and_birth_dates_stay_out(form, tmp_path, capfd):
    for case in CASES:
        case["birth"] = "1988-05-17"
    try:
        reading, _ = globals()[f"read_{form}"](tmp_path)
    finally:
        for case in CASES:
            del case["birth"]
    all_text = "".join(capfd.readouterr())
    for table in [*reading.tables.values(), reading.findings, reading.ledger]:
        all_text += table.to_csv()
    assert "XYZ" not in all_text
    assert "1988" not in all_text
