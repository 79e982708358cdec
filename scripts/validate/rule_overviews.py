"""Q25: patients counted twice, as a case and inside an overview, or in two overviews."""

from collections.abc import Iterable
from itertools import combinations

import numpy as np
import pandas as pd

from schemas.fields import filled
from schemas.profile import Profile
from scripts import patients
from scripts.intervals import calendar
from scripts.validate.comparison_records import Records, described
from scripts.validate.flags import flag, narrow, together
from scripts.validate.names import event_terms

BIRTHDAY = 1
"""Two ages of one patient may be a year apart."""
SETTLED = ("same", "member_of", "different")
OVERVIEWS_CURE = "Keep the members of one of the two, or add a row to `links`: different with the reason."


def find(tables: dict[str, pd.DataFrame], profile: Profile) -> pd.DataFrame:
    """Findings about patients of the event that an aggregate may count too."""
    if not filled(tables["cases"]["aggregate_id"]).any():
        return together([])
    cases = _of_event(tables, profile).assign(printed=lambda rows: rows["source_id"].map(_printed(tables["sources"])))
    member = filled(cases["aggregate_id"])
    overviews = dict(list(cases[member].groupby("aggregate_id", sort=False)))
    settled = _settled(tables)
    return together([*_cases(cases[~member], overviews, settled, tables, profile), *_overviews(overviews, settled)])


def _of_event(tables: dict[str, pd.DataFrame], profile: Profile) -> pd.DataFrame:
    reactions = narrow(tables["reactions"], "occurred", "term")
    happened = reactions[reactions["occurred"] == "yes"]
    event = happened[event_terms(happened["term"], profile) == profile.event.name]
    return tables["cases"][tables["cases"]["case_id"].isin(event["case_id"])]


def _printed(sources: pd.DataFrame) -> pd.Series:
    """First and last possible day of publication by source; a summary is as old as what it summarises."""
    own = sources.drop_duplicates("source_id").set_index("source_id")
    days = calendar(own["published"])
    original = own["summarises"].where(own["summarises"].isin(own.index), pd.Series(own.index, index=own.index))
    return pd.Series(list(days.loc[original].itertuples(index=False, name=None)), index=own.index, dtype=object)


def _settled(tables: dict[str, pd.DataFrame]) -> set[tuple[str, str]]:
    """Pairs of a patient (by the first of its records) and an aggregate that a verdict relates, either way round.

    A verdict on a member of an aggregate is one on the aggregate; a suspicion is no verdict.
    """
    cases = tables["cases"].drop_duplicates("case_id").set_index("case_id")
    links = tables["links"][tables["links"]["verdict"].isin(SETTLED)].drop_duplicates(["a", "b"])
    first = patients.joined(tables["links"])
    names = dict(cases.loc[filled(cases["aggregate_id"]), "aggregate_id"])
    ends = [[names.get(record) or first.get(record, record) for record in links[side]] for side in ("a", "b")]
    return {pair for one, other in zip(*ends, strict=True) for pair in ((one, other), (other, one))}


def _cases(
    single: pd.DataFrame, overviews: dict[str, pd.DataFrame], settled: set[tuple[str, str]],
    tables: dict[str, pd.DataFrame], profile: Profile,
) -> list[pd.DataFrame]:  # fmt: skip
    """A case that the aggregate's source could have known and that fits one of its members, once per patient."""
    first = patients.joined(tables["links"])
    patient = single["case_id"].map(lambda case: first.get(case, case))
    known = described(tables, profile, single)
    parts = []
    for aggregate, members in overviews.items():
        until = max(last for _, last in members["printed"])
        free = np.array([(name, aggregate) not in settled for name in patient], bool)
        early = ~(single["printed"].map(lambda days: days[0]) > until) & ~single["source_id"].isin(members["source_id"])
        fits = _fitting(known, described(tables, profile, members), until)
        rows = single[free & early & single["case_id"].isin(fits)]
        rows = rows[~patient[rows.index].duplicated()]
        what = f"may have been known to the overview behind {aggregate}, which may count this patient too"
        parts.append(flag("cases", rows, "Q25", "case_id", what))
    return parts


def _fitting(single: Records, members: Records, until: float) -> set[str]:
    """Cases that began before the overview was printed, and contradict a member in no field that both know."""
    one = single.table[~(single.table["first"] > until)]
    found: set[str] = set()
    for (indication, sex, low, high), same in members.table.fillna(-1).groupby(
        ["indication", "sex", "age_lower", "age_upper"]
    ):
        drugs = frozenset().union(*(members.drugs.get(case, frozenset()) for case in same.index))
        agree = one["indication"].isin(["", indication]) | (indication == "")
        agree &= one["sex"].isin(["", sex]) | (sex == "")
        agree &= ~((one["age_lower"] > high + BIRTHDAY) & (high >= 0)) & ~(one["age_upper"] < low - BIRTHDAY)
        found |= {case for case in one.index[agree] if _shared(single.drugs.get(case), drugs)}
    return found


def _shared(one: frozenset[str] | None, other: frozenset[str]) -> bool:
    """Whether a drug is shared, as far as both are known."""
    return not one or not other or bool(one & other)


def _overviews(overviews: dict[str, pd.DataFrame], settled: set[tuple[str, str]]) -> Iterable[pd.DataFrame]:
    """Two aggregates are added up: of patients whom both may count."""
    for (one, _), (other, rows) in combinations(overviews.items(), 2):
        if (one, other) not in settled:
            what = f"members of {other} and of {one} are counted side by side, and may be the same patients"
            yield flag("cases", rows.head(1), "Q25", "aggregate_id", what, cure=OVERVIEWS_CURE)
