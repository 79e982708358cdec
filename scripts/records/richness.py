"""How much a record says: of two records of one patient, or of one version, the richer one stays."""

from collections.abc import Collection, Mapping

import pandas as pd

from schemas.contract import PLACE
from schemas.fields import NO_VALUE


def filled(tables: Mapping[str, pd.DataFrame], cases: Collection[str]) -> dict[str, int]:
    """How many cells with a value each of the cases has in all tables."""
    known = dict.fromkeys(cases, 0)
    for table in tables.values():
        if "case_id" in table and cases:
            case_rows = table[table["case_id"].isin(cases)]
            number = (
                (~case_rows.drop(columns=list(PLACE), errors="ignore").isin(NO_VALUE))
                .sum(axis=1)
                .groupby(case_rows["case_id"])
                .sum()
            )
            for case, cells in number.items():
                known[case] += int(cells)
    return known
