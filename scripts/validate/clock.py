"""Times of reported rows on one clock: elapsed days since the first dose of the row's course.

Bounds counted from `first_dose` stand as they are (study days as elapsed); dates are counted from the day of the first
dose, as the course's start date and its dated doses allow it (scripts.clock.first_doses). All bounds are half-open,
(lower, upper].
"""

from functools import cached_property

import numpy as np
import pandas as pd

from schemas.fields import filled
from scripts.clock.first_doses import first_doses
from scripts.clock.intervals import between_dates, calendar, elapsed, plus
from scripts.records.extracts import read_by_machine
from scripts.records.uses import of_first_event, of_rows_without_one, uses_of_the_drug
from scripts.validate.flags import matching, narrow
from scripts.validate.row_keys import SEPARATOR, joined

COURSE = ["case_id", "course"]
PLACED = {"reactions": "onset", "tests": "time"}
"""Tables whose rows may name no course, and the time by which they belong to one."""
Begun = dict[str, list[tuple[float, str]]]


class Dated(dict[str, pd.DataFrame]):
    """Tables whose courses and doses stay as they are, and of which many ask when the courses began."""

    @cached_property
    def begun(self) -> pd.DataFrame:
        """The answer of `starts`, worked out once."""
        return _starts(self)

    def with_rows(self, rows: dict[str, pd.DataFrame]) -> "Dated":
        """The same tables with others of `rows`, neither courses nor doses among them."""
        changed = Dated(self | rows)
        changed.begun = self.begun
        return changed


