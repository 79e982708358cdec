"""The signs and symptoms that patients are told to have had, and which occur together: for the analysis and the figure."""

from collections import Counter

import pandas as pd

MOST_SETS, MOST_SYMPTOMS = 20, 18
"""So many are counted and drawn; where there are more, the most frequent."""


def stated(patients: pd.DataFrame) -> pd.DataFrame:
    """case x symptom -> stated; only cases with symptoms stated, the most frequent symptom first. Wheezing and wheezing are one."""
    reported = patients.set_index("case_id")["symptoms"]
    pairs = [(case, word.strip()) for case, cell in reported.items() for word in cell.split(";") if word.strip()]
    if not pairs:
        return pd.DataFrame(index=pd.Index([], name="case_id"))
    often = Counter(word for _, word in pairs)
    spelled = {word.casefold(): word for word in sorted(often, key=lambda word: (often[word], word))}
    unified = [(case, spelled[word.casefold()]) for case, word in pairs]
    long = pd.DataFrame(unified, columns=["case_id", "symptom"]).drop_duplicates()
    grid = pd.crosstab(long["case_id"], long["symptom"]).astype(bool)
    counts = grid.sum()
    order = sorted(grid.columns, key=lambda symptom: (-counts[symptom], symptom))
    return grid.loc[[case for case in reported.index if case in grid.index], order]


def together(grid: pd.DataFrame) -> pd.DataFrame:
    """Each combination once, with its count and its cases; the most frequent first."""
    if not len(grid):
        return pd.DataFrame(columns=["count", "cases", "symptoms"])
    rows = pd.DataFrame({"symptoms": [tuple(grid.columns[row]) for row in grid.to_numpy()], "cases": grid.index})
    combinations = rows.groupby("symptoms", sort=False)["cases"].agg(["count", "; ".join]).reset_index()
    combinations = combinations.rename(columns={"join": "cases"})
    return combinations.sort_values("count", ascending=False, kind="stable").reset_index(drop=True)
