"""Records of one case in other sources, which left for a later version (scripts.records.versions.of_cases): told, never lost."""

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from schemas.ledger import ledger, stages
from scripts.assemble.conflicts import conflicts
from scripts.assemble.series import Series
from scripts.records.ordering import canonical
from scripts.records.versions.of_cases import Older

Tables = dict[str, pd.DataFrame]


def told(built: Series, entered: Tables, left: Tables, older: Sequence[Older], synonyms: Sequence[list[str]]) -> Series:
    """The series with the records that left: in its ledger, in the counts of its stages, and in the conflicts.

    entered: all rows that the series was built of; left: the rows of the older records under names of their own.
    """
    if not older:
        return built
    both = canonical(
        {table_name: pd.concat([entered[table_name], left[table_name]], ignore_index=True) for table_name in left}
    )
    differing = conflicts(
        both, {older_record.record: older_record.stays for older_record in older if older_record.stays}, synonyms
    )
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
                "source": source[older_record.record],
                "record": older_record.record,
                "decision": "out",
                "reason": older_record.reason,
                "rule": "version",
            }
            for older_record in older
        ]
    )


def _stages(entered: Tables, left: Tables) -> pd.DataFrame:
    """One line per table that lost rows: before all others, since these records never met the other steps."""
    gone = {table_name: len(rows) for table_name, rows in left.items() if len(rows)}
    reason = "a record of the same case in another source"
    return stages(
        [
            {
                "stage": "version",
                "table": table_name,
                "entered": len(entered[table_name]) + number,
                "reason": reason,
                "left": number,
                "remaining": len(entered[table_name]),
            }
            for table_name, number in gone.items()
        ]
    )
