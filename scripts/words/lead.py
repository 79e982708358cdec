"""The lead: at most six plain sentences on a series, the same in every product.

In come results, the cases that count and what the profile calls things; out comes text whose wording is `texts/lead.yaml`.
A sentence is left out where nothing is known to fill it, deaths never are, and no share stands without its count.
"""

from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd
import yaml

from schemas.codes import DEAD
from schemas.endpoints import DOSE_CLOCKS, MAIN_SET, POOLED
from schemas.plain_rows import plain_rows
from scripts.records.events import GOING_ON
from scripts.words import times
from scripts.words.patients_told import died_inside
from scripts.words.results import known_elsewhere, result_rows
from scripts.words.wording import day_1, name

NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
SIGNS = ("symptoms", "tests")


@cache
def texts() -> dict[str, Any]:
    return yaml.safe_load((Path(__file__).parent / "texts/lead.yaml").read_text(encoding="utf-8"))


def lead(
    results: pd.DataFrame,
    patients: pd.DataFrame,
    called: Mapping[str, str],
    units: Mapping[str, str],
    claims: Iterable[str],
) -> list[str]:
    """The sentences, as `by_matter` has them."""
    return list(by_matter(results, patients, called, units, claims).values())


def by_matter(
    results: pd.DataFrame,
    patients: pd.DataFrame,
    called: Mapping[str, str],
    units: Mapping[str, str],
    claims: Iterable[str],
) -> dict[str, str]:
    """The analysis whose rows of results a sentence rests on -> the sentence; `claim` for what sources say elsewhere.

    patients: every row of `patients`. called: drug, event, sentinel, onset, clock, resolution, and what groups with short
    names are called in full. units: endpoint -> unit.
    claims: what sources say of recurrence in patients who are not in the series.
    """
    counted = patients[patients["counted"] == "in"]
    sentences = {
        "characteristics": _reports(counted, called),
        "onset": _onset(results, counted, called, units),
        "death": _outcome(counted, len(died_inside(patients))),
        "resolution": _resolution(results, called, units),
        "rechallenge": _again(counted),
        "claim": "".join(texts()["claim"].format(words=claim.rstrip(".")) for claim in list(claims)[:1]),
    }
    return {matter: _capital(sentence) for matter, sentence in sentences.items() if sentence}


def _reports(counted: pd.DataFrame, called: Mapping[str, str]) -> str:
    """How many; and in how many another drug is suspected as well."""
    too, everyone, wanted = int((counted["other_suspects"] != "").sum()), len(counted), texts()["suspects"]
    whole = wanted["the_one" if everyone == 1 else "all"]
    also = "" if not too else whole if too == everyone else _some(wanted, too)
    return _some(texts()["reports"], everyone, event=called["event"], drug=called["drug"], also=also)


def _onset(results: pd.DataFrame, counted: pd.DataFrame, called: Mapping[str, str], units: Mapping[str, str]) -> str:
    wanted = {
        "analysis": "onset",
        "set": MAIN_SET,
        "endpoint": called["onset"],
        "clock": called["clock"],
        "statistic": "range",
    }
    ranges = result_rows(results, **wanted)
    everyone = plain_rows(ranges[ranges["group"] == "all"])
    if not everyone:
        return _unknown(results, counted, called) if len(counted) else ""
    row, unit = everyone[0], units.get(called["onset"], "d")
    unbounded = times.of_result(row, unit) == times.NOTHING
    half = (
        _half(result_rows(results, **wanted | {"statistic": "median_bounds"}, group="all"), unit) if unbounded else ""
    )
    if unbounded and not half:
        return texts()["onset"]["limits"]
    same = ranges[(ranges["group"] != "all") & (ranges["n"] == row["n"])]["group"].tolist()
    is_one_group = same and counted["group"].nunique() > 1
    what = texts()["what"][called["onset"]].format(sentinel=called["sentinel"])
    forms = {"many": texts()["onset"]["half"]} if half else texts()["onset"]
    return _some(
        forms,
        int(row["n"]),
        n=_number(int(row["n"])),
        what=what,
        happened=texts()["happened"][called["onset"]],
        group=texts()["group"].format(group=called.get(same[0], same[0])) if is_one_group else "",
        when=half or _when(row, unit),
    )


