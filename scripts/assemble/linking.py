"""Links: one patient in two records is counted once, a member of an aggregate inside it.

Nothing is merged without a `links` row. Verdict `same` keeps the record with more filled cells; `member_of`
counts the case inside its aggregate when that aggregate is itself in the series.
"""

import pandas as pd

from schemas.fields import NO_VALUE
from scripts.intervals import earliest, elapsed

CONFIDENCE = {"certain": 3, "high": 2, "medium": 1, "low": 0}


def same(tables: dict[str, pd.DataFrame], cases: set[str]) -> list[dict]:
    """Ledger lines of the poorer record of each `same` pair."""
    links = tables["links"]
    pairs = links[(links["verdict"] == "same") & links["a"].isin(cases) & links["b"].isin(cases)]
    gone: dict[str, dict] = {}
    for _, link in pairs.iterrows():
        poorer, richer = sorted((link["a"], link["b"]), key=lambda case: (filled(tables, case), case))
        if poorer not in gone:
            reason = f"one patient with {richer}, the richer record: {link['reason']}"
            gone[poorer] = {"stage": "link", "record": poorer, "decision": "out", "reason": reason, "rule": "same"}
    return list(gone.values())


def filled(tables: dict[str, pd.DataFrame], case: str) -> int:
    """How many cells with a value the case has in all tables."""
    rows = (table[table["case_id"] == case] for table in tables.values() if "case_id" in table)
    return int(sum((~part.isin(NO_VALUE)).sum().sum() for part in rows))


def members(tables: dict[str, pd.DataFrame], cases: set[str]) -> pd.DataFrame:
    """Cases counted inside an aggregate of the series: `case_id`, `aggregate_id`, `confidence`, `reason`."""
    links = tables["links"]
    own = tables["cases"].set_index("case_id")["aggregate_id"]
    present = set(own[[case for case in own.index if case in cases]]) - {""}
    held = links[(links["verdict"] == "member_of") & links["a"].isin(cases) & links["b"].isin(present)]
    renamed = held.rename(columns={"a": "case_id", "b": "aggregate_id"}).drop_duplicates("case_id")
    return renamed[["case_id", "aggregate_id", "confidence", "reason"]].reset_index(drop=True)


def membership(tables: dict[str, pd.DataFrame], main: list[str], inside: pd.DataFrame) -> pd.DataFrame:
    """The sets of the series: `set`, `case_id`, `replaces`; every set has as many cases as the main one.

    series_plus_new   the main set: anonymous rows of an aggregate and every case outside it
    replace_high      members linked with confidence high or certain take the place of one anonymous row each
    replace_all       all members do
    """
    sets = [pd.DataFrame({"set": "series_plus_new", "case_id": main, "replaces": ""})]
    for name, least in (("replace_high", CONFIDENCE["high"]), ("replace_all", CONFIDENCE["low"])):
        chosen = inside[inside["confidence"].map(CONFIDENCE).fillna(0) >= least]
        taken = _replacements(tables, main, chosen)
        if taken:
            ids = [taken.get(case, case) for case in main]
            replaced = [case if case in taken else "" for case in main]
            sets.append(pd.DataFrame({"set": name, "case_id": ids, "replaces": replaced}))
    return pd.concat(sets, ignore_index=True)


def _replacements(tables: dict[str, pd.DataFrame], main: list[str], chosen: pd.DataFrame) -> dict[str, str]:
    """Anonymous row -> the member that takes its place: the row that fits best, the first among equals.

    A row fits when the indication agrees and no known time contradicts; rows that know what the member knows
    come first, so that the source's own counts stay as they were.
    """
    own = tables["cases"].set_index("case_id")["aggregate_id"]
    known = _known_times(tables)
    indication = tables["courses"].drop_duplicates("case_id").set_index("case_id")["indication"].str.casefold()
    order = chosen.assign(rank=chosen["confidence"].map(CONFIDENCE)).sort_values("rank", ascending=False, kind="stable")
    taken: dict[str, str] = {}
    for _, member in order.iterrows():
        case = member["case_id"]
        rows = [row for row in main if own[row] == member["aggregate_id"] and row not in taken]
        fits = [row for row in rows if indication.get(row) == indication.get(case) and _agree(known, case, row)]
        if fits:
            taken[min(fits, key=lambda row: _unknown_to(known, case, row))] = case
    return taken


def _known_times(tables: dict[str, pd.DataFrame]) -> dict[str, dict[str, tuple[float, float]]]:
    """case -> {"onset" | "end": (lower, upper]} from the event and its symptoms."""
    reactions = tables["reactions"]
    part = reactions[(reactions["occurred"] == "yes") & (reactions["role"] != "other")]
    known: dict[str, dict[str, tuple[float, float]]] = {}
    for prefix in ("onset", "end"):
        times = earliest(pd.concat([part["case_id"], elapsed(part, prefix)], axis=1), ["case_id"])
        for row in times.itertuples():
            known.setdefault(row.case_id, {})[prefix] = (row.lower, row.upper)
    return known


def _agree(known: dict, case: str, row: str) -> bool:
    mine, other = known.get(case, {}), known.get(row, {})
    return all(max(mine[t][0], other[t][0]) <= min(mine[t][1], other[t][1]) for t in mine.keys() & other.keys())


def _unknown_to(known: dict, case: str, row: str) -> int:
    return len(known.get(case, {}).keys() - known.get(row, {}).keys())
