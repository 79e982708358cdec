"""Headline numbers: bounds first, denominators always, one line each."""

import pandas as pd

from schemas.books import HEADLINES
from schemas.derived import MAIN_SET
from scripts.files.bundle import Bundle, find, one, only
from scripts.words import patients_told, times
from scripts.words.wording import count, limits, name

LEAD = "in short"


def headlines(bundle: Bundle) -> pd.DataFrame:
    """`headline`, `shown`: the numbers a reader asks for first."""
    lines = [(LEAD, " ".join(bundle.lead)), *_cases(bundle), *_onset(bundle), *_resolution(bundle), *_death(bundle)]
    lines += _rechallenge(bundle)
    return pd.DataFrame(lines, columns=list(HEADLINES.columns))


def _cases(bundle: Bundle) -> list[tuple[str, str]]:
    sizes = find(bundle.results, analysis="characteristics", statistic="cases")
    total = sizes[sizes["group"] == "all"]["value"].sum()
    groups = [f"{count(row['value'])} {row['group']}" for _, row in sizes[sizes["group"] != "all"].iterrows()]
    inside = int((bundle.cases["counted"] == "inside").sum())
    counted = [("records counted inside an aggregate, not added", str(inside))] if inside else []
    of = f": {', '.join(groups)}" if len(groups) > 1 else ""
    return [("cases in the series", f"{count(total)}{of}"), *counted]


def _onset(bundle: Bundle) -> list[tuple[str, str]]:
    onset, clock = bundle.conventions.onset, bundle.conventions.clock
    results = find(bundle.results, analysis="onset", set=MAIN_SET, endpoint=onset, clock=clock)
    lines = []
    for group in _groups(results):
        own = find(results, group=group)
        median = one(own, statistic="median_bounds")
        if median is None:
            lines.append((f"{name(onset)}, {group}", "no time known"))
            continue
        told = times.of_result(median.to_dict(), bundle.unit(onset))
        parts = [f"median bounds {told} (n {count(median['n'])})"]
        parts += [
            f"{times.by(row.to_dict())} {_known(own, row)}" for _, row in find(own, statistic="known_by").iterrows()
        ]
        lines.append((f"{name(onset)}, {group}", "; ".join(parts)))
    return lines


def _resolution(bundle: Bundle) -> list[tuple[str, str]]:
    endpoint = bundle.profile.event.primary_resolution
    results = find(bundle.results, analysis="resolution", set=MAIN_SET, endpoint=endpoint)
    lines = []
    told = results[results["group"].isin(_groups(results))]
    for _, row in find(told, statistic="known_by").iterrows():
        same = find(results, clock=row["clock"], coding=row["coding"], group=row["group"])
        if one(same, statistic="range") is None:
            continue
        outer = only(same, statistic="limits_by", at=row["at"], at_unit=row["at_unit"])
        coding = f", unclear cases {row['coding']}" if row["coding"] else ""
        label = f"{name(endpoint)} {times.by(row.to_dict())}, {row['group']}, {row['clock']}{coding}"
        lines.append((label, f"{_known(same, row)}, limits {limits(outer['lower'], outer['upper'])}"))
    return lines or [(name(endpoint), "no time known")]


def _known(own: pd.DataFrame, row: pd.Series) -> str:
    possible = only(own, statistic="possible_by", at=row["at"], at_unit=row["at_unit"])
    return f"known {count(row['value'])}, possible {count(possible['value'])} of {count(row['n_total'])}"


def _death(bundle: Bundle) -> list[tuple[str, str]]:
    inside = bundle.cases[bundle.cases["counted"] == "inside"]
    dead = list(inside.loc[inside["vital"].str.startswith("died"), "case_id"])
    return [("alive or dead", patients_told.alive(bundle.results, dead))]


def _rechallenge(bundle: Bundle) -> list[tuple[str, str]]:
    results = find(bundle.results, analysis="rechallenge")
    positive = only(results, statistic="dechallenge_positive")
    lines = [
        ("dechallenge positive", _assessable(positive)),
        ("rechallenge ladder", patients_told.ladder(bundle.results)),
        ("recurred on re-exposure: event", patients_told.recurrence(bundle.results, bundle.claims)),
    ]
    for _, row in find(results, statistic="recurred").iterrows():
        if row["endpoint"] == "event" or not row["n"]:
            continue
        limit = one(results, statistic="recurrence_limits", endpoint=row["endpoint"], level="Clopper-Pearson")
        said = f", exact limits {limits(limit['lower'], limit['upper'])}" if limit is not None else ""
        which = f" ({row['note']})" if row["note"] else ""
        lines.append(
            (f"recurred on re-exposure: {row['endpoint']}", f"{count(row['value'])} of {count(row['n'])}{said}{which}")
        )
    return lines


def _assessable(positive: pd.Series) -> str:
    return f"{count(positive['value'])} of {count(positive['n'])} assessable" if positive["n"] else "none assessable"


def _groups(results: pd.DataFrame) -> list[str]:
    """`all`, and the groups where there are several: a series of one group is not repeated by group."""
    named = list(dict.fromkeys(results["group"]))
    return named if len(named) > 2 else named[:1]
