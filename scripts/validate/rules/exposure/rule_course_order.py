"""Q44: courses of one drug, as typed, against their dates: their order, their ordinals, the gap between two."""

import numpy as np
import pandas as pd

from schemas.fields import filled, stated
from schemas.profile import Profile
from scripts.clock.intervals import DAYS_PER_UNIT, numbers
from scripts.records.extracts import read_by_machine
from scripts.validate.clock import COURSE, starts
from scripts.validate.flags import flag, narrow, together
from scripts.validate.names import drug_names
from scripts.validate.row_keys import joined

ROUNDED = {"d": 1.0, "wk": 7.0, "mo": 31.0, "a": 366.0}
"""Days by which a gap in such a unit may differ from the dates."""


def find(tables: dict[str, pd.DataFrame], profile: Profile) -> pd.DataFrame:
    """Each course beside the one typed before it, of the same drug and patient. Lines of messages have no order."""
    pairs = _pairs(tables, profile)
    if not len(pairs):
        return together([])
    apart_least = pairs["first"] - pairs["last_before"]
    apart_most = pairs["last"] - pairs["first_before"]
    about = pairs["gap_scale"].map(ROUNDED)
    low, high = (
        numbers(pairs[column]) * pairs["gap_scale"].map(DAYS_PER_UNIT) for column in ("gap_lower", "gap_upper")
    )
    from_start = pairs["gap_origin"] == "previous_start"
    off = (apart_most < low - about) | (from_start & (apart_least > high + about))
    after = numbers(pairs["ordinal"]) < numbers(pairs["ordinal_before"])
    parts = (
        ("course", apart_most < 0, "begins before course "),
        ("gap_lower", off & (apart_most >= 0), "the gap does not fit the dates, which count; from course "),
        ("ordinal", after, "a lower number among the patient's courses than course "),
    )
    courses = tables["courses"]
    return together(
        [
            flag("courses", courses.loc[pairs.index[wrong]], "Q44", column, _worded(what, pairs[wrong]))
            for column, wrong, what in parts
        ]
    )


def _worded(what: str, pairs: pd.DataFrame) -> pd.Series:
    return (what + pairs["course_before"]).astype(object)


def _pairs(tables: dict[str, pd.DataFrame], profile: Profile) -> pd.DataFrame:
    """Typed courses with what is known of the one before, `.._before`; `first` and `last` possible day of the first dose."""
    wanted = ("course", "drug", "substance", "ordinal", "gap_lower", "gap_upper", "gap_scale", "gap_origin")
    courses, sources = narrow(tables["courses"], *wanted, "source_id", "role"), tables["sources"]
    courses = courses[~courses["source_id"].isin(read_by_machine(sources)) & (courses["role"] != "not_administered")]
    named = courses.assign(name=drug_names(courses, profile), number=numbers(courses["course"]))
    named = named[filled(named["name"]) & named["number"].notna()]
    named = named[named.duplicated(["case_id", "name"], keep=False)].sort_values(["case_id", "number"], kind="stable")
    if not len(named):
        return named
    begun = starts(tables).reindex(joined(named, COURSE)).set_axis(named.index).replace([-np.inf, np.inf], np.nan)
    named = named.join(begun)
    before = named.groupby(["case_id", "name"], sort=False)[["course", "ordinal", "first", "last"]].shift()
    pairs = named.join(before.add_suffix("_before"))
    return pairs[stated(pairs["course_before"].fillna(""))]
