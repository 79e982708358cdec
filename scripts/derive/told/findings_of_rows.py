"""The findings about each row of a reported table."""

import pandas as pd

from scripts.records.places import meant_by


def ids_of_findings(findings: pd.DataFrame, table_name: str, rows: pd.DataFrame) -> pd.Series:
    """The ids of the findings about each row of a reported table, separated by semicolons; blank where there is none."""
    table_findings = findings[findings["table"] == table_name]
    if not len(table_findings):
        return pd.Series("", index=rows.index, dtype=object)
    meant = meant_by(table_findings, table_name, rows).sort_values("fault", kind="stable")
    ids = table_findings["finding"].reindex(meant["fault"]).set_axis(meant["at"]).groupby(level=0).agg("; ".join)
    return ids.reindex(rows.index).fillna("").astype(object)
