"""Overlaps of sources: Q28 sources that share an author."""

from itertools import combinations

import pandas as pd

from schemas.fields import NO_VALUE
from schemas.profile import Profile
from scripts.validate.flags import flag, together
from scripts.validate.rules.sources.citation_authors import Author, authors

MOST_SOURCES = 500


def find(tables: dict[str, pd.DataFrame], profile: Profile) -> pd.DataFrame:
    """Findings about patients that two sources of the same authors may both report."""
    return together(_authors(tables))


def _authors(tables: dict[str, pd.DataFrame]) -> list[pd.DataFrame]:
    """Q28: two sources with cases may share an author, and neither reports the other nor are their cases linked."""
    sources = tables["sources"]
    with_cases = sources[sources["source_id"].isin(tables["cases"]["source_id"])].head(MOST_SOURCES)
    known = _known_pairs(tables)
    parts = []
    for (other, later), (author, at) in sorted(_shared(with_cases).items()):
        if frozenset((other, later)) not in known:
            what = f"shares the author {author.surname} {author.initials} with {other}: their patients may overlap"
            parts.append(flag("sources", sources.loc[[at]], "Q28", "citation", what))
    return parts


def _shared(sources: pd.DataFrame) -> dict[tuple[str, str], tuple[Author, int]]:
    """Pairs of sources in the order of their ids -> the first author both may have, and the row of the second source."""
    named: dict[str, list[tuple[str, int, Author]]] = {}
    for at, source, citation in zip(sources.index, sources["source_id"], sources["citation"], strict=True):
        for author in authors(citation):
            named.setdefault(author.surname.casefold(), []).append((source, at, author))
    pairs: dict[tuple[str, str], tuple[Author, int]] = {}
    for surname in sorted(named):
        for first, two in combinations(sorted(named[surname]), 2):
            if first[0] != two[0] and first[2].may_be(two[2]):
                pairs.setdefault((first[0], two[0]), (two[2], two[1]))
    return pairs


def _known_pairs(tables: dict[str, pd.DataFrame]) -> set[frozenset[str]]:
    """Pairs of sources of which one summarises the other, or whose cases a link relates."""
    sources, cases, links = tables["sources"], tables["cases"], tables["links"]
    pairs = {
        frozenset(pair)
        for pair in zip(sources["source_id"], sources["summarises"], strict=True)
        if pair[1] not in NO_VALUE
    }
    source = pd.concat(
        [
            cases.drop_duplicates("case_id").set_index("case_id")["source_id"],
            cases.drop_duplicates("aggregate_id").set_index("aggregate_id")["source_id"],
        ]
    )
    source = source[~source.index.duplicated()]
    return pairs | {frozenset(pair) for pair in zip(links["a"].map(source), links["b"].map(source), strict=True)}
