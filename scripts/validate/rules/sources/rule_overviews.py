"""Q25: patients counted twice, as a case and inside an overview, or in two overviews, or not at all: more are linked than it has."""

import numpy as np
import pandas as pd

from schemas.fields import stated
from schemas.profile import Profile
from scripts.clock.intervals import calendar
from scripts.records import patients
from scripts.validate.comparison_records import Records, described
from scripts.validate.flags import flag, narrow, together
from scripts.validate.names import event_terms

BIRTHDAY = 1
"""Two ages of one patient may be a year apart."""
NAMED = 3
PRIMARY = ("article", "meeting_abstract", "own_record", "message")
"""Kinds of sources with patients of their own: of these it is asked only where something agrees, of others always."""
SETTLED = ("same", "member_of", "different")
MORE_CURE = "Check these links, or the number of its members in `cases`."
OVERVIEWS_CURE = "Keep the members of one of the two, or add a row to `links`: different with the reason."


def find(tables: dict[str, pd.DataFrame], profile: Profile) -> pd.DataFrame:
    """Findings about patients that an aggregate may count too; of which event, only the event's terms tell."""
    member = stated(tables["cases"]["aggregate_id"])
    if not member.any():
        return together([])
    too_many = _more_than_members(tables, member)
    if not profile.event.terms:
        return too_many
    cases = _of_event(tables, profile).join(_printed(tables["sources"]), on="source_id")
    member = member[cases.index]
    settled = _settled(tables)
    of_members = described(tables, profile, cases[member])
    parts = _cases(
        cases[~member], cases[member], settled, tables, described(tables, profile, cases[~member]), of_members
    )
    return together([too_many, *parts, _overviews(cases[member], settled, of_members)])


def _more_than_members(tables: dict[str, pd.DataFrame], member: pd.Series) -> pd.DataFrame:
    """Aggregates inside which more patients are said to be counted than they have members: the rest count nowhere."""
    has = tables["cases"].loc[member, "aggregate_id"].value_counts()
    links = tables["links"][tables["links"]["verdict"] == "member_of"]
    turned = links["a"].isin(has.index)
    case, aggregate = links["a"].mask(turned, links["b"]), links["b"].mask(turned, links["a"])
    first = patients.joined(tables["links"])
    patient = case.map(lambda record: first.get(record, record))
    linked_count = patient.groupby(aggregate).nunique()
    more = aggregate[aggregate.isin(has.index) & (aggregate.map(linked_count) > aggregate.map(has))].drop_duplicates()
    words = more.map(linked_count).astype(str) + " patients are linked as members of " + more + ", which has "
    words += more.map(has).fillna(0).astype(int).astype(str)
    return flag("links", links.loc[more.index], "Q25", "b", words, value=more, cure=MORE_CURE)


def _of_event(tables: dict[str, pd.DataFrame], profile: Profile) -> pd.DataFrame:
    reactions = narrow(tables["reactions"], "occurred", "term")
    happened = reactions[reactions["occurred"] == "yes"]
    event = happened[event_terms(happened["term"], profile) == profile.event.name]
    return tables["cases"][tables["cases"]["case_id"].isin(event["case_id"])]


def _printed(sources: pd.DataFrame) -> pd.DataFrame:
    """By source `printed_first`, `printed_last` possible day of publication, a summary being as old as what it summarises;
    and whether it is `primary`."""
    source_rows = sources.drop_duplicates("source_id").set_index("source_id")
    days = calendar(source_rows["published"])
    original = source_rows["summarises"].where(
        source_rows["summarises"].isin(source_rows.index), pd.Series(source_rows.index, index=source_rows.index)
    )
    primary = source_rows["kind"].isin(PRIMARY) & ~stated(source_rows["summarises"])
    return days.loc[original].set_axis(source_rows.index).add_prefix("printed_").assign(primary=primary)


def _settled(tables: dict[str, pd.DataFrame]) -> set[tuple[str, str]]:
    """Pairs of a patient (by the first of its records) and an aggregate that a verdict relates, either way round.

    A verdict on a member of an aggregate is one on the aggregate; a suspicion is no verdict.
    """
    cases = tables["cases"].drop_duplicates("case_id").set_index("case_id")
    links = tables["links"][tables["links"]["verdict"].isin(SETTLED)].drop_duplicates(["a", "b"])
    first = patients.joined(tables["links"])
    names = dict(cases.loc[stated(cases["aggregate_id"]), "aggregate_id"])
    ends = [[names.get(record) or first.get(record, record) for record in links[side]] for side in ("a", "b")]
    return {pair for end, other in zip(*ends, strict=True) for pair in ((end, other), (other, end))}


