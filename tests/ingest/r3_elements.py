"""Elements of an E2B(R3) message as text."""

from uuid import UUID
from xml.sax.saxutils import escape, quoteattr

from schemas.codes import crosswalk

CL = "2.16.840.1.113883.3.989.2.1.1."
ID = "2.16.840.1.113883.3.989.2.1.3."
MEDDRA = "2.16.840.1.113883.6.163"
ROUTES = {"041": "intravenous drip", "042": "intravenous (not otherwise specified)", "048": "oral"}
EVENT = {"moodCode": "EVN"}
OBS = {"classCode": "OBS", **EVENT}
DRUG = {"classCode": "SBADM", **EVENT}
PLACE = {"classCode": "COUNTRY", "determinerCode": "INSTANCE"}
KIND = {"classCode": "MMAT", "determinerCode": "KIND"}
BATCH_ATTRIBUTES = {
    "xmlns": "urn:hl7-org:v3",
    "xmlns:xsi": "http://www.w3.org/2001/XMLSchema-instance",
    "ITSVersion": "XML_1.0",
}


def x(tag, *inside, **attributes):
    """An element as text; `xsi_type` is its type, and inside may be text or elements."""
    given = "".join(f" {key.replace('xsi_', 'xsi:')}={quoteattr(str(cell))}" for key, cell in attributes.items())
    return f"<{tag}{given}>{''.join(inside)}</{tag}>"


def ident(number, extension):
    return x("id", extension=extension, root=f"{ID}{number}")


def code(value, list_number):
    return x("code", code=value, codeSystem=f"{CL}{list_number}")


def ce(value, list_number):
    return x("value", xsi_type="CE", code=value, codeSystem=f"{CL}{list_number}")


def meddra(tag, words, **attributes):
    return x(tag, x("originalText", escape(words)), codeSystem=MEDDRA, **attributes)


def observation(number, value, *inside):
    """A coded observation."""
    return x("observation", code(number, 19), value, *inside, **OBS)


def stamp(day):
    """2022-07-06 as 20220706."""
    return day.replace("-", "")


def moment(tag, day):
    """<low> or another element with a date, or a reason for having none."""
    flavour = crosswalk("missing", "e2b_r3").get(day)
    return x(tag, nullFlavor=flavour) if flavour else x(tag, value=stamp(day)) if day else ""


def interval(start="", end="", duration=("", ""), period=("", "")):
    """effectiveTime in the shape that its parts ask for (definitions: e2b-times)."""
    width = x("width", value=duration[0], unit=duration[1]) if duration[0] else ""
    low, high = moment("low", start), moment("high", end)
    parts = [x("comp", low, high, xsi_type="IVL_TS", **({"operator": "A"} if period[0] else {}))]
    if period[0]:
        parts.insert(0, x("comp", x("period", value=period[0], unit=period[1]), xsi_type="PIVL_TS"))
    if width and (period[0] or high):
        parts.append(x("comp", width, xsi_type="IVL_TS", operator="A"))
    if len(parts) > 1:
        return x("effectiveTime", *parts, xsi_type="SXPR_TS")
    return x("effectiveTime", low, high, width, xsi_type="IVL_TS") if low or high or width else ""


def r3_code(codelist, value):
    return crosswalk(codelist, "e2b_r3")[value]


def uuid(kind, number):
    return UUID(int=kind * 10_000 + int(number))


def organizer(number, components):
    """A group of components under a category code."""
    inside = [x("component", component, typeCode="COMP") for component in components]
    return x("organizer", code(number, 20), *inside, classCode="CATEGORY", **EVENT)
