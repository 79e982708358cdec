"""Eight questions on every identified case; answered from rows only where rows decide, else by an assessor.

An assessment with the method `murad` (answers such as `1=yes; 4=unknown`) that gives its reason stands before the answer of
the rows, which stays visible in the basis; the causality sheet decides alike (`records.assessors`).
"""

from functools import cache
from pathlib import Path

import yaml

from schemas.plain_rows import plain_rows
from scripts.files.bundle import Bundle
from scripts.records.assessors import Assessor, Decided, assessors, final
from scripts.tables.shown import Shown, shown
from scripts.words.wording import NONE

TITLE = "Quality appraisal of the identified cases"
COLUMNS = ["Case", "Domain", "Question", "Answer", "Basis", "Answered by"]
INSTRUMENT = "murad"
ASSESSOR = "needs an assessor"


def build(bundle: Bundle) -> Shown:
    """Eight rows per identified case, members counted inside an aggregate after the others."""
    cases = bundle.cases[bundle.cases["identity"] == "identified"].sort_values("counted", kind="stable")
    people, decided = _assessors(bundle), _decided(bundle)
    rows = [line for case in plain_rows(cases) for line in _case(case, people.get(case["case_id"], []), decided)]
    notes = (
        questions()["citation"],
        f"`{ASSESSOR}`: the data do not decide the question. An assessor's answer goes into the table `assessments` with the "
        "method murad and answers such as `1=yes; 4=unknown`; with its reason it takes precedence over the answer from the data. "
        "Where assessors with reasons differ, the answer stays open.",
    )
    return shown(TITLE, rows or [{"Case": NONE}], COLUMNS, footnotes=notes, block="Case", wide=True)


@cache
def questions() -> dict:
    """The citation and the eight questions."""
    return yaml.safe_load((Path(__file__).parent / "murad.yaml").read_text(encoding="utf-8"))


def _case(case: dict, people: list[Assessor], decided: dict[tuple[str, str], Decided]) -> list[dict]:
    inside = " (counted inside a group)" if case["counted"] == "inside" else ""
    lines = []
    for asked in questions()["questions"]:
        number = asked["number"]
        final_answer = final(decided.get((case["case_id"], number), ("", "")), number, people)
        lines.append(
            {
                "Case": case["case_id"] + inside,
                "Domain": asked["domain"],
                "Question": f"{number}. {asked['question']}",
                "Answer": final_answer.answer or ASSESSOR,
                "Basis": final_answer.ground,
                "Answered by": final_answer.origin if final_answer.answer or final_answer.differ else "",
            }
        )
    return lines


def _decided(bundle: Bundle) -> dict[tuple[str, str], Decided]:
    """Case and question -> the answer of the rows."""
    rows = bundle.derived["appraisals"]
    appraisals = plain_rows(rows[rows["instrument"] == INSTRUMENT])
    return {(row["case_id"], row["question"]): (row["answer"], row["basis"]) for row in appraisals}


def _assessors(bundle: Bundle) -> dict[str, list[Assessor]]:
    """Case -> who used the instrument on it."""
    judged = bundle.derived["judgements"].groupby("case_id", sort=False)
    return {str(case): assessors(plain_rows(judgements), INSTRUMENT) for case, judgements in judged}
