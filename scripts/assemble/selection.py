"""Which records belong to the series: versions, nullification, data lock, excluded cases, case definition.

Every function takes the cases still in and gives back the ledger lines of those that leave.
"""

import pandas as pd

from scripts.intervals import calendar, date_bounds


def assumed(tables: dict[str, pd.DataFrame], cases: set[str], use_assumed: bool) -> list[dict]:
    """A case whose own row rests on an assumption leaves where assumptions are switched off."""
    own = tables["cases"]
    gone = set() if use_assumed else set(own.loc[own["status"] == "assumed", "case_id"]) & cases
    reason = "the case rests on an assumption, which is switched off"
    return [_out("assumed", case, reason, "use_assumed") for case in sorted(gone)]


def nullified(tables: dict[str, pd.DataFrame], cases: set[str]) -> list[dict]:
    """A case leaves when the highest version of every report of it is nullified (E2B C.1.11); one that stands keeps it."""
    reports = latest(tables["reports"])
    withdrawn = (reports["nullification"] == "nullified").groupby(reports["case_id"]).all()
    gone = set(withdrawn[withdrawn].index) & cases
    return [_out("version", case, "nullified by its sender", "C.1.11.1") for case in sorted(gone)]


def latest(reports: pd.DataFrame) -> pd.DataFrame:
    """The highest version of each case's reports of each source; a blank version counts as 0."""
    if not len(reports):
        return reports
    versions = pd.to_numeric(reports["version"], errors="coerce").fillna(0)
    order = reports.assign(order=versions).sort_values("order", kind="stable")
    return order.groupby(["case_id", "source_id"], sort=False).tail(1).drop(columns="order")


def after_lock(tables: dict[str, pd.DataFrame], cases: set[str], data_lock: str) -> list[dict]:
    """A case all of whose reports were received, or first informed of, after the data lock point leaves."""
    reports = tables["reports"]
    if not len(reports):
        return []
    received = reports["received"].where(calendar(reports["received"])["first"].notna(), reports["latest_information"])
    first = calendar(received)["first"].fillna(-1).groupby(reports["case_id"]).min()
    late = set(first[first > date_bounds(data_lock)[1]].index) & cases
    return [_out("version", case, f"after the data lock point {data_lock}", "data_lock") for case in sorted(late)]


def excluded(found: pd.DataFrame, cases: set[str]) -> list[dict]:
    """A case with a finding whose action is `exclude_case` leaves with the rule's id."""
    rows = found[(found["action"] == "exclude_case") & found["case_id"].isin(cases)]
    first = rows.drop_duplicates("case_id").sort_values("case_id")
    return [_out("validate", row["case_id"], row["what"], row["rule"]) for _, row in first.iterrows()]


def undefined(
    tables: dict[str, pd.DataFrame],
    cases: set[str],
    substances: list[str],
    terms: list[str],
    not_this: dict[str, str],
) -> list[dict]:
    """Cases that do not meet the case definition: the drug as suspect or interacting, and an event term, both present.

    Names are compared without regard to case. The reason quotes the look-alike's own where the profile has one.
    """
    drugs = tables["courses"]
    named = _any(drugs, ["drug", "substance"], substances) & drugs["role"].isin(["suspect", "interacting"])
    exposed = set(drugs.loc[named, "case_id"])
    reactions = tables["reactions"]
    occurred = reactions[(reactions["occurred"] == "yes") & (reactions["role"] != "other")]
    met = set(occurred.loc[_any(occurred, ["term"], terms), "case_id"])
    words = occurred[occurred["role"] == "event"].groupby("case_id")["term"].first()
    reasons = {term.casefold(): reason for term, reason in not_this.items()}
    lines = []
    for case in sorted(cases - (exposed & met)):
        lines.append(_out("definition", case, _why(case, exposed, words.get(case, ""), reasons), "case_definition"))
    return lines


def _why(case: str, exposed: set[str], term: str, reasons: dict[str, str]) -> str:
    if case not in exposed:
        return "the drug of the series is not a suspect drug of this case"
    if not term:
        return "no event of the series is reported"
    return f"{term}: {reasons.get(term.casefold(), 'not an event term of the series')}"


def _any(table: pd.DataFrame, columns: list[str], names: list[str]) -> pd.Series:
    wanted = {name.casefold() for name in names}
    hits = [table[column].str.casefold().isin(wanted) for column in columns]
    return pd.concat(hits, axis=1).any(axis=1) if len(table) else pd.Series(dtype=bool)


def _out(stage: str, case: str, reason: str, rule: str) -> dict:
    return {"stage": stage, "record": case, "decision": "out", "reason": reason, "rule": rule}
