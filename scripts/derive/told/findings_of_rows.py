"""The findings about each row of a reported table."""

import pandas as pd

from scripts.records.places import meant_by


def ids_of_findings(findings: pd.DataFrame, name: str, rows: pd.DataFrame) -> pd.Series:
    """The ids of the findings about each row of the table `name`, separated by semicolons; blank where there is none."""
    own = findings[findings["table"] == name]
    if not len(own):
        return pd.Series("", index=rows.index, dtype=object)
    meant = meant_by(own, name, rows).sort_values("fault", kind="stable")
    ids = own["finding"].reindex(meant["fault"]).set_axis(meant["at"]).groupby(level=0).agg("; ".join)
    return ids.reindex(rows.index).fillna("").astype(object)
