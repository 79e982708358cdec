"""Headline numbers: bounds first, denominators always, one line each, with the rows of results that they tell."""

import math
from collections.abc import Iterable, Mapping
from typing import NamedTuple

import pandas as pd

from schemas.books import HEADLINES
from schemas.endpoints import MAIN_SET, POOLED
from schemas.plain_rows import plain_rows
from scripts.files.bundle import Bundle
from scripts.words import patients_told, times, wording
from scripts.words.results import CODINGS, known_elsewhere, needed_result, other_end, result_row, result_rows
from scripts.words.wording import IN_SHORT, count, limits, name

BY = ("known_by", "possible_by", "limits_by")
WHAT = ("analysis", "endpoint", "clock", "coding", "group", "statistic", "level")
LADDER = ("ladder", "ladder_open")
RECURRED = (
    "class_member", "recurred", "recurrence_limits", "reported", "reported_bounds", "reported_limits", "strictly_negative", "strict_bounds",
    "strict_outer_limits", "negative_window_not_stated", "negative_in_some",
)  # fmt: skip
"""The statistics that a headline tells together."""


class Line(NamedTuple):
    """A headline: what it tells, the number or words, and the lines of results.csv that it is taken from."""

    headline: str
    shown: str
    rows: tuple[int, ...] = ()


def lines(bundle: Bundle) -> list[Line]:
    """The numbers a reader asks for first."""
    first = [Line(IN_SHORT, " ".join(bundle.lead)), *_cases(bundle), *_onset(bundle), *of_resolution(bundle)]
    return [*first, *_death(bundle), *_rechallenge(bundle)]


def headlines(told: Iterable[Line], results: pd.DataFrame) -> pd.DataFrame:
    """The lines as the book `headlines`."""
    told = list(told)
    quoted = results[results["line"].isin({at for line in told for at in line.rows})]
    by_line = {row["line"]: row for row in plain_rows(quoted)}
    rows = [[line.headline, line.shown, "; ".join(_number(by_line[at]) for at in line.rows)] for line in told]
    return pd.DataFrame(rows, columns=list(HEADLINES.columns), dtype=str)


def _number(row: Mapping) -> str:
    """`onset first_symptom first_dose all known_by 4 study_day 12 of 15/15`: a row of results in short, unrounded."""
    at = "" if math.isnan(row["at"]) else f"{row['at']:.12g} {row['at_unit']}"
    what = [*(row[part] for part in WHAT), at]
    values = [f"{row[part]:.12g}" for part in ("value", "lower", "upper") if not math.isnan(row[part])]
    return " ".join(filter(None, [*what, *values, f"of {row['n']:.12g}/{row['n_total']:.12g}"]))


def _cases(bundle: Bundle) -> list[Line]:
    sizes = bundle.results_of("characteristics", statistic="cases")
    total = sizes[sizes["group"] == "all"]["value"].sum()
    groups = [f"{count(row['value'])} {row['group']}" for _, row in sizes[sizes["group"] != "all"].iterrows()]
    inside = int((bundle.cases["counted"] == "inside").sum())
    told_by = tuple(bundle.results_of("records", statistic="counted_inside")["line"]) if inside else ()
    what = "reports of patients already counted in an overview, not added"
    counted = [Line(what, str(inside), told_by)] if inside else []
    by_group = f": {', '.join(groups)}" if len(groups) > 1 else ""
    return [Line("cases in the series", f"{count(total)}{by_group}", tuple(sizes["line"])), *counted]


def _onset(bundle: Bundle) -> list[Line]:
    onset, clock = bundle.conventions.onset, bundle.conventions.clock
    results = bundle.results_of("onset", set=MAIN_SET, endpoint=onset, clock=clock)
    lines, what = [], f"{name(onset)}{times.counted_from(clock)}"
    for group in _groups(results):
        group_results = times.beside(result_rows(results, group=group), bundle.unit(onset))
        median = result_row(group_results, statistic="median_bounds")
        if median is None:
            lines.append(Line(f"{what}, {_of_whom(group)}", _no_time(bundle, group)))
            continue
        told = times.of_result(median.to_dict(), bundle.unit(onset))
        parts = [f"median {told} (time known in {count(median['n'])})"]
        parts += [
            f"{times.by(row.to_dict())} {_known(group_results, row)}"
            for _, row in result_rows(group_results, statistic="known_by").iterrows()
        ]
        told_by = group_results[group_results["statistic"].isin(("median_bounds", "known_by", "possible_by"))]
        lines.append(Line(f"{what}, {_of_whom(group)}", "; ".join(parts), tuple(told_by["line"])))
    return lines


def _no_time(bundle: Bundle, group: str) -> str:
    """`no time known`; with the points from which times are told where the series counts from another."""
    conventions = bundle.conventions
    other = known_elsewhere(bundle.results, conventions.onset, conventions.clock, group)
    told = ", ".join(f"from {name(clock)} in {n}" for clock, n in other.items())
    return (
        f"no time known from {name(conventions.clock)}; known {told} (`clock` under `analysis`)"
        if told
        else "no time known"
    )


