"""What opens the time of the first symptom: signs without a time, or of which nobody says whether they occurred, and an
event of which only the diagnosis or the death is known (definitions: onset)."""

import numpy as np
import pandas as pd

from scripts.clock.intervals import between_dates, calendar, elapsed
from scripts.derive.signs import timed
from scripts.derive.use import Use
from scripts.records.events import SIGNS, is_open

ATTRIBUTED = ("certain", "possible")


def perhaps_occurred(use: Use, marks: pd.DataFrame, candidates: pd.DataFrame) -> pd.DataFrame:
    """The times of signs of which nobody says whether they occurred, with columns of the candidates."""
    rows = use.reactions
    rows = rows[is_open(rows) & (rows["attribution"] != "unlikely") & (rows["role"] != "other")]
    if not len(rows):
        return candidates.iloc[:0]
    attributed = rows["attribution"].isin(ATTRIBUTED) | (rows["role"] == "event")
    times = timed(rows, "onset", use.bases, use.start, use.reactions, marks)
    return times.assign(reaction=rows["reaction"], attributed=attributed)


def widened(
    use: Use, first: pd.DataFrame, diagnosis: pd.DataFrame, candidates: pd.DataFrame, perhaps: pd.DataFrame
) -> pd.DataFrame:
    """First symptom, open downwards to the last symptom-free time, else to the first dose, where a sign has no time; and to
    the time of a sign that may have occurred.

    Where only the diagnosis is known, the first symptom came before it. diagnosis: as of `seen_by`. perhaps: as of
    `perhaps_occurred`.
    """
    untimed = _untimed(use, [*_keys(candidates), *_keys(perhaps)])
    since = _last_free(use).reindex(first.index).fillna(0.0).clip(lower=0.0)
    only_diagnosis = first["lower"].isna() & diagnosis["lower"].notna() & np.isfinite(diagnosis["upper"])
    both = first.where(~only_diagnosis, diagnosis)
    wide = (both.index.isin(untimed) & both["lower"].notna()) | only_diagnosis
    lower = both["lower"].mask(wide & (both["lower"] > since), since)
    earlier = perhaps[perhaps["origin"] == "first_dose"].groupby("case_id")["lower"].min().reindex(first.index)
    return both.assign(
        lower=lower.mask(earlier < lower, earlier), status=both["status"].mask(only_diagnosis, "derived")
    )


def seen_by(diagnosis: pd.DataFrame, died: pd.DataFrame) -> pd.DataFrame:
    """When the event was there at the latest: the diagnosis, else the death of which it is told."""
    if not len(died):
        return diagnosis
    return diagnosis.where(diagnosis["lower"].notna(), died.reindex(diagnosis.index)[list(diagnosis)], axis=0)


def _last_free(use: Use) -> pd.Series:
    """By case: days after the first dose until which the patient was surely free of symptoms, as far as stated."""
    times = elapsed(use.reactions, "free_until")
    began = use.start.reindex(use.reactions["case_id"]).set_axis(use.reactions.index)
    dates = between_dates(began, calendar(use.reactions["free_until_date"]))["lower"]
    free = times["lower"].where(times["origin"] == "first_dose").fillna(dates)
    return free.groupby(use.reactions["case_id"]).max().dropna()


def _keys(times: pd.DataFrame) -> list[tuple[str, str]]:
    """Case and reaction of what has a time."""
    known = times.loc[times["lower"].notna(), ["case_id", "reaction"]].dropna()
    return list(known.itertuples(index=False, name=None))


def _untimed(use: Use, with_time: list[tuple[str, str]]) -> set[str]:
    """Cases with an attributed symptom or sentinel sign without a time that is not said to have come with or after another,
    nor to have been absent."""
    seen = use.reactions
    sign = seen["role"].isin(SIGNS) & (seen["occurred"] != "no")
    open_ = sign & seen["attribution"].isin(ATTRIBUTED) & ~seen["onset_order"].isin(["with_first", "later"])
    keys = pd.MultiIndex.from_frame(seen[["case_id", "reaction"]])
    return set(seen.loc[open_ & ~keys.isin(with_time), "case_id"])
