"""Records: where every record that entered went, by reason; and the findings by severity."""

import pandas as pd

from schemas.results import Conventions
from scripts.analyse.results import rows
from scripts.files.bundle import Bundle


def analyse(derived: Bundle, conventions: Conventions) -> tuple[list[dict], list[dict]]:
    """Counts of the ledger's decisions and reasons, of the sets, and of findings. The flow adds up or it fails."""
    cases = derived.ledger[derived.ledger["stage"] != "ingest"]
    results = _decisions(cases) + _sets(derived.times)
    for severity, number in derived.findings["severity"].value_counts(sort=False).items():
        results.append(rows.row("findings", [], endpoint="findings", level=severity, value=number, method="count"))
    return results, []


def _decisions(cases: pd.DataFrame) -> list[dict]:
    entered = list(cases["record"])
    results = [rows.row("entered", entered, counted=entered, method="count of records")]
    for decision in ("in", "counted_inside", "out"):
        part = cases[cases["decision"] == decision]
        results.append(rows.row(decision, entered, counted=part["record"], method="count"))
    reasons = cases[cases["decision"] != "in"].groupby(["stage", "decision", "reason"], sort=False)["record"]
    for (stage, decision, reason), records in reasons:
        results.append(
            rows.row("reason", entered, endpoint=stage, level=reason, counted=records, note=decision, method="count")
        )
    total = sum(row["value"] for row in results[1:4])
    if total != len(entered):
        raise AssertionError(f"conservation: {len(entered)} records entered, {total} are accounted for")
    return results


def _sets(times: pd.DataFrame) -> list[dict]:
    members = {set_name: sorted(part["case_id"].unique()) for set_name, part in times.groupby("set", sort=False)}
    return [
        rows.row("set_size", case_ids, set=set_name, counted=case_ids, method="count")
        for set_name, case_ids in members.items()
    ]
