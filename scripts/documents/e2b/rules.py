"""Our own rules for E2B(R3) messages: what the schema set lets through (definitions: e2b-rules,
e2b-elements).

Where an element stands and what it may hold is data: `paths.csv` (path, kind, check) and the list `e2b_elements`
(mandatory, length, nullFlavors). The rules that join elements stand in `conditions.py` and `required.py`.
"""

import csv
import re
from collections.abc import Callable, Iterator
from datetime import date
from functools import cache
from pathlib import Path

from lxml import etree

from schemas.codes import crosswalk, rows
from schemas.fields import is_number
from scripts.documents.e2b import conditions, required
from scripts.documents.e2b.fault import Fault
from scripts.documents.e2b.nodes import CATEGORY, HL7, LISTS, MEDDRA, SPACES, Node, is_unit
from scripts.words.countries import is_country

NAMES = {"h": HL7}
ROLE = "h:component/h:adverseEventAssessment/h:subject1/h:primaryRole"
CASE = "h:PORR_IN049016UV/h:controlActProcess/h:subject/h:investigationEvent"
_PART = f"{CASE}/{ROLE}/h:subjectOf2/h:organizer[h:code[@codeSystem='{CATEGORY}' and @code='{{}}']]/h:component"
CONTEXTS = {
    "batch": ".",
    "message": "h:PORR_IN049016UV",
    "case": CASE,
    "source": f"{CASE}/h:outboundRelationship/h:relatedInvestigation[h:code/@code='2']/h:subjectOf2/h:controlActEvent"
    "/h:author/h:assignedEntity/h:assignedPerson",
    "patient": f"{CASE}/{ROLE}",
    "condition": _PART.format("1") + f"/h:observation[h:code/@codeSystem='{MEDDRA}']",
    "past drug": _PART.format("2") + "/h:substanceAdministration",
    "reaction": f"{CASE}/{ROLE}/h:subjectOf2/h:observation[h:id]",
    "test": _PART.format("3") + "/h:observation",
    "drug": _PART.format("4") + "/h:substanceAdministration",
    "dosage": _PART.format("4") + "/h:substanceAdministration/h:outboundRelationship2/h:substanceAdministration",
    "judgement": f"{CASE}/h:component/h:adverseEventAssessment/h:component/h:causalityAssessment[h:code/@code='39']",
}
STAMP = re.compile(r"(\d{4})(\d{2})?(\d{2})?(\d{2})?(\d{2})?(\d{2})?(?:\.\d+)?([+-]\d{2,4})?")
DIGITS = {"year": 4, "day": 8, "second": 14}
IDENTIFIER = re.compile(r"[A-Z]{2}-[^-]+-.+")
CODE = re.compile(r"\d{8}")
STRICT_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?([eE][+-]?\d+)?")


def faults(root: Node) -> list[Fault]:
    """Every breach of a rule in a batch; an empty list for a message that may be sent."""
    breaches: list[Fault] = []
    now = (root.find(f"{{{HL7}}}creationTime").get("value") or "")[:8]
    for context, path in CONTEXTS.items():
        for number, node in enumerate(_select(path)(root), start=1):
            place = context if context in ("batch", "message", "case", "patient") else f"{context} {number}"
            for spec in _elements()[context]:
                breaches.extend(_element(node, spec, place, now))
    nodes = {context: _select(path)(root) for context, path in CONTEXTS.items()}
    return [*breaches, *conditions.faults(root, nodes), *required.faults(root, nodes)]


@cache
def _select(path: str) -> Callable[[Node], list[Node]]:
    return etree.XPath(path, namespaces=NAMES)


@cache
def _elements() -> dict[str, list[dict[str, str]]]:
    """Rules by context, each with the facts of its element."""
    facts = {row["code"]: row for row in rows("e2b_elements")}
    rules_by_context: dict[str, list[dict[str, str]]] = {context: [] for context in CONTEXTS}
    with (Path(__file__).parent / "paths.csv").open(encoding="utf-8", newline="") as handle:
        for row in csv.DictReader(handle):
            path = row["path"].replace("{spaces}", SPACES).replace("{lists}", LISTS)
            rules_by_context[row["context"]].append(facts[row["element"]] | row | {"path": path})
    return rules_by_context


