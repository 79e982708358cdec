"""Resolution: pooled over poolable origins, with both codings of an unclear complement (definitions: resolution,
competing-death, aggregate-statements)."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from schemas.derived import RESOLUTIONS
from schemas.results import Conventions
from scripts.analyse.estimators.competing_death import cumulative_incidence
from scripts.analyse.results import rows
from scripts.analyse.results.timing import by_time, medians, spread, turnbull
from scripts.files.bundle import Bundle

CODINGS = {
    "unknown": "cases of which an aggregate statement does not say whether later or not known: taken as not known",
    "unresolved": "the same cases taken as not resolved by the statement's time",
}
POOLED = "pooled origins"
STATED = "stated origin"


def analyse(derived: Bundle, conventions: Conventions) -> tuple[list[dict], list[dict]]:
    """Per kind of resolution, set and group: known and possible by t under each coding, medians, NPMLE.

    `clock` is `pooled origins` (origins the profile allows to pool, unstated ones among them, with a footnote) or
    `stated origin`: the same without cases whose origin the source does not state.
    """
    found: list[dict] = []
    steps: list[dict] = []
    times = derived.times[derived.times["endpoint"].isin(RESOLUTIONS)]
    for (name, endpoint), part in times.groupby(["set", "endpoint"], sort=False):
        for group, cases in rows.groups(part):
            own = part[part["case_id"].isin(cases)]
            labels = {"set": name, "endpoint": endpoint, "group": group}
            for clock, chosen in _origins(own, conventions.poolable_origins):
                more, curve = _codings(chosen, {**labels, "clock": clock}, conventions)
                found, steps = found + more, steps + curve
    return found, steps


def _origins(own: pd.DataFrame, poolable: tuple[str, ...]) -> list[tuple[str, pd.DataFrame]]:
    """All cases pooled; and, where that pools an unstated origin, the cases with a stated one.

    A case whose origin may not be pooled keeps its place in the denominator, without its time.
    """
    allowed = own["clock"].isin([*poolable, ""]) | (own["clock"][own["clock"] != ""].nunique() <= 1)
    pooled = own.assign(
        lower=own["lower"].where(allowed, 0.0),
        upper=own["upper"].where(allowed, np.inf),
        state=own["state"].where(allowed, "unknown"),
    )
    stated = pooled[~pooled["clock"].isin(["not_stated", ""])]
    parts = [(POOLED, pooled)]
    return [*parts, (STATED, stated)] if (own["clock"] == "not_stated").any() else parts


def _codings(own: pd.DataFrame, labels: dict, conventions: Conventions) -> tuple[list[dict], list[dict]]:
    deaths = own.loc[own["state"] == "died", ["case_id", "lower", "upper"]].set_index("case_id")
    own = _never(own, conventions.resolution_days)
    unclear = own["complement_lower"].notna()
    codings = list(CODINGS) if unclear.any() else [""]
    found: list[dict] = []
    steps: list[dict] = []
    for coding in codings:
        coded = _coded(own, unclear) if coding == "unresolved" else own
        note = "; ".join(filter(None, [CODINGS.get(coding, ""), _footnote(own, labels["clock"])]))
        named = {**labels, "coding": coding}
        for t in conventions.resolution_days:
            found += by_time(coded, float(t), named, conventions.level, note)
        known = coded[coded["state"] == "observed"]
        informative = coded[coded["state"].isin(["observed", "not_resolved", "died"])]
        found += spread(known, coded, named) + medians(informative, coded, named, conventions)
        found += _states(coded, named, conventions.resolution_days, deaths)
        more, curve = turnbull(informative, coded, named, note)
        found, steps = found + more, steps + curve
    return found, steps


def _never(own: pd.DataFrame, days: Sequence[int]) -> pd.DataFrame:
    """A case that died unresolved never resolves: later than every time of the series and every t asked for (B4)."""
    died = own["state"] == "died"
    bounds = pd.concat([own["lower"], own["upper"].where(np.isfinite(own["upper"])), pd.Series(days, dtype=float)])
    latest = bounds[~bounds.isna()].max()
    return own.assign(lower=own["lower"].mask(died, latest), upper=own["upper"].mask(died, np.inf))


def _states(own: pd.DataFrame, labels: dict, days: Sequence[int], deaths: pd.DataFrame) -> list[dict]:
    """By t: surely resolved, dead before resolution (known, possible), surely not yet resolved, undecided.

    deaths: lower and upper of the time of death of those who died unresolved. Such a death stays in the denominator with
    upper = inf, so the counts are the cumulative incidence of resolution. Where all times are exact, whole days or
    right-censored, Aalen-Johansen stands beside them.
    """
    cases, found = list(own["case_id"]), []
    died = own["state"] == "died"
    death = deaths.reindex(own["case_id"]).set_axis(own.index)
    for t in days:
        resolved = ~died & (own["upper"] <= t)
        dead = died & (death["upper"] <= t)
        possibly = dead | (died & (death["lower"] < t))
        open_at_t = (~died & (own["lower"] >= t) & (own["state"] != "unknown")) | (died & ~possibly)
        undecided = ~(dead | resolved | open_at_t)
        for level, part in (
            ("resolved", resolved),
            ("dead unresolved", dead),
            ("dead unresolved, possibly", possibly),
            ("not resolved", open_at_t & ~resolved),
            ("undecided or unknown", undecided & ~resolved),
        ):
            counted = own.loc[part, "case_id"]
            found.append(
                rows.row("state_by", cases, level=level, at=float(t), method="count", counted=counted, **labels)
            )
    return found + _aalen_johansen(own, labels, death)


def _aalen_johansen(own: pd.DataFrame, labels: dict, death: pd.DataFrame) -> list[dict]:
    """Cumulative incidence at the last time; only where deaths compete and every time is exact, a day or right-censored."""
    died = own["state"] == "died"
    low, high = own["lower"].where(~died, death["lower"]), own["upper"].where(~died, death["upper"])
    day = (high - low == 1) & (low % 1 == 0)
    censored = np.isinf(high) & (own["state"] == "not_resolved")
    if not died.any() or not ((low == high) | day | censored).all():
        return []
    states = own["state"].map({"observed": "resolved", "died": "dead", "not_resolved": "censored"})
    last = cumulative_incidence(low, states).iloc[-1]
    return [
        rows.row(
            "cumulative_incidence", list(own["case_id"]), level=name, at=float(last["time"]), value=last[name],
            method="Aalen-Johansen", **labels,
        )
        for name in ("resolved", "dead", "neither")
    ]  # fmt: skip


def _coded(own: pd.DataFrame, unclear: pd.Series) -> pd.DataFrame:
    return own.assign(
        lower=own["complement_lower"].where(unclear, own["lower"]), state=own["state"].mask(unclear, "not_resolved")
    )


def _footnote(own: pd.DataFrame, clock: str) -> str:
    unstated = int((own["clock"] == "not_stated").sum())
    origins = sorted(set(own["clock"]) - {"", "not_stated"})
    if clock == POOLED and unstated:
        others = f", pooled with {', '.join(origins)}" if origins else ""
        return f"the source does not state what the time of {unstated} cases is counted from{others}"
    return f"pooled origins: {', '.join(origins)}" if len(origins) > 1 else ""
