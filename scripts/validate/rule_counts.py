"""Counts: Q22 parts above their whole, percentages against counts, groups and members that do not add up."""

import re

import pandas as pd

from schemas.fields import NO_VALUE, filled
from schemas.profile import Profile
from scripts.intervals import numbers
from scripts.validate.flags import flag, folded, narrow, together

PERCENT = re.compile(r"(?<![\d.,])(\d{1,3}(?:[.,]\d+)?)\s?%")


def find(tables: dict[str, pd.DataFrame], profile: Profile) -> pd.DataFrame:
    """Findings about series-level claims."""
    said = tables["statements"]
    said = said.assign(count=numbers(said["n"]), whole=numbers(said["of"]))
    above = said[said["count"] > said["whole"]]
    return together([
        flag("statements", above, "Q22", "n", "more patients with the property than patients", value=_ratio(above)),
        _percentages(said),
        *_groups(said[said["variable"] == "cases"]),
        *_members(said[said["variable"] == "cases"], tables),
    ])  # fmt: skip


def _ratio(rows: pd.DataFrame) -> pd.Series:
    return rows["n"] + " of " + rows["of"]


def _percentages(said: pd.DataFrame) -> pd.DataFrame:
    """A percentage in the words is that of the count, to the printed number of decimals, with a decimal point or comma."""
    printed = said["words"].str.extract(PERCENT)[0].str.replace(",", ".")
    rows = said[printed.notna() & (said["whole"] > 0)]
    printed = printed[rows.index]
    decimals = printed.map(lambda text: len(text.partition(".")[2])).astype(float)
    apart = (100 * rows["count"] / rows["whole"] - printed.astype(float)).abs()
    wrong = rows[apart > 0.5 * 10.0**-decimals + 1e-9]
    value = _ratio(wrong) + ", printed " + printed[wrong.index] + "%"
    return flag("statements", wrong, "Q22", "n", "count and percentage do not agree", value=value)


def _groups(said: pd.DataFrame) -> list[pd.DataFrame]:
    """The groups of one aggregate, or of one source that names none, counted out of one whole, add up to it.

    Only a plain count of cases says that its groups share out the whole. Of any other variable `of` is as often the
    size of the group itself, and patients without the property are in no count: such numbers need not add up, nor
    stay below the whole. The same is meant where every count is its whole. A restated group counts once, and a group
    with two counts leaves open which is meant.
    """
    grouped = said[~said["group"].isin(NO_VALUE) & (said["whole"] > 0) & said["count"].notna()]
    named = ~grouped["aggregate_id"].isin(NO_VALUE)
    grouped = grouped.assign(
        kind=named, of_what=grouped["aggregate_id"].where(named, grouped["source_id"]), name=folded(grouped["group"])
    )
    grouped = grouped.drop_duplicates(["kind", "of_what", "whole", "name", "count"])
    parts = []
    for (_, _, whole), rows in grouped.groupby(["kind", "of_what", "whole"], sort=False):
        total, shared = rows["count"].sum(), (rows["count"] < whole).any()
        if len(rows) > 1 and total != whole and shared and not rows["name"].duplicated().any():
            counts = " + ".join(rows["n"])
            what = f"the groups add up to {total:g}, not to {whole:g}"
            parts.append(flag("statements", rows.tail(1), "Q22", "n", what, value=counts))
    return parts


def _members(said: pd.DataFrame, tables: dict[str, pd.DataFrame]) -> list[pd.DataFrame]:
    """As many anonymous members stand in `cases` as the source counts, by group and together."""
    members = narrow(tables["cases"], "aggregate_id")[filled(tables["cases"]["aggregate_id"])]
    courses = narrow(tables["courses"], "indication")
    courses = courses[courses["case_id"].isin(members["case_id"])].drop_duplicates("case_id").set_index("case_id")
    indication = members["case_id"].map(courses["indication"])
    parts = []
    for at, row in said[said["aggregate_id"].isin(members["aggregate_id"])].iterrows():
        own = members["aggregate_id"] == row["aggregate_id"]
        if row["group"] not in NO_VALUE:
            own &= indication == row["group"]
        if own.sum() != row["count"] and row["count"] == row["count"]:
            what = f"{own.sum()} members stand in `cases`, and the source counts {row['n']}"
            parts.append(flag("statements", said.loc[[at]], "Q22", "n", what))
    return parts
