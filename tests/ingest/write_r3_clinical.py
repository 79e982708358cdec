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
        group = [one for one in case.get("history", ()) if one["kind"] == kind]
        if group:
            yield organizer(number, map(write, group))


def _condition(one):
    going_on = x("inboundRelationship", observation(13, TRUE), typeCode="REFR") if one.get("continuing") else ""
    name = meddra("code", one["term"], code="00000000")
    return x("observation", name, interval(one.get("start", ""), one.get("end", "")), going_on, **OBS)


def _past_drug(one):
    effect = observation(29, meddra("value", one["reaction"], xsi_type="CE"))
    product = x("kindOfProduct", x("name", one["term"]), **KIND)
    return x(
        "substanceAdministration",
        interval(one.get("start", ""), one.get("end", "")),
        x("consumable", x("instanceOfKind", product, classCode="INST"), typeCode="CSM"),
        x("outboundRelationship2", effect, typeCode="CAUS"),
        **DRUG,
    )


def reaction(case, one, place):
    """E.i; `shape` in the case replaces the effectiveTime."""
    flags = [_pertains(number, TRUE if name in one["serious"] else NO_INFORMATION) for name, number in SERIOUS.items()]
    country = x("locatedPlace", x("code", code=case["where"], codeSystem="1.0.3166.1.2.2"), **PLACE)
    times = interval(one.get("onset", ""), one.get("end", ""), one.get("duration", ("", "")))
    return x(
        "observation",
        x("id", root=uuid(1, place)),
        code(29, 19),
        one.get("shape") or times,
        meddra("value", one["term"], xsi_type="CE"),
        x("location", x("locatedEntity", country, classCode="LOCE"), typeCode="LOC"),
        *flags,
        _pertains(27, ce(r3_code("outcome", one["outcome"]), 11)),
        **OBS,
    )


def _pertains(number, value, *inside):
    return x("outboundRelationship2", observation(number, value, *inside), typeCode="PERT")


def result(one):
    """F.r with `<5` and the like as an interval with an open end."""
    sign = one["value"].rstrip("0123456789.")
    number, unit = one["value"][len(sign) :], one["unit"]
    end = {"value": number, "unit": unit, "inclusive": str("=" in sign).lower()}
    shapes = {
        "": x("center", value=number, unit=unit),
        "<": x("low", nullFlavor="NINF") + x("high", **end),
        ">": x("low", **end) + x("high", nullFlavor="PINF"),
    }
    ranges = [_range(mark, bound, unit) for mark, bound in zip("LH", one.get("reference", ()), strict=False)]
    return x(
        "observation",
        meddra("code", one["test"], code="00000000"),
        x("effectiveTime", value=stamp(one["date"])),
        x("value", shapes[sign[:1]], xsi_type="IVL_PQ"),
        *ranges,
        **OBS,
    )


def _range(mark, bound, unit):
    value = x("value", xsi_type="PQ", value=bound, unit=unit)
    letter = x("interpretationCode", code=mark, codeSystem="2.16.840.1.113883.5.83")
    band = x("observationRange", value, letter, classCode="OBS", moodCode="EVN.CRT")
    return x("referenceRange", band, typeCode="REFV")


def drug(one, place, extra):
    """G.k; `extra` is text put among its observations."""
    name = x("ingredientSubstance", x("name", one["substance"]), **KIND)
    product = x("kindOfProduct", x("name", one["drug"]), x("ingredient", name, classCode="ACTI"), **KIND)
    return x(
        "substanceAdministration",
        x("id", root=uuid(2, place)),
        x("consumable", x("instanceOfKind", product, classCode="INST"), typeCode="CSM"),
        *_pauses(one),
        *map(_dose, one["doses"]),
        *_rechallenges(one),
        extra,
        *_reasons(one),
        **DRUG,
    )


def _reasons(one):
    if one.get("indication"):
        words = meddra("value", one["indication"], xsi_type="CE")
        yield x("inboundRelationship", observation(19, words), typeCode="RSON")
    if one.get("action"):
        act = x("act", code(r3_code("action_taken", one["action"]), 15), classCode="ACT", **EVENT)
        yield x("inboundRelationship", act, typeCode="CAUS")


def _target(judged):
    return x("actReference", x("id", root=uuid(1, judged["reaction"])), classCode="ACT", **EVENT)


def _pauses(one):
    for judged in one["judged"]:
        for kind, name in (("SAS", "start"), ("SAE", "last")):
            if name in judged:
                number, unit = judged[name]
                pause = x("pauseQuantity", value=number, unit=unit)
                yield x("outboundRelationship1", pause, _target(judged), typeCode=kind)


def _rechallenges(one):
    for judged in one["judged"]:
        if judged.get("rechallenge"):
            value = ce(r3_code("rechallenge", judged["rechallenge"]), 16)
            yield _pertains(31, value, x("outboundRelationship1", _target(judged), typeCode="REFR"))


def _dose(one):
    period = (one.get("interval", ""), one.get("interval_unit", ""))
    inside = [
        x("text", one["text"]) if one.get("text") else "",
        interval(one["start"], one["end"], one.get("duration", ("", "")), period),
        x("routeCode", x("originalText", ROUTES[one["route"]])) if one.get("route") else "",
        x("doseQuantity", value=one["amount"], unit=one["unit"]) if one.get("amount") else "",
        _product(one),
    ]
    return x("outboundRelationship2", x("substanceAdministration", *inside, **DRUG), typeCode="COMP")


def _product(one):
    instance = {"classCode": "MMAT", "determinerCode": "INSTANCE"}
    lot = x("productInstanceInstance", x("lotNumberText", one["lot"]), **instance) if one.get("lot") else ""
    form = x("kindOfProduct", x("formCode", x("originalText", one["form"])), **KIND) if one.get("form") else ""
    if not (lot or form):
        return ""
    return x("consumable", x("instanceOfKind", lot, form, classCode="INST"), typeCode="CSM")
