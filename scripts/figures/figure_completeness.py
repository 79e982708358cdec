"""Completeness: case by field, the kinds of missing apart, by colour and by pattern."""

import numpy as np
import pandas as pd

from schemas.codes import MISSING
from schemas.endpoints import KNOWN_STATES, ONSETS, RESOLUTIONS
from scripts.figures.drawing import Drawing
from scripts.figures.page import captions, legend
from scripts.figures.page import standards as p
from scripts.figures.page.standards import DOUBLE, Look, Page, Sheet
from scripts.files.bundle import Bundle
from scripts.words.wording import SHORT_REASONS, cell

WIDTH, LEAST_WIDTH = DOUBLE, 120.0
MOST_ROWS = 200
FIELDS = {
    "country": "Country", "sex": "Sex", "age_lower": "Age", "history": "History", "indication": "Indication",
    "ordinal": "Which course", "dose": "Dose", "planned_doses": "Planned doses", "given_lower": "Given doses",
    "premedication": "Premedication", "symptoms": "Signs, symptoms", "investigations": "Investigations",
    "alternatives_excluded": "Alternatives", "treatment": "Treatment", "outcome": "Outcome",
    "dechallenge": "Dechallenge", "rechallenge_event": "Rechallenge", "causality": "Causality",
    "report_type": "Report type", "reporter": "Reporter",
}  # fmt: skip
SAYS_NOTHING = {"dechallenge": "unknown", "rechallenge_event": "not_stated"}
"""Derived classes that mean that the source says nothing."""
ORDER = ("value", *MISSING)
LOOKS: dict[str, Look] = {
    "value": {"facecolor": "#00204D"},
    "not_stated": {"facecolor": "#FDE9A0", "hatch": "....."},
    "not_seen": {"facecolor": "#FFFFFF", "hatch": "/////"},
    "unknown": {"facecolor": "#C7B66B", "hatch": "\\\\\\\\\\"},
    "asked_unknown": {"facecolor": "#C7B66B", "hatch": "xxxxx"},
    "not_asked": {"facecolor": "#FFFFFF", "hatch": "-----"},
    "masked": {"facecolor": "#7C7B78", "hatch": "|||||"},
    "not_done": {"facecolor": "#A59C74", "hatch": "+++++"},
    "not_applicable": {"facecolor": "#B9BCC4"},
    "no_information": {"facecolor": "#FFFFFF"},
}
"""Lightness runs from known (dark) to not stated (white), so that the map reads in grey as well."""


def wanted(data: Bundle) -> str:
    """Always."""
    return ""


def draw(data: Bundle, page: Page) -> Drawing:
    """Cases with the most known fields on top, fields with the most known cases at the left."""
    grid = table(data)
    present = [state for state in ORDER if (grid == state).any().any()]
    keys = [legend.Key("fill", _words(state), _look(state)) for state in present]
    key_height = legend.height(page, keys, page.width - 4)
    rows = len(grid) <= MOST_ROWS
    size = min(3.4, 150 / max(len(grid), 1))
    left = min(page.widest(list(grid.index), small=True), 0.25 * page.width) + 4 if rows and size >= 2.5 else 14.0
    heads = page.widest([str(field) for field in grid.columns], small=True) + 3.5
    tall = len(grid) * size if rows else 90.0
    sheet = page.sheet(2 + key_height + 2 + heads + tall + page.line + 4)
    top = legend.draw(sheet, 2, 2, page.width - 4, keys) + 2 + heads
    right = 16.0
    wide = (page.width - left - right) / len(grid.columns)
    for number, field in enumerate(grid.columns):
        sheet.write(
            left + (number + 0.5) * wide, top - 1, str(field), small=True, rotation=90, va="bottom", ha="center"
        )
    if rows:
        _grid(sheet, data, grid, left, top, wide, size)
    else:
        _shares(sheet, grid, left, top, wide, tall, present)
    known = (grid == "value").sum()
    below = top + tall + page.line * 0.7
    for number, field in enumerate(grid.columns):
        sheet.write(left + (number + 0.5) * wide, below, str(known[field]), small=True, ha="center")
    sheet.write(left + len(grid.columns) * wide + 1.5, below, f"of {len(grid)}", small=True)
    plotted = grid.reset_index().melt(id_vars="case_id", var_name="field", value_name="state")
    return Drawing(sheet.figure, _caption(data, grid), _alt(grid), plotted)


