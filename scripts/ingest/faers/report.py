"""One FAERS report as rows of the reported tables.

| FAERS          | table                                                                               |
|----------------|-------------------------------------------------------------------------------------|
| DEMO           | `reports`, `cases`; `event_dt` is one date for the whole report                     |
| REAC           | `reactions`; `event_dt` is their onset, as an assumption where there are several    |
| OUTC           | seriousness of the case in `reports`; never copied to reactions                     |
| RPSR           | type of the report, where one of its sources is a study; all of them in words       |
| DRUG, INDI     | `courses`, one per drug                                                             |
| THER           | `doses`, one per row: several rows of one drug are a re-exposure, not a rechallenge |
| dechal, rechal | `assessments` by the assessor `report`, with the letters themselves in `reason`     |
"""

from functools import cache

from schemas.codes import back
from schemas.codes import rows as code_rows
from schemas.fields import is_number
from scripts.e2b import ages
from scripts.e2b.hl7_times import edtf
from scripts.e2b.translation import country, ours
from scripts.ingest import numbering
from scripts.ingest.faers.lines import Row
from scripts.ingest.reports import Report, in_order, place_of
from scripts.records.terms import once, plain

KILOGRAMS = {"LBS": 0.45359237, "LB": 0.45359237, "GMS": 0.001, "GM": 0.001}
DATABASE = "FDA (FAERS)"
"""Who gave the numbers `caseid` and `primaryid`."""
SERIOUS = back("seriousness", "faers")


def report(report: Report, demo: Row, rows: dict[str, list[Row]]) -> Report:
    """Fill in a report from its rows of the FAERS tables; each row brings its `at_file` and `at_row`."""
    reactions = _once(rows["REAC"])
    single = "1" if len(reactions) == 1 else ""
    _report(report, demo, rows["OUTC"], list(dict.fromkeys(row["rpsr_cod"] for row in rows["RPSR"] if row["rpsr_cod"])))
    _case(report, demo)
    _reactions(report, demo, reactions)
    drugs, shared = numbering.apart(report, rows["DRUG"], "drug_seq", "courses")
    known = {row["drug_seq"] for row in rows["DRUG"]} - {""}
    indications = numbering.pointing(report, rows["INDI"], "indi_drug_seq", known, shared, "indication")
    therapies = numbering.pointing(report, rows["THER"], "dsg_drug_seq", known, shared, "start_date")
    recurred = [str(place) for place, row in enumerate(reactions, start=1) if row["drug_rec_act"]]
    positive = [row for row in drugs if row["rechal"].upper() == "Y"]
    if recurred and not positive:
        words = "; ".join(row["drug_rec_act"] for row in reactions if row["drug_rec_act"])
        what = "a reaction is said to have recurred, and no drug of the report has RECHAL Y: no rechallenge is read from it"
        report.note("assessments", "rechallenge", words, what, "Look at the lines of REAC and DRUG.")
    for row in drugs:
        _course(report, row, indications.get(row["drug_seq"], []), therapies.get(row["drug_seq"], []))
        _challenges(report, row, single, recurred if positive == [row] else [])
    return report


def _ours(code_list: str, sent: str, missing: str = "") -> str:
    """Our code for a code of FAERS in letters of either size; one that no list knows as sent."""
    code = ours(code_list, "faers", sent.upper(), missing)
    return sent if code == sent.upper() else code


def _once(reactions: list[Row]) -> list[Row]:
    """A term sent twice is one reaction; what recurred is told of it if any of its rows tells it."""
    kept = once(reactions, lambda row: row["pt"])
    for row in kept:
        told = [reaction["drug_rec_act"] for reaction in reactions if plain(reaction["pt"]) == plain(row["pt"])]
        row["drug_rec_act"] = "; ".join(dict.fromkeys(filter(None, told)))
    return kept


def _report(report: Report, demo: Row, outcomes: list[Row], sources: list[str]) -> None:
    """DEMO, with OUTC and the kinds of the report's sources (RPSR), of which SDY is a study."""
    types = back("report_type", "faers")
    sent = {row["outc_cod"].upper() for row in outcomes} - {""}
    serious = {f"serious_{SERIOUS[code]}": "yes" for code in sorted(sent & SERIOUS.keys())}
    for code in sorted(sent - SERIOUS.keys()):
        report.note(
            "reports", "serious", code, "not an outcome code of FAERS: no criterion is read from it", "Look at OUTC."
        )
    others = [demo["primaryid"], *([demo["auth_num"]] if demo["mfr_num"] and demo["auth_num"] else [])]
    report.add(
        "reports",
        "DEMO",
        sender=DATABASE,
        sender_case_id=demo["caseid"],
        worldwide_case_id=demo["mfr_num"] or demo["auth_num"],
        version=demo["caseversion"],
        report_type=next((types[kind] for kind in sources if kind in types), ""),
        received=edtf(demo["init_fda_dt"]),
        latest_information=edtf(demo["fda_dt"]),
        reporter_qualification=_ours("qualification", demo["occp_cod"]),
        country=country(demo["reporter_country"]),
        other_ids="; ".join(others),
        other_id_sources=in_order([DATABASE, *("" for _ in others[1:])]),
        literature=demo["lit_ref"],
        event_date=edtf(demo["event_dt"]),
        narrative=f"Sources of the report (RPSR): {', '.join(sources)}" if sources else "",
        **serious,
        **place_of(demo),
    )
    if demo["death_dt"]:
        report.add("deaths", "DEMO.death_dt", time_date=edtf(demo["death_dt"]), **place_of(demo))


