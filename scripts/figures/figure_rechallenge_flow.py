"""Dechallenge, re-exposure and what came back: one tile per patient, stage by stage (F5).

Columns are patients and rows are stages, so that each patient can be followed down; above 40 patients bars of counts
stand in for tiles. "Not stated" is never drawn as "not done".
"""

import numpy as np
import pandas as pd

from scripts.figures import captions, legend
from scripts.figures import page as p
from scripts.figures.drawing import Data, Drawing
from scripts.figures.page import DOUBLE, Look, Page, Sheet

WIDTH = DOUBLE
MOST_TILES, LONGEST_ID, LONGEST_NAME = 40, 30.0, 30
STATES = ("yes", "came_back", "no", "inconclusive", "not_known", "not_applicable")
LOOKS: dict[str, Look] = {
    "yes": {"facecolor": p.SKY, "edgecolor": p.BLACK},
    "came_back": {"facecolor": p.VERMILLION, "edgecolor": p.BLACK},
    "no": {"facecolor": "white", "edgecolor": p.BLACK},
    "inconclusive": {"facecolor": p.FAINT, "edgecolor": p.BLACK, "hatch": "....."},
    "not_known": {"facecolor": "white", "edgecolor": p.MIDDLE_GREY, "hatch": "/////"},
    "not_applicable": {"facecolor": p.LIGHT, "edgecolor": p.MIDDLE_GREY},
}
SIGNS = {"yes": "✓", "came_back": "+", "no": "–", "inconclusive": "", "not_known": "", "not_applicable": ""}
WORDS = {
    "yes": "yes", "came_back": "came back", "no": "no", "inconclusive": "inconclusive",
    "not_known": "nothing said", "not_applicable": "does not apply",
}  # fmt: skip
RECURRENCE = {
    "positive": "came_back", "negative": "no", "inconclusive": "inconclusive", "exposure_continued": "inconclusive",
}  # fmt: skip
DECHALLENGE = {
    "positive": "yes",
    "negative": "no",
    "not_applicable": "not_applicable",
    "not_assessable": "not_applicable",
}
ALIVE = {"recovered", "recovering", "not_recovered", "recovered_with_sequelae"}
LADDER = {"Case in the series": "cases", "Survived": "survived", "Re-exposed": "re_exposed"}


def wanted(data: Data) -> str:
    """Where anybody was re-exposed, or a code says something about it."""
    return "" if len(_told(data)) else "no re-exposure is described: nothing to show"


def draw(data: Data, page: Page) -> Drawing:
    """Stages of all counted cases, those who went furthest at the left."""
    stages = table(data)
    keys = [legend.Key("fill", WORDS[state], LOOKS[state]) for state in STATES if (stages == state).any().any()]
    key_height = legend.height(page, keys, page.width - 4)
    names = {name: page.wrapped(name, 34) for name in stages.columns}
    said = {name: page.wrapped(words, 46, small=True) for name, words in _said(data, stages).items()}
    left, right = 38.0, 50.0
    room = page.width - left - right
    tiles = len(stages) <= MOST_TILES
    size = min(6.5, room / max(len(stages), 1)) if tiles else 6.0
    rows = [max(size, len(said[name]) * page.small_line, len(names[name]) * page.line) + 1.8 for name in stages.columns]
    named = tiles and size >= 2.6
    ids = min(page.widest(_named(data, stages), small=True), LONGEST_ID) + 2 if named else 0.0
    sheet = page.sheet(2 + key_height + 3 + sum(rows) + ids + 2)
    y = legend.draw(sheet, 2, 2, page.width - 4, keys) + 3
    for name, height in zip(stages.columns, rows, strict=True):
        middle = y + height / 2
        sheet.paragraph(2, middle - len(names[name]) * page.line / 2, names[name])
        _stage(sheet, stages[name], left, middle, size, room, tiles)
        words = said[name]
        beside = left + size * len(stages) + 4 if tiles else page.width - right + 3
        sheet.paragraph(beside, middle - len(words) * page.small_line / 2, words, small=True)
        y += height
    if ids:
        _ids(sheet, data, stages, left, y + 0.5, size)
    plotted = stages.reset_index().melt(id_vars="case_id", var_name="stage", value_name="state")
    return Drawing(sheet.figure, _caption(data, stages), _alt(data, stages), plotted)


