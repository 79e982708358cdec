"""Reactions, history, tests and drugs of the invented cases as parts of an E2B(R3) message."""

from tests.ingest.r3_elements import (
    DRUG,
    EVENT,
    KIND,
    OBS,
    PLACE,
    ROUTES,
    ce,
    code,
    interval,
    meddra,
    observation,
    organizer,
    r3_code,
    stamp,
    uuid,
    x,
)

SERIOUS = {
    "death": 34,
    "life_threatening": 21,
    "hospitalisation": 33,
    "disability": 35,
    "congenital_anomaly": 12,
    "other_important": 26,
}
TRUE = x("value", xsi_type="BL", value="true")
NO_INFORMATION = x("value", xsi_type="BL", nullFlavor="NI")


def histories(case):
    """D.7.1 and D.8, each in its group."""
    for kind, number, write in (("condition", 1, _condition), ("past_drug", 2, _past_drug)):
        group = [entry for entry in case.get("history", ()) if entry["kind"] == kind]
        if group:
            yield organizer(number, map(write, group))


def _condition(entry):
    going_on = x("inboundRelationship", observation(13, TRUE), typeCode="REFR") if entry.get("continuing") else ""
    condition = meddra("code", entry["term"], code="00000000")
    return x("observation", condition, interval(entry.get("start", ""), entry.get("end", "")), going_on, **OBS)


def _past_drug(entry):
    effect = observation(29, meddra("value", entry["reaction"], xsi_type="CE"))
    product = x("kindOfProduct", x("name", entry["term"]), **KIND)
    return x(
        "substanceAdministration",
        interval(entry.get("start", ""), entry.get("end", "")),
        x("consumable", x("instanceOfKind", product, classCode="INST"), typeCode="CSM"),
        x("outboundRelationship2", effect, typeCode="CAUS"),
        **DRUG,
    )


def reaction(case, row, place):
    """E.i; `shape` in the case replaces the effectiveTime."""
    flags = [_pertains(number, TRUE if flag in row["serious"] else NO_INFORMATION) for flag, number in SERIOUS.items()]
    country = x("locatedPlace", x("code", code=case["where"], codeSystem="1.0.3166.1.2.2"), **PLACE)
    times = interval(row.get("onset", ""), row.get("end", ""), row.get("duration", ("", "")))
    return x(
        "observation",
        x("id", root=uuid(1, place)),
        code(29, 19),
        row.get("shape") or times,
        meddra("value", row["term"], xsi_type="CE"),
        x("location", x("locatedEntity", country, classCode="LOCE"), typeCode="LOC"),
        *flags,
        _pertains(27, ce(r3_code("outcome", row["outcome"]), 11)),
        **OBS,
    )


def _pertains(number, value, *inside):
    return x("outboundRelationship2", observation(number, value, *inside), typeCode="PERT")


def result(test):
    """F.r with `<5` and the like as an interval with an open end."""
    sign = test["value"].rstrip("0123456789.")
    number, unit = test["value"][len(sign) :], test["unit"]
    end = {"value": number, "unit": unit, "inclusive": str("=" in sign).lower()}
    shapes = {
        "": x("center", value=number, unit=unit),
        "<": x("low", nullFlavor="NINF") + x("high", **end),
        ">": x("low", **end) + x("high", nullFlavor="PINF"),
    }
    ranges = [_range(mark, bound, unit) for mark, bound in zip("LH", test.get("reference", ()), strict=False)]
    return x(
        "observation",
        meddra("code", test["test"], code="00000000"),
        x("effectiveTime", value=stamp(test["date"])),
        x("value", shapes[sign[:1]], xsi_type="IVL_PQ"),
        *ranges,
        **OBS,
    )


def _range(mark, bound, unit):
    value = x("value", xsi_type="PQ", value=bound, unit=unit)
    letter = x("interpretationCode", code=mark, codeSystem="2.16.840.1.113883.5.83")
    band = x("observationRange", value, letter, classCode="OBS", moodCode="EVN.CRT")
    return x("referenceRange", band, typeCode="REFV")


def drug(drug_entry, place, extra):
    """G.k; `extra` is text put among its observations."""
    substance = x("ingredientSubstance", x("name", drug_entry["substance"]), **KIND)
    product = x("kindOfProduct", x("name", drug_entry["drug"]), x("ingredient", substance, classCode="ACTI"), **KIND)
    return x(
        "substanceAdministration",
        x("id", root=uuid(2, place)),
        x("consumable", x("instanceOfKind", product, classCode="INST"), typeCode="CSM"),
        *_pauses(drug_entry),
        *map(_dose, drug_entry["doses"]),
        *_rechallenges(drug_entry),
        extra,
        *_reasons(drug_entry),
        **DRUG,
    )


def _reasons(drug_entry):
    if drug_entry.get("indication"):
        words = meddra("value", drug_entry["indication"], xsi_type="CE")
        yield x("inboundRelationship", observation(19, words), typeCode="RSON")
    if drug_entry.get("action"):
        act = x("act", code(r3_code("action_taken", drug_entry["action"]), 15), classCode="ACT", **EVENT)
        yield x("inboundRelationship", act, typeCode="CAUS")


def _target(judged):
    return x("actReference", x("id", root=uuid(1, judged["reaction"])), classCode="ACT", **EVENT)


def _pauses(drug_entry):
    for judged in drug_entry["judged"]:
        for kind, period in (("SAS", "start"), ("SAE", "last")):
            if period in judged:
                number, unit = judged[period]
                pause = x("pauseQuantity", value=number, unit=unit)
                yield x("outboundRelationship1", pause, _target(judged), typeCode=kind)


def _rechallenges(drug_entry):
    for judged in drug_entry["judged"]:
        if judged.get("rechallenge"):
            value = ce(r3_code("rechallenge", judged["rechallenge"]), 16)
            yield _pertains(31, value, x("outboundRelationship1", _target(judged), typeCode="REFR"))


def _dose(dose):
    period = (dose.get("interval", ""), dose.get("interval_unit", ""))
    inside = [
        x("text", dose["text"]) if dose.get("text") else "",
        interval(dose["start"], dose["end"], dose.get("duration", ("", "")), period),
        x("routeCode", x("originalText", ROUTES[dose["route"]])) if dose.get("route") else "",
        x("doseQuantity", value=dose["amount"], unit=dose["unit"]) if dose.get("amount") else "",
        _product(dose),
    ]
    return x("outboundRelationship2", x("substanceAdministration", *inside, **DRUG), typeCode="COMP")


def _product(dose):
    instance = {"classCode": "MMAT", "determinerCode": "INSTANCE"}
    lot = x("productInstanceInstance", x("lotNumberText", dose["lot"]), **instance) if dose.get("lot") else ""
    form = x("kindOfProduct", x("formCode", x("originalText", dose["form"])), **KIND) if dose.get("form") else ""
    if not (lot or form):
        return ""
    return x("consumable", x("instanceOfKind", lot, form, classCode="INST"), typeCode="CSM")
