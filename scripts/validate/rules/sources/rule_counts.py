"""Counts: Q22 parts above their whole, words against counts, groups and members that do not add up."""

from collections.abc import Callable
from functools import partial

import pandas as pd

from schemas.fields import NO_VALUE, filled
from schemas.profile import Profile
from scripts.clock.intervals import numbers
from scripts.records.drugs import of_the_drug
from scripts.validate.flags import flag, folded, narrow, together, worded
from scripts.validate.names import indications
from scripts.validate.rules.sources.printed_shares import other_percentage, other_ratio

MOST_SUMS = 100_000
"""Above this many different sums of groups it is left open whether some of the groups make up the whole."""


def find(tables: dict[str, pd.DataFrame], profile: Profile) -> pd.DataFrame:
    """Findings about series-level claims."""
    statements = tables["statements"]
    statements = statements.assign(count=numbers(statements["n"]), whole=numbers(statements["of"]))
    above = statements[statements["count"] > statements["whole"]]
    return together(
        [
            flag("statements", above, "Q22", "n", "more patients with the property than patients", value=_ratio(above)),
            *_words(statements),
            *_groups(statements[statements["variable"] == "cases"]),
            _members(statements[statements["variable"] == "cases"], tables, profile),
        ]
    )


def _ratio(rows: pd.DataFrame) -> pd.Series:
    return rows["n"] + " of " + rows["of"]


def _words(statements: pd.DataFrame) -> list[pd.DataFrame]:
    """A percentage or an `x of y` in the words is that of the count (scripts.validate.rules.sources.printed_shares)."""
    rows = statements[filled(statements["words"]) & statements["count"].notna() & (statements["whole"] > 0)]
    return [
        _other(rows, other_percentage, "count and percentage do not agree", "%"),
        _other(rows, other_ratio, "count and words do not agree", ""),
    ]


def _other(rows: pd.DataFrame, other: Callable[[str, float, float], str], what: str, unit: str) -> pd.DataFrame:
    """Rows whose words print another share than their count."""
    cells = zip(rows["words"], rows["count"], rows["whole"], strict=True)
    printed = pd.Series([other(*given) for given in cells], index=rows.index, dtype=object)
    wrong = rows[filled(printed)]
    value = _ratio(wrong) + ", printed " + printed[wrong.index] + unit
    return flag("statements", wrong, "Q22", "n", what, value=value)


def _groups(statements: pd.DataFrame) -> list[pd.DataFrame]:
    """The groups of one aggregate, or of one source that names none, counted out of one whole, add up to it.

    Only a plain count of cases says that its groups share out the whole. Of any other variable `of` is as often the
    size of the group itself, and patients without the property are in no count: such numbers need not add up, nor
    stay below the whole. The same is meant where every count is its whole. A restated group counts once, and a group
    with two counts leaves open which is meant. Where some of the groups make up the whole, the others may lie within
    them: transplant 3 and its renal transplant 2, beside another 11 of 14.
    """
    grouped = statements[~statements["group"].isin(NO_VALUE) & (statements["whole"] > 0) & statements["count"].notna()]
    named = ~grouped["aggregate_id"].isin(NO_VALUE)
    grouped = grouped.assign(
        kind=named, of_what=grouped["aggregate_id"].where(named, grouped["source_id"]), name=folded(grouped["group"])
    )
    grouped = grouped.drop_duplicates(["kind", "of_what", "whole", "name", "count"])
    parts = []
    for (_, _, whole), rows in grouped.groupby(["kind", "of_what", "whole"], sort=False):
        total, shared = rows["count"].sum(), (rows["count"] < whole).any()
        twice = rows["name"].duplicated().any()
        if len(rows) > 1 and shared and not twice and not _some_make(whole, rows["count"].tolist()):
            counts = " + ".join(rows["n"])
            what = f"the groups add up to {total:g}, not to {whole:g}"
            parts.append(flag("statements", rows.tail(1), "Q22", "n", what, value=counts))
    return parts


def _some_make(whole: float, counts: list[float]) -> bool:
    """Whether some of the counts, or all, add up to the whole; held to be so where there are too many sums to go through."""
    sums = {0.0}
    for count in counts:
        sums |= {subtotal + count for subtotal in sums if subtotal + count <= whole}
        if len(sums) > MOST_SUMS:
            return True
    return whole in sums


def _members(statements: pd.DataFrame, tables: dict[str, pd.DataFrame], profile: Profile) -> pd.DataFrame:
    """As many anonymous members stand in `cases` as the source counts, by group and together.

    A member belongs to a group by an indication of a course of the drug, or of any where it has none: either the same
    words, or a name of the same group in the profile. One of the two counts must fit.
    """
    members = narrow(tables["cases"], "aggregate_id")[filled(tables["cases"]["aggregate_id"])]
    statements = statements[statements["aggregate_id"].isin(members["aggregate_id"]) & statements["count"].notna()]
    if not len(statements):
        return together([])
    courses = tables["courses"][tables["courses"]["case_id"].isin(members["case_id"])]
    is_of_drug = of_the_drug(courses, profile.drug.substances)
    courses = courses[is_of_drug | ~courses["case_id"].isin(courses.loc[is_of_drug, "case_id"])]
    of_all = statements["aggregate_id"].map(members["aggregate_id"].value_counts())
    by_words, by_group = (
        _of_groups(statements, members, courses, read).where(~statements["group"].isin(NO_VALUE), of_all)
        for read in (folded, partial(indications, profile=profile))
    )
    other = (statements["count"] != by_words) & (statements["count"] != by_group)
    what = worded(by_group, "{:.0f}".format) + " members stand in `cases`, and the source counts " + statements["n"]
    return flag("statements", statements[other], "Q22", "n", what[other])


def _of_groups(
    statements: pd.DataFrame, members: pd.DataFrame, courses: pd.DataFrame, read: Callable[[pd.Series], pd.Series]
) -> pd.Series:
    """Members of the aggregate of each statement with an indication that reads as its group; none is 0."""
    treated = courses[["case_id"]].assign(of=read(courses["indication"])).drop_duplicates()
    counts = members.merge(treated, on="case_id").value_counts(["aggregate_id", "of"])
    asked = pd.MultiIndex.from_arrays([statements["aggregate_id"], read(statements["group"])])
    return pd.Series(counts.reindex(asked, fill_value=0).to_numpy(), index=statements.index)
