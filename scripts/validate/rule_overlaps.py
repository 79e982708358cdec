"""Overlaps of sources: Q28 sources that share an author."""

import re

import pandas as pd

from schemas.fields import NO_VALUE
from schemas.profile import Profile
from scripts.validate.flags import flag, together

AUTHOR = re.compile(r"^[^\W\d_][\w'’ -]+ [A-Z]{1,4}$")
MOST_SOURCES = 500


def find(tables: dict[str, pd.DataFrame], profile: Profile) -> pd.DataFrame:
    """Findings about patients that two sources of the same authors may both report."""
    return together(_authors(tables))


def _authors(tables: dict[str, pd.DataFrame]) -> list[pd.DataFrame]:
    """Q28: two sources with cases share an author, and neither reports the other nor are their cases linked."""
    sources = tables["sources"]
    with_cases = sources[sources["source_id"].isin(tables["cases"]["source_id"])].head(MOST_SOURCES)
    authors = {row["source_id"]: _names(row["citation"]) for row in with_cases.to_dict("records")}
    known = _known_pairs(tables)
    parts = []
    for at, row in with_cases.iterrows():
        for other in with_cases["source_id"]:
            shared = sorted(authors[row["source_id"]] & authors[other])
            if shared and other < row["source_id"] and frozenset((other, row["source_id"])) not in known:
                what = f"shares the author {shared[0]} with {other}: their patients may overlap"
                parts.append(flag("sources", sources.loc[[at]], "Q28", "citation", what))
    return parts


def _names(citation: str) -> set[str]:
    """Authors of a Vancouver citation: `Surname AB`, before the first full stop."""
    start = citation.partition(".")[0]
    return {name.strip() for name in start.split(",") if AUTHOR.match(name.strip())}


def _known_pairs(tables: dict[str, pd.DataFrame]) -> set[frozenset[str]]:
    """Pairs of sources of which one summarises the other, or whose cases a link relates."""
    sources, cases, links = tables["sources"], tables["cases"], tables["links"]
    pairs = {
        frozenset(pair)
        for pair in zip(sources["source_id"], sources["summarises"], strict=True)
        if pair[1] not in NO_VALUE
    }
    source = pd.concat([
        cases.drop_duplicates("case_id").set_index("case_id")["source_id"],
        cases.drop_duplicates("aggregate_id").set_index("aggregate_id")["source_id"],
    ])  # fmt: skip
    source = source[~source.index.duplicated()]
    return pairs | {frozenset(pair) for pair in zip(links["a"].map(source), links["b"].map(source), strict=True)}
