"""VAERS: VAERSDATA, VAERSVAX and VAERSSYMPTOMS as CSV, in a folder or zip; several years stand side by side.

A case is its VAERS_ID; files of 2025 and later tell of it several times, with a line for each follow-up, numbered by ORDER, of which the
highest counts. VAERS has no roles, so every vaccine of a report counts as suspect; no dechallenge and no rechallenge.
Columns are those of the VAERS data use guide; no file of the publisher's was at hand.
"""

import re
from functools import partial
from pathlib import Path

from schemas.fields import is_number
from scripts.e2b.translation import ours
from scripts.ingest import Reading, csv_extract
from scripts.ingest.csv_extract import read_extract
from scripts.ingest.csv_layout import Layout, Row
from scripts.ingest.extract_files import Member
from scripts.ingest.options import OfReports
from scripts.ingest.reports import Report, place_of
from scripts.ingest.vaers.days import day, onset, vaccinated
from scripts.ingest.vaers.free_text import beside, nothing_told
from scripts.records.terms import once

FORMAT = "VAERS: VAERSDATA, VAERSVAX and VAERSSYMPTOMS as CSV, in a folder or zip"
Options = OfReports

NAME = re.compile(r"(.*?)VAERS(DATA|VAX|SYMPTOMS)\.csv", re.IGNORECASE)
SYMPTOMS = range(1, 6)
DATA = (
    "VAERS_ID RECVDATE AGE_YRS CAGE_YR CAGE_MO SEX SYMPTOM_TEXT DIED DATEDIED L_THREAT HOSPITAL HOSPDAYS X_STAY DISABLE "
    "RECOVD VAX_DATE ONSET_DATE NUMDAYS LAB_DATA OTHER_MEDS CUR_ILL HISTORY PRIOR_VAX SPLTTYPE BIRTH_DEFECT ALLERGIES"
)
VAX = "VAERS_ID VAX_TYPE VAX_MANU VAX_LOT VAX_DOSE_SERIES VAX_ROUTE VAX_SITE VAX_NAME"
TERMS = "VAERS_ID " + " ".join(f"SYMPTOM{number} SYMPTOMVERSION{number}" for number in SYMPTOMS)


OF_FOLLOW_UPS = {"version": "ORDER"}
"""In every table of 2025 and later; in none before."""


def _columns(headings: str) -> dict[str, str]:
    ours = {"case_id" if heading == "VAERS_ID" else heading.lower(): heading for heading in headings.split()}
    return ours | OF_FOLLOW_UPS


COLUMNS = {"DATA": _columns(DATA), "VAX": _columns(VAX), "SYMPTOMS": _columns(TERMS)}
SERIOUS = {
    "serious_death": ("died",),
    "serious_life_threatening": ("l_threat",),
    "serious_hospitalisation": ("hospital", "x_stay"),
    "serious_disability": ("disable",),
    "serious_congenital_anomaly": ("birth_defect",),
}
"""Criteria and the flags that tell them; a flag is Y, or blank where the box was not ticked."""
TICKED = "Y"
WHOLE_REPORT = "VAERS says it of the whole report"


def read(path: Path, **options: object) -> Reading:
    """Read the selected reports of one or more years."""
    return read_extract(path, LAYOUT, options)


def _kind(file_name: str) -> tuple[str, str] | None:
    """Table and year (2021, NonDomestic) in a file's name."""
    match = NAME.fullmatch(file_name)
    return (match[2].upper(), match[1]) if match else None


def _report(report: Report, data: Row, rows: dict[str, list[Row]]) -> None:
    """Fill in a report from its rows of the three tables."""
    place, ticked = place_of(data), _ticked(report, data)
    stay = f"Days in hospital (HOSPDAYS): {data['hospdays']}" if data["hospdays"] else ""
    report.add(
        "reports",
        "VAERSDATA",
        sender="VAERS",
        sender_case_id=data["case_id"],
        version=data["version"],
        received=day(data["recvdate"]),
        other_ids=data["splttype"],
        event_date=day(data["onset_date"]),
        narrative="\n\n".join(filter(None, (data["symptom_text"], stay, *nothing_told(data)))),
        **{column: "yes" for column, flags in SERIOUS.items() if ticked & {*flags}},
        **place,
    )
    report.add(
        "cases",
        "VAERSDATA",
        identity="identified",
        sex=ours("sex", "vaers", data["sex"], "vaers"),
        **_age(data),
        **place,
    )
    if "died" in ticked or data["datedied"]:
        report.add("deaths", "VAERSDATA.DATEDIED", time_date=day(data["datedied"]), **place)
    _reactions(report, data, rows["SYMPTOMS"])
    for number, row in enumerate(rows["VAX"], start=1):
        _vaccine(report, data, row, str(number))
    beside(report, data, len(rows["VAX"]) + 1)