def of_resolution(bundle: Bundle) -> list[Line]:
    """By each threshold, of all and of each group; of whom no time is known, that."""
    endpoint = bundle.profile.event.primary_resolution
    results = bundle.results_of("resolution", set=MAIN_SET, endpoint=endpoint)
    lines = []
    told = results[results["group"].isin(_groups(results))]
    for _, row in result_rows(told, statistic="known_by").iterrows():
        same = result_rows(results, clock=row["clock"], coding=row["coding"], group=row["group"])
        if result_row(same, statistic="range") is None:
            silent = Line(
                f"{name(endpoint)}, {_of_whom(row['group'])}", _never_timed(same, _other_end(bundle, row["group"]))
            )
            lines += [silent] if row["clock"] == POOLED and silent not in lines else []
            continue
        outer = needed_result(same, statistic="limits_by", at=row["at"], at_unit=row["at_unit"])
        coding = f"the unclear {CODINGS[row['coding']]}" if row["coding"] else ""
        basis = "; ".join(filter(None, ("" if row["clock"] == POOLED else wording.clock(row["clock"]), coding)))
        label = f"{name(endpoint)} {times.by(row.to_dict())}, {_of_whom(row['group'])}{f'; {basis}' if basis else ''}"
        shown = f"{_known(same, row)}, limits {limits(outer['lower'], outer['upper'])}"
        told_by = result_rows(same[same["statistic"].isin(BY)], at=row["at"], at_unit=row["at_unit"])
        lines.append(Line(label, shown, tuple(told_by["line"])))
    return lines or [Line(name(endpoint), "no time known")]


def _never_timed(same: pd.DataFrame, other: str) -> str:
    died = needed_result(same, statistic="n_died")
    everyone = f"{count(died['value'])} of {count(died['n_total'])}"
    return f"{everyone} died unresolved" if died["value"] == died["n_total"] else f"no time known{other}"


def _other_end(bundle: Bundle, group: str) -> str:
    """Where times of the other end are known, how many: what the series was not asked for first is not unknown."""
    other, known = other_end(bundle.results, bundle.profile.event.primary_resolution, group)
    return f"; {name(other)} known in {count(known)} (`primary_resolution` in the profile)" if known else ""


def _known(results: pd.DataFrame, row: pd.Series) -> str:
    possible = needed_result(results, statistic="possible_by", at=row["at"], at_unit=row["at_unit"])
    return f"known {count(row['value'])}, possible {count(possible['value'])} of {count(row['n_total'])}"


def _death(bundle: Bundle) -> list[Line]:
    told_by = bundle.results_of("death", statistic="vital", group="all")
    return [Line("alive or dead", patients_told.alive(bundle.results, bundle.died_inside), tuple(told_by["line"]))]


def _rechallenge(bundle: Bundle) -> list[Line]:
    results = bundle.results_of("rechallenge")
    positive = needed_result(results, statistic="dechallenge_positive")
    lines = [
        Line("dechallenge positive", _assessable(positive), (positive["line"],)),
        Line("rechallenge ladder", patients_told.ladder(bundle.results), _of_event(results, LADDER)),
        Line(
            "recurred on re-exposure: event",
            patients_told.recurrence(bundle.results, bundle.claims),
            _of_event(results, RECURRED),
        ),
    ]
    for _, row in result_rows(results, statistic="recurred").iterrows():
        if row["endpoint"] == "event" or not row["n"]:
            continue
        limit = result_row(results, statistic="recurrence_limits", endpoint=row["endpoint"], level="Clopper-Pearson")
        limit_words = f", exact limits {limits(limit['lower'], limit['upper'])}" if limit is not None else ""
        named = "; ".join(filter(None, [row["level"], row["note"]]))
        which = f" ({named})" if named else ""
        shown = f"{count(row['value'])} of {count(row['n'])}{limit_words}{which}"
        told_by = result_rows(results[results["statistic"].isin(RECURRED)], endpoint=row["endpoint"])
        lines.append(Line(f"recurred on re-exposure: {row['endpoint']}", shown, tuple(told_by["line"])))
    return lines


def _of_event(results: pd.DataFrame, statistics: tuple[str, ...]) -> tuple[int, ...]:
    return tuple(results.loc[(results["endpoint"] == "event") & results["statistic"].isin(statistics), "line"])


def _assessable(positive: pd.Series) -> str:
    return f"{count(positive['value'])} of {count(positive['n'])} assessable" if positive["n"] else "none assessable"


def _of_whom(group: str) -> str:
    return "all patients" if group == "all" else group


def _groups(results: pd.DataFrame) -> list[str]:
    """`all`, and the groups where there are several: a series of one group is not repeated by group."""
    named = list(dict.fromkeys(results["group"]))
    return named if len(named) > 2 else named[:1]