def _element(node: Node, spec: dict[str, str], place: str, now: str) -> Iterator[Fault]:
    held = [element for element in _select(spec["path"])(node) if _holds(element, spec)]
    if not held and spec["conformance"] == "M":
        yield Fault(spec["element"], place, f"{spec['label']} is missing", "Fill it in: it is mandatory.")
    for element in held:
        reason = element.get("nullFlavor")
        if reason is not None:
            if spec["holds"] in ("unit", "codeSystemVersion"):
                continue
            if spec["holds"] != "text" and element.get(spec["holds"]) is not None:
                yield Fault(spec["element"], place, "a value and a nullFlavor at once", "Send one of them.")
            if reason not in spec["null_flavours"].split():
                allowed = spec["null_flavours"] or "none"
                yield Fault(spec["element"], place, f"nullFlavor {reason} is not allowed", f"Allowed: {allowed}.")
            continue
        text = (element.text or "") if spec["holds"] == "text" else element.get(spec["holds"], "")
        if spec["length"] and len(text) > int(spec["length"]):
            what = f"{spec['label']} has {len(text)} characters, more than {spec['length']}"
            yield Fault(spec["element"], place, what, "Shorten it, or move the rest to the narrative.")
        why = _wrong(spec["check"], text, now)
        if why:
            yield Fault(spec["element"], place, f"{spec['label']}: '{text[:40]}' {why}", "Correct the value.")


def _holds(node: Node, spec: dict[str, str]) -> bool:
    """Whether a node carries this element at all."""
    if node.get("nullFlavor") is not None:
        return True
    if spec["holds"] == "text":
        return bool((node.text or "").strip())
    return node.get(spec["holds"]) is not None


def _wrong(check: str, text: str, now: str) -> str:
    """Why a value breaks its check; a blank where it does not."""
    kind, _, argument = check.partition(" ")
    if kind == "date":
        return _wrong_date(text, argument.removeprefix("to "), now)
    if kind == "list":
        return "" if text in crosswalk(argument, "e2b_r3").values() else f"is not a code of the list {argument}"
    if kind == "one":
        allowed = argument.removeprefix("of ").split()
        return "" if text in allowed else f"is not allowed; only {', '.join(allowed)}"
    if kind == "unit":
        return "" if _is_unit(argument, text) else "is not a unit that may stand here (UCUM, case sensitive)"
    rule, why = SIMPLE.get(check, (lambda _: True, ""))
    return "" if rule(text) else why


SIMPLE: dict[str, tuple[Callable[[str], bool], str]] = {
    "number": (lambda text: bool(STRICT_NUMBER.fullmatch(text)) and is_number(text), "is not a number"),
    "whole number": (str.isdecimal, "is not a whole number"),
    "country": (is_country, "is not an assigned country code"),
    "dictionary code": (lambda text: bool(CODE.fullmatch(text)), "is not a code of 8 digits"),
    "identifier": (lambda text: bool(IDENTIFIER.fullmatch(text)), "is not country-organisation-number"),
}


@cache
def _units(code_list: str) -> frozenset[str]:
    """The units of a list, as this format writes them."""
    column = "e2b_r3" if "e2b_r3" in rows(code_list)[0] else "code"
    return frozenset(unit for row in rows(code_list) for unit in (row[column] or "").split("|") if unit)


def _is_unit(code_list: str, text: str) -> bool:
    return is_unit(text) if code_list == "word" else text in _units(code_list)


def _wrong_date(text: str, precision: str, now: str) -> str:
    """A date must exist, be as precise as asked for, and not lie after the message."""
    match = STAMP.fullmatch(text)
    if match is None:
        return "is not a date"
    digits = "".join(part for part in match.groups()[:6] if part)
    try:
        date(int(match[1]), int(match[2] or 1), int(match[3] or 1))
    except ValueError:
        return "does not exist"
    if any(int(part or 0) > limit for part, limit in zip(match.groups()[3:6], (23, 59, 59), strict=True)):
        return "does not exist"
    if len(digits) < DIGITS[precision]:
        return f"is not precise to the {precision}"
    return "lies after the message" if digits[:8] > now[: len(digits[:8])] else ""
