"""Patient, history, death and reactions of an E2B(R3) report (sections D and E; F in r3_measures).

The patient's name or initials (D.1) are never looked at. A birth date is used only where no age was sent, and
dropped. Past-drug reactions share the code of reactions, and stand in a group of their own.
"""

from schemas.codes import rows
from scripts.e2b import ages
from scripts.e2b.hl7_times import edtf, sent, times
from scripts.ingest.e2b import hl7_nodes as hl7
from scripts.ingest.e2b import r3_measures, r3_parent
from scripts.ingest.e2b.hl7_nodes import Node
from scripts.ingest.e2b.xml_stream import text
from scripts.ingest.reports import Report, has_value, listed

NO_DEATH = {"", "no_information", "not_applicable"}
"""What date, cause and autopsy say where they tell of no death: nothing, or NI and NA, which E2B allows in none of them."""
SERIOUSNESS = {row["code"]: row["e2b_r3"] for row in rows("seriousness")}


def read(assessment: Node | None, report: Report) -> dict[str, str]:
    """Add the rows of sections D to F; gives the reactions by the identifier that links point at."""
    role = hl7.at(assessment, "subject1", "primaryRole")
    observations = hl7.by_code(hl7.every(role, "subjectOf2", "observation"))
    organizers = hl7.by_code(hl7.every(role, "subjectOf2", "organizer"), hl7.CATEGORY)
    reactions = _reactions(observations, report)
    _case(role, observations, report)
    for group in organizers.get("1", ()):
        _conditions(group, report)
    for group in organizers.get("2", ()):
        _past_drugs(group, report)
    for group in organizers.get("3", ()):
        r3_measures.add_tests(group, report)
    _death(role, observations, report)
    return reactions


def _case(role: Node | None, observations: dict[str, list[Node]], report: Report) -> None:
    player = hl7.at(role, "player1")
    countries = [row["country"] for row in report.rows.get("reactions", ()) if has_value(row["country"])]
    age = hl7.value(hl7.first(observations, "3"))
    cells = ages.stated(sent(age), "" if age is None else age.get("unit") or "", "e2b_r3")
    if not cells.get("age_lower"):
        if has_value(words := cells.get("age_as_reported", "")):
            report.note("cases", "age_lower", words, ages.why_unread(sent(age)), "Kept in age_as_reported only.")
        cells |= _age_from_birth(player, report)
    report.add(
        "cases",
        "D",
        identity="identified",
        country=next(iter(countries), ""),
        sex=hl7.coded(hl7.at(player, "administrativeGenderCode"), "sex"),
        age_group=hl7.coded(hl7.value(hl7.first(observations, "4")), "age_group"),
        **r3_measures.cells(observations, report, {"weight": "D.3", "height": "D.4"}),
        gestation=hl7.amount(hl7.value(hl7.first(observations, "16"))),
        last_menstrual=edtf(sent(hl7.value(hl7.first(observations, "22")))),
        **r3_parent.cells(player, report),
        **cells,
    )


def _age_from_birth(player: Node | None, report: Report) -> dict[str, str]:
    birth = edtf(sent(hl7.at(player, "birthTime")))
    onsets = sorted(row["onset_date"] for row in report.rows.get("reactions", ()))
    cells = ages.from_birth(birth, next(filter(has_value, onsets), ""))
    if cells:
        report.derived("cases", "", "age_lower", "D.2.1", "completed years from birth date to first onset")
    return cells


def _reactions(observations: dict[str, list[Node]], report: Report) -> dict[str, str]:
    """The rows of the reactions; gives the reactions by the identifier that links point at, a blank for one that several share."""
    linked: dict[str, str] = {}
    here = observations.get("29", ())
    for number, node in enumerate(here, start=1):
        key, when = str(number), times(hl7.at(node, "effectiveTime"))
        if identifier := hl7.link(node):
            linked[identifier] = "" if identifier in linked else key
        parts = hl7.by_code(hl7.every(node, "outboundRelationship2", "observation"))
        report.add(
            "reactions",
            f"E.i.{number}",
            reaction=key,
            occurred="yes",
            **_terms(hl7.value(node), text(hl7.value(hl7.first(parts, "30")))),
            outcome=hl7.coded(hl7.value(hl7.first(parts, "27")), "outcome"),
            highlighted=hl7.term_code(hl7.value(hl7.first(parts, "37"))),
            medically_confirmed=hl7.truth(hl7.value(hl7.first(parts, "24"))),
            country=sent(hl7.at(node, "location", "locatedEntity", "locatedPlace", "code"), "code"),
            **when.cells("onset", "end"),
            **when.duration(),
            **{column: hl7.truth(hl7.value(hl7.first(parts, sent_code))) for column, sent_code in SERIOUSNESS.items()},
        )
        report.keep_hours("reactions", key, "onset", f"E.i.4 ({number})", when.low)
        report.keep_hours("reactions", key, "end", f"E.i.5 ({number})", when.high)
    for identifier in (identifier for identifier, key in linked.items() if not key):
        what = "several reactions share one identifier; what is judged of it names none of them"
        report.note("reactions", "reaction", identifier, what, "Ask the sender which of them the judgements mean.")
    return linked