def table(data: Data) -> pd.DataFrame:
    """case x stage -> state; ordered by how far a case went."""
    cases = data.counted.set_index("case_id")
    survived = cases["outcome"].map(lambda code: "yes" if code in ALIVE else "no" if code == "fatal" else "not_known")
    exposed = set(data.rechallenges.loc[data.rechallenges["kind"] == "re_exposure", "case_id"])
    denied = cases["rechallenge_event"].eq("not_done")
    again = pd.Series("not_known", index=cases.index).mask(denied, "no").mask(cases.index.isin(exposed), "yes")
    stages = pd.DataFrame({"Case in the series": "yes", "Survived": survived})
    stages["Drug stopped, event abated"] = cases["dechallenge"].map(DECHALLENGE).fillna("not_known")
    stages["Re-exposed"] = again
    for name in ("event", "symptoms", "tests"):
        found = cases[f"rechallenge_{name}"].map(RECURRENCE).fillna("not_known")
        short = data.facts.short_event if len(data.facts.short_event) <= LONGEST_NAME else "Event"
        title = f"{short} came back" if name == "event" else f"{name.capitalize()} came back"
        stages[title] = found.mask(again == "no", "not_applicable")
    rank = pd.DataFrame({name: column.map(STATES.index) for name, column in stages.items()})
    order = rank.assign(case=rank.index).sort_values(["Re-exposed", *reversed(stages.columns), "case"], kind="stable")
    return stages.loc[order.index].rename_axis("case_id")


def _told(data: Data) -> pd.DataFrame:
    again = data.rechallenges
    return again[again["case_id"].isin(data.counted["case_id"]) & again["kind"].isin(["re_exposure", "code_only"])]


def _named(data: Data, stages: pd.DataFrame) -> list[str]:
    identity = data.cases.set_index("case_id")["identity"]
    return [case for case in stages.index if identity.get(case) != "anonymous"]


def _stage(sheet: Sheet, states: pd.Series, left: float, middle: float, size: float, room: float, tiles: bool) -> None:
    if tiles:
        for state in dict.fromkeys(states):
            corners = [
                (left + number * size + 0.25, middle - size / 2 + 0.25) for number in np.flatnonzero(states == state)
            ]
            sheet.boxes(corners, size - 0.5, size - 0.5, **LOOKS[state])
        for number, state in enumerate(states):
            x = left + number * size
            if SIGNS[state] and size >= 3:
                sheet.write(x + size / 2, middle, SIGNS[state], ha="center")
        return
    x = left
    for state in STATES:
        share = room * int((states == state).sum()) / len(states)
        if share:
            sheet.box(x, middle - size / 2, share, size, **LOOKS[state])
        x += share


def _ids(sheet: Sheet, data: Data, stages: pd.DataFrame, left: float, top: float, size: float) -> None:
    named = set(_named(data, stages))
    for number, case in enumerate(stages.index):
        if case in named:
            short = sheet.page.shortened(case, LONGEST_ID, small=True)
            sheet.write(left + (number + 0.5) * size, top, short, small=True, rotation=90, va="top", ha="center")
    first = next((number for number, case in enumerate(stages.index) if case not in named), None)
    if first is not None and not any(case in named for case in stages.index[first:]):
        words = f"{len(stages) - first} anonymous members"
        sheet.write(left + first * size + 0.5, top + 1.5, words, small=True, color=p.MIDDLE_GREY)


def _said(data: Data, stages: pd.DataFrame) -> dict[str, str]:
    """Counts beside each stage, out of all cases."""
    said = {}
    for name, states in stages.items():
        counted = states.value_counts()
        parts = [f"{WORDS[state]} {counted[state]}" for state in STATES if state in counted]
        said[str(name)] = f"of {len(states)}: {', '.join(parts)}" if name != "Case in the series" else f"{len(states)}"
    return said


def _caption(data: Data, stages: pd.DataFrame) -> str:
    ladder = data.found("rechallenge", statistic="ladder")
    steps = ", ".join(f"{row['level'].replace('_', ' ')} {row['value']:.0f}" for _, row in ladder.iterrows())
    continued = data.found("rechallenge", statistic="class", level="exposure_continued")
    number = int(continued["value"].iloc[0]) if len(continued) else 0
    return captions.sentences(
        f"Dechallenge and re-exposure of {len(stages)} reported cases of {data.facts.event} after {data.facts.drug}, one "
        f"{'tile' if len(stages) <= MOST_TILES else 'share of a bar'} per patient in every row",
        f"Denominators: {steps}" if steps else "",
        "Nothing said about re-exposure is not the same as not re-exposed",
        f"Doses of the index course that followed onset ({captions.count(number, 'case')}) are not re-exposure"
        if number else "",
        "Patients, not doses, are counted",
        captions.closing(data),
    )  # fmt: skip


def _alt(data: Data, stages: pd.DataFrame) -> str:
    again = int((stages["Re-exposed"] == "yes").sum())
    back = "; ".join(f"{name}: {int((stages[name] == 'came_back').sum())}" for name in stages.columns[4:])
    return captions.alt(f"Tile chart of {len(stages)} patients by stage; {again} re-exposed, of them: {back}")
