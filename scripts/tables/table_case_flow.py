"""Every record that entered, with the reason it is in, counted inside an aggregate, or out."""

from schemas.plain_rows import plain_rows
from scripts.files.bundle import Bundle
from scripts.tables.shown import Shown, shown
from scripts.words.wording import NONE, count, name

TITLE = "Case flow"
COLUMNS = ["Record", "Source", "Decision", "Stage", "Reason", "Rule", "Records"]


def build(bundle: Bundle) -> Shown:
    """One row per record, in the order of the ledger; `Records` where a line stands for several."""
    rows = [
        {
            "Record": row["record"],
            "Source": row["source"],
            "Decision": name(row["decision"]),
            "Stage": row["stage"],
            "Reason": row["reason"] or "meets the case definition",
            "Rule": name(row["rule"]) or NONE,
            "Records": count(row["records"]),
            "value: records": row["records"],
        }
        for row in plain_rows(bundle.ledger)
    ]
    totals = bundle.ledger.groupby("decision", sort=False)["records"].sum()
    words = ", ".join(f"{count(total)} {name(decision)}" for decision, total in totals.items())
    note = f"{words}; together {count(totals.sum())} records." if rows else "No record entered."
    several = bool((bundle.ledger["records"] != 1).any())
    columns = COLUMNS if several else COLUMNS[:-1]
    return shown(TITLE, rows or [{"Record": NONE}], columns, footnotes=(note,), alike="Record")
