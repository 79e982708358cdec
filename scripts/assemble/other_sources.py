"""Records of one case in other sources, which left for a later version (scripts.records.versions): told, never lost."""

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from schemas.ledger import ledger, stages
from scripts.assemble.conflicts import conflicts
from scripts.assemble.series import Series
from scripts.records.ordering import canonical
from scripts.records.versions import Older

Tables = dict[str, pd.DataFrame]


def told(built: Series, entered: Tables, left: Tables, older: Sequence[Older], synonyms: Sequence[list[str]]) -> Series:
    """The series with the records that left: in its ledger, in the counts of its stages, and in the conflicts.

    entered: all rows that the series was built of; left: the rows of the older records under names of their own.
    """
    if not older:
        return built
    both = canonical({name: pd.concat([entered[name], left[name]], ignore_index=True) for name in left})
    differing = conflicts(both, {one.record: one.stays for one in older if one.stays}, synonyms)
    return replace(
        built,
        ledger=pd.concat([_ledger(left, older), built.ledger], ignore_index=True),
        stages=pd.concat([_stages(entered, left), built.stages], ignore_index=True),
        conflicts=pd.concat([built.conflicts, differing], ignore_index=True),
    )


def _ledger(left: Tables, older: Sequence[Older]) -> pd.DataFrame:
    source = left["cases"].drop_duplicates("case_id").set_index("case_id")["source_id"]
    return ledger(
        [
            {
                "stage": "version",
                "source": source[one.record],
                "record": one.record,
                "decision": "out",
                "reason": one.reason,
                "rule": "version",
            }
            for one in older
        ]
    )


def _stages(entered: Tables, left: Tables) -> pd.DataFrame:
    """One line per table that lost rows: before all others, since these records never met the other steps."""
    gone = {name: len(rows) for name, rows in left.items() if len(rows)}
    reason = "a record of the same case in another source"
    return stages(
        [
            {
                "stage": "version",
                "table": name,
                "entered": len(entered[name]) + number,
                "reason": reason,
                "left": number,
                "remaining": len(entered[name]),
            }
            for name, number in gone.items()
        ]
    )
