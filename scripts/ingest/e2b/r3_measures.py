"""Weight and height of a patient or parent in the units that E2B(R3) fixes, kg and cm."""

from scripts.e2b.hl7_times import sent
from scripts.ingest.e2b import hl7_nodes as hl7
from scripts.ingest.e2b.hl7_nodes import Node
from scripts.ingest.reports import Report

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
