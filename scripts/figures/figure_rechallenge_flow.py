"""Dechallenge, re-exposure and what recurred: one tile per patient, stage by stage.

Columns are patients and rows are stages, so that each patient can be followed down; above 40 patients an alluvial:
bars of counts with ribbons from stage to stage. "Not stated" is never drawn as "not done".
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from schemas.derived_course import RE_EXPOSURES
from scripts.figures.alluvial import Ribbon, ribbons
from scripts.figures.drawing import Drawing
from scripts.figures.page import captions, legend
from scripts.figures.page import standards as p
from scripts.figures.page.standards import DOUBLE, Page, Sheet
from scripts.figures.states import LOOKS, RIBBONS, SIGNS, STATES, WORDS
from scripts.files.bundle import Bundle
from scripts.words.patients_told import RUNGS

WIDTH = DOUBLE
MOST_TILES, LONGEST_ID, LONGEST_NAME = 40, 30.0, 30
LEAST_WIDE, LEAST_NAMED = 120.0, 2.6
BAR, RIVER = 5.0, 8.0
"""Height in mm of a bar of the alluvial, and of the ribbons between two of them."""
RECURRENCE = {
    "positive": "came_back", "negative": "no", "inconclusive": "inconclusive",
}  # fmt: skip
KNOWN = {"yes": "yes", "no": "no", "continued": "not_applicable", "not_assessable": "not_known"}
"""Answers as `derive` gives them; a dose given before the event had ended is no re-exposure."""
DECHALLENGE = {
    "positive": "yes",
    "negative": "no",
    "not_applicable": "not_applicable",
    "not_assessable": "not_applicable",
}


def wanted(data: Bundle) -> str:
    """Where a patient was re-exposed, or a code says something about it."""
    return "" if len(_told(data)) else "no re-exposure is described: nothing to show"


def rests_on(data: Bundle) -> pd.DataFrame:
    """The ladder, and who had doses continued."""
    return pd.concat(
        [
            data.results_of("rechallenge", statistic="ladder"),
            data.results_of("rechallenge", statistic="not_counted", level="exposure_continued"),
        ]
    )


def draw(data: Bundle, page: Page) -> Drawing:
    """Stages of all counted cases, those who went furthest at the left."""
    stages = table(data)
    keys = [legend.Key("fill", WORDS[state], LOOKS[state]) for state in STATES if (stages == state).any().any()]
    plan = _plan(page, stages)
    named = plan.tiles and plan.size >= LEAST_NAMED
    ids = min(page.widest(_below(data, stages), small=True), LONGEST_ID) + 2 if named else 0.0
    top = 2 + legend.height(page, keys, page.width - 4) + 3
    sheet = page.sheet(top + sum(plan.rows) - (0 if plan.tiles else RIVER - 2) + ids + 2)
    legend.draw(sheet, 2, 2, page.width - 4, keys)
    middles, y = [], top
    for stage, height in zip(stages.columns, plan.rows, strict=True):
        middles.append(plan.words(sheet, str(stage), y, height))
        y += height
    for stage, middle in zip(stages.columns, middles, strict=True):
        (_tiles if plan.tiles else _bar)(
            sheet, stages[stage], plan.left, middle, plan.size if plan.tiles else plan.room
        )
    for ribbon in [] if plan.tiles else ribbons(stages, STATES):
        _ribbon(sheet, ribbon, plan.left, plan.room / len(stages), middles[ribbon.stage : ribbon.stage + 2])
    if ids:
        _ids(sheet, data, stages, plan.left, y + 0.5, plan.size)
    plotted = stages.reset_index().melt(id_vars="case_id", var_name="stage", value_name="state")
    return Drawing(sheet.figure, _caption(data, stages), _alt(stages), plotted)


@dataclass(frozen=True)
class Plan:
    """Where the rows stand: left edge and width of tiles or bars, height of a tile or bar, height of each row, in mm."""

    page: Page
    tiles: bool
    wide: bool
    left: float
    room: float
    size: float
    names: dict[str, list[str]]
    counts: dict[str, list[str]]

    @property
    def apart(self) -> float:
        return 1.8 if self.tiles else RIVER

    @property
    def rows(self) -> list[float]:
        return [max(self._text(stage), self.size) + self.apart for stage in self.names]

    def _text(self, stage: str) -> float:
        """Height of the words of a row: name and counts side by side, or on a narrow page one below the other."""
        words, counts = len(self.names[stage]) * self.page.line, len(self.counts[stage]) * self.page.small_line
        return max(words, counts) if self.wide else words + counts

    def words(self, sheet: Sheet, stage: str, top: float, height: float) -> float:
        """Write the words of a row; gives the middle of its tiles or bar."""
        middle = top + (height - self.apart) / 2
        names, counts = self.names[stage], self.counts[stage]
        if self.wide:
            sheet.paragraph(2, middle - len(names) * self.page.line / 2, names)
            beside = middle - len(counts) * self.page.small_line / 2
            sheet.paragraph(self.left + self.room + 3, beside, counts, small=True)
        else:
            below = sheet.paragraph(2, middle - self._text(stage) / 2, names)
            sheet.paragraph(2, below, counts, small=True)
        return middle


def _plan(page: Page, stages: pd.DataFrame) -> Plan:
    tiles, wide = len(stages) <= MOST_TILES, page.width >= LEAST_WIDE
    names = {str(stage): page.wrapped(str(stage), 34 if wide else 30) for stage in stages.columns}
    left = max(map(page.widest, names.values())) + 6 if wide else 35.0
    most = page.width - left - (50 if wide else 2)
    size = min(6.5, most / max(len(stages), 1)) if tiles else BAR
    room = size * len(stages) if tiles else most
    beside = page.width - left - room - 5 if wide else 30.0
    counts = {stage: page.wrapped(words, beside, small=True) for stage, words in _counts_beside(stages).items()}
    return Plan(page, tiles, wide, left, room, size, names, counts)


def table(data: Bundle) -> pd.DataFrame:
    """case x stage -> state; ordered by how far a case went."""
    cases = data.counted.set_index("case_id")
    survived = cases["survived_event"].map(KNOWN).fillna("not_known")
    again = cases["re_exposed"].map(KNOWN).fillna("not_known")
    stages = pd.DataFrame({"Case in the series": "yes", "Survived the event": survived})
    stages["Drug stopped, event abated"] = cases["dechallenge"].map(DECHALLENGE).fillna("not_known")
    stages["Re-exposed"] = again
    for outcome in ("event", "symptoms", "tests"):
        recurred = cases[f"rechallenge_{outcome}"].map(RECURRENCE).fillna("not_known")
        short = data.facts.short_event if len(data.facts.short_event) <= LONGEST_NAME else "Event"
        title = f"{short[:1].upper()}{short[1:]} recurred" if outcome == "event" else f"{outcome.capitalize()} recurred"
        stages[title] = recurred.mask(again.isin(["no", "not_applicable"]), "not_applicable")
    rank = pd.DataFrame({stage: column.map(STATES.index) for stage, column in stages.items()})
    order = rank.assign(case=rank.index).sort_values(["Re-exposed", *reversed(stages.columns), "case"], kind="stable")
    return stages.loc[order.index].rename_axis("case_id")


def _told(data: Bundle) -> pd.DataFrame:
    again = data.rechallenges
    return again[again["case_id"].isin(data.counted["case_id"]) & again["kind"].isin(RE_EXPOSURES)]


def _named(data: Bundle, stages: pd.DataFrame) -> list[str]:
    identity = data.cases.set_index("case_id")["identity"]
    return [case for case in stages.index if identity.get(case) != "anonymous"]


def _tiles(sheet: Sheet, states: pd.Series, left: float, middle: float, size: float) -> None:
    """One tile per patient with the sign of its state."""
    for state in dict.fromkeys(states):
        corners = [
            (left + number * size + 0.25, middle - size / 2 + 0.25) for number in np.flatnonzero(states == state)
        ]
        sheet.boxes(corners, size - 0.5, size - 0.5, **LOOKS[state])
    for number, state in enumerate(states):
        if SIGNS[state] and size >= 3:
            sheet.write(left + (number + 0.5) * size, middle, SIGNS[state], ha="center")


def _bar(sheet: Sheet, states: pd.Series, left: float, middle: float, room: float) -> None:
    """One bar for all patients, each state as long as its share; its number inside where there is room."""
    x = left
    for state in STATES:
        number = int((states == state).sum())
        share = room * number / len(states)
        if number:
            sheet.box(x, middle - BAR / 2, share, BAR, **LOOKS[state])
        words = f"{SIGNS[state]} {number}".strip()
        if number and not LOOKS[state].get("hatch") and share > sheet.page.width_of(words, small=True) + 1.5:
            sheet.write(x + share / 2, middle, words, small=True, ha="center")
        x += share


def _ribbon(sheet: Sheet, ribbon: Ribbon, left: float, unit: float, middles: list[float]) -> None:
    """A band from one bar to the next; `unit` mm a patient."""
    top, bottom = middles[0] + BAR / 2, middles[1] - BAR / 2
    wide = ribbon.patients * unit
    sheet.band((left + ribbon.upper * unit, top), (left + ribbon.lower * unit, bottom), wide, **RIBBONS[ribbon.after])


def _below(data: Bundle, stages: pd.DataFrame) -> list[str]:
    """The tiles that carry their name: all, but those of anonymous members where they are the last, told in one line."""
    named = set(_named(data, stages))
    last = max((number for number, case in enumerate(stages.index) if case in named), default=-1)
    return list(stages.index[: last + 1])


def _ids(sheet: Sheet, data: Bundle, stages: pd.DataFrame, left: float, top: float, size: float) -> None:
    named, below = set(_named(data, stages)), _below(data, stages)
    for number, case in enumerate(below):
        short = sheet.page.shortened(case, LONGEST_ID, small=True)
        look = {"color": p.BLACK if case in named else p.MIDDLE_GREY, "rotation": 90, "va": "top", "ha": "center"}
        sheet.write(left + (number + 0.5) * size, top, short, small=True, **look)
    if len(below) < len(stages):
        words = captions.count(len(stages) - len(below), "anonymous member")
        sheet.write(left + len(below) * size + 0.5, top + 1.5, words, small=True, color=p.MIDDLE_GREY)


def _counts_beside(stages: pd.DataFrame) -> dict[str, str]:
    """Counts beside each stage with their denominator: all cases, and for what recurred those re-exposed."""
    counts, again = {}, stages["Re-exposed"] == "yes"
    outcomes = list(stages.columns)[list(stages.columns).index("Re-exposed") + 1 :]
    for stage, states in stages.items():
        eligible = states[again] if stage in outcomes else states
        counted = eligible.value_counts()
        parts = ", ".join(f"{WORDS[state]} {counted[state]}" for state in STATES if state in counted)
        whose = f"of {len(eligible)} re-exposed" if stage in outcomes else f"of {len(eligible)}"
        counts[str(stage)] = f"{whose}: {parts}" if parts else whose
    return counts | {"Case in the series": f"{len(stages)}"}


def _caption(data: Bundle, stages: pd.DataFrame) -> str:
    ladder = data.results_of("rechallenge", statistic="ladder")
    steps = ", ".join(f"{RUNGS.get(row['level'], row['level'])} {row['value']:.0f}" for _, row in ladder.iterrows())
    continued = data.results_of("rechallenge", statistic="not_counted", level="exposure_continued")
    number = int(continued["value"].iloc[0]) if len(continued) else 0
    return captions.sentences(
        f"Dechallenge and re-exposure of {len(stages)} reported cases of {data.facts.event} after {data.facts.drug}: "
        + (
            "one tile per patient in every row"
            if len(stages) <= MOST_TILES
            else "bars are all patients at a stage, ribbons the patients who go from state to state, as wide as their number"
        ),
        f"Denominators: {steps}" if steps else "",
        "Re-exposure not mentioned is not the same as not re-exposed",
        f"Doses of the index course that followed onset ({captions.count(number, 'case')}) are not re-exposure"
        if number
        else "",
        "Patients, not doses, are counted",
        captions.closing(data),
    )


def _alt(stages: pd.DataFrame) -> str:
    again = int((stages["Re-exposed"] == "yes").sum())
    back = "; ".join(f"{stage}: {int((stages[stage] == 'came_back').sum())}" for stage in stages.columns[4:])
    kind = "Tiles show" if len(stages) <= MOST_TILES else "An alluvial diagram shows"
    return captions.alt(f"{kind} {len(stages)} patients by stage; {again} re-exposed, of them: {back}")
