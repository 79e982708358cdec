"""The rechallenge of a patient, from all re-exposures (definitions: rechallenge)."""

from schemas.codes import codes
from schemas.derived_course import RE_EXPOSURES
from schemas.rows_by_case import Row
from scripts.derive.clinical.rechallenge_record import SAID

PRECEDENCE = codes("rechallenge_class")
"""Of several re-exposures of one patient the first of these classes decides."""
REPORTED = (*SAID, "not_done")
"""The same of what sources say; that the drug was not given again where they tell of no re-exposure."""


def of_patient(rows: list[Row]) -> Row:
    """The patient's rechallenge in both readings, from the rows of the table `rechallenges`."""
    decided = {
        f"rechallenge_{reading}": next(
            (class_name for class_name in PRECEDENCE if class_name in {row[reading] for row in rows}), "not_stated"
        )
        for reading in ("event", "symptoms", "tests")
    }
    counted = [row for row in rows if row["kind"] in RE_EXPOSURES and row["event"] != "not_done"]
    negative = [row for row in counted if row["event"] == "negative"]
    strict = decided["rechallenge_event"] == "negative"
    again = _re_exposed(rows, counted)
    of_class = {row["reported"] for row in rows if row["kind"] == "class_member"}
    words = {row["reported"] for row in (rows if again == "no" else counted)}
    return decided | {
        "rechallenge_reported": next((word for word in REPORTED if word in words), "not_stated"),
        "rechallenge_negative": f"{len(negative)} of {len(counted)}" if strict else "",
        "rechallenge_window": "not_stated" if strict and any(row["window"] == "not_stated" for row in negative) else "",
        "re_exposed": again,
        "e2b_literal": next((row["e2b_literal"] for row in rows if row.get("e2b_literal")), ""),
        "exposure_continued": "; ".join(
            row["doses_given"] for row in rows if row["kind"] == "exposure_continued" and row.get("doses_given")
        ),
        "class_member": next((word for word in SAID if word in of_class), ""),
    }


def _re_exposed(rows: list[Row], counted: list[Row]) -> str:
    kinds = {row["kind"] for row in rows}
    if counted:
        return "yes"
    if "exposure_continued" in kinds or "within_course" in kinds:
        return "continued"
    if "not_assessable" in kinds:
        return "not_assessable"
    return "no" if any(row["event"] == "not_done" for row in rows) else "unknown"
