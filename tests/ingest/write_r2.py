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
    body = "".join(_xml("safetyreport", one) for one in reports)
    return f'<?xml version="1.0" encoding="UTF-8"?>{doctype}<ichicsr lang="en">{body}</ichicsr>'.encode()


def page(reports):
    """A page of openFDA's API."""
    return json.dumps({"meta": {"results": {"total": len(reports)}}, "results": [_lacking(one) for one in reports]})


def _xml(name, value):
    if isinstance(value, list):
        return "".join(_xml(name, one) for one in value)
    inside = "".join(_xml(*item) for item in value.items()) if isinstance(value, dict) else escape(value)
    return f"<{name}>{inside}</{name}>" if inside else ""


def _lacking(value):
    if isinstance(value, list):
        return [_lacking(one) for one in value]
    if not isinstance(value, dict):
        return value
    return {name: _lacking(one) for name, one in value.items() if not name.startswith(OPENFDA_LACKS)}


def _code(codelist, code):
    return crosswalk(codelist, "e2b_r2").get(code, "")


def date(name, day):
    """A date and its format; reasons for missing cannot be said."""
    digits = day.replace("-", "")
    if not digits.isdigit():
        return {}
    return {f"{name}format": {8: "102", 6: "610", 4: "602"}[len(digits)], name: digits}


def _amount(name, unit_name, pair):
    return {name: pair[0], unit_name: UNITS[pair[1]]} if pair else {}


def _report(case, dechallenge):
    serious = {name for one in case["reactions"] for name in one["serious"]}
    return {
        "safetyreportversion": case["version"], "safetyreportid": case["id"],
        "primarysourcecountry": case["country"], "occurcountry": case["where"],
        "reporttype": _code("report_type", case["type"]), "serious": "1",
        **{element: "1" for name, element in crosswalk("seriousness", "e2b_r2").items() if name in serious},
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
            {"patientepisodename": one["term"], **date("patientmedicalstartdate", one.get("start", "")),
             "patientmedicalcontinue": _code("yes_no", one.get("continuing"))}
            for one in history if one["kind"] == "condition"
        ],
        "patientpastdrugtherapy": [
            {"patientdrugname": one["term"], **date("patientdrugstartdate", one["start"]),
             **date("patientdrugenddate", one["end"]), "patientdrugreaction": one["reaction"]}
            for one in history if one["kind"] == "past_drug"
        ],
        **({"patientdeath": {
            **date("patientdeathdate", case["death"]["date"]),
            "patientautopsyyesno": _code("yes_no", case["death"]["autopsy"]),
            "patientdeathcause": {"patientdeathreport": case["death"]["cause"]},
        }} if "death" in case else {}),
        "reaction": [
            {"primarysourcereaction": one["term"], **date("reactionstartdate", one.get("onset", "")),
             **date("reactionenddate", one.get("end", "")),
             **_amount("reactionduration", "reactiondurationunit", one.get("duration")),
             "reactionoutcome": _code("outcome", one["outcome"])}
            for one in case["reactions"]
        ],
        "test": [
            {**date("testdate", one["date"]), "testname": one["test"], "testresult": one["value"],
             "testunit": one["unit"], "lowtestrange": one.get("reference", ("", ""))[0],
             "hightestrange": one.get("reference", ("", ""))[1]}
            for one in case.get("tests", ())
        ],
        "drug": [_drug(case, one, dechallenge) for one in case["drugs"]],
        "summary": {"narrativeincludeclinical": case["narrative"]},
    }  # fmt: skip


def _drug(case, one, dechallenge):
    dosage = one["doses"][0] if one["doses"] else {"start": "", "end": ""}
    judged = one["judged"][0] if one["judged"] else {}
    again = crosswalk("rechallenge", "e2b_r2").get(judged.get("rechallenge"), "3")
    said = crosswalk("dechallenge", "openfda").get(judged.get("dechallenge"), "") if dechallenge else ""
    several = len(case["reactions"]) > 1
    return {
        "drugcharacterization": _code("drug_role", one["role"]), "medicinalproduct": one["drug"],
        "drugbatchnumb": dosage.get("lot", ""), "drugstructuredosagenumb": dosage.get("amount", ""),
        "drugstructuredosageunit": _code("dose_unit", dosage.get("unit")),
        "drugintervaldosageunitnumb": dosage.get("interval", ""),
        "drugintervaldosagedefinition": _code("interval_unit", dosage.get("interval_unit")),
        "drugdosagetext": dosage.get("text", ""), "drugdosageform": dosage.get("form", ""),
        "drugadministrationroute": dosage.get("route", ""), "drugindication": one.get("indication", ""),
        **date("drugstartdate", dosage["start"]), **date("drugenddate", dosage["end"]),
        **_amount("drugstartperiod", "drugstartperiodunit", judged.get("start")),
        **_amount("druglastperiod", "druglastperiodunit", judged.get("last")),
        **_amount("drugtreatmentduration", "drugtreatmentdurationunit", dosage.get("duration")),
        "actiondrug": _code("action_taken", one.get("action")),
        "drugrecurreadministration": again if judged.get("rechallenge") else "", "drugadditional": said,
        "activesubstance": {"activesubstancename": one["substance"]},
        "drugrecurrence": [{"drugrecuraction": case["reactions"][int(judged["reaction"]) - 1]["term"]}]
        if judged and several and again == "1" else [],
        "drugreactionrelatedness": [
            {"drugreactionasses": case["reactions"][int(number) - 1]["term"],
             "drugassessmentsource": assessor, "drugassessmentmethod": method, "drugresult": result}
            for number, assessor, method, result in one["assessed"]
        ],
    }  # fmt: skip