def _case(report: Report, demo: Row) -> None:
    report.add(
        "cases",
        "DEMO",
        identity="identified",
        country=country(demo["occr_country"]),
        sex=_ours("sex", demo["sex"], "faers_sex"),
        age_group=_ours("age_group", demo["age_grp"]),
        weight=_kilograms(report, demo["wt"], demo["wt_cod"].upper()),
        **ages.stated(demo["age"], demo["age_cod"].upper(), "faers"),
        **place_of(demo),
    )
    if demo["age"] and not report.rows["cases"][0].get("age_lower"):
        words = f"{demo['age']} {demo['age_cod']}".strip()
        report.note("cases", "age_lower", words, ages.why_unread(demo["age"]), "Kept in age_as_reported only.")


def _kilograms(report: Report, weight: str, unit: str) -> str:
    """Kilograms; pounds and grams are converted, and anything else is kept in its own words only."""
    if unit == "KG" or not weight:
        return weight
    report.sent("cases", "", "weight", "DEMO.wt", f"{weight} {unit}".strip())
    return f"{float(weight) * KILOGRAMS[unit]:.4g}" if unit in KILOGRAMS and is_number(weight) else ""


def _reactions(report: Report, demo: Row, reactions: list[Row]) -> None:
    for place, row in enumerate(reactions, start=1):
        report.add(
            "reactions",
            "REAC",
            reaction=str(place),
            term=row["pt"],
            occurred="yes",
            onset_date=edtf(demo["event_dt"]),
            **place_of(row),
        )
        if row["drug_rec_act"]:
            report.sent("reactions", str(place), "occurred", "REAC.drug_rec_act", row["drug_rec_act"])
        if demo["event_dt"] and len(reactions) > 1:
            note = "event_dt is one date for the whole report"
            report.assumed("reactions", str(place), "onset", "DEMO.event_dt", note)


def _course(report: Report, drug: Row, indications: list[Row], therapies: list[Row]) -> None:
    starts = sorted(filter(None, (edtf(row["start_dt"]) for row in therapies)))
    report.add(
        "courses",
        "DRUG",
        course=drug["drug_seq"],
        drug=drug["drugname"],
        substance=_substances(drug),
        authorisation=drug["nda_num"],
        role=_ours("drug_role", drug["role_cod"]),
        indication="; ".join(row["indi_pt"] for row in indications),
        start_date=next(iter(starts), ""),
        cumulative_dose=drug["cum_dose_chr"],
        cumulative_unit=_ours("dose_unit", drug["cum_dose_unit"]),
        **place_of(drug),
    )
    dosage = {
        "amount": drug["dose_amt"],
        "unit": _ours("dose_unit", drug["dose_unit"]),
        "form": drug["dose_form"],
        **_often(drug["dose_freq"]),
        "route": drug["route"],
        "lot": drug["lot_num"],
        "dosage_text": drug["dose_vbm"],
    }
    for place, row in enumerate(therapies, start=1):
        report.add(
            "doses",
            "THER",
            course=drug["drug_seq"],
            dose=str(place),
            **dosage,
            **place_of(row),
            time_date=edtf(row["start_dt"]),
            end_date=edtf(row["end_dt"]),
            duration=row["dur"],
            duration_scale=_ours("scale", row["dur_cod"]),
        )
    if not therapies and any(dosage.values()):
        report.add("doses", "DRUG", course=drug["drug_seq"], dose="1", **dosage, **place_of(drug))


def _often(sent: str) -> dict[str, str]:
    """How many doses in which interval a code of FAERS says; one that no list knows, or that is no interval (HS), as sent."""
    return _frequencies().get(sent.upper()) or {"interval_unit": sent}


@cache
def _frequencies() -> dict[str, dict[str, str]]:
    told = ("per_interval", "interval", "interval_unit")
    return {row["code"]: {column: row[column] for column in told} for row in code_rows("dose_frequency")}


def _substances(drug: Row) -> str:
    """Active ingredients, which FAERS separates by backslashes."""
    return "; ".join(filter(None, (part.strip() for part in drug["prod_ai"].split("\\"))))


def _challenges(report: Report, drug: Row, single: str, recurred: list[str]) -> None:
    """dechal and rechal are the drug's; a reaction is named where there is one, or FAERS says which."""
    letters = {column: drug[column] for column in ("dechal", "rechal") if drug[column]}
    if not letters:
        return
    names = {
        "assessor": "report",
        "course": drug["drug_seq"],
        "drug": _substances(drug) or drug["drugname"],
        "reason": "; ".join(f"{column}={letter}" for column, letter in letters.items()),
        **place_of(drug),
    }
    rechallenge = {"rechallenge": _ours("rechallenge", drug["rechal"], "faers_challenge")}
    dechallenge = {"dechallenge": _ours("dechallenge", drug["dechal"], "faers_challenge")}
    if single or not recurred:
        report.add("assessments", "DRUG", reaction=single, **names, **dechallenge, **rechallenge)
        return
    if drug["dechal"]:
        report.add("assessments", "DRUG", **names, **dechallenge)
    for reaction in recurred:
        report.add("assessments", "REAC.drug_rec_act", reaction=reaction, **names, **rechallenge)
