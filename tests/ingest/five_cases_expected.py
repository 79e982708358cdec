"""What the tables of the five cases hold, whatever the format they came in."""

from tests.ingest.five_cases import SERIOUS

ROUTES = {"041": "intravenous drip", "042": "intravenous (not otherwise specified)", "048": "oral"}
AGES = {"a": (1, 0), "mo": (1 / 12, 0), "decade": (10, 9)}


def expected(cases):
    """table -> rows, each a dictionary of the cells that are not blank."""
    tables = {}
    for case in cases:
        for table, row in _rows(case):
            filled = {name: cell for name, cell in row.items() if cell}
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
            **{f"serious_{name}": "yes" for one in case["reactions"] for name in one["serious"]},
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
    for number, one in enumerate(case["reactions"], start=1):
        yield (
            "reactions",
            {
                "reaction": str(number),
                "term": one["term"],
                "occurred": "yes",
                "onset_date": one.get("onset"),
                "end_date": one.get("end"),
                "outcome": one["outcome"],
                **_duration(one),
                "role": "other",
                **{name: "yes" if name in one["serious"] else "no_information" for name in SERIOUS},
            },
        )
    for number, one in enumerate(case["drugs"], start=1):
        yield from _drug(one, str(number))
    for number, one in enumerate(case.get("history", ()), start=1):
        item = {"condition": "condition", "past_drug": "past drug"}[one["kind"]]
        yield (
            "history",
            {
                "item": f"{item} {number}",
                "kind": one["kind"],
                "term": one["term"],
                "start_date": one.get("start"),
                "end_date": one.get("end"),
                "continuing": one.get("continuing"),
                "reaction": one.get("reaction"),
            },
        )
    for number, one in enumerate(case.get("tests", ()), start=1):
        yield (
            "tests",
            {
                "result": str(number),
                "test": one["test"],
                "time_date": one["date"],
                "value": one["value"],
                "unit_as_printed": one["unit"],
                "reference_as_printed": "-".join(one.get("reference", ())),
            },
        )
    if "death" in case:
        one = case["death"]
        yield "deaths", {"time_date": one["date"], "cause": one["cause"], "autopsy": one["autopsy"]}


def _age(number, unit):
    if not number:
        return {}
    times, more = AGES[unit]
    lower = round(float(number) * times, 4)
    return {"age_lower": f"{lower:g}", "age_upper": f"{lower + more:g}"}


def _duration(one):
    number, scale = one.get("duration", ("", ""))
    return {"duration": number, "duration_scale": scale}


def _drug(one, number):
    yield (
        "courses",
        {
            "course": number,
            "drug": one["drug"],
            "substance": one["substance"],
            "role": one["role"],
            "indication": one.get("indication"),
            "action_taken": one.get("action"),
            "start_date": one["doses"][0]["start"] if one["doses"] else "",
        },
    )
    for place, dosage in enumerate(one["doses"], start=1):
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
    names = {"course": number, "drug": one["substance"]}
    for judged in one["judged"]:
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
    for reaction_number, assessor, method, result in one["assessed"]:
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
