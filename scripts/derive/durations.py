"""How long a reaction lasted (E2B E.i.6), as the time of its end: listings tell no other.

A reaction without a time of its end ended so long after its onset; where an end is told, that counts (Q18 compares them).
"""

import pandas as pd

from schemas.fields import stated, timed


def with_durations(tables: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """The tables, with a duration as the end of each reaction that has no other."""
    rows = tables["reactions"]
    told = stated(rows["duration"]) & stated(rows["duration_scale"]) & ~timed(rows, "end")
    if not told.any():
        return tables
    cells = {
        "end_lower": rows["duration"],
        "end_upper": rows["duration"],
        "end_scale": rows["duration_scale"],
        "end_origin": "onset:" + rows["reaction"],
    }
    return tables | {
        "reactions": rows.assign(**{column: rows[column].mask(told, cell) for column, cell in cells.items()})
    }
