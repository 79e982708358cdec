"""Links: one patient in two records is counted once, a member of an aggregate inside it.

Nothing is merged without a `links` row. Verdict `same` keeps the record with more filled cells, and what the other
records say differently is listed; `member_of` counts the case inside its aggregate when that is itself in the series.
"""

import pandas as pd

from schemas.endpoints import COUNTED_INSIDE, MAIN_SET
from schemas.fields import NO_VALUE
from scripts.clock.intervals import earliest, elapsed
from scripts.records import patients
from scripts.records.richness import filled

CONFIDENCE = {"certain": 3, "high": 2, "medium": 1, "low": 0}


def richer(tables: dict[str, pd.DataFrame], cases: set[str]) -> dict[str, str]:
    """Record that leaves -> record that stays, for all records that `same` joins directly or by way of others."""
    links = tables["links"]
    first = patients.joined(links[links["a"].isin(cases) & links["b"].isin(cases)])
    known = filled(tables, set(first))
    best: dict[str, str] = {}
    for record in sorted(first, key=lambda record: (-known[record], record)):
        best.setdefault(first[record], record)
    return {record: best[first_record] for record, first_record in first.items() if record != best[first_record]}


def same(links: pd.DataFrame, stays: dict[str, str], differing: pd.DataFrame) -> list[dict]:
    """Ledger lines of the poorer records of each patient; `differing` are their cells of `conflicts`."""
    reasons = {frozenset(pair): reason for *pair, reason in links[["a", "b", "reason"]].itertuples(index=False)}
    cells = dict(list(differing.groupby("left")))
    lines = []
    for case, kept in sorted(stays.items()):
        why = reasons.get(frozenset((case, kept)), "") or "by way of another record"
        reason = f"one patient with {kept}, the richer record: {why}{_told(cells.get(case, differing.iloc[:0]))}"
        lines.append({"stage": "link", "record": case, "decision": "out", "reason": reason, "rule": "same"})
    return lines


def _told(cells: pd.DataFrame) -> str:
    """How many cells differ, and how many only this record has."""
    alone = int((cells["kept_value"] == "").sum())
    parts = ((len(cells) - alone, "cells that differ"), (alone, "cells only it has"))
    return "".join(f"; {words}: {number}" for number, words in parts if number)


def members(tables: dict[str, pd.DataFrame], cases: set[str], stays: dict[str, str]) -> pd.DataFrame:
    """Cases counted inside an aggregate of the series: `case_id`, `aggregate_id`, `confidence`, `reason`.

    A link of a record that left for a richer one holds for the richer one. Of several links the surest counts.
    """
    links = tables["links"]
    aggregate_ids = tables["cases"].set_index("case_id")["aggregate_id"]
    present = set(aggregate_ids[[case for case in aggregate_ids.index if case in cases]]) - NO_VALUE
    held = links[links["verdict"] == "member_of"]
    turned = held["a"].isin(present) & held["b"].isin(aggregate_ids.index)
    held = held.assign(a=held["a"].where(~turned, held["b"]), b=held["b"].where(~turned, held["a"]))
    held = held.assign(a=held["a"].replace(stays), rank=held["confidence"].map(CONFIDENCE).fillna(-1))
    held = held[held["a"].isin(cases) & held["b"].isin(present)]
    renamed = held.rename(columns={"a": "case_id", "b": "aggregate_id"})
    best = renamed.sort_values("rank", ascending=False, kind="stable").drop_duplicates("case_id").sort_index()
    return best[["case_id", "aggregate_id", "confidence", "reason"]].reset_index(drop=True)


def membership(tables: dict[str, pd.DataFrame], main: list[str], inside: pd.DataFrame) -> pd.DataFrame:
    """The sets of the series, each as large as the main one, and the cases that are counted inside a group (book `membership`).

    series_plus_new   the main set: anonymous rows of an aggregate and every case outside it
    replace_high      members linked with confidence high or certain take the place of one anonymous row each
    replace_all       all members do
    """
    sets = [pd.DataFrame({"set": MAIN_SET, "case_id": main})]
    for set_name, least in (("replace_high", CONFIDENCE["high"]), ("replace_all", CONFIDENCE["low"])):
        chosen = inside[inside["confidence"].map(CONFIDENCE).fillna(0) >= least]
        taken = _replacements(tables, main, chosen)
        if taken:
            ids = [taken.get(case, case) for case in main]
            replaced = [case if case in taken else "" for case in main]
            sets.append(pd.DataFrame({"set": set_name, "case_id": ids, "replaces": replaced}))
    sets.append(inside[["case_id"]].assign(set=COUNTED_INSIDE, inside=inside["aggregate_id"]))
    columns = ["set", "case_id", "replaces", "inside"]
    return pd.concat(sets, ignore_index=True).reindex(columns=columns).fillna("")


def _replacements(tables: dict[str, pd.DataFrame], main: list[str], chosen: pd.DataFrame) -> dict[str, str]:
    """Anonymous row -> the member that takes its place: the row that fits best, the first among equals.

    A row fits when the indication agrees and no known time contradicts; rows that know what the member knows
    come first, so that the source's own counts stay as they were.
    """
    aggregate_ids = tables["cases"].set_index("case_id")["aggregate_id"]
    known = _known_times(tables)
    indication = tables["courses"].drop_duplicates("case_id").set_index("case_id")["indication"].str.casefold()
    order = chosen.assign(rank=chosen["confidence"].map(CONFIDENCE)).sort_values("rank", ascending=False, kind="stable")
    taken: dict[str, str] = {}
    for _, member in order.iterrows():
        case = member["case_id"]
        rows = [row for row in main if aggregate_ids[row] == member["aggregate_id"] and row not in taken]
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