def _unknown(results: pd.DataFrame, counted: pd.DataFrame, called: Mapping[str, str]) -> str:
    """That no onset is known from the point the series counts from, and in how many it is from another."""
    other = known_elsewhere(results, called["onset"], called["clock"], "all")
    if not other:
        return _some(texts()["onset"]["unknown"], len(counted))
    told = [texts()["onset"]["there"].format(clock=name(clock), n=_number(n)) for clock, n in other.items()]
    return texts()["onset"]["elsewhere"].format(clock=name(called["clock"]), told="; ".join(told))


def _half(median: pd.DataFrame, unit: str) -> str:
    """The latest time by which half had it, where some times are open and no range can be given; blank where that is open too."""
    told = [
        times.of_result(row | {"lower": row["upper"], "lower_is": row["upper_is"]}, unit) for row in plain_rows(median)
    ]
    if (
        not told
        or told[0] == times.NOTHING
        or told[0].startswith(("more than", "at least"))
        or told[0].startswith("after")
    ):
        return ""
    form = texts()["when"]["by_day" if told[0].startswith("study day") else "within"]
    clock = median["clock"].iloc[0]
    return form.format(told=told[0].removesuffix(" elapsed"), clock=name(clock), day_1=day_1(clock))


def _when(row: dict, unit: str) -> str:
    told, wanted = times.of_result(row, unit), texts()["when"]
    if row["clock"] not in DOSE_CLOCKS:
        return wanted["unstated"].format(told=told)
    if told.startswith("study day"):
        days = told.replace("study day", "study days") if " to " in told else told
        return wanted["study_day"].format(told=days, day_1=day_1(row["clock"]))
    return wanted["dose"].format(told=told.removesuffix(" elapsed"), clock=name(row["clock"]))


def _outcome(counted: pd.DataFrame, dead_inside: int) -> str:
    """Each patient in one of five counts; a death counts as such whatever else is said of the event."""
    died = counted["vital"].isin(DEAD)
    outcomes = counted["outcome"].mask(died, "died")
    ongoing = outcomes.isin(GOING_ON)
    parts = {
        "recovered": int((outcomes == "recovered").sum()),
        "sequelae": int((outcomes == "recovered_with_sequelae").sum()),
        "ongoing": int(ongoing.sum()),
        "died": int(died.sum()),
    }
    parts["unknown"] = len(counted) - sum(parts.values())
    parts["inside"] = dead_inside
    always, forms = ("recovered", "died"), dict(texts()["outcome"])
    if dead_inside:
        forms["died"] = forms["died"] | {"none": forms["died_elsewhere"]}
    told = {part: _some(forms[part], number) for part, number in parts.items() if number or part in always}
    told["died"] += _of_what(counted.loc[died, "vital"])
    return f"{'; '.join(told.values())}." if len(counted) else ""


def _of_what(vital: pd.Series) -> str:
    """` of the event`, or how many of it, of another cause, and without a word on it; blank where nobody died."""
    wanted = texts()["died_of"]
    known = {cause: int((vital == cause).sum()) for cause in wanted if (vital == cause).any()}
    if len(known) < 2:
        return "".join(wanted[cause]["all"] for cause in known)
    return f": {', '.join(wanted[cause]['some'].format(count=_number(number)) for cause, number in known.items())}"


