"""T7: every record that entered, with the reason it is in, counted inside an aggregate, or out."""

from scripts.displays import Displays
from scripts.tables.shown import Shown, shown
from scripts.wording import name

TITLE = "Case flow"
COLUMNS = ["Record", "Source", "Decision", "Stage", "Reason"]


def build(displays: Displays) -> Shown:
    """One row per record, in the order of the ledger."""
    rows = [{"Record": row["record"], "Source": row["source"], "Decision": name(row["decision"]), "Stage": row["stage"],
             "Reason": row["reason"] or "meets the case definition", "value: records": row["records"]}
            for row in displays.ledger.to_dict("records")]  # fmt: skip
    counts = displays.ledger.groupby("decision", sort=False)["records"].sum()
    total = ", ".join(f"{number:.0f} {name(decision)}" for decision, number in counts.items())
    return shown(TITLE, rows, COLUMNS, footnotes=(f"{total}; together {counts.sum():.0f} records.",))
