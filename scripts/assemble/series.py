"""The series: who is in, who is counted inside an aggregate, who left and why. Conservation is asserted."""

from dataclasses import dataclass
from functools import partial

import pandas as pd

from scripts.assemble import conservation, linking, repairs, selection
from scripts.assemble.conflicts import conflicts
from scripts.commands.messages import UserError
from scripts.records import corrections
from scripts.records.ordering import canonical


@dataclass(frozen=True)
class Series:
    """tables: reported tables of the cases in the series and of members counted inside it, ready to derive from.

    membership   `set`, `case_id`, `replaces`
    ledger       one line per case that entered
    stages       rows that entered, left and remain, per stage and table
    withheld     cells kept out of use, as printed
    corrections  accepted repairs that were applied, with the values before and after
    conflicts    what records that left for a richer one of the same patient say differently, or alone
    """

    tables: dict[str, pd.DataFrame]
    membership: pd.DataFrame
    ledger: pd.DataFrame
    stages: pd.DataFrame
    withheld: pd.DataFrame
    corrections: pd.DataFrame
    conflicts: pd.DataFrame


def build(
    tables: dict[str, pd.DataFrame],
    findings: pd.DataFrame,
    *,
    substances: list[str],
    terms: list[str],
    not_this: dict[str, str],
    data_lock: str,
    use_assumed: bool,
) -> Series:
    """Apply, in this order: corrections, policy, records set aside, versions, data lock, case definition, links, sets."""
    entered, repaired = corrected(canonical(tables))
    stated = entered if use_assumed else repairs.without_assumed(entered)
    whole, withheld = repairs.withhold(stated, findings)
    cases = set(whole["cases"]["case_id"])
    lines = selection.set_aside(findings, cases)
    cases = cases - {line["record"] for line in lines}
    tables = _rows_of(whole, cases) if lines else whole
    leaving = (
        partial(selection.assumed, tables, use_assumed=use_assumed),
        partial(selection.nullified, tables),
        partial(selection.after_lock, tables, data_lock=data_lock),
        partial(selection.excluded, findings, tables["links"]),
        partial(selection.undefined, tables, substances=substances, terms=terms, not_this=not_this),
    )
    for leave in leaving:
        lines += (gone := leave(cases=cases))
        cases = cases - {line["record"] for line in gone}
    stays = linking.richer(tables, cases)
    differing = conflicts(tables, stays, [substances, terms])
    lines += linking.same(tables["links"], stays, differing)
    cases = cases - set(stays)
    inside = linking.members(tables, cases, stays)
    apart = cases - set(inside["case_id"])
    main = [case for case in tables["cases"]["case_id"] if case in apart]
    lines += _counted_inside(inside) + [{"stage": "series", "record": case, "decision": "in"} for case in main]
    book = conservation.cases(lines, whole["cases"])
    final = _restricted(tables, {*main, *inside["case_id"]})
    return Series(
        tables=final,
        membership=linking.membership(tables, main, inside),
        ledger=book,
        stages=conservation.rows(entered, stated, final, book),
        withheld=withheld,
        corrections=repaired,
        conflicts=differing,
    )


def corrected(tables: dict[str, pd.DataFrame]) -> tuple[dict[str, pd.DataFrame], pd.DataFrame]:
    """The tables with every correction applied; UserError where one cannot be, as `validate` has said before."""
    repaired, applied, refused = corrections.apply(tables)
    if len(refused):
        row = refused.iloc[0]
        why = row["what"].partition(":")[0]  # what follows quotes the cell
        raise UserError(
            f"{row['at_file']}, row {row['at_row']}: {why}. Correct the row of `corrections`, or delete it."
        )
    return repaired, applied


def _counted_inside(inside: pd.DataFrame) -> list[dict]:
    return [
        {
            "stage": "link",
            "record": row["case_id"],
            "decision": "counted_inside",
            "rule": "member_of",
            "reason": f"counted inside group {row['aggregate_id']} (confidence {row['confidence']}): {row['reason']}",
        }
        for _, row in inside.iterrows()
    ]


def _restricted(tables: dict[str, pd.DataFrame], cases: set[str]) -> dict[str, pd.DataFrame]:
    """Rows of the cases, and rows about no case; of the reports the latest version of each source."""
    kept = _rows_of(tables, cases)
    return kept | {"reports": selection.latest(kept["reports"])}


def _rows_of(tables: dict[str, pd.DataFrame], cases: set[str]) -> dict[str, pd.DataFrame]:
    """Rows of the cases, and rows about no case."""
    return {
        table_name: table[table["case_id"].isin(cases | {""})].reset_index(drop=True) if "case_id" in table else table
        for table_name, table in tables.items()
    }
