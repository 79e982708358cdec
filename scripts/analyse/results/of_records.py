"""Records: where every record that entered went, by reason; and the findings by severity."""

import pandas as pd

from schemas.results import Conventions
from scripts.analyse.results import rows
from scripts.files.bundle import Bundle


def analyse(derived: Bundle, conventions: Conventions) -> tuple[list[dict], list[dict]]:
    """Counts of the ledger's decisions and reasons, of the sets, and of findings. The flow adds up or it fails."""
    cases = derived.ledger[derived.ledger["stage"] != "ingest"]
    found = _decisions(cases) + _sets(derived.times)
    for severity, number in derived.findings["severity"].value_counts(sort=False).items():
        found.append(rows.row("findings", [], endpoint="findings", level=severity, value=number, method="count"))
    return found, []


def _decisions(cases: pd.DataFrame) -> list[dict]:
    entered = list(cases["record"])
    found = [rows.row("entered", entered, counted=entered, method="count of records")]
    for decision in ("in", "counted_inside", "out"):
        part = cases[cases["decision"] == decision]
        found.append(rows.row(decision, entered, counted=part["record"], method="count"))
    reasons = cases[cases["decision"] != "in"].groupby(["stage", "decision", "reason"], sort=False)["record"]
    for (stage, decision, reason), records in reasons:
        found.append(
            rows.row("reason", entered, endpoint=stage, level=reason, counted=records, note=decision, method="count")
        )
    total = sum(row["value"] for row in found[1:4])
    if total != len(entered):
        raise AssertionError(f"conservation: {len(entered)} records entered, {total} are accounted for")
    return found


def _sets(times: pd.DataFrame) -> list[dict]:
    members = {name: sorted(part["case_id"].unique()) for name, part in times.groupby("set", sort=False)}
    return [rows.row("set_size", own, set=name, counted=own, method="count") for name, own in members.items()]
