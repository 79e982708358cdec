"""What the tables of the five cases hold, whatever the format they came in."""

from tests.ingest.five_cases import SERIOUS

ROUTES = {"041": "intravenous drip", "042": "intravenous (not otherwise specified)", "048": "oral"}
AGES = {"a": (1, 0), "mo": (1 / 12, 0), "decade": (10, 9)}


def expected(cases):
    """table -> rows, each a dictionary of the cells that are not blank."""
    tables = {}
    for case in cases:
        for table, row in _rows(case):
            filled = {column: cell for column, cell in row.items() if cell}
            tables.setdefault(table, []).append({"case_id": case["id"]} | filled)
    return tables


def _rows(case):
    yield (
        "reports",
        {
            "sender_case_id": case["id"],
            "worldwide_case_id": case["id"],
            "version": case["version"],
            "report_type": case["type"],
            "received": case["received"],
            "latest_information": case["latest"],
            "reporter_qualification": case["qualification"],
            "country": case["country"],
            "literature": case.get("literature"),
            "narrative": case["narrative"],
            **{f"serious_{criterion}": "yes" for entry in case["reactions"] for criterion in entry["serious"]},
        },
    )
    yield (
        "cases",
        {
            "identity": "identified",
            "country": case["where"],
            "sex": case["sex"],
            "weight": case.get("weight"),
            "height": case.get("height"),
            "age_group": case.get("age_group"),
            **_age(*case.get("age", ("", ""))),
        },
    )
    for number, entry in enumerate(case["reactions"], start=1):
        yield (
            "reactions",
            {
                "reaction": str(number),
                "term": entry["term"],
                "occurred": "yes",
                "onset_date": entry.get("onset"),
                "end_date": entry.get("end"),
                "outcome": entry["outcome"],
                **_duration(entry),
                "role": "other",
                **{criterion: "yes" if criterion in entry["serious"] else "no_information" for criterion in SERIOUS},
            },
        )
    for number, entry in enumerate(case["drugs"], start=1):
        yield from _drug(entry, str(number))
    for number, entry in enumerate(case.get("history", ()), start=1):
        item = {"condition": "condition", "past_drug": "past drug"}[entry["kind"]]
        yield (
            "history",
            {
                "item": f"{item} {number}",
                "kind": entry["kind"],
                "term": entry["term"],
                "start_date": entry.get("start"),
                "end_date": entry.get("end"),
                "continuing": entry.get("continuing"),
                "reaction": entry.get("reaction"),
            },
        )
    for number, entry in enumerate(case.get("tests", ()), start=1):
        yield (
            "tests",
            {
                "result": str(number),
                "test": entry["test"],
                "time_date": entry["date"],
                "value": entry["value"],
                "unit_as_printed": entry["unit"],
                "reference_as_printed": "-".join(entry.get("reference", ())),
            },
        )
    if "death" in case:
        entry = case["death"]
        yield "deaths", {"time_date": entry["date"], "cause": entry["cause"], "autopsy": entry["autopsy"]}


def _age(number, unit):
    if not number:
        return {}
    times, more = AGES[unit]
    lower = round(float(number) * times, 4)
    return {"age_lower": f"{lower:g}", "age_upper": f"{lower + more:g}"}


def _duration(entry):
    number, scale = entry.get("duration", ("", ""))
    return {"duration": number, "duration_scale": scale}


def _drug(drug_entry, number):
    yield (
        "courses",
        {
            "course": number,
            "drug": drug_entry["drug"],
            "substance": drug_entry["substance"],
            "role": drug_entry["role"],
            "indication": drug_entry.get("indication"),
            "action_taken": drug_entry.get("action"),
            "start_date": drug_entry["doses"][0]["start"] if drug_entry["doses"] else "",
        },
    )
    for place, dosage in enumerate(drug_entry["doses"], start=1):
        yield (
            "doses",
            {
                "course": number,
                "dose": str(place),
                "time_date": dosage["start"],
                "end_date": dosage["end"],
                "amount": dosage.get("amount"),
                "unit": dosage.get("unit"),
                "interval": dosage.get("interval"),
                "interval_unit": dosage.get("interval_unit"),
                "lot": dosage.get("lot"),
                "form": dosage.get("form"),
                "dosage_text": dosage.get("text"),
                "route": ROUTES.get(dosage.get("route"), ""),
                **_duration(dosage),
            },
        )
    names = {"course": number, "drug": drug_entry["substance"]}
    for judged in drug_entry["judged"]:
        start, last = judged.get("start", ("", "")), judged.get("last", ("", ""))
        yield (
            "assessments",
            names
            | {
                "assessor": "report",
                "reaction": judged["reaction"],
                "rechallenge": judged.get("rechallenge"),
                "dechallenge": judged.get("dechallenge"),
                "start_to_onset": start[0],
                "start_to_onset_scale": start[1],
                "last_to_onset": last[0],
                "last_to_onset_scale": last[1],
            },
        )
    for reaction_number, assessor, method, result in drug_entry["assessed"]:
        yield (
            "assessments",
            names
            | {
                "assessor": assessor,
                "reaction": reaction_number,
                "method": method,
                "result": result,
            },
        )
