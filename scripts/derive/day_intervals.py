"""Day intervals of a message: the day of the first (or last) administration counts as day 1 (ICH guide, G.k.9.i.3).

Only an interval that is one day can be sent as one number; one known as a range, such as study day 3 to 4, is blank.

| first dose | last dose | onset      | from first | from last |
|------------|-----------|------------|------------|-----------|
| 07-04      | 07-06     | 07-07      | 4          | 2         |
| day 1      | day 3     | day 4      | 4          | 2         |
| day 1      | day 3     | day 3 to 4 |            |           |
| 07-04      |           | 07-03      |            |           |
"""

import pandas as pd

from scripts.clock.dose_days import since_last_dose


def with_day_intervals(
    signs: pd.DataFrame, exposures: pd.DataFrame, days: dict[tuple[str, str], list[int]]
) -> pd.DataFrame:
    """The signs with `e2b_from_first` and `e2b_from_last`. days: dose days by case and exposure.

    From the first administration of the drug, which may be in an earlier exposure; from the last one at or before the
    onset in the exposure itself, where all its doses have their day.
    """
    keys = pd.MultiIndex.from_frame(exposures[["case_id", "exposure"]])
    since = exposures[["since_first_lower", "since_first_upper"]].set_axis(keys)
    since = since.reindex(pd.MultiIndex.from_frame(signs[["case_id", "exposure"]])).set_axis(signs.index)
    known = (signs["kind"] == "reaction") & (signs["occurred"] == "yes") & (signs["origin"] == "first_dose")
    whole = known & (signs["upper"] - signs["lower"] == 1) & (signs["lower"] >= 0)
    sure = whole & (since["since_first_lower"] == since["since_first_upper"])
    first = (signs["upper"] + since["since_first_upper"]).where(sure)
    last = pd.Series(float("nan"), index=signs.index)
    for at, case, exposure, lower, upper in signs.loc[whole, ["case_id", "exposure", "lower", "upper"]].itertuples():
        low, high = since_last_dose(lower, upper, days.get((case, exposure), []))
        last[at] = high if high - low == 1 else float("nan")
    return signs.assign(e2b_from_first=first.map(_whole), e2b_from_last=last.map(_whole))


def _whole(value: float) -> str:
    return str(int(value)) if value == value and float(value).is_integer() else ""
