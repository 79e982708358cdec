"""Sections G.k.2 and G.k.3: the product of a drug with its substances and authorisations."""

import re

from scripts.documents.case_file import Row, has
from scripts.documents.e2b.message import Message
from scripts.documents.e2b.nodes import COUNTRY, SPACES, Node, add, aligned, path
from scripts.words.countries import alpha_2

AUTHORISATION = f"{SPACES}4"
"""The space of numbers of G.k.3.1."""
STRENGTH = re.compile(r"(?P<value>[\d.]+) (?P<unit>[^ ;]+?)(?:/(?P<per>[\d.]+) (?P<each>[^ ;]+))?")


def product(node: Node, row: Row, message: Message) -> None:
    """Name, authorisations and substances of the drug of a course."""
    kind = path(node, "consumable", "instanceOfKind", "kindOfProduct")
    drug_name = row["drug"] if has(row["drug"]) else row["substance"]
    if has(drug_name):
        add(kind, "name", drug_name)
    else:
        message.leave_open("G.k.2.2", f"no name for the drug of course {row['course']}", "Fill in `drug`.")
    _authorisations(kind, row, message)
    for substance, strength in aligned(row["substance"], row.get("strength", "")):
        if has(substance.strip()):
            _substance(path(kind, "ingredient"), substance.strip(), strength)


def _substance(ingredient: Node, substance: str, strength: str) -> None:
    """G.k.2.3.r: the substance, and its strength where it is a number and a unit."""
    match = STRENGTH.fullmatch(strength)
    if match:
        quantity = add(ingredient, "quantity")
        add(quantity, "numerator", value=match["value"], unit=match["unit"])
        add(quantity, "denominator", value=match["per"] or "1", unit=match["each"] or "1")
    add(path(ingredient, "ingredientSubstance"), "name", substance)


def _authorisations(product: Node, row: Row, message: Message) -> None:
    """G.k.3: number, country and holder of each authorisation."""
    given = [row.get(column, "") for column in ("authorisation", "authorisation_country", "authorisation_holder")]
    for number, country, holder in aligned(*given):
        if not any(map(has, (number, country, holder))):
            continue
        approval = path(add(path(product, "asManufacturedProduct"), "subjectOf", typeCode="SBJ"), "approval")
        if has(number):
            add(approval, "id", extension=number, root=AUTHORISATION)
        if has(holder):
            add(path(add(path(approval, "holder"), "role", classCode="HLD"), "playingOrganization"), "name", holder)
        if alpha_2(country):
            place = path(approval, "author", "territorialAuthority", "territory")
            add(place, "code", code=alpha_2(country), codeSystem=COUNTRY)
        elif has(number):
            what = f"no country of the authorisation {number}"
            message.leave_open("G.k.3.2", what, "Ask the sender for the country.")
