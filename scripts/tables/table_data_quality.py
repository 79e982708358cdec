"""Findings, accepted corrections, and what two records of one patient say differently: where, what, why, what was done and what would cure it."""

import pandas as pd

from schemas.codes import labels
from schemas.endpoints import MOTHERS, WORSENED
from schemas.fields import NO_VALUE
from schemas.findings import of_unit
from scripts.files.bundle import Bundle
from scripts.tables.marks import corrections, disagreements
from scripts.tables.shown import Shown, shown
from scripts.words import wording
from scripts.words.times import reported
from scripts.words.wording import NONE, NOTES, NOTHING, coded

TITLE = "Data quality"
WITHHELD = "withheld, shown as printed"
NOT_CONVERTED = "shown as printed, not converted"
ONSET, END = "onset", "end"
OF_NO_DOSE = (
    "it is counted from a point from which the clock of the headline cannot be reached",
    "say what it is counted from, or give the days of the doses",
)
OF_UNKNOWN = "an end is given although the outcome is `unknown`", "correct the outcome or the end"
WITHOUT_ONSET = (
    "it is counted from another point than the others, or is a date without the day of an onset",
    "give the onset, or the end counted from it",
)
WITHHELD_BY_CHECK = "a check keeps it out of use", "correct what the finding on it names"
COLUMNS = ["Flag", "Severity", "Rule", "Case", "Where", "Value", "What", "Done", "Cure"]


def build(bundle: Bundle) -> Shown:
    """One row per open finding, per accepted correction, and per conflict of two records; `none` where there is none."""
    found = bundle.findings
    held = found["action"] == "withhold_value"
    done = found["action"].map(labels("action")).mask(held, WITHHELD).mask(held & of_unit(found), NOT_CONVERTED)
    rows = [_finding(row, words) for row, words in zip(found.to_dict("records"), done, strict=True)]
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
    unused = every[headline & every["state"].eq("not_usable")]
    told = bundle.series["reactions"] if len(unused) else pd.DataFrame()
    own = every[every["clock"].isin([WORSENED, MOTHERS]) & every["state"].eq("observed")]
    apart = {(row["case_id"], row["endpoint"]): wording.clock(row["clock"]) for row in own.to_dict("records")}
    return [
        {
            "Flag": NOTHING,
            "Severity": "not usable",
            "Rule": "reported, not usable",
            "Case": row["case_id"],
            "Where": f"reactions, {ONSET if row['endpoint'] == facts.onset else END}",
            "Value": (value := _as_told(told[told["case_id"] == row["case_id"]], row["endpoint"] == facts.onset)),
            "Done": "the patient stays in n with an unknown time",
            **_why(row, value, apart.get((row["case_id"], row["endpoint"]), ""), told),
        }
        for row in unused.to_dict("records")
    ]


def _why(row: dict, value: str, clock: str, told: pd.DataFrame) -> dict[str, str]:
    """What is the matter with a time and what would cure it. clock: of an onset that is told apart from the others, its own."""
    event = told[(told["case_id"] == row["case_id"]) & (told["role"] == "event")]
    if not value:
        why = WITHHELD_BY_CHECK
    elif row["endpoint"].endswith("resolution"):
        why = OF_UNKNOWN if event["outcome"].eq("unknown").any() else WITHOUT_ONSET
    else:
        why = (f"told apart, from {clock}", "nothing to do if that is meant") if clock else OF_NO_DOSE
    return {"What": f"{wording.endpoint(row['endpoint'])}: {why[0]}", "Cure": why[1]}


def _as_told(reactions: pd.DataFrame, onset: bool) -> str:
    """The times of a case's reactions as reported."""
    prefix = ONSET if onset else END
    cells = reactions[[f"{prefix}_{part}" for part in ("lower", "upper", "scale", "origin")]]
    told = [one for one in cells.itertuples(index=False, name=None) if one[0] not in NO_VALUE or one[1] not in NO_VALUE]
    said = [
        reported(_or_blank(low), _or_blank(high), scale, coded("origin", origin)) for low, high, scale, origin in told
    ]
    dates = [date for date in reactions[f"{prefix}_date"] if date]
    return "; ".join(dict.fromkeys([*said, *dates]))


def _or_blank(cell: str) -> str:
    return "" if cell in NO_VALUE else cell


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
