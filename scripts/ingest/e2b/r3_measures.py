"""What is measured in an E2B(R3) report: results of tests (section F), and weight and height of a patient or parent in the units
that E2B(R3) fixes, kg and cm."""

from scripts.e2b.hl7_times import edtf, quantity, sent, times
from scripts.ingest.e2b import hl7_nodes as hl7
from scripts.ingest.e2b.hl7_nodes import Node
from scripts.ingest.e2b.xml_stream import text
from scripts.ingest.reports import Report, has_value

SIGNS = {"L": ">=", "H": "<="}
CODES = (("7", "kg"), ("17", "cm"))


def cells(observations: dict[str, list[Node]], report: Report, columns: dict[str, str]) -> dict[str, str]:
    """Cells of `cases`; of a measure in another unit only the words are kept, with a finding.

    columns  the column of the weight and that of the height, each with the number of its element
    """
    measures = {}
    for (column, element), (number, unit) in zip(columns.items(), CODES, strict=True):
        node = hl7.value(hl7.first(observations, number))
        if node is None or node.get("unit") in (None, "", unit):
            measures[column] = sent(node)
            continue
        words = hl7.amount(node)
        report.sent("cases", "", column, element, words)
        report.note("cases", column, words, f"not in {unit}", f"Ask the sender for it in {unit} ({element}).")
    return measures


def add_tests(group: Node, report: Report) -> None:
    """Add a row for each test of a group."""
    for number, node in enumerate(hl7.every(group, "component", "observation"), start=1):
        when = times(hl7.at(node, "effectiveTime"))
        parts = hl7.by_code(hl7.every(node, "outboundRelationship2", "observation"))
        result, unit, prose = _result(node)
        report.add(
            "tests",
            f"F.{number}",
            result=str(number),
            test=hl7.term_or_code(hl7.at(node, "code")),
            test_code=hl7.code(node, hl7.MEDDRA),
            test_version=hl7.version(hl7.at(node, "code")),
            time_date=edtf(when.low),
            coded_result=hl7.coded(hl7.at(node, "interpretationCode"), "test_result"),
            value=result,
            unit_as_printed=unit,
            reference_as_printed=_reference(node, unit),
            finding="; ".join(filter(None, [prose, text(hl7.value(hl7.first(parts, "10")))])),
        )
        report.keep_hours("tests", str(number), "time", f"F.r.1 ({number})", when.low)


def _result(node: Node) -> tuple[str, str, str]:
    """Value, unit, prose: a test may carry a quantity (F.r.3.2) and free text (F.r.3.4) as two values. One more quantity, of
    which E2B knows none, is prose."""
    result, unit, prose = "", "", []
    for value in hl7.every(node, "value"):
        if words := text(value):
            prose.append(words)
        elif not result:
            result, unit = quantity(value)
        else:
            prose.append(" ".join(quantity(value)).strip())
    return result, unit, "; ".join(filter(None, prose))


def _reference(node: Node, unit: str) -> str:
    """F.r.4 and F.r.5 as one text: `4-10`, `<=10`, `>=4`, and the unit where it is another; then what else is sent as a range."""
    ends, units, more = {"L": "", "H": ""}, {"L": "", "H": ""}, []
    for band in hl7.every(node, "referenceRange", "observationRange"):
        end, limit = hl7.term_code(hl7.at(band, "interpretationCode")), hl7.value(band)
        words, other = sent(limit) or text(limit), "" if limit is None else limit.get("unit") or ""
        of_unit = f" {other}" if other not in ("", "1", unit) else ""
        if not ends.get(end, "none"):
            ends[end], units[end] = words, of_unit
        elif words and words != ends.get(end):
            more.append(f"{SIGNS.get(end, '')}{words}{of_unit}")
    return "; ".join(filter(None, [_range(ends, units), *more]))


def _range(ends: dict[str, str], units: dict[str, str]) -> str:
    low, high = ends["L"], ends["H"]
    if not (has_value(low) or has_value(high)):
        return low or high
    if has_value(low) and has_value(high):
        return f"{low}{units['L'] if units['L'] != units['H'] else ''}-{high}{units['H']}"
    return f">={low}{units['L']}" if has_value(low) else f"<={high}{units['H']}"
