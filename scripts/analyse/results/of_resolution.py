"""Resolution: pooled over poolable origins, with both codings of an unclear complement (definitions: resolution,
competing-death, aggregate-statements)."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from schemas.endpoints import KNOWN_STATES, POOLED, RESOLUTIONS, STATED
from schemas.results import Conventions
from schemas.thresholds import Threshold
from scripts.analyse.estimators.competing_death import cumulative_incidence
from scripts.analyse.results import rows
from scripts.analyse.results.timing import by_time, medians, spread, turnbull
from scripts.clock import pooling
from scripts.clock.thresholds import reached
from scripts.files.bundle import Bundle
from scripts.words import wording
from scripts.words.results import CODINGS, taken


def analyse(derived: Bundle, conventions: Conventions) -> tuple[list[dict], list[dict]]:
    """Per kind of resolution, set and group: known and possible by t under each coding, medians, NPMLE.

    `clock` is `pooled origins` (origins the profile allows to pool, unstated ones among them, with a footnote) or
    `stated origin`: the same without cases whose origin the source does not state.
    """
    results: list[dict] = []
    steps: list[dict] = []
    times = derived.times[derived.times["endpoint"].isin(RESOLUTIONS)]
    for labels, part in rows.strata(times, ["set", "endpoint"]):
        for clock, chosen in _origins(part, conventions.poolable_origins):
            more, curve = _codings(chosen, {**labels, "clock": clock}, conventions)
            results, steps = results + more, steps + curve
    return results, steps


def _origins(times: pd.DataFrame, poolable: tuple[str, ...]) -> list[tuple[str, pd.DataFrame]]:
    """All cases pooled; and, where that pools an unstated origin, the cases with a stated one."""
    together = pooling.pooled(times, poolable)
    stated = together[~together["clock"].isin(["not_stated", ""])]
    parts = [(POOLED, together)]
    return [*parts, (STATED, stated)] if (times["clock"] == "not_stated").any() else parts


def _codings(times: pd.DataFrame, labels: dict, conventions: Conventions) -> tuple[list[dict], list[dict]]:
    deaths = times[times["state"] == "died"].set_index("case_id")
    times = never_resolving(times, conventions.resolution_thresholds)
    unclear = times["complement_lower"].notna()
    codings = list(CODINGS) if unclear.any() else [""]
    results: list[dict] = []
    steps: list[dict] = []
    for coding in codings:
        coded = pooling.as_not_resolved(times) if coding == "unresolved" else times
        note = "; ".join(filter(None, [taken(coding), _footnote(times, labels["clock"])]))
        named = {**labels, "coding": coding}
        for asked in conventions.resolution_thresholds:
            results += by_time(coded, asked, named, conventions.level, note)
        known = coded[coded["state"] == "observed"]
        informative = coded[coded["state"].isin(KNOWN_STATES)]
        results += spread(known, coded, named) + medians(informative, coded, named, conventions, note)
        results += _states(coded, named, conventions.resolution_thresholds, deaths)
        more, curve = turnbull(informative, coded, named)
        results, steps = results + more, steps + curve
    return results, steps


def pooled(times: pd.DataFrame, conventions: Conventions) -> pd.DataFrame:
    """The cases behind the headline, with their times as it takes them: pooled origins, deaths and sequelae never
    resolving, unclear cases taken as not known."""
    _, chosen = _origins(times, conventions.poolable_origins)[0]
    return never_resolving(chosen, conventions.resolution_thresholds)


def never_resolving(times: pd.DataFrame, asked: Sequence[Threshold]) -> pd.DataFrame:
    """A case that died unresolved, or was left with sequelae, never resolves: later than every time of the series and
    every t asked for (definitions: competing-death)."""
    never = times["state"].isin(["died", "sequelae"])
    days = pd.Series([threshold.days for threshold in asked], dtype=float)
    bounds = pd.concat([times["lower"], times["upper"].where(np.isfinite(times["upper"])), days])
    latest = bounds[~bounds.isna()].max()
    return times.assign(
        lower=times["lower"].mask(never, latest),
        upper=times["upper"].mask(never, np.inf),
        grain=times["grain"].mask(never, ""),
    )


def _states(times: pd.DataFrame, labels: dict, asked: Sequence[Threshold], deaths: pd.DataFrame) -> list[dict]:
    """By t: surely resolved, dead before resolution (known, possible), surely not yet resolved, undecided.

    deaths: the times of death of those who died unresolved. Such a death stays in the denominator with upper = inf, so
    the counts are the cumulative incidence of resolution. Where all times are exact, whole days or right-censored,
    Aalen-Johansen stands beside them.
    """
    cases, results = list(times["case_id"]), []
    died = times["state"] == "died"
    death = deaths.reindex(times["case_id"]).set_axis(times.index)
    for threshold in asked:
        resolved, possibly_resolved = reached(times, threshold)
        known_dead, possibly_dead = reached(death, threshold)
        dead, possibly = died & known_dead, died & possibly_dead
        open_at_t = (~died & ~possibly_resolved) | (died & ~possibly)
        for level, part in (
            ("resolved", resolved),
            ("dead unresolved", dead),
            ("dead unresolved, possibly", possibly),
            ("not resolved", open_at_t),
            ("undecided or unknown", ~(dead | resolved | open_at_t)),
        ):
            counted = times.loc[part, "case_id"]
            asked_for = {**labels, "level": level, "at": threshold.value, "at_unit": threshold.unit}
            results.append(rows.row("state_by", cases, method="count", counted=counted, **asked_for))
    return results + _aalen_johansen(times, labels, death)


def _aalen_johansen(times: pd.DataFrame, labels: dict, death: pd.DataFrame) -> list[dict]:
    """Cumulative incidence at the last time; only where deaths compete and every time is exact, a day or right-censored."""
    died = times["state"] == "died"
    if not died.any():
        return []
    low, high = times["lower"].where(~died, death["lower"]), times["upper"].where(~died, death["upper"])
    day = (high - low == 1) & (low % 1 == 0)
    censored = np.isinf(high) & (times["state"] == "not_resolved")
    why = _no_aalen_johansen(times, low, (low == high) | day | censored)
    if why:
        return [
            rows.row(
                "cumulative_incidence",
                list(times["case_id"]),
                level="not given",
                method="Aalen-Johansen",
                note=why,
                **labels,
            )
        ]
    states = times["state"].map({"observed": "resolved", "died": "dead", "not_resolved": "censored"})
    last = cumulative_incidence(low, states).iloc[-1]
    return [
        rows.row(
            "cumulative_incidence",
            list(times["case_id"]),
            level=level,
            at=float(last["time"]),
            value=last[level],
            method="Aalen-Johansen",
            **labels,
        )
        for level in ("resolved", "dead", "neither")
    ]


def _no_aalen_johansen(times: pd.DataFrame, low: pd.Series, ordered: pd.Series) -> str:
    """Why there is no cumulative incidence; blank where there is one."""
    if times["state"].eq("sequelae").any():
        return f"{wording.counted(times['state'].eq('sequelae').sum(), 'case')} ended with sequelae, a third end state"
    if (low < 0).any():
        return f"a time that may lie before its origin: {wording.counted((low < 0).sum(), 'case')}"
    return f"no exact time, day or last look: {wording.counted((~ordered).sum(), 'case')}" if not ordered.all() else ""


def _footnote(times: pd.DataFrame, clock: str) -> str:
    times = times[times["state"] != "not_usable"]
    unstated = int((times["clock"] == "not_stated").sum())
    origins = sorted(set(times["clock"]) - {"", "not_stated"})
    if clock == POOLED and unstated:
        others = f", taken together with times from {', '.join(map(wording.clock, origins))}" if origins else ""
        return f"the source does not state what the time of {wording.counted(unstated, 'case')} is counted from{others}"
    return f"times counted from {', '.join(map(wording.clock, origins))} are taken together" if len(origins) > 1 else ""
