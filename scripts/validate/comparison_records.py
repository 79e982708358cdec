"""What is compared when two records may be one patient: one row per identified case, every field as it is known."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from schemas.fields import NO_VALUE, filled, stated
from schemas.profile import Profile
from scripts.clock.intervals import calendar, numbers
from scripts.records.drugs import is_suspect
from scripts.records.events import is_sign
from scripts.validate import clock
from scripts.validate.flags import folded, narrow, worded
from scripts.validate.names import drug_names, event_terms, indications, one_name
from scripts.validate.row_keys import joined
from scripts.words.countries import alpha_2

IDENTIFIERS = ("sender_case_id", "worldwide_case_id", "other_ids")
SHORTEST = 4
"""Characters of an identifier: `1` and `A2` are numbers of a list, and every sender has them."""
Terms = dict[str, frozenset[str]]


@dataclass(frozen=True)
class Records:
    """One row per case in `table`, index the case id, blank or nan where not known; sets of words beside it.

    country                                             ISO code, or the name where it is not known
    sex, indication, event, ordinal, outcome            text, under one name where the profile knows several
    age_lower, age_upper                                years
    first, last                                         days since 1970 between which treatment began, else the event
    published                                           last day on which its sources can have appeared
    """

    table: pd.DataFrame
    drugs: Terms
    history: Terms
    past_drugs: Terms
    identifiers: Terms


def records(tables: dict[str, pd.DataFrame], profile: Profile) -> Records:
    """Every case but the anonymous members of aggregates, which stand for no patient of their own."""
    cases = tables["cases"]
    return described(tables, profile, cases[~((cases["identity"] == "anonymous") & stated(cases["aggregate_id"]))])


def described(tables: dict[str, pd.DataFrame], profile: Profile, cases: pd.DataFrame) -> Records:
    """The records of some rows of `cases`, in the order of their names: no pair depends on the order of rows.

    Drugs, indications and event terms compare under the names of the profile: a brand is no other drug.
    """
    cases = narrow(cases, "country", "sex", "age_lower", "age_upper", "source_id").drop_duplicates("case_id")
    cases = cases.sort_values("case_id", kind="stable")
    ids, every = cases["case_id"], len(cases) == len(tables["cases"])
    suspect = _rows_of(
        tables["courses"], ids, every, "drug", "substance", "role", "indication", "ordinal", "start_date"
    )
    suspect = suspect[is_suspect(suspect)]
    suspect = suspect.assign(drug=drug_names(suspect, profile), indication=indications(suspect["indication"], profile))
    happened = _rows_of(tables["reactions"], ids, every, "term", "role", "occurred", "outcome", "onset_date")
    happened = happened[happened["occurred"] == "yes"]
    event = happened[happened["role"] == "event"]
    event = event.assign(term=event_terms(event["term"], profile))
    history = _rows_of(tables["history"], ids, every, "kind", "term")
    past_drugs = history[history["kind"] == "past_drug"]
    reports = _rows_of(tables["reports"], ids, every, "country", *IDENTIFIERS)
    case_rows = cases.set_index("case_id")
    country = _country(_known(case_rows["country"]))
    table = pd.DataFrame(
        {
            "country": country.where(
                filled(country), _country(_first(reports, "country")).reindex(case_rows.index).fillna("")
            ),
            "sex": _known(case_rows["sex"]),
            "age_lower": numbers(case_rows["age_lower"]),
            "age_upper": numbers(case_rows["age_upper"]),
            "indication": _first(suspect, "indication"),
            "ordinal": _first(suspect, "ordinal"),
            "event": _first(event, "term"),
            "outcome": _first(event, "outcome"),
        },
        index=case_rows.index,
    )
    texts = ["country", "sex", "indication", "ordinal", "event", "outcome"]
    table[texts] = table[texts].fillna("")
    table = table.join(_dates(suspect, event)).join(_published(cases, tables["sources"]))
    return Records(
        table,
        _sets(suspect, "drug"),
        _sets(history[history["kind"] == "condition"], "term"),
        _sets(past_drugs.assign(term=one_name(past_drugs["term"], profile)), "term"),
        _identifiers(reports),
    )


def with_onsets(table: pd.DataFrame, tables: dict[str, pd.DataFrame], profile: Profile) -> pd.DataFrame:
    """Records of the table with `onset_lower` and `onset_upper`: from the first dose of the index course to its first sign.

    Days and dates come out alike: 14 days after a first dose on 7 March is 21 March.
    """
    names = ("courses", "doses", "reactions", "tests")
    case_tables = {
        table_name: tables[table_name][tables[table_name]["case_id"].isin(table.index)] for table_name in names
    }
    case_tables |= {"sources": tables["sources"]}
    # Without a profile every suspect drug may be the drug of the series.
    substances = profile.drug.substances or [*case_tables["courses"]["substance"], *case_tables["courses"]["drug"]]
    placed, index_course = clock.with_index_courses(case_tables, substances)
    rows = placed["reactions"][is_sign(placed["reactions"])]
    rows = rows[rows["course"] == rows["case_id"].map(index_course)]
    time = clock.since_first_dose(rows, "onset", joined(rows, clock.COURSE), placed.begun)
    # So many days after is so many midnights later: both spellings meet in (k, k + 1].
    stated = rows["onset_scale"].eq("d") & (time["lower"] == time["upper"]) & (time["upper"] % 1 == 0)
    time["upper"] += stated
    first = time.dropna(subset=["lower"]).groupby(rows["case_id"], sort=False)[["lower", "upper"]].min()
    return table.join(first.rename(columns={"lower": "onset_lower", "upper": "onset_upper"}))


def _rows_of(rows: pd.DataFrame, ids: pd.Series, every: bool, *columns: str) -> pd.DataFrame:
    narrow_rows = narrow(rows, *columns)
    return narrow_rows if every else narrow_rows[narrow_rows["case_id"].isin(ids)]


def _known(column: pd.Series) -> pd.Series:
    return folded(column.where(~column.isin(NO_VALUE), ""))


def _country(column: pd.Series) -> pd.Series:
    """Codes and names of a country as its code, so that they compare; an unknown name as it stands."""
    return worded(column, lambda text: alpha_2(text) if text else "").where(lambda code: filled(code), folded(column))


def _first(rows: pd.DataFrame, column: str) -> pd.Series:
    """Of the cells of a case the first in the order of texts."""
    known = rows.loc[stated(rows[column]), ["case_id", column]].sort_values(column, kind="stable")
    return known.drop_duplicates("case_id").set_index("case_id")[column]


def _sets(rows: pd.DataFrame, column: str) -> Terms:
    known = rows[stated(rows[column])]
    return _by_case(zip(known["case_id"], known[column], strict=True))


def _by_case(pairs: Iterable[tuple[str, str]]) -> Terms:
    """Case -> its texts; the many equal sets of a large series are one object."""
    texts_of_case: dict[str, frozenset[str]] = {}
    alone: dict[str, frozenset[str]] = {}
    for case, text in pairs:
        each = alone.get(text) or alone.setdefault(text, frozenset((text.strip().casefold(),)))
        texts_of_case[case] = texts_of_case[case] | each if case in texts_of_case else each
    return texts_of_case


def _dates(suspect: pd.DataFrame, event: pd.DataFrame) -> pd.DataFrame:
    """When treatment first began; where that is not known, when the event did."""
    parts = []
    for rows, column in ((suspect, "start_date"), (event, "onset_date")):
        dated = rows[filled(rows[column])]
        parts.append(calendar(dated[column]).set_axis(dated["case_id"]).dropna().sort_values(["first", "last"]))
    every = pd.concat(parts)
    return every[~every.index.duplicated()].replace([np.inf, -np.inf], np.nan)


def _published(cases: pd.DataFrame, sources: pd.DataFrame) -> pd.Series:
    last = calendar(sources["published"])["last"].set_axis(sources["source_id"])
    last = last[~last.index.duplicated()]
    return cases.set_index("case_id")["source_id"].map(last).rename("published")


def _identifiers(reports: pd.DataFrame) -> Terms:
    """Identifiers by case; in the end only those matter that two records share, so lone ones are left out early."""
    told = [reports.loc[stated(reports[column]), ["case_id", column]].to_numpy() for column in IDENTIFIERS]
    every = pd.DataFrame(np.concatenate(told), columns=["case_id", "ids"], dtype=object)
    lists = every["ids"].str.contains(";", regex=False)
    single = every["ids"].str.strip().str.casefold()
    if not lists.any():
        every = every[single.duplicated(keep=False)]
    pairs = zip(every["case_id"], every["ids"], strict=True)
    return _by_case((case, each) for case, ids in pairs for each in ids.split(";") if len(each.strip()) >= SHORTEST)
