"""Patient, history, death, reactions and tests of an E2B(R3) report (sections D, E and F).

The patient's name or initials (D.1) are never looked at. A birth date is used only where no age was sent, and
dropped. Past-drug reactions share the code of reactions: only observations with an id are reactions here.
"""

from schemas.codes import rows
from scripts.ingest import ages
from scripts.ingest.hl7_nodes import (
    CATEGORY,
    MEDDRA,
    OBSERVATION,
    Node,
    at,
    by_code,
    code,
    coded,
    every,
    first,
    link,
    term,
    term_code,
    truth,
    value,
    words_or_reason,
)
from scripts.ingest.hl7_times import Times, edtf, quantity, sent, times, words
from scripts.ingest.reports import Report, has_value
from scripts.ingest.xml_stream import text

SERIOUSNESS = {row["code"]: row["e2b_r3"] for row in rows("seriousness")}


def read(assessment: Node | None, report: Report) -> dict[str, str]:
    """Add the rows of sections D to F; gives the reactions by the identifier that links point at."""
    role = at(assessment, "subject1", "primaryRole")
    observations = by_code(every(role, "subjectOf2", "observation"))
    organizers = by_code(every(role, "subjectOf2", "organizer"), CATEGORY)
    reactions = _reactions(observations, report)
    _case(role, observations, report)
    for group in organizers.get("1", ()):
        _conditions(group, report)
    for group in organizers.get("2", ()):
        _past_drugs(group, report)
    for group in organizers.get("3", ()):
        _tests(group, report)
    _death(role, observations, report)
    return reactions


def _case(role: Node | None, observations: dict[str, list[Node]], report: Report) -> None:
    player = at(role, "player1")
    countries = [row["country"] for row in report.rows.get("reactions", ()) if has_value(row["country"])]
    age = value(first(observations, "3"))
    cells = ages.stated(sent(age), "" if age is None else age.get("unit") or "", "e2b_r3")
    if not cells.get("age_lower"):
        cells |= _age_from_birth(player, report)
    report.add(
        "cases",
        "D",
        identity="identified",
        country=next(iter(countries), ""),
        sex=coded(at(player, "administrativeGenderCode"), "sex"),
        age_group=coded(value(first(observations, "4")), "age_group"),
        weight=sent(value(first(observations, "7"))),
        height=sent(value(first(observations, "17"))),
        **cells,
    )
    for row in report.rows.get("reactions", ()):
        row.pop("country")


def _age_from_birth(player: Node | None, report: Report) -> dict[str, str]:
    birth = edtf(sent(at(player, "birthTime")))
    onsets = sorted(row["onset_date"] for row in report.rows.get("reactions", ()))
    cells = ages.from_birth(birth, next(filter(has_value, onsets), ""))
    if cells:
        report.derived("cases", "", "age_lower", "D.2.1", "completed years from birth date to first onset")
    return cells


def _reactions(observations: dict[str, list[Node]], report: Report) -> dict[str, str]:
    linked = {}
    here = [node for node in observations.get("29", ()) if at(node, "id") is not None]
    for number, node in enumerate(here, start=1):
        key, when = str(number), times(at(node, "effectiveTime"))
        linked[link(node)] = key
        parts = by_code(every(node, "outboundRelationship2", "observation"))
        report.add(
            "reactions",
            f"E.i.{number}",
            reaction=key,
            occurred="yes",
            **_terms(value(node), text(value(first(parts, "30")))),
            outcome=coded(value(first(parts, "27")), "outcome"),
            country=sent(at(node, "location", "locatedEntity", "locatedPlace", "code"), "code"),
            **when.cells("onset", "end"),
            **when.duration(),
            **{name: truth(value(first(parts, sent_code))) for name, sent_code in SERIOUSNESS.items()},
        )
        _keep_hours(report, "reactions", key, "onset", f"E.i.4 ({number})", when.low)
        _keep_hours(report, "reactions", key, "end", f"E.i.5 ({number})", when.high)
    return linked


def _terms(said: Node | None, translated: str) -> dict[str, str]:
    """The term as reported (E.i.1.1a), else its translation (E.i.1.2); both where both were sent."""
    native = term(said)
    return {
        "term": native or translated,
        "term_translated": translated if native else "",
        "term_code": term_code(said),
        "term_version": "" if said is None else said.get("codeSystemVersion") or "",
    }


def _keep_hours(report: Report, table: str, key: str, column: str, locator: str, stamp: str) -> None:
    if words(stamp):
        report.sent(table, key, column, locator, stamp)


