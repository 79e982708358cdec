"""The section on what changed since the accepted run, in words; what the book `changes` holds is not computed again."""

from collections.abc import Mapping

import pandas as pd

from schemas.plain_rows import plain_rows
from scripts.files.bundle import Bundle
from scripts.report.against import Others
from scripts.report.reference import Reference
from scripts.words.wording import IN_SHORT, name

NOTHING = "Nothing differs from the accepted run."
KINDS = {
    "patient_in": ("patient came in", "patients came in"),
    "patient_out": ("patient left", "patients left"),
    "row_in": ("row was added", "rows were added"),
    "row_out": ("row was removed", "rows were removed"),
    "cell": ("reported cell changed", "reported cells changed"),
    "conclusion": ("conclusion about a patient changed", "conclusions about patients changed"),
    "time": ("derived time changed", "derived times changed"),
    "headline": ("headline changed", "headlines changed"),
    "wording": (
        "headline is worded differently, with the same numbers",
        "headlines are worded differently, with the same numbers",
    ),
    "convention": ("convention of the config changed", "conventions of the config changed"),
    "version": ("program version changed", "program versions changed"),
}
MOVED = {"headline": "headline", "conclusion": "conclusion about a patient"}
"""What a reader asks for first, said where none of it changed too."""
OF_THE_DATA = ("patient_in", "patient_out", "row_in", "row_out", "cell")
MOST_NEW = 10
"""New patients who are set against the others right here; each stands so in their own part as well."""
MOST = 100
"""Rows of one kind on the page; all of them stand in changes.csv."""


def told_changes(before: Reference | None, changes: pd.DataFrame, now: Bundle) -> dict:
    """`accepted` (who, when, remark; empty without a reference), `sentences`, `lead_before` (blank where the first
    sentences say the same), `new` patients against the others, `groups` with heading, rows and how many more there are."""
    if before is None:
        return {"accepted": {}, "sentences": [], "lead_before": "", "groups": [], "new": []}
    new = changes.loc[changes["kind"] == "patient_in", "case_id"]
    others = Others(now)
    lead = "".join(before.headlines.loc[before.headlines["headline"] == IN_SHORT, "shown"])
    return {
        "accepted": before.signed,
        "sentences": sentences(changes),
        "lead_before": lead if (changes["kind"].eq("headline") & changes["key"].eq(IN_SHORT)).any() else "",
        "new": [{"case_id": case, "against": others.against(case)} for case in list(new)[:MOST_NEW]],
        "groups": [_group(kind, changes[changes["kind"] == kind]) for kind in KINDS if (changes["kind"] == kind).any()],
    }


def sentences(changes: pd.DataFrame) -> list[str]:
    """What moved, in short: `1 patient came in: C7.`; data apart from conventions and versions."""
    if not len(changes):
        return [NOTHING]
    told = [_counted(kind, changes[changes["kind"] == kind]) for kind in KINDS if (changes["kind"] == kind).any()]
    if not changes["kind"].isin(OF_THE_DATA).any():
        told.insert(0, "No reported data changed.")
    still = [what for kind, what in MOVED.items() if not (changes["kind"] == kind).any()]
    return [*told, f"No {' and no '.join(still)} changed."] if still else told


def _counted(kind: str, rows: pd.DataFrame) -> str:
    words = f"{len(rows)} {KINDS[kind][len(rows) != 1]}"
    named = list(dict.fromkeys(rows["case_id"])) if kind.startswith("patient") else []
    return f"{words}: {', '.join(named[:20])}{' …' if len(named) > 20 else ''}." if named else f"{words}."


def _group(kind: str, rows: pd.DataFrame) -> dict:
    shown = [_row(row) for row in plain_rows(rows.head(MOST))]
    return {"heading": _counted(kind, rows).rstrip("."), "rows": shown, "more": len(rows) - len(shown)}


def _row(row: Mapping[str, str]) -> dict[str, str]:
    where = [row["table"] and name(row["table"]), row["key"], row["column"] and name(row["column"])]
    what = ", ".join(part for part in where if part) or row["case_id"]
    headline = row["key"] if row["kind"] in ("headline", "wording") else ""
    return {"what": what, "before": row["before"], "after": row["after"], "headline": headline}
