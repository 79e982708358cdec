"""Which records belong to the series: versions, nullification, data lock, excluded cases, case definition.

Every function takes the cases still in and gives back the ledger lines of those that leave.
"""

import numpy as np
import pandas as pd

from schemas.plain_rows import plain_rows
from scripts.clock.intervals import calendar, date_bounds
from scripts.records import patients
from scripts.records.drugs import is_suspect, names, of_the_drug
from scripts.records.terms import bear
from scripts.records.versions.of_cases import NULLIFIED

ASSUMED = "the case rests on an assumption, which is switched off"
ASIDE = "set aside: a cell or key of the record is not what its column holds"
NO_DRUG = "the drug of the series is not a suspect drug of this case"
OTHER_WORDS = (
    "a suspect drug of this case has the name of the drug among other words, as of a strength or company; where it is the "
    "drug, add its whole name to drug.substances of the profile"
)
NO_EVENT = "no event of the series is reported"
OWN_REASONS = frozenset({ASIDE, ASSUMED, NULLIFIED, NO_DRUG, OTHER_WORDS, NO_EVENT})
"""Reasons that quote nothing of the data."""


def assumed(tables: dict[str, pd.DataFrame], cases: set[str], use_assumed: bool) -> list[dict]:
    """A case whose own row rests on an assumption leaves where assumptions are switched off."""
    case_rows = tables["cases"]
    gone = set() if use_assumed else set(case_rows.loc[case_rows["status"] == "assumed", "case_id"]) & cases
    return [_out("assumed", case, ASSUMED, "use_assumed") for case in sorted(gone)]


def nullified(tables: dict[str, pd.DataFrame], cases: set[str]) -> list[dict]:
    """A case leaves when the highest version of every report of it is nullified (E2B C.1.11); one that stands keeps it."""
    reports = latest(tables["reports"])
    withdrawn = (reports["nullification"] == "nullified").groupby(reports["case_id"]).all()
    gone = set(withdrawn[withdrawn].index) & cases
    return [_out("version", case, NULLIFIED, "C.1.11.1") for case in sorted(gone)]


def latest(reports: pd.DataFrame) -> pd.DataFrame:
    """The highest version of each case's reports of each source; a blank version counts as 0."""
    if not len(reports):
        return reports
    versions = pd.to_numeric(reports["version"], errors="coerce").fillna(0)
    order = reports.assign(order=versions).sort_values("order", kind="stable")
    return order.groupby(["case_id", "source_id"], sort=False).tail(1).drop(columns="order")


def after_lock(tables: dict[str, pd.DataFrame], cases: set[str], data_lock: str) -> list[dict]:
    """A case leaves when all its reports were received, or first informed of, after the data lock point.

    A report without such a date, and a case without reports, are as old as their source was published.
    """
    sources = tables["sources"].drop_duplicates("source_id").set_index("source_id")["published"]
    reports = tables["reports"][["case_id", "source_id", "received", "latest_information"]]
    bare = tables["cases"][["case_id", "source_id"]][~tables["cases"]["case_id"].isin(reports["case_id"])]
    known = pd.concat([reports, bare.assign(received="", latest_information="")], ignore_index=True)
    days = [calendar(known[column])["first"] for column in ("received", "latest_information")]
    days.append(calendar(known["source_id"].map(sources).fillna(""))["first"])
    day = days[0].fillna(days[1]).fillna(days[2]).fillna(-np.inf)
    first = day.groupby(known["case_id"]).min()
    late = set(first[first > date_bounds(data_lock)[1]].index) & cases
    return [_out("version", case, f"after the data lock point {data_lock}", "data_lock") for case in sorted(late)]


def set_aside(findings: pd.DataFrame, cases: set[str]) -> list[dict]:
    """A record that breaks its contract in a message or extract leaves, alone: another record of the patient may stand."""
    rows = findings[(findings["action"] == "exclude_record") & findings["case_id"].isin(cases)].drop_duplicates(
        "case_id"
    )
    return [_out("validate", row["case_id"], ASIDE, row["rule"]) for row in plain_rows(rows)]


def excluded(findings: pd.DataFrame, links: pd.DataFrame, cases: set[str]) -> list[dict]:
    """A case with a finding whose action is `exclude_case` leaves with the rule's id, and so does the whole patient.

    Otherwise another record of the patient (verdict `same`) would take the place of the excluded one unsaid.
    """
    rows = findings[(findings["action"] == "exclude_case") & findings["case_id"].isin(cases)].drop_duplicates("case_id")
    row_of_case = {row["case_id"]: row for row in plain_rows(rows)}
    patient = patients.joined(links)
    row_of_patient = {patient[case]: row for case, row in sorted(row_of_case.items(), reverse=True) if case in patient}
    lines = []
    for case in sorted(cases):
        if case in row_of_case:
            lines.append(_out("validate", case, row_of_case[case]["what"], row_of_case[case]["rule"]))
        elif row := row_of_patient.get(patient.get(case, "")):
            reason = f"one patient with {row['case_id']}, which is excluded: {row['what']}"
            lines.append(_out("validate", case, reason, row["rule"]))
    return lines


def undefined(
    tables: dict[str, pd.DataFrame],
    cases: set[str],
    substances: list[str],
    terms: list[str],
    not_this: dict[str, str],
) -> list[dict]:
    """Cases that do not meet the case definition: the drug as suspect or interacting, and an event term, both present.

    Drug and event terms are named as everywhere (records.drugs, records.terms). The reason quotes the look-alike's own where the profile has one.
    """
    drugs = tables["courses"]
    suspects = drugs[is_suspect(drugs)]
    exposed = set(suspects.loc[of_the_drug(suspects, substances), "case_id"])
    similar = set(suspects.loc[_in_other_words(suspects, substances), "case_id"]) - exposed
    reactions = tables["reactions"]
    occurred = reactions[(reactions["occurred"] == "yes") & (reactions["role"] != "other")]
    met = set(occurred.loc[bear(occurred, terms), "case_id"])
    words = occurred[occurred["role"] == "event"].groupby("case_id")["term"].first()
    reasons = {term.casefold(): reason for term, reason in not_this.items()}
    lines = []
    for case in sorted(cases - (exposed & met)):
        no_drug = "" if case in exposed else OTHER_WORDS if case in similar else NO_DRUG
        why = no_drug or _not_the_event(words.get(case, ""), reasons)
        lines.append(_out("definition", case, why, "case_definition"))
    return lines


def _in_other_words(courses: pd.DataFrame, substances: list[str]) -> pd.Series:
    """Courses with the words of one of the names in their drug or substance: a reader's search found them by these."""
    cells = pd.unique(courses[["drug", "substance"]].to_numpy().ravel())
    met = [cell for cell in cells if any(names(cell, substance) for substance in substances)]
    return courses[["drug", "substance"]].isin(met).any(axis=1)


def _not_the_event(term: str, reasons: dict[str, str]) -> str:
    if not term:
        return NO_EVENT
    return f"{term}: {reasons.get(term.casefold(), 'not an event term of the series')}"


def _out(stage: str, case: str, reason: str, rule: str) -> dict:
    return {"stage": stage, "record": case, "decision": "out", "reason": reason, "rule": rule}
