"""Records: where every record that entered went, by reason; and the findings by severity."""

import pandas as pd

from schemas.results import Conventions, Derived
from scripts.analyse import rows


def analyse(derived: Derived, conventions: Conventions) -> tuple[list[dict], list[dict]]:
    """Counts of the ledger's decisions and reasons, of the sets, and of findings. The flow adds up or it fails."""
    cases = derived.ledger[derived.ledger["stage"] != "ingest"]
    found = _decisions(cases) + _sets(derived.times)
    for severity, number in derived.findings["severity"].value_counts(sort=False).items():
        found.append(rows.row("findings", [], endpoint="findings", level=severity, value=number, method="count"))
    return found, []


def _decisions(cases: pd.DataFrame) -> list[dict]:
    entered = list(cases["record"])
    found = [rows.row("entered", entered, value=len(entered), method="count of records")]
    for decision in ("in", "counted_inside", "out"):
        part = cases[cases["decision"] == decision]
        found.append(rows.row(decision, list(part["record"]), value=len(part), n_total=len(entered), method="count"))
    reasons = cases[cases["decision"] != "in"].groupby(["stage", "decision", "reason"], sort=False)["record"]
    for (stage, decision, reason), records in reasons:
        found.append(rows.row("reason", list(records), endpoint=stage, level=reason, value=len(records), note=decision,
                              n_total=len(entered), method="count"))  # fmt: skip
    total = sum(row["value"] for row in found[1:4])
    if total != len(entered):
        raise AssertionError(f"conservation: {len(entered)} records entered, {total} are accounted for")
    return found


def _sets(times: pd.DataFrame) -> list[dict]:
    return [rows.row("set_size", sorted(part["case_id"].unique()), set=name, value=part["case_id"].nunique(),
                     method="count") for name, part in times.groupby("set", sort=False)]  # fmt: skip
