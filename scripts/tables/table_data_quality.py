"""T8: findings: where, what, why, what was done and what would cure it."""

from scripts.displays import Displays
from scripts.tables.shown import Shown, shown
from scripts.wording import name

TITLE = "Data quality"
COLUMNS = ["Flag", "Severity", "Rule", "Case", "Where", "Value", "What", "Done", "Cure"]


def build(displays: Displays) -> Shown:
    """One row per finding; `none` where there is none."""
    rows = [_line(row) for row in displays.findings.to_dict("records")] or [{"Flag": "none"}]
    note = "Rules flag, they never repair. Withheld values stay in the listing as printed and enter no calculation."
    return shown(TITLE, rows, COLUMNS, footnotes=(note,), wide=True)


def _line(row: dict) -> dict:
    at = f"{row['file']}, row {row['row']:.0f}" if row["row"] else row["file"]
    return {"Flag": row["finding"], "Severity": row["severity"], "Rule": row["rule"], "Case": row["case_id"],
            "Where": f"{at}, {row['column']}" if row["column"] else at, "Value": row["value"], "What": row["what"],
            "Done": name(row["action"]), "Cure": row["cure"]}  # fmt: skip
