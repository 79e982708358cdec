"""Exposures: continuous uses of the drug. A record is not a course (definitions: exposures).

Courses that an analyst typed are exposures. Lines of a message or extract are two exposures only where something
proves it; without proof they are one, and where they are not proven one either, `not_one_because` says why.
"""

from itertools import pairwise

import numpy as np
import pandas as pd

from schemas.derived_course import EXPOSURES, OF_THE_COURSE
from schemas.fields import NO_VALUE
from schemas.profile import Profile
from schemas.rows_by_case import Row, RowsByCase
from scripts.clock.intervals import DAYS_PER_UNIT, as_date, calendar
from scripts.derive.course_days import days_of
from scripts.derive.rows_of_cases import number_of
from scripts.records.events import END_NOT_KNOWN, GOING_ON, is_event
from scripts.records.extracts import of_course, read_by_machine
from scripts.records.uses import uses_of_the_drug

USUAL_GAP = 30.0
"""Days after the end of a use from which a further line is a new exposure, where the profile has no usual interval."""
UNDATED_LINE = "a line of the drug has no date"
"""Why lines may be several exposures although all dated ones are one: the undated one may be another."""
LINE = ("began_first", "began_last", "ended_first", "ended_last")


def exposures(tables: dict[str, pd.DataFrame], profile: Profile) -> pd.DataFrame:
    """The table `exposures`, of the uses of the drug (scripts.records.uses)."""
    drug_uses = uses_of_the_drug(tables, profile.drug.substances)
    typed = ~drug_uses["source_id"].isin(read_by_machine(tables["sources"]))
    lines = drug_uses.join(days_of(drug_uses, tables["doses"])).assign(typed=typed)
    ended = event_ends(tables["reactions"])
    after = new_exposure_after(profile)
    made = []
    for case, rows in RowsByCase(lines).items():
        made += _numbered(_of_case(rows, ended.get(case, []), after))
    columns = list(EXPOSURES.columns)
    table = pd.DataFrame(made, columns=columns)
    floats = dict.fromkeys((*LINE, "since_first_lower", "since_first_upper"), float)
    return table.astype(floats)


def new_exposure_after(profile: Profile) -> float:
    """Days after the end of a use from which another is a new exposure: of the profile, or its usual dosing interval."""
    drug = profile.drug
    if drug.new_exposure_after:
        return drug.new_exposure_after.every * DAYS_PER_UNIT[drug.new_exposure_after.unit]
    names = {drug_name.casefold() for drug_name in (drug.name, *drug.substances)}
    usual = [each for drug_name, each in profile.usual_intervals.items() if drug_name.casefold() in names]
    return usual[0].every * DAYS_PER_UNIT[usual[0].unit] if usual else USUAL_GAP


def event_ends(reactions: pd.DataFrame) -> dict[str, list[tuple[float, float]]]:
    """case -> first and last possible day of the end of each event that has a dated one, and an outcome that allows it."""
    events = reactions[is_event(reactions) & ~reactions["outcome"].isin([*GOING_ON, *END_NOT_KNOWN])]
    ends = calendar(events["end_date"]).assign(case_id=events["case_id"]).dropna()
    case_ends: dict[str, list[tuple[float, float]]] = {}
    for case, first, last in ends[["case_id", "first", "last"]].itertuples(index=False):
        case_ends.setdefault(case, []).append((first, last))
    return case_ends


def _of_case(lines: list[Row], ended: list[tuple[float, float]], after: float) -> list[Row]:
    """Exposures of one case in the order of time: typed courses each, other lines joined where nothing parts them."""
    typed = [_exposure([line], "typed as a course of its own") for line in lines if line["typed"]]
    read = sorted((line for line in lines if not line["typed"]), key=_order)
    groups: list[list[Row]] = []
    reasons: list[str] = []
    for line in read:
        why = parted(groups[-1], line, ended, after) if groups else "first"
        if why:
            groups.append([line])
            reasons.append(why)
        else:
            groups[-1].append(line)
    joined_lines = [_exposure(group, why) for group, why in zip(groups, reasons, strict=True)]
    return _in_time_order(typed + joined_lines)


def _order(line: Row) -> tuple:
    undated = np.isnan(line["began_first"])
    return undated, 0.0 if undated else line["began_first"], line["course"]


def parted(group: list[Row], line: Row, ended: list[tuple[float, float]], after: float) -> str:
    """Why a line begins another exposure than the lines before it; blank where nothing proves that."""
    to_the_day = all(row["began_first"] == row["began_last"] for row in (*group, line))
    if to_the_day and all(row["end_stated"] for row in group):
        if line["began_first"] - max(row["ended_last"] for row in group) > after:
            return f"began more than {after:g} days after the one before had ended"
        stop = max(row["ended_last"] for row in group)
        stopped = any(row["action_taken"] == "withdrawn" for row in group)
        if stopped and any(stop <= first and last <= line["began_first"] for first, last in ended):
            return "the drug was stopped, the event ended, and it was given again"
    return ""


