"""Other causes: those a source considered, and those the profile knows and the record holds (definitions: other-causes).

Silence is never an exclusion: no other cause is known only where rows exclude every kind that the profile names.
"""

import pandas as pd

from schemas.derived_patients import CAUSES
from schemas.fields import NO_VALUE, timed
from schemas.plain_rows import plain_rows
from schemas.profile import Competing, Profile
from schemas.rows_by_case import Row, RowsByCase
from scripts.records.cause_names import Names
from scripts.records.places import meant_by
from scripts.records.uses import with_uses

PRESENT = "Q30"
"""The rule of `validate` that finds a cause of the profile in a case, able to explain the event by its course and time."""
UNNAMED = "a drug without a name"
TREATMENTS = ("courses", "managements")


def causes(tables: dict[str, pd.DataFrame], findings: pd.DataFrame, profile: Profile) -> pd.DataFrame:
    """The table `causes`: rows of `alternatives`, then causes of the profile that are present and not excluded."""
    competing = profile.event.competing
    names = Names(competing)
    rows = [_considered(row, names) for row in plain_rows(tables["alternatives"])]
    rows += _present(tables, findings, competing)
    rows += _unnamed(tables["courses"])
    return CAUSES.validate(pd.DataFrame(rows, columns=list(CAUSES.columns), dtype=object).astype(str), inplace=True)


def _considered(row: Row, names: Names) -> Row:
    kind = {"yes": "excluded", "no": "open"}.get(row["excluded"], "not_assessed")
    return {
        "case_id": row["case_id"],
        "cause": row["cause"],
        "kind": kind,
        "of_profile": "; ".join(sorted(names.named(row["cause"]))),
        "how": row["how"],
        "basis": f"alternatives[{row['cause']}].excluded",
    }


def _present(tables: dict[str, pd.DataFrame], findings: pd.DataFrame, competing: dict[str, Competing]) -> list[Row]:
    """A drug without a date is not known to have been there; a condition without an end counts as present."""
    present_findings = findings[(findings["rule"] == PRESENT) & (findings["table"] != "alternatives")]
    present_findings = present_findings.sort_values(["table", "case_id", "column", "what", "value"], kind="stable")
    dated = _dated(tables, present_findings)
    rows = []
    for at, each in zip(present_findings.index, plain_rows(present_findings), strict=True):
        kind = str(each["what"]).partition(": ")[0]
        if kind in competing:
            known = each["table"] not in TREATMENTS or at in dated
            rows.append(
                {
                    "case_id": each["case_id"],
                    "cause": kind,
                    "kind": "open" if known else "not_assessed",
                    "of_profile": kind,
                    "how": "in the record" if known else "in the record, without a date",
                    "basis": f"{each['table']}.{each['column']}",
                }
            )
    return list({(row["case_id"], row["cause"], row["basis"], row["kind"]): row for row in rows}.values())


def _unnamed(courses: pd.DataFrame) -> list[Row]:
    """Other drugs of which no name is told: each may be a cause of the profile."""
    nameless = courses["drug"].isin(NO_VALUE) & courses["substance"].isin(NO_VALUE)
    rows = courses[nameless & (courses["role"] != "not_administered")]
    return [
        {
            "case_id": case,
            "cause": UNNAMED,
            "kind": "not_assessed",
            "of_profile": "",
            "how": "in the record",
            "basis": f"courses[{course}]",
        }
        for case, course in zip(rows["case_id"], rows["course"], strict=True)
    ]


def _dated(tables: dict[str, pd.DataFrame], findings: pd.DataFrame) -> set[int]:
    """Labels of the findings about a treatment of which it is told when it was given."""
    treatments = {"courses": with_uses(tables["courses"], tables["doses"]), "managements": tables["managements"]}
    dated: set[int] = set()
    for table_name, table in treatments.items():
        meant = meant_by(findings[findings["table"] == table_name], table_name, table)
        told = timed(table, "start" if table_name == "courses" else "time")
        dated |= set(meant.loc[told.reindex(meant["at"]).to_numpy(bool), "fault"])
    return dated


def other_cause(rows: list[Row], kinds: list[str]) -> tuple[str, str]:
    """Whether another cause may explain the event, and what that rests on.

    yes           a row says `no` (not excluded), or a cause of the profile was present and no row excludes it
    no            the profile names at least one kind of cause, and rows exclude every one
    not_assessed  otherwise
    """
    open_ = [row for row in rows if row["kind"] == "open"]
    if open_:
        return "yes", "; ".join(dict.fromkeys(f"{row['cause']} not excluded" for row in open_))
    excluded = {kind for row in rows if row["kind"] == "excluded" for kind in row["of_profile"].split("; ")}
    doubtful = [row["cause"] for row in rows if row["kind"] == "not_assessed"]
    if kinds and set(kinds) <= excluded and not doubtful:
        return "no", "excluded: " + ", ".join(row["cause"] for row in rows if row["kind"] == "excluded")
    if not kinds:
        return "not_assessed", "the profile names no kind of cause to exclude"
    return "not_assessed", _open(rows, [kind for kind in kinds if kind not in excluded], doubtful)


def _open(rows: list[Row], missing: list[str], doubtful: list[str]) -> str:
    """`not mentioned: infection; left open: asthma`: a kind of which something is said is not called that."""
    told = {kind for row in rows if row["kind"] == "not_assessed" for kind in row["of_profile"].split("; ")}
    parts = {"not mentioned": [kind for kind in missing if kind not in told], "left open": dict.fromkeys(doubtful)}
    return "; ".join(f"{what}: {', '.join(kinds)}" for what, kinds in parts.items() if kinds)


def of_cases(table: pd.DataFrame, profile: Profile, cases: pd.Index) -> pd.DataFrame:
    """`other_cause` and its basis, by case."""
    rows, kinds = RowsByCase(table), list(profile.event.competing)
    other_causes = [other_cause(rows.get(case, []), kinds) for case in cases]
    return pd.DataFrame(other_causes, columns=["other_cause", "other_cause_basis"], index=cases)