def _cases(
    single: pd.DataFrame,
    members: pd.DataFrame,
    settled: set[tuple[str, str]],
    tables: dict[str, pd.DataFrame],
    known: Records,
    of_members: Records,
) -> list[pd.DataFrame]:
    """A case that the aggregate's source could have known and that fits one of its members, once per patient."""
    first = patients.joined(tables["links"])
    patient = single["case_id"].map(lambda case: first.get(case, case))
    parts = []
    for aggregate, aggregate_rows in members.groupby("aggregate_id", sort=False):
        until = aggregate_rows["printed_last"].max()  # unknown: it may have been any time
        free = np.array([(record, aggregate) not in settled for record in patient], bool)
        early = ~(single["printed_first"] > until) & ~single["source_id"].isin(aggregate_rows["source_id"])
        of_this = of_members.table.loc[aggregate_rows["case_id"].unique()]
        fits = _fitting(known, of_members, of_this, until, agreeing=bool(aggregate_rows["primary"].eq(True).all()))
        rows = single[free & early & single["case_id"].isin(fits)]
        rows = rows[~patient[rows.index].duplicated()]
        what = f"may have been known to the source behind {aggregate}, which may count this patient too"
        parts.append(flag("cases", rows, "Q25", "case_id", what))
    return parts


def _fitting(single: Records, members: Records, patients: pd.DataFrame, until: float, *, agreeing: bool) -> set[str]:
    """Cases that began before the source was printed, and contradict one of its `patients` members in no known field.

    agreeing: only those that agree with it in one, besides the drug and the event.
    """
    candidates = single.table[~(single.table["first"] > until)]
    fitting_cases: set[str] = set()
    kinds = patients.fillna(-1).groupby(["indication", "sex", "age_lower", "age_upper"], sort=False)
    for (indication, sex, low, high), same in kinds:
        drugs = frozenset().union(*(members.drugs.get(case, frozenset()) for case in same.index))
        agree = candidates["indication"].isin(["", indication]) | (indication == "")
        agree &= candidates["sex"].isin(["", sex]) | (sex == "")
        agree &= ~((candidates["age_lower"] > high + BIRTHDAY) & (high >= 0)) & ~(
            candidates["age_upper"] < low - BIRTHDAY
        )
        if agreeing:
            same_age = (
                (candidates["age_lower"] <= high + BIRTHDAY) & (candidates["age_upper"] >= low - BIRTHDAY) & (high >= 0)
            )
            agree &= _is(candidates["indication"], indication) | _is(candidates["sex"], sex) | same_age
        fitting_cases |= {case for case in candidates.index[agree] if _shared(single.drugs.get(case), drugs)}
    return fitting_cases


def _is(column: pd.Series, value: str) -> pd.Series:
    return (column == value) & (column != "")


def _agree(first: pd.DataFrame, other: pd.DataFrame) -> bool:
    """Whether members of two groups have an indication, a sex or a range of ages in common."""
    alike = any((set(first[column]) & set(other[column])) - {""} for column in ("indication", "sex"))
    return alike or bool(
        first["age_lower"].min() <= other["age_upper"].max() and other["age_lower"].min() <= first["age_upper"].max()
    )


def _shared(first: frozenset[str] | None, other: frozenset[str]) -> bool:
    """Whether a drug is shared, as far as both are known."""
    return not first or not other or bool(first & other)


def _overviews(members: pd.DataFrame, settled: set[tuple[str, str]], known: Records) -> pd.DataFrame:
    """Aggregates are added up: of patients whom two of them may count. One finding for each but the first."""
    groups = {
        aggregate: known.table.loc[aggregate_rows["case_id"].unique()]
        for aggregate, aggregate_rows in members.groupby("aggregate_id", sort=False)
    }
    rows = members.drop_duplicates("aggregate_id")
    names = rows["aggregate_id"].tolist()
    primary = dict(zip(names, rows["primary"].eq(True), strict=True))
    beside = [
        [
            earlier
            for earlier in names[:at]
            if (earlier, aggregate) not in settled
            and not (primary[earlier] and primary[aggregate] and not _agree(groups[earlier], groups[aggregate]))
        ]
        for at, aggregate in enumerate(names)
    ]
    words = [
        ", ".join(others[:NAMED]) + (f" and {len(others) - NAMED} more" if len(others) > NAMED else "")
        for others in beside
    ]
    what = "members of " + rows["aggregate_id"] + " and of " + pd.Series(words, index=rows.index, dtype=object)
    open_ = np.array([bool(others) for others in beside], bool)
    what += " are counted side by side, and may be the same patients"
    return flag(
        "cases", rows[open_], "Q25", "case_id", what[open_], value=rows["aggregate_id"][open_], cure=OVERVIEWS_CURE
    )
