"""Intervals from a dose to onset as a message sends them: one number and its unit (ICH guide, G.k.9.i.3).

In days the day of the first (or last) administration counts as day 1; minutes and hours are elapsed time. What is known as
a range, such as study day 3 to 4, is blank.

| first dose | last dose | onset            | from first | from last |
|------------|-----------|------------------|------------|-----------|
| 07-04      | 07-06     | 07-07            | 4 d        | 2 d       |
| day 1      | day 3     | day 4            | 4 d        | 2 d       |
| day 1      | day 3     | day 3 to 4       |            |           |
| 07-04      |           | 07-03            |            |           |
| day 1      | day 8     | 30 min after 1st | 30 min     | 30 min    |
"""

import pandas as pd

from scripts.clock.dose_days import all_since_last_dose
from scripts.clock.intervals import DAY, DAYS_PER_UNIT

ELAPSED = ("min", "h")
"""Units of an exact time that is sent as it is."""


def with_day_intervals(
    signs: pd.DataFrame, exposures: pd.DataFrame, days: dict[tuple[str, str], list[int]]
) -> pd.DataFrame:
    """The signs with `e2b_from_first` and `e2b_from_last`, each with its scale. days: dose days by case and exposure.

    From the first administration of the drug, which may be in an earlier exposure; from the last one at or before the
    onset in the exposure itself, where all its doses have their day.
    """
    keys = pd.MultiIndex.from_frame(signs[["case_id", "exposure"]])
    since = exposures.set_index(["case_id", "exposure"])[["since_first_lower", "since_first_upper"]]
    since = since.reindex(keys).set_axis(signs.index)
    known = (signs["kind"] == "reaction") & (signs["occurred"] == "yes") & (signs["origin"] == "first_dose")
    known &= signs["lower"] >= 0
    times = signs.loc[known, ["lower", "upper", "grain"]]
    last = all_since_last_dose(times.set_axis(keys[known]), days, {}).set_axis(times.index)
    sure = since["since_first_lower"] == since["since_first_upper"]
    sure &= (signs["grain"] == DAY) | (since["since_first_upper"] == 0)
    ever = since.loc[known, "since_first_upper"]
    first = times.assign(lower=times["lower"] + ever, upper=times["upper"] + ever)[sure[known]]
    sent = {"e2b_from_first": _sent(first, signs["unit"]), "e2b_from_last": _sent(last, signs["unit"])}
    cells = {
        f"{interval}{end}": sent_columns[place]
        for interval, sent_columns in sent.items()
        for place, end in enumerate(("", "_scale"))
    }
    return signs.assign(**cells)


def _sent(times: pd.DataFrame, units: pd.Series) -> tuple[pd.Series, pd.Series]:
    """Number and scale of each time that is one day, or exact in minutes or hours; blank for every other sign."""
    unit = units.reindex(times.index)
    told = map(_number, times["lower"], times["upper"], times["grain"], unit)
    by_sign = dict(zip(times.index, told, strict=True))
    cells = [by_sign.get(at, ("", "")) for at in units.index]
    number, scale = (pd.Series([cell[place] for cell in cells], units.index, dtype=object) for place in (0, 1))
    return number, scale


def _number(lower: float, upper: float, grain: str, unit: str) -> tuple[str, str]:
    if grain == DAY and upper - lower == 1 and float(upper).is_integer():
        return str(int(upper)), "study_day"
    if grain != DAY and lower == upper and unit in ELAPSED:
        return f"{round(upper / DAYS_PER_UNIT[unit], 6):g}", unit
    return "", ""
