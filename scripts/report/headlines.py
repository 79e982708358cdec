"""Headline numbers: bounds first, denominators always, one line each."""

import pandas as pd

from schemas.derived import MAIN_SET
from scripts.files.displays import Displays, find, one, only
from scripts.words.times import since_dose
from scripts.words.wording import count, limits, name


def headlines(displays: Displays, onset: str, clock: str) -> pd.DataFrame:
    """`headline`, `shown`: the numbers a reader asks for first."""
    lines = [*_cases(displays), *_onset(displays, onset, clock), *_resolution(displays), *_rechallenge(displays)]
    return pd.DataFrame(lines, columns=["headline", "shown"])


def _cases(displays: Displays) -> list[tuple[str, str]]:
    sizes = find(displays.results, analysis="characteristics", statistic="cases")
    total = sizes[sizes["group"] == "all"]["value"].sum()
    groups = [f"{count(row['value'])} {row['group']}" for _, row in sizes[sizes["group"] != "all"].iterrows()]
    inside = int((displays.cases["counted"] == "inside").sum())
    counted = [("records counted inside an aggregate, not added", str(inside))] if inside else []
    return [("cases in the series", f"{count(total)}: {', '.join(groups)}"), *counted]


def _onset(displays: Displays, onset: str, clock: str) -> list[tuple[str, str]]:
    results = find(displays.results, analysis="onset", set=MAIN_SET, endpoint=onset, clock=clock)
    lines = []
    for group in _groups(results):
        own = find(results, group=group)
        median = one(own, statistic="median_bounds")
        if median is None:
            lines.append((f"{name(onset)}, {group}", "no time known"))
            continue
        parts = [f"median bounds {since_dose(median['lower'], median['upper'])} (n {count(median['n'])})"]
        parts += [
            f"by day {count(row['at'])} {_known(own, row)}" for _, row in find(own, statistic="known_by").iterrows()
        ]
        lines.append((f"{name(onset)}, {group}", "; ".join(parts)))
    return lines


def _resolution(displays: Displays) -> list[tuple[str, str]]:
    endpoint = displays.profile.event.primary_resolution
    results = find(displays.results, analysis="resolution", set=MAIN_SET, endpoint=endpoint)
    lines = []
    for _, row in find(results, statistic="known_by").iterrows():
        same = find(results, clock=row["clock"], coding=row["coding"], group=row["group"])
        if one(same, statistic="range") is None:
            continue
        outer = only(same, statistic="limits_by", at=row["at"])
        coding = f", unclear cases {row['coding']}" if row["coding"] else ""
        label = f"{name(endpoint)} within {count(row['at'])} days, {row['group']}, {row['clock']}{coding}"
        lines.append((label, f"{_known(same, row)}, limits {limits(outer['lower'], outer['upper'])}"))
    return lines or [(name(endpoint), "no time known")]


def _known(own: pd.DataFrame, row: pd.Series) -> str:
    possible = only(own, statistic="possible_by", at=row["at"])
    return f"known {count(row['value'])}, possible {count(possible['value'])} of {count(row['n_total'])}"


def _rechallenge(displays: Displays) -> list[tuple[str, str]]:
    results = find(displays.results, analysis="rechallenge")
    positive = only(results, statistic="dechallenge_positive")
    steps = find(results, statistic="ladder")
    ladder = " → ".join(
        f"{row['level'].replace('re_exposed', 're-exposed')} {count(row['value'])}" for _, row in steps.iterrows()
    )
    lines = [
        ("dechallenge positive", f"{count(positive['value'])} of {count(positive['n'])} assessable"),
        ("rechallenge ladder", ladder),
    ]
    for _, row in find(results, statistic="recurred").iterrows():
        limit = one(results, statistic="recurrence_limits", endpoint=row["endpoint"], level="Clopper-Pearson")
        said = f", exact limits {limits(limit['lower'], limit['upper'])}" if limit is not None else ""
        which = f" ({row['note']})" if row["note"] else ""
        lines.append(
            (f"recurred on re-exposure: {row['endpoint']}", f"{count(row['value'])} of {count(row['n'])}{said}{which}")
        )
    return lines


def _groups(results: pd.DataFrame) -> list[str]:
    return list(dict.fromkeys(results["group"]))