def _terms(node: Node | None, translated: str) -> dict[str, str]:
    """The term as reported (E.i.1.1a), else its translation (E.i.1.2); both where both were sent, and the code where neither was."""
    native, words = hl7.term(node), hl7.at(node, "originalText")
    code, version = hl7.of_dictionary(node)
    if not (native or translated):
        native = hl7.term_or_code(node)
    return {
        "term_language": "" if words is None else (words.get("language") or "").strip(),
        "term": native or translated,
        "term_translated": translated if native else "",
        "term_code": code,
        "term_version": version,
    }


def _conditions(group: Node, report: Report) -> None:
    """D.7.1 one row each, and the free text D.7.2."""
    number = 0
    for node in hl7.every(group, "component", "observation"):
        kind = hl7.code(node, hl7.OBSERVATION)
        if kind == "18":
            report.add("history", "D.7.2", item="text", kind="condition", detail=hl7.words_or_reason(hl7.value(node)))
        if kind in ("18", "11"):
            continue
        number += 1
        parts = hl7.by_code(hl7.every(node, "outboundRelationship2", "observation"))
        marks = hl7.by_code(hl7.every(node, "inboundRelationship", "observation"))
        coded_term = hl7.at(node, "code")
        term_code, term_version = hl7.of_dictionary(coded_term)
        report.add(
            "history",
            f"D.7.1.{number}",
            item=f"condition {number}",
            kind="family" if hl7.truth(hl7.value(hl7.first(parts, "38"))) == "yes" else "condition",
            term=hl7.term_or_code(coded_term),
            term_code=term_code,
            term_version=term_version,
            continuing=hl7.truth(hl7.value(hl7.first(marks, "13"))),
            detail=text(hl7.value(hl7.first(parts, "10"))),
            **times(hl7.at(node, "effectiveTime")).cells("start", "end"),
        )


def _past_drugs(group: Node, report: Report) -> None:
    """D.8: past drugs with their indication and reaction, which is evidence for Naranjo's ninth question."""
    for number, node in enumerate(hl7.every(group, "component", "substanceAdministration"), start=1):
        product = hl7.at(node, "consumable", "instanceOfKind", "kindOfProduct")
        parts = hl7.by_code(hl7.every(node, "outboundRelationship2", "observation"))
        indication, reaction = hl7.value(hl7.first(parts, "19")), hl7.value(hl7.first(parts, "29"))
        report.add(
            "history",
            f"D.8.{number}",
            item=f"past drug {number}",
            kind="past_drug",
            term=hl7.words_or_reason(hl7.at(product, "name")),
            term_code=hl7.term_code(hl7.at(product, "code")),
            term_version=hl7.version(hl7.at(product, "code")),
            indication=hl7.term_or_code(indication),
            **hl7.beside([indication], "indication"),
            reaction=hl7.term_or_code(reaction),
            **hl7.beside([reaction], "reaction"),
            **times(hl7.at(node, "effectiveTime")).cells("start", "end"),
        )


def _death(role: Node | None, observations: dict[str, list[Node]], report: Report) -> None:
    died, autopsy = hl7.at(role, "player1", "deceasedTime"), hl7.first(observations, "5")
    reported = [hl7.value(node) for node in observations.get("32", ())]
    autopsy_causes = [
        hl7.value(node)
        for node in hl7.every(autopsy, "outboundRelationship2", "observation")
        if hl7.code(node, hl7.OBSERVATION) == "8"
    ]
    reported, autopsy_causes = ([node for node in few if hl7.term_or_code(node)] for few in (reported, autopsy_causes))
    causes = [hl7.term_or_code(cause) for cause in reported]
    causes += [f"{hl7.term_or_code(cause)} (autopsy)" for cause in autopsy_causes]
    date, autopsy_done = edtf(sent(died)), hl7.truth(hl7.value(autopsy))
    if not {date, autopsy_done, *causes} - NO_DEATH:
        return
    report.add(
        "deaths",
        "D.9",
        time_date=date,
        cause=listed(causes),
        **hl7.beside([*reported, *autopsy_causes], "cause"),
        autopsy=autopsy_done,
    )
    report.keep_hours("deaths", "", "time", "D.9.1", sent(died))
