"""The patient: Q20 age against the dates, the age group and the indication."""

import pandas as pd

from schemas.fields import filled
from schemas.profile import Profile
from scripts.intervals import calendar, numbers
from scripts.validate.flags import flag, folded, together
from scripts.validate.names import group_names

OLDEST = 120
APART_YEARS = 2
"""Q20: diagnosis and treatment at least so many calendar years apart leave open at which one the age holds."""
ADULT = {"foetus": 0, "neonate": 1, "infant": 3, "child": 13, "adolescent": 19}
"""Age group -> an age in years that nobody of the group has, with a year to spare."""


def find(tables: dict[str, pd.DataFrame], profile: Profile) -> pd.DataFrame:
    """Findings about ages."""
    cases = tables["cases"]
    low, high = numbers(cases["age_lower"]), numbers(cases["age_upper"])
    old = cases[(low > OLDEST) | (low < 0)]
    beyond = cases["age_group"].map(ADULT)
    group = cases[(low >= beyond) | ((high < 17) & cases["age_group"].isin(["adult", "elderly"]))]
    return together([
        flag("cases", old, "Q20", "age_lower", f"not an age between 0 and {OLDEST} years"),
        flag("cases", group, "Q20", "age_group", "age and age group do not agree"),
        _undated(cases[(low == high).to_numpy(bool)], tables),
        *_against_indication(cases, low, high, tables, profile),
    ])  # fmt: skip


def _undated(cases: pd.DataFrame, tables: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """One age, and an indication diagnosed years before the course: the age may belong to either date."""
    courses, history = tables["courses"].drop_duplicates("case_id"), tables["history"]
    pairs = history[filled(history["start_date"])].merge(courses, on="case_id", suffixes=("", "_course"))
    same = (
        folded(pairs["term"])
        == pairs["indication_course" if "indication_course" in pairs else "indication"].str.casefold()
    )
    pairs = pairs[same.to_numpy(bool)]
    years = [calendar(pairs[name])["first"] for name in ("start_date", "start_date_course")]
    apart = (
        pairs[((years[1] - years[0]) / 365.25).round() >= APART_YEARS].drop_duplicates("case_id").set_index("case_id")
    )
    rows = cases[cases["case_id"].isin(apart.index)]
    own = apart.loc[rows["case_id"]].set_axis(rows.index)
    what = "diagnosis " + own["start_date"] + ", treatment " + own["start_date_course"] + ": the age at which of them?"
    return flag("cases", rows, "Q20", "age_lower", what)


def _against_indication(
    cases: pd.DataFrame, low: pd.Series, high: pd.Series, tables: dict[str, pd.DataFrame], profile: Profile
) -> list[pd.DataFrame]:
    courses = tables["courses"]
    indication = folded(courses["indication"]).map(group_names(profile)).groupby(courses["case_id"]).first()
    group = cases["case_id"].map(indication)
    parts = []
    for name, ages in profile.plausible_ages.items():
        rows = cases[(group == name) & ((low > ages.upper) | (high < ages.lower))]
        parts.append(flag("cases", rows, "Q20", "age_lower", f"unusual age for {name} ({ages.source})"))
    return parts
