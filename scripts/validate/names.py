"""One name for what goes by several: drugs, indications and event terms under the names of the series profile."""

import pandas as pd

from schemas.fields import NO_VALUE
from schemas.profile import Profile, group_names
from scripts.clock.intervals import numbers
from scripts.records.uses import is_use
from scripts.validate.flags import worded
from scripts.validate.row_keys import joined


def drug_names(courses: pd.DataFrame, profile: Profile) -> pd.Series:
    """The drug of each course under one name, whatever synonym of the profile it was typed as; blank if unknown."""
    named = courses["substance"].where(~courses["substance"].isin(NO_VALUE), courses["drug"])
    return one_name(named, profile)


def one_name(named: pd.Series, profile: Profile) -> pd.Series:
    """Names of drugs without regard to case, every synonym in the profile as the name of its drug."""
    drug_name = profile.drug.name.casefold()
    return _under_one_name(named, {substance.casefold(): drug_name for substance in profile.drug.substances})


def later_courses(tables: dict[str, pd.DataFrame], profile: Profile) -> pd.Series:
    """Case and drug, joined, of each further use of a drug in its case, by case and course; a skin test is none."""
    courses = tables["courses"]
    names = drug_names(courses, profile)
    used = is_use(courses, tables["doses"]) & (courses["role"] != "not_administered") & (names != "")
    ordered = courses.assign(drug=names, number=numbers(courses["course"]))[used].sort_values("number", kind="stable")
    later = ordered[ordered.duplicated(["case_id", "drug"])]
    return joined(later, ["case_id", "drug"]).set_axis(joined(later, ["case_id", "course"]))


def indications(named: pd.Series, profile: Profile) -> pd.Series:
    """Indications without regard to case, those of a group of the profile as the name of the group."""
    return _under_one_name(named, group_names(profile.groups))


def event_terms(named: pd.Series, profile: Profile) -> pd.Series:
    """Reaction terms without regard to case, every term of the profile's event as the name of the event."""
    return _under_one_name(named, {term.casefold(): profile.event.name for term in profile.event.terms})


def _under_one_name(named: pd.Series, names: dict[str, str]) -> pd.Series:
    """Texts under their one name, else in small letters; blank where unknown."""
    known = names | dict.fromkeys(NO_VALUE, "")
    return worded(named, lambda text: known.get(text.casefold(), text.casefold()))