def _exposure(lines: list[Row], why: str) -> Row:
    row: Row = {column: _one_thing(lines, column) for column in (*OF_THE_COURSE, "ordinal")}
    row |= {
        "case_id": lines[0]["case_id"],
        "course": lines[0]["course"],
        "lines": "; ".join(line["course"] for line in lines),
        "began_first": np.fmin.reduce([line["began_first"] for line in lines]),
        "began_last": np.fmin.reduce([line["began_last"] for line in lines]),
        "ended_first": np.fmax.reduce([line["ended_first"] for line in lines]),
        "ended_last": np.fmax.reduce([line["ended_last"] for line in lines]),
        "span": lines[0]["span"] if len(lines) == 1 else np.nan,
        "separate_because": why,
        "not_one_because": (doubt := _not_proven_one(lines)),
        "lines_began": _began(lines) if doubt not in ("", UNDATED_LINE) else "",
        "typed": lines[0]["typed"],
        "basis": "; ".join(dict.fromkeys(f"courses[{of_course(line['course'])}]" for line in lines)),
    }
    return row


def _one_thing(lines: list[Row], column: str) -> str:
    """What every line that says something says; blank where they differ, but for texts, which stand side by side."""
    texts = list(dict.fromkeys(line[column] for line in lines))
    stated = [text for text in texts if text not in NO_VALUE]
    if column in ("drug", "indication", "premedication", "mitigation", "setting"):
        return "; ".join(stated) if stated else texts[0]
    if column == "start_date":
        return min(stated, default=texts[0])
    return stated[0] if len(stated) == 1 else (texts[0] if not stated else "")


def _not_proven_one(lines: list[Row]) -> str:
    """Why lines that nothing parts may still be several exposures; blank where they are surely one.

    A line without a date is told last: those with one are then surely of one exposure.
    """
    dated = [line for line in lines if not np.isnan(line["began_first"])]
    starts = {(line["began_first"], line["began_last"]) for line in dated}
    if len(dated) > 1 and any(first != last for first, last in starts):
        return "the starts of its lines are not known to the day"
    plans = {line["plan"] for line in dated}
    if len(starts) > 1 and (len(plans) > 1 or not isinstance(dated[0]["plan"], str) or not dated[0]["plan"]):
        return "its lines begin on several days, without a common dose plan"
    return UNDATED_LINE if len(lines) > max(len(dated), 1) else ""


def _began(lines: list[Row]) -> str:
    """The day on which each dated line began, or the days between which it did."""
    days = [as_date(row["began_first"], row["began_last"]) for row in lines]
    return "; ".join(dict.fromkeys(filter(None, days)))


def _in_time_order(rows: list[Row]) -> list[Row]:
    """By dates where every exposure has one and they are apart, else as typed."""
    dated = sorted(rows, key=lambda row: (row["began_first"], row["began_last"]))
    apart = all(earlier["began_last"] < other["began_first"] for earlier, other in pairwise(dated))
    return dated if apart and not any(np.isnan(row["began_first"]) for row in rows) else rows


def _numbered(rows: list[Row]) -> list[Row]:
    """Numbers, and the time from the first dose of the first exposure to that of each: by dates, else by gaps."""
    since = (0.0, 0.0)
    for place, row in enumerate(rows, start=1):
        if place > 1:
            since = _since(rows[0], rows[place - 2], row, since)
        first = {"separate_because": ""} if place == 1 else {}
        row |= {"exposure": str(place), "since_first_lower": since[0], "since_first_upper": since[1]} | first
    return rows


def _since(first: Row, before: Row, row: Row, since: tuple[float, float]) -> tuple[float, float]:
    """Days from the first dose of `first` to that of `row`, as (lower, upper]; inf where nobody says."""
    low, high = row["began_first"] - first["began_last"], row["began_last"] - first["began_first"]
    if not np.isnan(low + high):
        return low, high
    days = DAYS_PER_UNIT.get(row["gap_scale"], np.nan)
    gap_low, gap_high = (number_of(row[column]) * days for column in ("gap_lower", "gap_upper"))
    lower = since[0] + (0.0 if np.isnan(gap_low) else gap_low)
    if row["gap_origin"] == "previous_end":
        lower += np.fmax(before["ended_first"] - before["began_last"], 0.0)  # no less than that was the use before
    if np.isnan(gap_high):
        return lower, np.inf
    if row["gap_origin"] == "previous_start":
        return lower, since[1] + gap_high
    used = before["ended_last"] - before["began_first"]
    used = before["span"] if np.isnan(used) else used
    return lower, since[1] + gap_high + (np.inf if np.isnan(used) else used)