def _resolution(results: pd.DataFrame, called: Mapping[str, str], units: Mapping[str, str]) -> str:
    """By the first threshold, over all whose origins may be pooled; left out where no case is known to have cleared, unless
    all died without it."""
    wanted = {
        "analysis": "resolution",
        "set": MAIN_SET,
        "endpoint": called["resolution"],
        "group": "all",
        "clock": POOLED,
    }
    matches = result_rows(results, **wanted)
    known = plain_rows(matches[matches["statistic"] == "known_by"])
    if not known:
        return ""
    first, total = known[0], int(known[0]["n_total"])
    same = matches[matches["coding"] == first["coding"]]
    never = {state: int(result_rows(same, statistic=f"n_{state}")["value"].iloc[0]) for state in ("died", "sequelae")}
    if never["died"] == total:
        return _some(texts()["resolution"]["all_died"], total, when=_when_died(results, units))
    if not first["value"]:
        return ""
    by_then = same[(same["at"] == first["at"]) & (same["at_unit"] == first["at_unit"])]
    possible = int(by_then.loc[by_then["statistic"] == "possible_by", "value"].iloc[0])
    parts = {"open": possible - int(first["value"]), **never, "later": total - possible - sum(never.values())}
    rest = [f"; {_some(texts()['resolution'][part], number)}" for part, number in parts.items() if number]
    cleared, everyone = int(first["value"]), _number(total)
    return _some(texts()["resolution"]["known"], cleared, total=everyone, within=times.by(first), rest="".join(rest))


def _when_died(results: pd.DataFrame, units: Mapping[str, str]) -> str:
    """From the onset, else from the first dose: the range of the times to death, and for how many it is known."""
    ranges = result_rows(results, analysis="death", endpoint="death", group="all", statistic="range")
    for clock, told in texts()["died_after"].items():
        clock_rows = plain_rows(ranges[ranges["clock"] == clock])
        if clock_rows:
            row, unit = clock_rows[0], units.get("death", "d")
            part = texts()["died_known"].format(count=_number(int(row["n"]))) if row["n"] < row["n_total"] else ""
            return told.format(told=times.of_result(row, unit).removesuffix(" elapsed")) + part
    return ""


def _again(counted: pd.DataFrame) -> str:
    wanted, again = texts()["again"], counted[counted["re_exposed"] == "yes"]
    if not len(again):
        return wanted["nobody"] if len(counted) else ""
    continued = int((counted["re_exposed"] == "continued").sum())
    happened = [_recurrence(again), *([_some(wanted["continued"], continued)] if continued else [])]
    return _some({key: wanted[key] for key in ("one", "many")}, len(again), happened="; ".join(happened))


def _recurrence(again: pd.DataFrame) -> str:
    wanted, told = texts()["again"], again["rechallenge_reported"]
    parts = {"recurred": int((told == "recurred").sum()), "absent": int((told == "not_recurred").sum())}
    parts["unknown"] = len(again) - sum(parts.values())
    known = {part: number for part, number in parts.items() if number}
    alone = len(known) == 1
    clauses = (
        [wanted["only"][part] + (wanted["in_all"] if len(again) > 1 and part != "unknown" else "") for part in known]
        if alone
        else [
            _some(wanted["absent_too" if part == "absent" and "recurred" in known else part], number)
            for part, number in known.items()
        ]
    )
    back = [wanted["signs"][sign] for sign in SIGNS if (again[f"rechallenge_{sign}"] == "positive").any()]
    but = wanted["but"].format(what=" and ".join(back)) if back and set(known) == {"absent"} else ""
    return ", ".join(clauses) + but


def _some(forms: Mapping[str, str], number: int, **words: str) -> str:
    """The form for this number: `one`, `many`, or `none` where there is such a form."""
    form = "one" if number == 1 else "none" if number == 0 and "none" in forms else "many"
    return forms[form].format(count=_number(number), Count=_capital(_number(number)), **words)


def _number(number: int) -> str:
    """In words up to twelve."""
    return NUMBERS[number] if number < len(NUMBERS) else str(number)


def _capital(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]
