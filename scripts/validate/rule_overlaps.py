"""Overlaps of sources: Q25 a case that an overview may count too, Q28 sources that share an author."""

from itertools import combinations

import numpy as np
import pandas as pd

from schemas.fields import NO_VALUE, filled
from schemas.profile import Profile
from scripts.intervals import calendar
from scripts.validate.citation_authors import Author, authors
from scripts.validate.flags import flag, matching, narrow, together

MOST_SOURCES = 500


def find(tables: dict[str, pd.DataFrame], profile: Profile) -> pd.DataFrame:
    """Findings about patients that two sources may both count."""
    return together([*_inside_overviews(tables, profile), *_authors(tables)])


def _inside_overviews(tables: dict[str, pd.DataFrame], profile: Profile) -> list[pd.DataFrame]:
    """Q25: an identified case of the event, printed no later than an aggregate, and no link between the two."""
    cases, links, sources = tables["cases"], tables["links"], tables["sources"]
    reactions = narrow(tables["reactions"], "occurred", "term")
    terms = {term.casefold() for term in profile.event.terms}
    if not filled(cases["aggregate_id"]).any():
        return []
    event = reactions[(reactions["occurred"] == "yes") & matching(reactions["term"], lambda t: t.casefold() in terms)]
    of_event = cases[cases["case_id"].isin(event["case_id"])]
    printed = _printed(sources)
    single = of_event[of_event["aggregate_id"] == ""]
    linked = set(zip(links["a"], links["b"], strict=True)) | set(zip(links["b"], links["a"], strict=True))
    out = set(links.loc[links["verdict"] == "same", ["a", "b"]].to_numpy().ravel())
    parts = []
    for aggregate, members in of_event[filled(of_event["aggregate_id"])].groupby("aggregate_id", sort=False):
        until = printed["last"].reindex(members["source_id"]).max()
        early = ~(single["source_id"].map(printed["first"]) > until)
        other = ~single["source_id"].isin(members["source_id"])
        free = np.array([(case, aggregate) not in linked and case not in out for case in single["case_id"]], bool)
        rows = single[early & other & free]
        what = f"printed no later than the overview behind {aggregate}, which may count this patient too"
        parts.append(flag("cases", rows, "Q25", "case_id", what))
    return parts


def _printed(sources: pd.DataFrame) -> pd.DataFrame:
    """`first` and `last` possible day of publication by source; a summary is as old as what it summarises."""
    own = sources.drop_duplicates("source_id").set_index("source_id")
    days = calendar(own["published"])
    original = own["summarises"].where(own["summarises"].isin(own.index), pd.Series(own.index, index=own.index))
    return days.loc[original].set_axis(own.index)


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
        for one, two in combinations(sorted(named[surname]), 2):
            if one[0] != two[0] and one[2].may_be(two[2]):
                pairs.setdefault((one[0], two[0]), (two[2], two[1]))
    return pairs


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
