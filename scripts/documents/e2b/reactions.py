"""Section E: the reactions that occurred, with seriousness and outcome."""

import unicodedata

from schemas.codes import SERIOUSNESS, crosswalk, rows
from scripts.documents.case_file import Row, has
from scripts.documents.e2b.message import Message
from scripts.documents.e2b.nodes import COUNTRY, LISTS, OBSERVATION, Node, add, coded, link, part, path, value
from scripts.documents.e2b.times import interval
from scripts.words.countries import alpha_2

HIGHLIGHTED = ("1", "2", "3", "4")
"""E.i.3.1: the reporter named the term as important, or not; serious, or not."""
CRITERIA = {row["code"]: row["e2b_r3"] for row in rows("seriousness")}


def reactions(role: Node, message: Message) -> dict[str, str]:
    """Fill section E; gives the reactions' identifiers by their key. Stated absences stay in the narrative."""
    occurred = [row for row in message.case.rows("reactions") if row["occurred"] == "yes"]
    report = message.case.report
    of_case = [criterion for criterion in SERIOUSNESS if report.get(f"serious_{criterion}") == "yes"]
    if of_case and not any(row[criterion] == "yes" for row in occurred for criterion in SERIOUSNESS):
        what = f"criteria are known of the case only: {', '.join(of_case).replace('_', ' ')}"
        message.leave_open("E.i.3.2", what, "State which reaction meets them.")
    return {row["reaction"]: _reaction(role, row, message) for row in occurred}


def _reaction(role: Node, row: Row, message: Message) -> str:
    """E.i; gives the identifier that links point at."""
    identifier = message.uuid("reaction", row["reaction"])
    node = path(add(role, "subjectOf2", typeCode="SBJ"), "observation")
    link(node, identifier)
    add(node, "code", code="29", codeSystem=OBSERVATION)
    interval(node, row, "onset", "end", ("E.i.4", "E.i.5"))
    native, english = _terms(row)
    term_node = coded(node, message.code("E.i.2.1", _coded_term(row, message), row["term_code"], row["term_version"]))
    if native:
        words = add(term_node, "originalText", native)
        if has(row.get("term_language", "")):
            words.set("language", row["term_language"])
        else:
            message.leave_open("E.i.1.1b", f"language of the term '{native}'", "State the language (ISO 639-2).")
    country = row["country"] if has(row.get("country", "")) else message.case.patient.get("country", "")
    if has(country) and alpha_2(country):
        place = path(node, "location", "locatedEntity", "locatedPlace")
        add(place, "code", code=alpha_2(country), codeSystem=COUNTRY)
    if english:
        value(part(node, "30"), "ED", english)
    if row.get("highlighted") in HIGHLIGHTED:
        value(part(node, "37"), "CE", code=row["highlighted"], codeSystem=f"{LISTS}10")
    for criterion in SERIOUSNESS:
        met = {"value": "true"} if row[criterion] == "yes" else {"nullFlavor": "NI"}
        value(part(node, CRITERIA[criterion]), "BL", **met)
    if row["outcome"] == "fatal" and row["death"] != "yes":
        what = f"'{row['term']}' is fatal, and nothing says that it meets the criterion death"
        message.leave_open("E.i.3.2a", what, "State the criterion, or correct the outcome.")
    outcome = crosswalk("outcome", "e2b_r3").get(row["outcome"], "0")
    value(part(node, "27"), "CE", code=outcome, codeSystem=f"{LISTS}11")
    if row.get("medically_confirmed") in ("yes", "no"):
        value(part(node, "24"), "BL", value=str(row["medically_confirmed"] == "yes").lower())
    return identifier


def _coded_term(row: Row, message: Message) -> str:
    """The first of the reaction's terms for which the user gave a code; else the one as reported."""
    every = [row["term"], row["term_translated"], *row.get("other_terms", "").split("; ")]
    return next((term for term in every if has(term) and message.codes.code_of(term)[0]), row["term"])


def _terms(row: Row) -> tuple[str, str]:
    """The term in the reporter's own language, and in English; a term in Latin letters without both is English."""
    if has(row["term_translated"]):
        return row["term"], row["term_translated"]
    latin = all(unicodedata.name(letter, "LATIN").startswith("LATIN") for letter in row["term"] if letter.isalpha())
    return ("", row["term"]) if latin else (row["term"], "")
