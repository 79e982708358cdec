"""The patient: Q20 age against the dates, the age group and the indication."""

import re

import numpy as np
import pandas as pd

from schemas.fields import filled
from schemas.profile import Profile, group_names
from scripts.clock.intervals import calendar, numbers
from scripts.records.drugs import of_the_drug
from scripts.validate.flags import as_severe, flag, folded, matching, narrow, together
from scripts.validate.names import indications
from scripts.validate.rules.event_courses import in_event_course

OLDEST = 120
APART_YEARS = 2
"""Q20: diagnosis and treatment at least so many calendar years apart leave open at which one the age holds."""
BEYOND = {"foetus": 0, "neonate": 1, "infant": 3, "child": 13, "adolescent": 21}
YOUNGEST = {"child": 1, "adolescent": 9, "adult": 17, "elderly": 50}
"""Age group -> an age in years above, or below, any of the group, with a year to spare.

ICH E2B D.2.3 takes the group as the reporter said it and sets no limits. The usual ones (general knowledge): neonate to
27 days, infant to 23 months, child 2 to 11 years, adolescent from 10 or 12 to 16, 18 or 19, adult from 18. `elderly` has
none that all share: mostly from 65, somewhere from 60 or 55, nowhere below 50.
"""
AT_A_DATE = re.compile(
    r"\b(?:at|when|on|in|during|before)\b.{0,200}?(?:\b(?:onset|event|reaction|diagnos\w+|treat\w+|therapy|course|"
    r"infusion|dose|admission|admitted|presentation|presented|report|publication|writing|start\w*|death)\b|\b(?:19|20)\d\d\b)",
    re.IGNORECASE,
)
OPEN = re.compile(
    r"\bnot (?:\w+ )?(?:said|stated|told|given|reported|specified|known|clear|certain|sure)\b|"
    r"\b(?:unclear|unknown|uncertain|whether|either|or|perhaps|possibly|probably)\b|\?",
    re.IGNORECASE,
)
DATED_BY_DEFINITION = "message"
"""ICH E2B D.2.2: the age in a message is that at the onset of the reaction."""


def find(tables: dict[str, pd.DataFrame], profile: Profile) -> pd.DataFrame:
    """Findings about ages."""
    cases = tables["cases"]
    low, high = numbers(cases["age_lower"]), numbers(cases["age_upper"])
    old = cases[(low > OLDEST) | (low < 0) | (high > OLDEST) | (high < 0)]
    grouped = cases["age_group"]
    group = cases[(low >= grouped.map(BEYOND)) | (high < grouped.map(YOUNGEST))]
    courses = narrow(tables["courses"], "course", "drug", "substance", "indication", "start_date")
    courses = courses[of_the_drug(courses, profile.drug.substances)]
    return together(
        [
            as_severe(flag("cases", old, "Q20", "age_lower", f"not an age between 0 and {OLDEST} years"), "error"),
            flag("cases", group, "Q20", "age_group", "age and age group do not agree"),
            _undated(cases[(low == high).to_numpy(bool)], courses, tables, profile),
            *_against_indication(cases, low, high, courses, profile),
        ]
    )


def _undated(
    cases: pd.DataFrame, courses: pd.DataFrame, tables: dict[str, pd.DataFrame], profile: Profile
) -> pd.DataFrame:
    """One age, and an indication diagnosed years before the course: the age may belong to either date.

    The course is the first dated one with the event. Messages define the date; elsewhere a row of `provenance` says it.
    """
    history = narrow(tables["history"], "term", "indication", "start_date")
    history = history[filled(history["start_date"])]
    dated = courses[filled(courses["start_date"]) & courses["case_id"].isin(history["case_id"])]
    dated = dated[in_event_course(dated, tables)]
    pairs = history.merge(dated, on="case_id", suffixes=("", "_course"))
    term, indication = (indications(pairs[column], profile) for column in ("term", "indication_course"))
    pairs = pairs[((term == indication) & filled(term)).to_numpy(bool)]
    diagnosed, treated = (calendar(pairs[column])["first"] for column in ("start_date", "start_date_course"))
    first = pairs.assign(years=((treated - diagnosed) / 365.25).round()).sort_values("years", kind="stable")
    first = first.drop_duplicates("case_id").set_index("case_id")
    apart = first[(first["years"] >= APART_YEARS) & np.isfinite(first["years"])]
    rows = cases[cases["case_id"].isin(apart.index) & ~_says_when(cases, tables)]
    case_dates = apart.loc[rows["case_id"]].set_axis(rows.index)
    what = (
        "diagnosis "
        + case_dates["start_date"]
        + ", treatment "
        + case_dates["start_date_course"]
        + ": the age at which of them?"
    )
    return flag("cases", rows, "Q20", "age_lower", what)


def _says_when(cases: pd.DataFrame, tables: dict[str, pd.DataFrame]) -> pd.Series:
    """Cases of a message, and those with words or a note in `provenance` that name the one date of the age.

    A note that names several, or that the date is not known, says no date.
    """
    sources = tables["sources"]
    messages = sources.loc[sources["kind"] == DATED_BY_DEFINITION, "source_id"]
    marks = tables["provenance"]
    ages = marks[(marks["table"] == "cases") & matching(marks["column"], lambda column: column.startswith("age"))]
    is_dated = matching(ages["words"], _one_date) | matching(ages["note"], _one_date)
    return cases["source_id"].isin(messages) | cases["case_id"].isin(ages.loc[is_dated, "key"])


def _one_date(text: str) -> bool:
    return bool(AT_A_DATE.search(text)) and not OPEN.search(text)


def _against_indication(
    cases: pd.DataFrame, low: pd.Series, high: pd.Series, courses: pd.DataFrame, profile: Profile
) -> list[pd.DataFrame]:
    """An age unusual for the indication of the drug; what other drugs were given for is none of it."""
    indication = folded(courses["indication"]).map(group_names(profile.groups)).groupby(courses["case_id"]).first()
    group = cases["case_id"].map(indication)
    parts = []
    for group_name, ages in profile.plausible_ages.items():
        rows = cases[(group == group_name) & ((low > ages.upper) | (high < ages.lower))]
        parts.append(flag("cases", rows, "Q20", "age_lower", f"unusual age for {group_name} ({ages.source})"))
    return parts
