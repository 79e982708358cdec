"""Eight questions on every identified case; answered from rows only where rows decide, else by an assessor.

An assessment with the method `murad` (answers such as `1=yes; 4=unclear`) stands before the answer of the rows, which
stays visible in the basis.
"""

from collections import defaultdict
from functools import cache
from pathlib import Path

import yaml

from schemas.fields import NO_VALUE
from scripts.files.bundle import Bundle
from scripts.tables.shown import Shown, shown
from scripts.words.wording import NONE

TITLE = "Quality appraisal of the identified cases"
COLUMNS = ["Case", "Domain", "Question", "Answer", "Basis", "Answered by"]
ASSESSOR = "needs an assessor"
ROWS = "rows"
Answer = tuple[str, str]
"""Yes, no, unclear or `needs an assessor`, and what it rests on."""


def build(bundle: Bundle) -> Shown:
    """Eight rows per identified case, members counted inside an aggregate after the others."""
    cases = bundle.cases[bundle.cases["identity"] == "identified"].sort_values("counted", kind="stable")
    judged, decided = _assessments(bundle), _decided(bundle)
    rows = [line for case in cases.to_dict("records") for line in _case(case, judged.get(case["case_id"], {}), decided)]
    notes = (
        questions()["citation"],
        f"`{ASSESSOR}`: the data do not decide the question. An assessor's answer goes into the table `assessments` with the "
        "method murad and answers such as `1=yes; 4=unclear`; it takes precedence over the answer from the data.",
    )
    return shown(TITLE, rows or [{"Case": NONE}], COLUMNS, footnotes=notes, block="Case", wide=True)


@cache
def questions() -> dict:
    """The citation and the eight questions."""
    return yaml.safe_load((Path(__file__).parent / "murad.yaml").read_text(encoding="utf-8"))


def _case(case: dict, judged: dict[str, list[dict]], decided: dict[tuple[str, str], Answer]) -> list[dict]:
    inside = " (counted inside a group)" if case["counted"] == "inside" else ""
    return [
        _line(
            case["case_id"] + inside,
            asked,
            decided.get((case["case_id"], asked["number"]), (ASSESSOR, "")),
            judged.get(asked["number"], []),
        )
        for asked in questions()["questions"]
    ]


def _decided(bundle: Bundle) -> dict[tuple[str, str], Answer]:
    """Case and question -> the answer of the rows."""
    rows = bundle.derived["appraisals"].to_dict("records")
    return {(row["case_id"], row["question"]): (row["answer"] or ASSESSOR, row["basis"]) for row in rows}


def _line(case: str, asked: dict, decided: Answer, judged: list[dict]) -> dict:
    answer, basis = decided
    line = {"Case": case, "Domain": asked["domain"], "Question": f"{asked['number']}. {asked['question']}"}
    if not judged:
        return line | {"Answer": answer, "Basis": basis, "Answered by": "" if answer == ASSESSOR else ROWS}
    said = "; ".join(dict.fromkeys(row["answer"] for row in judged))
    reasons = [f"{row['assessor']}: {row['reason']}" for row in judged if row["reason"] not in NO_VALUE]
    of_rows = [f"rows alone: {answer} ({basis})" if answer != ASSESSOR else basis]
    return line | {
        "Answer": said,
        "Basis": "; ".join(filter(None, reasons + of_rows)),
        "Answered by": ", ".join(dict.fromkeys(row["assessor"] for row in judged)),
    }


def _assessments(bundle: Bundle) -> dict[str, dict[str, list[dict]]]:
    """Case -> question -> answers of assessors on the drug of the series and the event."""
    found: dict[str, dict[str, list[dict]]] = defaultdict(lambda: defaultdict(list))
    judged = bundle.derived["judgements"]
    own = judged[(judged["instrument"] == "murad") & (judged["judged_besides"] == "")]
    for row in own.to_dict("records"):
        for number, answer in _answers(row["answers"]).items():
            found[row["case_id"]][number].append(row | {"answer": answer})
    return found


def _answers(text: str) -> dict[str, str]:
    """`1=yes; 4=unclear` -> {"1": "yes", "4": "unclear"}; parts without an equals sign are left out."""
    pairs = (part.partition("=") for part in text.split(";"))
    return {number.strip(): answer.strip() for number, equals, answer in pairs if equals}
