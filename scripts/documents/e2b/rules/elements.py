"""Each element of an E2B(R3) message by itself: what the schema set lets through (definitions: e2b-rules,
e2b-elements).

Where an element stands and what it may hold is data: `paths.csv` (path, kind, check, list of its codes) and the list `e2b_elements`
(mandatory, length, nullFlavors). The rules that join elements stand in `conditions.py`, `required.py`, `pairs.py` and `fda.py`.
"""

import csv
import re
from collections.abc import Callable, Iterator
from datetime import date
from functools import cache
from pathlib import Path

from schemas.codes import crosswalk, rows
from schemas.fields import is_number
from scripts.documents.e2b.nodes import CATEGORY, COUNTRY, HL7, LISTS, MEDDRA, SEX, SPACES, Node, is_unit
from scripts.documents.e2b.rules import conditions, fda, pairs, required
from scripts.documents.e2b.rules.fault import Fault, found
from scripts.words.countries import is_country

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
LONG = {"spaces": SPACES, "lists": LISTS, "meddra": MEDDRA, "sex": SEX, "countries": COUNTRY}
LATEST_ZONE, LAST_MINUTE = 14, 59
"""Hours; no clock is further ahead of Greenwich."""
OF_CONTEXT = {"source": "C.2.r", "condition": "D.7.1.r", "past drug": "D.8.r", "test": "F.r", "dosage": "G.k.4.r",
              "judgement": "G.k.9.i.2.r", "message": "N.2.r"}  # fmt: skip
"""Contexts that themselves stand several times, by the beginning of their elements."""
PER_REACTION = "G.k.9.i"
DIGITS = {"year": 4, "day": 8, "second": 14}
IDENTIFIER = re.compile(r"[A-Z]{2}-[^-]+-.+")
CODE, LANGUAGE = re.compile(r"\d{8}"), re.compile(r"[a-z]{3}")
STRICT_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?([eE][+-]?\d+)?")


def faults(root: Node) -> list[Fault]:
    """Every breach of a rule in a batch; an empty list for a message that may be sent."""
    breaches: list[Fault] = []
    now = (root.find(f"{{{HL7}}}creationTime").get("value") or "")[:8]
    for context, path in CONTEXTS.items():
        for number, node in enumerate(found(root, path), start=1):
            place = context if context in ("batch", "message", "case", "patient") else f"{context} {number}"
            for spec in _elements()[context]:
                breaches.extend(_element(node, spec, place, now))
    nodes = {context: found(root, path) for context, path in CONTEXTS.items()}
    joined = (conditions, required, pairs, fda)
    return [*breaches, *(breach for rules in joined for breach in rules.faults(root, nodes))]


@cache
def _elements() -> dict[str, list[dict[str, str]]]:
    """Rules by context, each with the facts of its element."""
    facts = {row["code"]: row for row in rows("e2b_elements")}
    rules_by_context: dict[str, list[dict[str, str]]] = {context: [] for context in CONTEXTS}
    with (Path(__file__).parent / "paths.csv").open(encoding="utf-8", newline="") as handle:
        for row in csv.DictReader(handle):
            known = {key: row[key].format(**LONG) for key in ("path", "system")}
            rules_by_context[row["context"]].append(facts[row["element"]] | row | known)
    return rules_by_context


def _element(node: Node, spec: dict[str, str], place: str, now: str) -> Iterator[Fault]:
    held = [element for element in found(node, spec["path"]) if _holds(element, spec)]
    if not held and spec["conformance"] == "M":
        yield Fault(spec["element"], place, f"{spec['label']} is missing", "Fill it in: it is mandatory.")
    yield from _repeated(held, spec, place)
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
        if spec["system"] and element.get("codeSystem") != spec["system"]:
            what = f"{spec['label']}: code system {element.get('codeSystem') or '(none)'}"
            yield Fault(spec["element"], place, what, f"Use {spec['system']}.")
        why = _wrong(spec["check"], text, now)
        if why:
            yield Fault(spec["element"], place, f"{spec['label']}: '{text[:40]}' {why}", "Correct the value.")


def _repeated(held: list[Node], spec: dict[str, str], place: str) -> Iterator[Fault]:
    """An element stands once in its part of the message, unless its number says that it repeats (`.r.`)."""
    within = spec["element"].removeprefix(OF_CONTEXT.get(spec["context"], ""))
    several = ".r." in f"{within}." or within.startswith(PER_REACTION) or "|" in spec["path"]
    if len(held) > 1 and not several:
        yield Fault(spec["element"], place, f"{spec['label']} stands {len(held)} times", "Keep one.")


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
    "amount": (
        lambda text: bool(STRICT_NUMBER.fullmatch(text)) and is_number(text) and float(text) >= 0,
        "is not a number, or below zero",
    ),
    "whole number": (str.isdecimal, "is not a whole number"),
    "country": (is_country, "is not an assigned country code"),
    "dictionary code": (lambda text: bool(CODE.fullmatch(text)), "is not a code of 8 digits"),
    "identifier": (
        lambda text: bool(IDENTIFIER.fullmatch(text)) and is_country(text[:2]),
        "is not country-organisation-number",
    ),
    "language": (lambda text: bool(LANGUAGE.fullmatch(text)), "is not a code of ISO 639-2 (three letters)"),
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
    if any(
        int(part or 0) > limit for part, limit in zip(match.groups()[3:6], (23, LAST_MINUTE, LAST_MINUTE), strict=True)
    ):
        return "does not exist"
    zone = match[7] or "+00"
    if int(zone[1:3]) > LATEST_ZONE or int(zone[3:] or 0) > LAST_MINUTE:
        return "has a time zone that does not exist"
    if len(digits) < DIGITS[precision]:
        return f"is not precise to the {precision}"
    return "lies after the message" if digits[:8] > now[: len(digits[:8])] else ""