def starts(tables: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """`first` and `last` possible day of the first dose, by case and course joined; courses without a date left out."""
    return tables.begun if isinstance(tables, Dated) else _starts(tables)


def _starts(tables: dict[str, pd.DataFrame]) -> pd.DataFrame:
    courses = narrow(tables["courses"], "course", "start_date")
    doses = narrow(tables["doses"], "course", "dose", "given", "time_date")
    return first_doses(courses[filled(courses["start_date"])], doses[filled(doses["time_date"])])


def with_courses(tables: dict[str, pd.DataFrame], substances: list[str]) -> Dated:
    """Reactions and tests that name no course belong to that use of the drug to which `derive` counts them (scripts.records.uses):
    by date, else to that of the first event; of a case without a course of the drug to its only one.

    Lines of a message or extract are no exposures of their own here: its rows belong to the first. Where rows are placed so,
    `course_named` says which rows name their course themselves.
    """
    if all(filled(tables[table_name]["course"]).all() for table_name in PLACED):
        return Dated(tables)
    return with_index_courses(tables, substances)[0]


def with_index_courses(tables: dict[str, pd.DataFrame], substances: list[str]) -> tuple[Dated, pd.Series]:
    """The same, and the course of the first event by case; of a case without event the first."""
    dated = Dated(tables)
    uses = _in_order(dated, substances)
    begun, first = _begun(uses), _first(uses)
    events = _placed(tables["reactions"], "onset", begun, first)
    home = first | _with_event(events, uses)
    rows = {table_name: _placed(tables[table_name], prefix, begun, home) for table_name, prefix in PLACED.items()}
    is_event_row = tables["reactions"]["role"] == "event"
    rows["reactions"] = rows["reactions"].assign(
        course=events["course"].where(is_event_row, rows["reactions"]["course"])
    )
    return dated.with_rows(rows), pd.Series(home, dtype=object)


def _placed(rows: pd.DataFrame, prefix: str, begun: Begun, home: dict[str, str]) -> pd.DataFrame:
    named = filled(rows["course"])
    if named.all():
        return rows.assign(course_named=named)
    course = rows["course"].copy()
    course[~named] = of_rows_without_one(rows[~named], prefix, begun, home)
    return rows.assign(course=course, course_named=named)


def _in_order(tables: dict[str, pd.DataFrame], substances: list[str]) -> pd.DataFrame:
    """The uses of the drug with `typed`, `first` and `last` day, in the order of time within a case: by dates where all have
    one and they are apart, or nobody typed them as courses, else as typed. Of cases without any, the only course."""
    courses, drug_uses = narrow(tables["courses"], "course"), uses_of_the_drug(tables, substances)
    began = starts(tables).reindex(joined(drug_uses, COURSE)).set_axis(drug_uses.index)
    drug_uses = drug_uses[[*COURSE, "source_id"]].join(began)
    drug_uses["typed"] = ~drug_uses["source_id"].isin(read_by_machine(tables["sources"]))
    by_date = drug_uses.sort_values(["case_id", "first", "last"], kind="stable")
    after = by_date.groupby("case_id")["first"].shift(-1)
    alone = ~by_date["case_id"].duplicated(keep="last")
    apart = (by_date["first"].notna() & (alone | (by_date["last"] < after))).groupby(by_date["case_id"]).all()
    dated = drug_uses["case_id"].map(apart).eq(True) | ~drug_uses["typed"]
    drug_uses = drug_uses.assign(order=drug_uses["first"].where(dated, 0.0)).sort_values(
        ["case_id", "order"], kind="stable"
    )
    sole_courses = courses[~courses["case_id"].duplicated(keep=False) & ~courses["case_id"].isin(drug_uses["case_id"])]
    uses = pd.concat([drug_uses, sole_courses[COURSE].assign(typed=False)], ignore_index=True)
    return uses.assign(place=uses.groupby("case_id").cumcount())


def _begun(uses: pd.DataFrame) -> Begun:
    """Of cases with several typed uses: the last possible day on which each began, and its name."""
    typed = uses[uses["typed"].eq(True)]
    typed = typed[typed["case_id"].duplicated(keep=False)].dropna(subset=["last"])
    begun: Begun = {}
    for case, last, course in typed[["case_id", "last", "course"]].itertuples(index=False):
        begun.setdefault(case, []).append((last, course))
    return begun


def _first(uses: pd.DataFrame) -> dict[str, str]:
    first = uses[uses["place"] == 0]
    return dict(zip(first["case_id"], first["course"], strict=True))


def _with_event(reactions: pd.DataFrame, uses: pd.DataFrame) -> dict[str, str]:
    places = uses.set_axis(joined(uses, COURSE))["place"]
    of_rows = places[~places.index.duplicated()].reindex(joined(reactions, COURSE)).set_axis(reactions.index)
    return of_first_event(reactions, reactions["course"], of_rows)


def course_of(rows: pd.DataFrame, tables: dict[str, pd.DataFrame]) -> pd.Series:
    """Case and course of each row, joined; a row that names no course belongs to its case's only one."""
    if filled(rows["course"]).all():
        return joined(rows, COURSE)
    courses = tables["courses"]
    alone = courses[~courses["case_id"].duplicated(keep=False)]
    sole_course = alone.set_index("case_id")["course"]
    named = rows["course"].where(filled(rows["course"]), rows["case_id"].map(sole_course).fillna(""))
    return rows["case_id"] + SEPARATOR + named


def since_first_dose(rows: pd.DataFrame, prefix: str, course: pd.Series, begun: pd.DataFrame) -> pd.DataFrame:
    """`lower`, `upper` and `by` (bounds, dates or blank) of the time `prefix`; nan where it is on no such clock."""
    bounds = elapsed(rows, prefix)
    counted = bounds["origin"] == "first_dose"
    days_since = bounds[["lower", "upper"]].where(counted)
    dated = filled(rows[f"{prefix}_date"]) & ~counted
    by_dates = dates_since(rows.loc[dated, f"{prefix}_date"], course[dated], begun)
    days_since.loc[dated, ["lower", "upper"]] = by_dates
    by = np.select([counted, days_since["lower"].notna()], ["bounds", "dates"], "")
    return days_since.assign(by=by)


def dates_since(dates: pd.Series, course: pd.Series, begun: pd.DataFrame) -> pd.DataFrame:
    """Dates as elapsed days since the start of their course: k days after it is (k, k + 1]."""
    start = begun.reindex(course).set_axis(dates.index)
    return between_dates(start, calendar(dates))[["lower", "upper"]]


def since_onsets(
    rows: pd.DataFrame, prefix: str, course: pd.Series, tables: dict[str, pd.DataFrame], begun: pd.DataFrame
) -> pd.DataFrame:
    """Times counted from the onset of a reaction of the same course, as days since the first dose; nan for any other.

    The reaction's own onset is counted from the first dose or has a date: of a chain no further link is followed.
    """
    counted = elapsed(rows, prefix)
    named = counted[matching(counted["origin"], lambda origin: origin.startswith("onset:"))]
    if not len(named):
        return pd.DataFrame(np.nan, index=rows.index, columns=["lower", "upper"])
    reactions = tables["reactions"][tables["reactions"]["case_id"].isin(rows.loc[named.index, "case_id"])]
    reaction_course = course_of(reactions, tables)
    onset = since_first_dose(reactions, "onset", reaction_course, begun).set_axis(
        reaction_course + SEPARATOR + reactions["reaction"]
    )
    wanted = course[named.index] + SEPARATOR + named["origin"].str.removeprefix("onset:")
    base = onset[~onset.index.duplicated()].reindex(wanted).set_axis(named.index)
    return plus(base, named).reindex(rows.index)


def before_origin(time: pd.DataFrame) -> pd.Series:
    """Rows whose time surely comes before what it is counted from."""
    return (time["upper"] < 0) | ((time["upper"] == 0) & (time["lower"] < 0))
