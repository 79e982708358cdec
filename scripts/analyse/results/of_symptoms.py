"""Signs and symptoms as reported: of how many patients each is told, and which are told together."""

import pandas as pd

from schemas.results import Conventions
from scripts.analyse.results import rows
from scripts.files.bundle import Bundle
from scripts.records.symptoms import MOST_SETS, MOST_SYMPTOMS, stated, together

NOTE = "a symptom that a report does not mention is not known to be absent"


def analyse(derived: Bundle, conventions: Conventions) -> tuple[list[dict], list[dict]]:
    """Counts of symptoms and of combinations, of the patients of whom any is told."""
    everyone, grid = list(derived.counted["case_id"]), stated(derived.counted)
    known = list(grid.index)

    def counted(statistic: str, level: str, cases: pd.Index) -> dict:
        return rows.row(statistic, everyone, known=known, counted=list(cases), level=level, method="count", note=NOTE)

    single = [counted("stated", str(symptom), grid.index[grid[symptom]]) for symptom in grid.columns[:MOST_SYMPTOMS]]
    combined = [
        counted("together", "; ".join(names), grid.index[(grid.to_numpy() == grid.columns.isin(names)).all(axis=1)])
        for names in together(grid)["symptoms"].head(MOST_SETS)
    ]
    return single + combined, []