def _ticked(report: Report, data: Row) -> set[str]:
    """The flags that are set; a finding on one that is neither set nor blank."""
    flags = [flag for flag_group in SERIOUS.values() for flag in flag_group]
    for flag in flags:
        if data[flag] not in ("", TICKED):
            cure = "Look at the line: Y is yes; a blank is nothing said."
            report.note("reports", "serious", data[flag], f"{flag.upper()} is neither Y nor blank, and not read", cure)
    ticked = {flag for flag in flags if data[flag] == TICKED}
    stayed = is_number(data["hospdays"]) and float(data["hospdays"]) > 0
    if stayed and ticked.isdisjoint(SERIOUS["serious_hospitalisation"]):
        what = "days in hospital beside a blank HOSPITAL: read as hospitalisation"
        report.note("reports", "serious_hospitalisation", data["hospdays"], what, "Look at the line.")
        ticked.add("hospital")
    return ticked


def _age(data: Row) -> dict[str, str]:
    """Years at vaccination as reported; else as VAERS calculated them from the birth date, months of infants added."""
    years, note = data["age_yrs"], f"{data['age_yrs']} years at vaccination"
    if not is_number(years):
        parts = [data["cage_yr"], data["cage_mo"]]
        if not any(map(is_number, parts)):
            return {"age_as_reported": years} if years else {}
        years = f"{sum(float(part) for part in parts if is_number(part)):g}"
        note = f"{years} years at vaccination, calculated by VAERS"
    return {"age_lower": years, "age_upper": years, "age_as_reported": note}


def _reactions(report: Report, data: Row, rows: list[Row]) -> None:
    """One reaction per term; onset and recovery are those of the report."""
    sent = [
        (row, row[f"symptom{number}"], row[f"symptomversion{number}"])
        for row in rows
        for number in SYMPTOMS
        if row[f"symptom{number}"]
    ]
    terms = once(sent, lambda each: each[1])
    outcome = ours("outcome", "vaers", data["recovd"], "vaers")
    onset_cells = onset(report, data)
    for number, (row, term, version) in enumerate(terms, start=1):
        report.add(
            "reactions",
            "VAERSSYMPTOMS",
            reaction=str(number),
            term=term,
            term_version=version,
            occurred="yes",
            **onset_cells,
            outcome=outcome if len(terms) == 1 else "",
            **place_of(row),
        )
        if any(onset_cells.values()) and len(terms) > 1:
            report.assumed("reactions", str(number), "onset", "VAERSDATA.ONSET_DATE", WHOLE_REPORT)
        if data["recovd"] and len(terms) > 1:
            report.sent(
                "reactions", str(number), "outcome", "VAERSDATA.RECOVD", f"RECOVD={data['recovd']}, of the whole report"
            )


def _vaccine(report: Report, data: Row, row: Row, course: str) -> None:
    series = row["vax_dose_series"]
    report.add(
        "courses",
        "VAERSVAX",
        course=course,
        drug=row["vax_name"],
        substance=row["vax_type"],
        role="suspect",
        ordinal=series if series.isdigit() and series != "0" else "",
        start_date=vaccinated(data),
        additional_information=f"manufacturer: {row['vax_manu']}" if row["vax_manu"] else "",
        **place_of(row),
    )
    if vaccinated(data) and not data["vax_date"]:
        report.derived("courses", course, "start", "VAERSDATA.NUMDAYS", "ONSET_DATE less NUMDAYS")
        report.derived("doses", f"{course};1", "time", "VAERSDATA.NUMDAYS", "ONSET_DATE less NUMDAYS")
    report.derived("courses", course, "role", "VAERSVAX", "VAERS has no roles; every vaccine of a report is suspected")
    site = f"site {row['vax_site']}" if row["vax_site"] else ""
    report.add(
        "doses",
        "VAERSVAX",
        course=course,
        dose="1",
        time_date=vaccinated(data),
        lot=row["vax_lot"],
        route=row["vax_route"],
        dosage_text="; ".join(filter(None, (f"dose {series} of the series" if series else "", site))),
        **place_of(row),
    )


LAYOUT = Layout(
    name="VAERS",
    columns=COLUMNS,
    kind=_kind,
    encoding="cp1252",
    key=("case_id", "version"),
    optional=frozenset(OF_FOLLOW_UPS),
    latest="coalesce(strftime(try_strptime(trim(recvdate), '%m/%d/%Y'), '%Y%m%d'), '')",
    drugs=("VAX", ("vax_name", "vax_type"), ""),
    events=("SYMPTOMS", tuple(f"symptom{number}" for number in SYMPTOMS)),
    fill=_report,
    numbers=("splttype",),
)


def members(path: Path) -> list[Member]:
    """The files of every extract, for a store."""
    return csv_extract.members(path, LAYOUT)


convert = partial(csv_extract.convert, layout=LAYOUT)
note_keys = partial(csv_extract.note_keys, layout=LAYOUT)
MUST = csv_extract.must(LAYOUT)
