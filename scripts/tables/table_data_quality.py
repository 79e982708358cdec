"""T8: findings and accepted corrections: where, what, why, what was done and what would cure it."""

from scripts.displays import Displays
from scripts.tables.marks import corrections
from scripts.tables.shown import Shown, shown
from scripts.wording import NONE, NOTES, name

TITLE = "Data quality"
COLUMNS = ["Flag", "Severity", "Rule", "Case", "Where", "Value", "What", "Done", "Cure"]


def build(displays: Displays) -> Shown:
    """One row per open finding, then one per accepted correction; `none` where there is neither."""
    withheld = set(displays.withheld["finding"])
    rows = [_finding(row, withheld) for row in displays.findings.to_dict("records")]
    rows += [_correction(row) for row in corrections(displays)]
    return shown(TITLE, rows or [{"Flag": NONE}], COLUMNS, footnotes=(NOTES["rules"], NOTES["flags"]), wide=True)


def _finding(row: dict, withheld: set[str]) -> dict:
    at = f"{row['file']}, row {row['row']:.0f}" if row["row"] else row["file"]
    done = "withheld, shown as printed" if row["finding"] in withheld else name(row["action"])
    return {"Flag": row["finding"], "Severity": row["severity"], "Rule": row["rule"], "Case": row["case_id"],
            "Where": f"{at}, {row['column']}" if row["column"] else at, "Value": row["value"], "What": row["what"],
            "Done": done, "Cure": row["cure"]}  # fmt: skip


def _correction(row: dict) -> dict:
    return {"Flag": row["id"], "Severity": "correction", "Rule": "accepted correction", "Case": row["case_id"],
            "Where": f"{row['table']}, {row['key']}, {row['column']}", "Value": row["from"], "What": row["reason"],
            "Done": f"corrected to {row['to'] or 'blank'} by {row['by']}, {row['date'] or 'undated'}",
            "Cure": "delete the row in `corrections` to undo it"}  # fmt: skip