def _conditions(group: Node, report: Report) -> None:
    """D.7.1 one row each, and the free text D.7.2."""
    number = 0
    for node in every(group, "component", "observation"):
        kind = code(node, OBSERVATION)
        if kind == "18":
            report.add("history", "D.7.2", item="text", kind="condition", detail=words_or_reason(value(node)))
        if kind in ("18", "11"):
            continue
        number += 1
        parts = by_code(every(node, "outboundRelationship2", "observation"))
        marks = by_code(every(node, "inboundRelationship", "observation"))
        name = at(node, "code")
        report.add(
            "history",
            f"D.7.1.{number}",
            item=f"condition {number}",
            kind="family" if truth(value(first(parts, "38"))) == "yes" else "condition",
            term=term(name),
            term_code=term_code(name),
            continuing=truth(value(first(marks, "13"))),
            detail=text(value(first(parts, "10"))),
            **times(at(node, "effectiveTime")).cells("start", "end"),
        )


def _past_drugs(group: Node, report: Report) -> None:
    """D.8: past drugs with their indication and reaction, which is evidence for Naranjo's ninth question."""
    for number, node in enumerate(every(group, "component", "substanceAdministration"), start=1):
        product = at(node, "consumable", "instanceOfKind", "kindOfProduct")
        parts = by_code(every(node, "outboundRelationship2", "observation"))
        indication, reaction = value(first(parts, "19")), value(first(parts, "29"))
        report.add(
            "history",
            f"D.8.{number}",
            item=f"past drug {number}",
            kind="past_drug",
            term=words_or_reason(at(product, "name")),
            term_code=term_code(at(product, "code")),
            indication=term(indication) or term_code(indication),
            reaction=term(reaction) or term_code(reaction),
            **times(at(node, "effectiveTime")).cells("start", "end"),
        )


def _tests(group: Node, report: Report) -> None:
    for number, node in enumerate(every(group, "component", "observation"), start=1):
        when = times(at(node, "effectiveTime"))
        parts = by_code(every(node, "outboundRelationship2", "observation"))
        result, unit, prose = _result(node)
        report.add(
            "tests",
            f"F.{number}",
            result=str(number),
            test=term(at(node, "code")),
            test_code="" if code(node, MEDDRA) == "" else term_code(at(node, "code")),
            time_date=edtf(when.low),
            coded_result=coded(at(node, "interpretationCode"), "test_result"),
            value=result,
            unit_as_printed=unit,
            reference_as_printed=_reference(node, unit),
            finding="; ".join(filter(None, [prose, text(value(first(parts, "10")))])),
        )
        _keep_hours(report, "tests", str(number), "time", f"F.r.1 ({number})", when.low)


def _result(node: Node) -> tuple[str, str, str]:
    """Value, unit, prose: a test may carry a quantity (F.r.3.2) and free text (F.r.3.4) as two values."""
    result = unit = prose = ""
    for one in every(node, "value"):
        said = text(one)
        if said:
            prose = said
        elif not result:
            result, unit = quantity(one)
    return result, unit, prose


def _reference(node: Node, unit: str) -> str:
    """F.r.4 and F.r.5 as one text: `4-10`, `<=10`, `>=4`, and the unit where it is another."""
    ends: dict[str, str] = {}
    for band in every(node, "referenceRange", "observationRange"):
        mark, amount = at(band, "interpretationCode"), value(band)
        if mark is not None and amount is not None:
            other = amount.get("unit") or ""
            ends[mark.get("code") or ""] = sent(amount) or text(amount)
            ends["unit"] = f" {other}" if other not in ("", "1", unit) else ""
    low, high = ends.get("L", ""), ends.get("H", "")
    if not (has_value(low) or has_value(high)):
        return low or high
    if has_value(low) and has_value(high):
        return f"{low}-{high}{ends['unit']}"
    return (f">={low}" if has_value(low) else f"<={high}") + ends["unit"]


def _death(role: Node | None, observations: dict[str, list[Node]], report: Report) -> None:
    died, autopsy = at(role, "player1", "deceasedTime"), first(observations, "5")
    reported = [value(node) for node in observations.get("32", ())]
    found = [
        value(node) for node in every(autopsy, "outboundRelationship2", "observation") if code(node, OBSERVATION) == "8"
    ]
    if died is None and not reported and autopsy is None:
        return
    causes = [term(one) or term_code(one) for one in reported]
    causes += [f"{term(one) or term_code(one)} (autopsy)" for one in found if term(one) or term_code(one)]
    report.add(
        "deaths",
        "D.9",
        time_date=edtf(Times(low=sent(died)).low),
        cause="; ".join(filter(None, causes)),
        autopsy=truth(value(autopsy)),
    )
