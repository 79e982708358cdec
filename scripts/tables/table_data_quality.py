"""Findings, accepted corrections, and what two records of one patient say differently: where, what, why, what was done and what would cure it."""

import pandas as pd

from schemas.codes import labels
from schemas.endpoints import RESOLUTIONS
from schemas.findings import of_unit
from schemas.plain_rows import plain_rows
from scripts.files.bundle import Bundle
from scripts.tables.marks import corrections, disagreements
from scripts.tables.shown import Shown, shown
from scripts.words import wording
from scripts.words.wording import NONE, NOTES, NOTHING

TITLE = "Data quality"
WITHHELD = "withheld, shown as printed"
NOT_CONVERTED = "shown as printed, not converted"
PLACES = dict.fromkeys(RESOLUTIONS, "reactions, end") | {"diagnosis": "tests, time"}
"""Where a time of an endpoint is told, but for the other onsets."""
WHY = {
    "of_no_dose": (
        "it is counted from a point from which the clock of the headline cannot be reached",
        "say what it is counted from, or give the days of the doses",
    ),
    "outcome_unknown": ("an end is given although the outcome is `unknown`", "correct the outcome or the end"),
    "without_onset": (
        "it is counted from another point than the others, or is a date without the day of an onset",
        "give the onset, or the end counted from it",
    ),
    "withheld": ("a check keeps it out of use", "correct what the finding on it names"),
}
"""What is the matter with a time that is not usable, and what would cure it."""
COLUMNS = ["Flag", "Severity", "Rule", "Case", "Where", "Value", "What", "Done", "Cure"]


def build(bundle: Bundle) -> Shown:
    """One row per open finding, per accepted correction, and per conflict of two records; `none` where there is none."""
    findings = bundle.findings
    held = findings["action"] == "withhold_value"
    done = findings["action"].map(labels("action")).mask(held, WITHHELD).mask(held & of_unit(findings), NOT_CONVERTED)
    rows = [_finding(row, words) for row, words in zip(plain_rows(findings), done, strict=True)]
    rows += _not_usable(bundle)
    rows += [_correction(row) for row in corrections(bundle)]
    rows += [_disagreement(row) for row in disagreements(bundle)]
    rows += [_only_known(kept, left, cells) for (kept, left), cells in _alone(bundle).groupby(["kept", "left"])]
    return shown(TITLE, rows or [{"Flag": NONE}], COLUMNS, footnotes=(NOTES["rules"], NOTES["flags"]), wide=True)


def _finding(row: dict, done: str) -> dict:
    at = f"{row['file']}, row {row['row']:.0f}" if row["row"] else row["file"]
    return {
        "Flag": row["finding"],
        "Severity": row["severity"],
        "Rule": row["rule"],
        "Case": row["case_id"],
        "Where": f"{at}, {row['column']}" if row["column"] else at,
        "Value": row["value"],
        "What": row["what"],
        "Done": done,
        "Cure": row["cure"],
    }


def _not_usable(bundle: Bundle) -> list[dict]:
    """Times of the headline's endpoints that were reported and that its clock cannot use, each as it was told."""
    facts, every = bundle.facts, bundle.times[bundle.times["set"] == bundle.main_set]
    headline = every["endpoint"].eq(facts.onset) & every["clock"].eq(facts.clock) | every["endpoint"].eq(
        facts.resolution
    )
    return [
        {
            "Flag": NOTHING,
            "Severity": "not usable",
            "Rule": "reported, not usable",
            "Case": row["case_id"],
            "Where": PLACES.get(row["endpoint"], "reactions, onset"),
            "Value": row["as_reported"],
            "Done": "the patient stays in n with an unknown time",
            **_why(row),
        }
        for row in plain_rows(every[headline & every["state"].eq("not_usable")])
    ]


def _why(row: dict) -> dict[str, str]:
    """What is the matter with a time and what would cure it; an onset may be told apart from the others, on its own clock."""
    apart = (f"told apart, from {wording.clock(row['unusable_because'])}", "nothing to do if that is meant")
    what, cure = WHY.get(row["unusable_because"], apart)
    return {"What": f"{wording.endpoint(row['endpoint'])}: {what}", "Cure": cure}


def _correction(row: dict) -> dict:
    return {
        "Flag": row["id"],
        "Severity": "correction",
        "Rule": "accepted correction",
        "Case": row["case_id"],
        "Where": f"{row['table']}, {row['key']}, {row['column']}",
        "Value": row["from"],
        "What": row["reason"],
        "Done": f"corrected to {row['to'] or 'blank'} by {row['by']}, {row['date'] or 'undated'}",
        "Cure": "delete the row in `corrections` to undo it",
    }


def _disagreement(row: dict) -> dict:
    where = ", ".join(filter(None, [row["table"], row["key"], row["column"]]))
    return {
        "Flag": row["id"],
        "Severity": "conflict",
        "Rule": "one patient, two records",
        "Case": row["kept"],
        "Where": where,
        "Value": row["kept_value"],
        "What": f"{row['left']}, not counted, says {row['left_value']}",
        "Done": f"{row['kept']} is the richer record, and its value is used",
        "Cure": "if the other is right, add a row to `corrections`",
    }


def _alone(bundle: Bundle) -> pd.DataFrame:
    return bundle.books["conflicts"][bundle.books["conflicts"]["kept_value"] == ""]


def _only_known(kept: str, left: str, cells: pd.DataFrame) -> dict:
    """What only the record that is not counted knows stays out of the series; the row says how much, and where it is."""
    tables = ", ".join(cells["table"].unique())
    return {
        "Flag": NONE,
        "Severity": "conflict",
        "Rule": "one patient, two records",
        "Case": kept,
        "Where": tables,
        "Value": "",
        "What": f"{left}, not counted, has {len(cells)} values that {kept} does not have",
        "Done": "not used; listed in conflicts.csv",
        "Cure": f"type them into the rows of {kept} if they are to count",
    }
