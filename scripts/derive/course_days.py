"""The days on which each course began and ended, how long it lasted and by what plan it was given."""

import numpy as np
import pandas as pd

from schemas.fields import NO_VALUE
from scripts.clock.first_doses import first_doses, of_case_and_course
from scripts.clock.intervals import DAY, calendar, elapsed
from scripts.records.uses import is_of_one_dose


def days_of(courses: pd.DataFrame, doses: pd.DataFrame) -> pd.DataFrame:
    """First and last possible day on which each course began and ended: its start and dated doses; its records' ends."""
    joint = of_case_and_course(courses)
    doses = doses[(doses["given"] != "no") & of_case_and_course(doses).isin(joint)]
    dose_key = of_case_and_course(doses)
    began = first_doses(courses, doses).reindex(joint)
    ends = calendar(doses["end_date"]).groupby(dose_key).max().reindex(joint)
    last = calendar(doses["time_date"]).groupby(dose_key).max().reindex(joint)
    stated = (ends["first"].notna() & ~(last["first"] > ends["last"])).to_numpy()
    once = is_of_one_dose(courses).to_numpy()
    ended = np.fmax(ends, last)
    alone = once & ended["first"].isna().to_numpy()
    frame = pd.DataFrame(
        {
            "began_first": began["first"].to_numpy(),
            "began_last": began["last"].to_numpy(),
            "ended_first": np.where(alone, began["first"], ended["first"]),
            "ended_last": np.where(alone, began["last"], ended["last"]),
            "end_stated": stated,
            "span": _span(doses, dose_key).reindex(joint).mask(once, 0.0).to_numpy(),
        },
        index=courses.index,
    )
    return frame.join(_plan(doses, dose_key).reindex(joint).set_axis(courses.index))


def _span(doses: pd.DataFrame, courses: pd.Series) -> pd.Series:
    """Days from the first dose of a course to its last one at most, as its doses are counted; by course."""
    told = pd.concat([elapsed(doses, prefix).assign(of=courses) for prefix in ("time", "end")])
    told = told[told["origin"] == "first_dose"]
    return (told["upper"] - (told["grain"] == DAY)).groupby(told["of"]).max()


def _plan(doses: pd.DataFrame, courses: pd.Series) -> pd.Series:
    """The one dose plan of a course: amount, unit, how often; blank where it has none or several. An amount alone is no plan."""
    told = doses[["amount", "unit", "per_interval", "interval", "interval_unit"]]
    words = told.agg(" ".join, axis=1) if len(doses) else pd.Series(dtype=str)
    words = words.where(~told[["amount", "interval"]].isin(NO_VALUE).any(axis=1), "")
    return words.groupby(courses).agg(lambda plans: plans.iloc[0] if plans.nunique() == 1 else "").rename("plan")
