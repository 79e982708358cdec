"""Writes the invented cases in the names of E2B(R2): as XML, and as JSON for what openFDA carries."""

import json
from xml.sax.saxutils import escape

from schemas.codes import crosswalk

UNITS = {"a": "801", "mo": "802", "wk": "803", "d": "804", "h": "805", "decade": "800"}
OPENFDA_LACKS = ("reactionstartdate", "reactionenddate", "reactionduration", "test", "medicalhistoryepisode",
                 "patientpastdrugtherapy", "drugstartperiod", "druglastperiod", "drugreactionrelatedness",
                 "patientheight")  # fmt: skip


def trees(cases, dechallenge=False):
    """The cases as nested dictionaries of R2's element names; `dechallenge` as FAERS publishes it."""
    return [_report(case, dechallenge) for case in cases]


def xml(reports, doctype=""):
    """A message of the reports given, as trees."""
    body = "".join(_xml("safetyreport", tree) for tree in reports)
    return f'<?xml version="1.0" encoding="UTF-8"?>{doctype}<ichicsr lang="en">{body}</ichicsr>'.encode()


def page(reports):
    """A page of openFDA's API."""
    return json.dumps({"meta": {"results": {"total": len(reports)}}, "results": [_lacking(tree) for tree in reports]})


def _xml(tag, value):
    if isinstance(value, list):
        return "".join(_xml(tag, part) for part in value)
    inside = "".join(_xml(*item) for item in value.items()) if isinstance(value, dict) else escape(value)
    return f"<{tag}>{inside}</{tag}>" if inside else ""


def _lacking(value):
    if isinstance(value, list):
        return [_lacking(part) for part in value]
    if not isinstance(value, dict):
        return value
    return {tag: _lacking(part) for tag, part in value.items() if not tag.startswith(OPENFDA_LACKS)}


def _code(codelist, code):
    return crosswalk(codelist, "e2b_r2").get(code, "")


def date(element, day):
    """A date and its format; reasons for missing cannot be said."""
    digits = day.replace("-", "")
    if not digits.isdigit():
        return {}
    return {f"{element}format": {8: "102", 6: "610", 4: "602"}[len(digits)], element: digits}


def _amount(element, unit_name, pair):
    return {element: pair[0], unit_name: UNITS[pair[1]]} if pair else {}


def _report(case, dechallenge):
    serious = {criterion for reaction in case["reactions"] for criterion in reaction["serious"]}
    return {
        "safetyreportversion": case["version"], "safetyreportid": case["id"],
        "primarysourcecountry": case["country"], "occurcountry": case["where"],
        "reporttype": _code("report_type", case["type"]), "serious": "1",
        **{element: "1" for criterion, element in crosswalk("seriousness", "e2b_r2").items() if criterion in serious},
        **date("receivedate", case["received"]), **date("receiptdate", case["latest"]),
        "companynumb": case["id"], **({"casenullification": "1"} if case.get("nullified") else {}),
        "primarysource": {"reportercountry": case["country"],
                          "literaturereference": case.get("literature", ""),
                          "qualification": _code("qualification", case["qualification"])},
        "patient": _patient(case, dechallenge),
    }  # fmt: skip


def _patient(case, dechallenge):
    history = case.get("history", ())
    return {
        "patientinitial": "XYZ", **(date("patientbirthdate", case["birth"]) if case.get("birth") else {}),
        **_amount("patientonsetage", "patientonsetageunit", case.get("age")),
        "patientagegroup": _code("age_group", case.get("age_group")),
        "patientweight": case.get("weight", ""), "patientheight": case.get("height", ""),
        "patientsex": "0" if case["sex"] == "unknown" else _code("sex", case["sex"]),
        "medicalhistoryepisode": [
            {"patientepisodename": entry["term"], **date("patientmedicalstartdate", entry.get("start", "")),
             "patientmedicalcontinue": _code("yes_no", entry.get("continuing"))}
            for entry in history if entry["kind"] == "condition"
        ],
        "patientpastdrugtherapy": [
            {"patientdrugname": entry["term"], **date("patientdrugstartdate", entry["start"]),
             **date("patientdrugenddate", entry["end"]), "patientdrugreaction": entry["reaction"]}
            for entry in history if entry["kind"] == "past_drug"
        ],
        **({"patientdeath": {
            **date("patientdeathdate", case["death"]["date"]),
            "patientautopsyyesno": _code("yes_no", case["death"]["autopsy"]),
            "patientdeathcause": {"patientdeathreport": case["death"]["cause"]},
        }} if "death" in case else {}),
        "reaction": [
            {"primarysourcereaction": reaction["term"], **date("reactionstartdate", reaction.get("onset", "")),
             **date("reactionenddate", reaction.get("end", "")),
             **_amount("reactionduration", "reactiondurationunit", reaction.get("duration")),
             "reactionoutcome": _code("outcome", reaction["outcome"])}
            for reaction in case["reactions"]
        ],
        "test": [
            {**date("testdate", test["date"]), "testname": test["test"], "testresult": test["value"],
             "testunit": test["unit"], "lowtestrange": test.get("reference", ("", ""))[0],
             "hightestrange": test.get("reference", ("", ""))[1]}
            for test in case.get("tests", ())
        ],
        "drug": [_drug(case, drug, dechallenge) for drug in case["drugs"]],
        "summary": {"narrativeincludeclinical": case["narrative"]},
    }  # fmt: skip


def _drug(case, drug, dechallenge):
    dosage = drug["doses"][0] if drug["doses"] else {"start": "", "end": ""}
    judged = drug["judged"][0] if drug["judged"] else {}
    again = crosswalk("rechallenge", "e2b_r2").get(judged.get("rechallenge"), "3")
    dechallenge_code = crosswalk("dechallenge", "openfda").get(judged.get("dechallenge"), "") if dechallenge else ""
    several = len(case["reactions"]) > 1
    return {
        "drugcharacterization": _code("drug_role", drug["role"]), "medicinalproduct": drug["drug"],
        "drugbatchnumb": dosage.get("lot", ""), "drugstructuredosagenumb": dosage.get("amount", ""),
        "drugstructuredosageunit": _code("dose_unit", dosage.get("unit")),
        "drugintervaldosageunitnumb": dosage.get("interval", ""),
        "drugintervaldosagedefinition": _code("interval_unit", dosage.get("interval_unit")),
        "drugdosagetext": dosage.get("text", ""), "drugdosageform": dosage.get("form", ""),
        "drugadministrationroute": dosage.get("route", ""), "drugindication": drug.get("indication", ""),
        **date("drugstartdate", dosage["start"]), **date("drugenddate", dosage["end"]),
        **_amount("drugstartperiod", "drugstartperiodunit", judged.get("start")),
        **_amount("druglastperiod", "druglastperiodunit", judged.get("last")),
        **_amount("drugtreatmentduration", "drugtreatmentdurationunit", dosage.get("duration")),
        "actiondrug": _code("action_taken", drug.get("action")),
        "drugrecurreadministration": again if judged.get("rechallenge") else "", "drugadditional": dechallenge_code,
        "activesubstance": {"activesubstancename": drug["substance"]},
        "drugrecurrence": [{"drugrecuraction": case["reactions"][int(judged["reaction"]) - 1]["term"]}]
        if judged and several and again == "1" else [],
        "drugreactionrelatedness": [
            {"drugreactionasses": case["reactions"][int(number) - 1]["term"],
             "drugassessmentsource": assessor, "drugassessmentmethod": method, "drugresult": result}
            for number, assessor, method, result in drug["assessed"]
        ],
    }  # fmt: skip
