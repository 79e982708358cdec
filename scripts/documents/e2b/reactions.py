"""Section E: the reactions that occurred, with seriousness and outcome."""

import unicodedata

from schemas.codes import SERIOUSNESS, crosswalk, rows
from scripts.documents.case_file import Row, has
from scripts.documents.e2b.message import Message
from scripts.documents.e2b.nodes import COUNTRY, LISTS, OBSERVATION, Node, add, coded, link, part, path, value
from scripts.documents.e2b.times import interval, without_unit
from scripts.words.countries import alpha_2

HIGHLIGHTED = ("1", "2", "3", "4")
"""E.i.3.1: the reporter named the term as important, or not; serious, or not."""
PROFESSIONALS = ("physician", "pharmacist", "other_health_professional")
CRITERIA = {row["code"]: row["e2b_r3"] for row in rows("seriousness")}


def reactions(role: Node, message: Message) -> dict[str, str]:
    """Fill section E; gives the reactions' identifiers by their key. Stated absences stay in the narrative."""
    occurred = [row for row in message.case.rows("reactions") if row["occurred"] == "yes"]
    report = message.case.report
    of_case = [criterion for criterion in SERIOUSNESS if report.get(f"serious_{criterion}") == "yes"]
    of_reactions = any(row[criterion] == "yes" for row in occurred for criterion in SERIOUSNESS)
    if not of_reactions and (of_case or report.get("serious") == "yes"):
        what = f"criteria are known of the case only: {', '.join(of_case).replace('_', ' ')}"
        if not of_case:
            what = "the case is serious, and no criterion is told"
        message.leave_open("E.i.3.2", what, "State which reaction meets them.")
    return {row["reaction"]: _reaction(role, row, message) for row in occurred}


def _reaction(role: Node, row: Row, message: Message) -> str:
    """E.i; gives the identifier that links point at."""
    identifier = message.uuid("reaction", row["reaction"])
    node = path(add(role, "subjectOf2", typeCode="SBJ"), "observation")
    link(node, identifier)
    add(node, "code", code="29", codeSystem=OBSERVATION)
    interval(node, row, "onset", "end", ("E.i.4", "E.i.5"), message)
    without_unit(row, "duration", "duration_scale", "E.i.6b", message)
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
    _confirmation(node, row.get("medically_confirmed", ""), message)
    return identifier


def _confirmation(node: Node, confirmed: str, message: Message) -> None:
    """E.i.8, which is not sent where a health professional reports: that is the confirmation, and a `no` beside it is open."""
    professional = message.case.report.get("reporter_qualification", "") in PROFESSIONALS
    if professional and confirmed == "no":
        what = "said not to be medically confirmed, and a health professional reports it"
        message.leave_open("E.i.8", what, "Correct one of them.")
    elif confirmed in ("yes", "no") and not professional:
        value(part(node, "24"), "BL", value=str(confirmed == "yes").lower())


def _coded_term(row: Row, message: Message) -> str:
    """The first of the reaction's terms for which the user gave a code; else the one as reported."""
    every = [row["term"], row["term_translated"], *row.get("other_terms", "").split("; ")]
    return next((term for term in every if has(term) and message.codes.code_of(term)[0]), row["term"])


def _terms(row: Row) -> tuple[str, str]:
    """The term in the reporter's own language, and in English; a term in Latin letters without both is English, and a code is no words."""
    if row["term"] == row["term_code"]:
        return "", row["term_translated"] if has(row["term_translated"]) else ""
    if has(row["term_translated"]):
        return row["term"], row["term_translated"]
    latin = all(unicodedata.name(letter, "LATIN").startswith("LATIN") for letter in row["term"] if letter.isalpha())
    return ("", row["term"]) if latin else (row["term"], "")
