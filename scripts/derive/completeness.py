"""How well each case is documented: a vigiGrade-like score. It is Dahlia's own, not the published one.

The score starts at 1 and is multiplied by (1 - penalty) per dimension; above 0.8 a case counts as well documented.
Penalties: Bergvall et al., Drug Saf 2014;37:65, table as reproduced in PMC9503115. Differences: the published score
works on coded drug-reaction pairs, ours on the index course and the event; an age range wider than a year counts as an
age group; a comment is a narrative or a summary of at least COMMENT_LENGTH characters.
"""

import numpy as np
import pandas as pd

from schemas.derived_patients import COMPLETENESS, COMPLETENESS_DIMENSIONS, WELL_DOCUMENTED
from schemas.endpoints import ONSETS
from schemas.fields import NO_VALUE
from scripts.clock.intervals import numbers

MISSING = {
    "time_to_onset": 0.5, "indication": 0.3, "outcome": 0.3, "sex": 0.3, "age": 0.3, "dose": 0.1, "country": 0.1,
    "reporter": 0.1, "report_type": 0.1, "comments": 0.1,
}  # fmt: skip
AMBIGUOUS, VERY_AMBIGUOUS, MONTH = 0.1, 0.3, 31
"""Time to onset of which it is not known whether the drug came first: by up to a calendar month, or by more."""
AGE_GROUP_ONLY = 0.1
COMMENT_LENGTH = 20


def completeness(
    tables: dict[str, pd.DataFrame], index: pd.DataFrame, times: pd.DataFrame, outcome: pd.Series, doses: pd.DataFrame
) -> pd.DataFrame:
    """The table `completeness`, one row per case of `index`.

    index: the index course of each case, with its indication. times: onsets of every case on its own. outcome: of the
    event, by case. doses: those of the index course.
    """
    cases = pd.Index(index["case_id"], name="case_id")
    case_rows, reports = tables["cases"].set_index("case_id").reindex(cases), tables["reports"]
    told = {
        "indication": _told(index.set_index("case_id")["indication"]),
        "outcome": _told(outcome),
        "sex": _told(case_rows["sex"]),
        "dose": _any_told(doses, "amount"),
        "country": _told(case_rows["country"]).reindex(cases, fill_value=False)
        | _any_told(reports, "country").reindex(cases, fill_value=False),
        "reporter": _any_told(reports, "reporter_qualification"),
        "report_type": _any_told(reports, "report_type", "not_available"),
        "comments": _commented(case_rows["summary"]) | _commented(_longest(reports)).reindex(cases, fill_value=False),
    }
    penalties = {
        dimension: ~known.reindex(cases, fill_value=False).astype(bool) * MISSING[dimension]
        for dimension, known in told.items()
    }
    penalties["time_to_onset"] = time_penalty(times).reindex(cases, fill_value=MISSING["time_to_onset"])
    penalties["age"] = age_penalty(case_rows)
    table = pd.DataFrame(penalties, index=cases)[list(COMPLETENESS_DIMENSIONS)].astype(float)
    score = (1 - table).prod(axis=1).round(12)
    return COMPLETENESS.validate(
        table.assign(score=score, well_documented=score > WELL_DOCUMENTED).reset_index(), inplace=True
    )


def _told(column: pd.Series) -> pd.Series:
    return ~column.fillna("").isin(NO_VALUE)


def _any_told(rows: pd.DataFrame, column: str, *untold: str) -> pd.Series:
    """By case: does any row tell it?"""
    known = ~rows[column].isin(NO_VALUE | set(untold))
    return known.groupby(rows["case_id"]).any()


def _longest(reports: pd.DataFrame) -> pd.Series:
    texts = reports.assign(length=reports["narrative"].str.len()).sort_values("length", ascending=False, kind="stable")
    return texts.drop_duplicates("case_id").set_index("case_id")["narrative"]


def _commented(texts: pd.Series) -> pd.Series:
    """A few words say nothing and do not count."""
    return _told(texts) & (texts.fillna("").str.len() >= COMMENT_LENGTH)


def time_penalty(times: pd.DataFrame) -> pd.Series:
    """By case, from the best-known onset on any clock: none if the drug surely came first, more the less that is known.

    An onset that surely precedes the drug is information all the same. Width counts only where the order is open.
    """
    onset = times[times["endpoint"].isin(ONSETS) & (times["state"] == "observed") & np.isfinite(times["upper"])]
    open_ = (onset["lower"] < 0) & (onset["upper"] > 0)
    wide = onset["upper"] - onset["lower"] > MONTH
    penalty = pd.Series(np.select([~open_, wide], [0.0, VERY_AMBIGUOUS], AMBIGUOUS), index=onset.index)
    return penalty.groupby(onset["case_id"]).min()


def age_penalty(cases: pd.DataFrame) -> pd.Series:
    """None for an age, less for a range or an age group, the whole penalty for neither."""
    low, high = numbers(cases["age_lower"].fillna("")), numbers(cases["age_upper"].fillna(""))
    exact, some = (high - low) <= 1, low.notna() | high.notna() | _told(cases["age_group"])
    return pd.Series(np.select([exact, some], [0.0, AGE_GROUP_ONLY], MISSING["age"]), index=cases.index)
