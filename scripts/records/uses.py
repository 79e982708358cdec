"""What is a use of a drug, when it was, and which rows belong to it: a course's own start, else that of its first dose; its end, where every record
of it has one.

Messages tell the end of a concomitant drug with its doses: what was surely over before the event was not there.
"""

from collections.abc import Iterable, Mapping

import pandas as pd

from schemas.codes import rows
from schemas.endpoints import THROUGH_MOTHER
from schemas.fields import stated, timed
from schemas.time_columns import times_of
from scripts.clock.first_doses import of_case_and_course
from scripts.clock.intervals import calendar, numbers
from scripts.records.drugs import drug_courses
from scripts.records.events import is_event


def uses_of_the_drug(tables: dict[str, pd.DataFrame], substances: Iterable[str]) -> pd.DataFrame:
    """Courses of the drug that are exposures or lines of one, in the order of their numbers within the case."""
    courses_of_drug = drug_courses(tables["courses"], substances)
    used = is_use(courses_of_drug, tables["doses"])
    return (
        courses_of_drug
        if used.all()
        else courses_of_drug[used | in_place_of_a_use(courses_of_drug, used, tables["reactions"])]
    )


def is_use(courses: pd.DataFrame, doses: pd.DataFrame) -> pd.Series:
    """Courses of which a dose was given, and that were no skin test, placebo or desensitisation."""
    return (numbers(courses["given_upper"]).fillna(1) > 0) & ~_is_no_use(courses, doses)


def in_place_of_a_use(courses: pd.DataFrame, used: pd.Series, reactions: pd.DataFrame) -> pd.Series:
    """Of cases without a use of the drug the one course that stands for it: the first that an event names, else the first. In
    others the first that an event names, where it is none. courses: courses of the drug in their order. used: which are uses."""
    events = reactions[is_event(reactions)]
    named = of_case_and_course(courses).isin(of_case_and_course(events))
    nameless = courses["case_id"].isin(events.loc[~stated(events["course"]), "case_id"])
    some = used.groupby(courses["case_id"]).transform("any")
    order = courses.assign(named=named)[(named & ~nameless) | ~some].sort_values(
        "named", ascending=False, kind="stable"
    )
    first = courses.index.isin(order.drop_duplicates("case_id").index)
    return pd.Series(first, index=courses.index) & ~used


def _is_no_use(courses: pd.DataFrame, doses: pd.DataFrame) -> pd.Series:
    """Courses that are no exposure, by how their setting, their indication or the text of every dose begins: a skin test,
    placebo, desensitisation. A provocation at a therapeutic dose is an exposure like any other; a dose of which neither an amount
    nor a text is told says nothing."""
    given = doses[(doses["given"] != "no") & (stated(doses["dosage_text"]) | stated(doses["amount"]))]
    by_dose = _begins(given["dosage_text"]).groupby(of_case_and_course(given)).all()
    by_dose = of_case_and_course(courses).isin(by_dose.index[by_dose.astype(bool)])
    return _begins(courses["setting"]) | _begins(courses["indication"]) | by_dose


def through_mother(doses: pd.DataFrame) -> pd.Series:
    """Doses that reached a child through the placenta, the amnion or the milk; one said not to be given is none."""
    routes = doses["route"].str.strip().str.casefold().isin(THROUGH_MOTHER)
    return routes & (doses["given"] != "no")


def is_of_one_dose(courses: pd.DataFrame) -> pd.Series:
    """Courses, or exposures, of one dose, whose last dose is the first."""
    return (numbers(courses["given_lower"]) == 1) & (numbers(courses["given_upper"]) == 1)


def _begins(cells: pd.Series) -> pd.Series:
    words = tuple(word for row in rows("no_exposure") for word in row["begins"].split("|"))
    return cells.isin([text for text in cells.unique() if text.casefold().startswith(words)])


def with_uses(courses: pd.DataFrame, doses: pd.DataFrame) -> pd.DataFrame:
    """The courses with the columns of a time `end`; one without a start has that of its earliest dated dose."""
    given = doses[doses["given"] != "no"]
    key, dose_key = of_case_and_course(courses), of_case_and_course(given)
    first = _extreme(given, dose_key, "time", last=False).reindex(key).set_axis(courses.index)
    every = stated(given["end_date"]).groupby(dose_key).all()
    ended = (
        _extreme(given[dose_key.isin(every.index[every])], dose_key, "end", last=True)
        .reindex(key)
        .set_axis(courses.index)
    )
    begun = timed(courses, "start") | first["time_date"].isna()
    start_cells = {
        start: courses[start].where(begun, first[time])
        for start, time in zip(times_of("start"), times_of("time"), strict=True)
    }
    return courses.assign(**start_cells, **{end: ended[end].fillna("").astype(object) for end in times_of("end")})


def _extreme(doses: pd.DataFrame, courses: pd.Series, prefix: str, *, last: bool) -> pd.DataFrame:
    """The time columns of the earliest or of the latest dated row, by case and course."""
    days = calendar(doses[f"{prefix}_date"])["last" if last else "first"].dropna().sort_values(kind="stable")
    timed_rows = doses.loc[days.index, times_of(prefix)].set_axis(courses[days.index])
    return timed_rows[~timed_rows.index.duplicated(keep="last" if last else "first")]


def of_rows_without_one(
    rows: pd.DataFrame, prefix: str, begun: Mapping[str, list[tuple[float, str]]], home: Mapping[str, str]
) -> pd.Series:
    """The use that each row belongs to, were it to name none: by its date the last that had surely begun by then, else that of
    its case; blank where the case has none.

    begun: case -> the last possible day on which each of its uses began, and the name of that use; of cases with several.
    home: case -> the name of its use for what has no date, or lies before them all: that of the first event (`of_first_event`),
    for events themselves the first use.
    """
    use_of_row = rows["case_id"].map(home).fillna("").astype(object)
    asked = rows[rows["case_id"].isin(begun)]
    days = calendar(asked[f"{prefix}_date"])["first"]
    for at, case, day in zip(asked.index, asked["case_id"], days, strict=True):
        if before := [use for use in begun[case] if use[0] <= day]:
            use_of_row[at] = max(before)[1]
    return use_of_row


def of_first_event(reactions: pd.DataFrame, uses: pd.Series, places: pd.Series) -> dict[str, str]:
    """case -> the first of its uses with the event in it. uses, places: of each row its use, and the number of that use in the
    order of time; nan for a row of no use."""
    events = reactions[["case_id"]].assign(use=uses, place=places)[is_event(reactions) & places.notna()]
    first = events.sort_values("place", kind="stable").drop_duplicates("case_id")
    return dict(zip(first["case_id"], first["use"], strict=True))