def table(data: Bundle) -> pd.DataFrame:
    """case x field -> `value` or the reason for having none."""
    cases = data.counted.set_index("case_id")
    grid = pd.DataFrame(
        {title: _states(cases[column], SAYS_NOTHING.get(column, "")) for column, title in FIELDS.items()}
    )
    for endpoint in (*ONSETS, data.facts.resolution):
        if endpoint in ONSETS or endpoint in RESOLUTIONS:
            clock = data.facts.clock if endpoint in ONSETS else None
            times = data.main_times(endpoint, clock).drop_duplicates("case_id").set_index("case_id")["state"]
            title = captions.endpoint(endpoint, data.facts)
            known = times.reindex(cases.index).isin(KNOWN_STATES)
            grid[title[:1].upper() + title[1:]] = known.map({True: "value", False: "no_information"})
    known = grid == "value"
    columns = known.sum().sort_values(ascending=False, kind="stable").index
    order = pd.DataFrame({"known": -known.sum(axis=1), "case": grid.index}).sort_values(["known", "case"]).index
    return grid.loc[order, columns].rename_axis("case_id")


def _states(cells: pd.Series, nothing: str) -> pd.Series:
    """A reason stays itself, a blank (or a class that says nothing) is no information, everything else is a value."""
    states = cells.where(cells.isin(MISSING), "value").mask(cells == "", "no_information")
    return states.mask(cells == nothing, "no_information") if nothing else states


def _look(state: str) -> Look:
    return {"edgecolor": p.DARK, "linewidth": p.HAIR} | LOOKS[state]


def _words(state: str) -> str:
    return "known" if state == "value" else SHORT_REASONS.get(state, cell(state))


def _grid(sheet: Sheet, data: Bundle, grid: pd.DataFrame, left: float, top: float, wide: float, size: float) -> None:
    identity = data.cases.set_index("case_id")["identity"]
    for state in ORDER:
        places = np.argwhere((grid == state).to_numpy())
        if len(places):
            corners = [(left + column * wide, top + line * size) for line, column in places]
            sheet.boxes(corners, wide, size, **_look(state))
    for line, (case, states) in enumerate(grid.iterrows()):
        y = top + line * size
        if size >= 2.5:
            look = {"color": p.MIDDLE_GREY} if identity.get(case) == "anonymous" else {}
            case_label = sheet.page.shortened(str(case), left - 4, small=True)
            sheet.write(left - 1.5, y + size / 2, case_label, small=True, ha="right", **look)
            known = f"{(states == 'value').sum()}/{len(states)}"
            sheet.write(left + len(states) * wide + 1.5, y + size / 2, known, small=True)


def _shares(sheet: Sheet, grid: pd.DataFrame, left: float, top: float, wide: float, tall: float, present: list) -> None:
    """Above 200 cases: the share of each state in each field."""
    for number, field in enumerate(grid.columns):
        y = top + tall
        for state in present:
            share = tall * int((grid[field] == state).sum()) / len(grid)
            y -= share
            sheet.box(left + number * wide + 0.3, y, wide - 0.6, share, **_look(state))


def _caption(data: Bundle, grid: pd.DataFrame) -> str:
    known = (grid == "value").sum(axis=1)
    counted = grid.stack().value_counts()
    parts = [f"{_words(state)} {counted[state]}" for state in ORDER if state in counted]
    score = data.results_of("completeness")
    return captions.sentences(
        f"Completeness of {len(grid)} reported cases of {data.facts.event} after {data.facts.drug} in {grid.shape[1]} fields: "
        "what is known, and why the rest is not",
        f"Cells: {', '.join(parts)}",
        f"Fields known per case: {known.min()} to {known.max()} of {grid.shape[1]} (right); cases known per field (below)"
        if len(grid)
        else "",
        "A time counts as known where the source gives it at least within limits, a resolution also where the patient died "
        "without it or is told not to have recovered"
        if len(grid)
        else "",
        str(score["note"].iloc[0]) if len(score) else "",
        captions.closing(data),
    )


def _alt(grid: pd.DataFrame) -> str:
    share = int((grid == "value").sum().sum())
    best = grid.index[0] if len(grid) else "none"
    return captions.alt(
        f"A heat map shows what is known of {len(grid)} cases in {grid.shape[1]} fields: {share} of {grid.size} cells are known",
        f"The most complete case is {best}",
    )
