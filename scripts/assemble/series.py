"""The series: who is in, who is counted inside an aggregate, who left and why. Conservation is asserted."""

from dataclasses import dataclass
from functools import partial

import pandas as pd

from schemas.ledger import ledger
from scripts.assemble import linking, repairs, selection


@dataclass(frozen=True)
class Series:
    """tables: reported tables of the cases in the series and of members counted inside it, ready to derive from.

    membership  `set`, `case_id`, `replaces`
    ledger      one line per case that entered
    withheld    cells kept out of use, as printed
    """

    tables: dict[str, pd.DataFrame]
    membership: pd.DataFrame
    ledger: pd.DataFrame
    withheld: pd.DataFrame


def build(
    tables: dict[str, pd.DataFrame],
    found: pd.DataFrame,
    *,
    substances: list[str],
    terms: list[str],
    not_this: dict[str, str],
    data_lock: str,
    use_assumed: bool,
) -> Series:
    """Apply, in this order: corrections, policy, versions, data lock, links, case definition, sets."""
    tables = repairs.correct(tables)
    if not use_assumed:
        tables = repairs.without_assumed(tables)
    tables, withheld = repairs.withhold(tables, found)
    cases, lines = set(tables["cases"]["case_id"]), []
    leaving = (
        partial(selection.nullified, tables),
        partial(selection.after_lock, tables, data_lock=data_lock),
        partial(selection.excluded, found),
        partial(selection.undefined, tables, substances=substances, terms=terms, not_this=not_this),
        partial(linking.same, tables),
    )
    for leave in leaving:
        gone = leave(cases=cases)
        lines += gone
        cases = cases - {line["record"] for line in gone}
    inside = linking.members(tables, cases)
    main = [case for case in tables["cases"]["case_id"] if case in cases - set(inside["case_id"])]
    lines += _counted_inside(inside) + [{"stage": "series", "record": case, "decision": "in"} for case in main]
    book = _with_sources(ledger(lines), tables["cases"])
    _conserved(book, tables["cases"])
    members = linking.membership(tables, main, inside)
    return Series(_restricted(tables, {*main, *inside["case_id"]}), members, book, withheld)


def _counted_inside(inside: pd.DataFrame) -> list[dict]:
    return [
        {"stage": "link", "record": row["case_id"], "decision": "counted_inside", "rule": "member_of",
         "reason": f"counted inside aggregate {row['aggregate_id']} (confidence {row['confidence']}): {row['reason']}"}
        for _, row in inside.iterrows()
    ]  # fmt: skip


def _with_sources(book: pd.DataFrame, cases: pd.DataFrame) -> pd.DataFrame:
    """Ledger in the order of the records in `cases`, each with its source."""
    source = cases.set_index("case_id")["source_id"]
    order = {case: position for position, case in enumerate(cases["case_id"])}
    placed = book.assign(source=book["record"].map(source)).sort_values("record", key=lambda ids: ids.map(order))
    return placed.reset_index(drop=True)


def _conserved(book: pd.DataFrame, cases: pd.DataFrame) -> None:
    """Every case that entered stands in the ledger once."""
    if sorted(book["record"]) != sorted(cases["case_id"]):
        raise AssertionError("conservation: the ledger and the cases that entered differ")


def _restricted(tables: dict[str, pd.DataFrame], cases: set[str]) -> dict[str, pd.DataFrame]:
    kept = {
        name: table[table["case_id"].isin(cases)].reset_index(drop=True) if "case_id" in table else table
        for name, table in tables.items()
    }
    return kept | {"reports": selection.latest(kept["reports"])}
