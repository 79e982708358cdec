"""Signs and symptoms that occur together: an UpSet plot, or a dot matrix where there are few."""

import pandas as pd

from scripts.figures.drawing import Drawing
from scripts.figures.page import captions
from scripts.figures.page import standards as p
from scripts.figures.page.standards import MIDDLE, Page, Sheet
from scripts.files.bundle import Bundle
from scripts.records.symptoms import MOST_SETS, MOST_SYMPTOMS, stated, together

WIDTH = MIDDLE
LEAST_CASES, LEAST_SYMPTOMS = 10, 4


def wanted(data: Bundle) -> str:
    """From 10 cases with stated symptoms and 4 symptoms; below that a dot matrix on request."""
    grid = stated(data.counted)
    if len(grid) >= LEAST_CASES and grid.shape[1] >= LEAST_SYMPTOMS:
        return ""
    return f"{captions.count(len(grid), 'case')} with {captions.count(grid.shape[1], 'symptom')} stated; drawn from {LEAST_CASES} and {LEAST_SYMPTOMS}, else on request"


def rests_on(data: Bundle) -> pd.DataFrame:
    """The counts of each symptom, and of each combination."""
    return data.results_of("symptoms")


def draw(data: Bundle, page: Page) -> Drawing:
    """Bars of combinations above, their symptoms below, the count of each symptom at the right."""
    grid = stated(data.counted)
    combinations = together(grid)
    shown, symptoms = combinations.head(MOST_SETS), list(grid.columns[:MOST_SYMPTOMS])
    step, bar = 4.2, 30.0
    names = [page.shortened(symptom, 0.46 * page.width, small=True) for symptom in symptoms]
    left = page.widest(names, small=True) + 8
    sheet = page.sheet(3 + bar + max(len(symptoms), 1) * step + 6)
    wide = min(9.0, (page.width - left - 30.0) / max(len(shown), 1))
    right = min(page.width - left - len(shown) * wide - 5, 45.0)
    if not len(shown):
        sheet.write(page.width / 2, 6 + bar / 2, "none: no case states its symptoms", ha="center")
        return Drawing(sheet.figure, _caption(data, grid, combinations), _alt(grid, combinations), combinations)
    _bars(sheet, shown, left, 3.0, wide, bar)
    _matrix(sheet, shown, dict(zip(symptoms, names, strict=True)), left, 3 + bar + 3, wide, step)
    _totals(sheet, grid, symptoms, left + len(shown) * wide + 3, 3 + bar + 3, step, right)
    return Drawing(sheet.figure, _caption(data, grid, combinations), _alt(grid, combinations), combinations)


def _bars(sheet: Sheet, shown: pd.DataFrame, left: float, top: float, wide: float, tall: float) -> None:
    axes = sheet.panel(left, top, len(shown) * wide, tall)
    most = int(shown["count"].max())
    axes.set(xlim=(0, len(shown)), ylim=(0, most * 1.12), xticks=[])
    step = next(step for step in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 10**6) if most / step <= 6)
    axes.set_yticks(range(0, most + 1, step))
    axes.set_ylabel("Cases", labelpad=2)
    axes.bar([number + 0.5 for number in range(len(shown))], shown["count"], width=0.6, color=p.BLUE)
    for number, count in enumerate(shown["count"]):
        axes.text(number + 0.5, count + most * 0.02, str(count), ha="center", va="bottom", fontsize=p.LEAST)


def _matrix(
    sheet: Sheet, shown: pd.DataFrame, names: dict[str, str], left: float, top: float, wide: float, step: float
) -> None:
    """A line per symptom (`names`: as it is printed), a column per combination, its symptoms joined."""
    for line, (symptom, label) in enumerate(names.items()):
        y = top + (line + 0.5) * step
        if line % 2 == 0:
            sheet.box(
                2,
                y - step / 2,
                left + len(shown) * wide - 2,
                step,
                facecolor="#F5F5F5",
                edgecolor="none",
                zorder=p.SHADE,
            )
        sheet.write(left - 2, y, label, small=True, ha="right")
        places = [left + (number + 0.5) * wide for number in range(len(shown))]
        there = [symptom in members for members in shown["symptoms"]]
        absent = [x for x, here in zip(places, there, strict=True) if not here]
        present = [x for x, here in zip(places, there, strict=True) if here]
        sheet.marks(
            absent,
            [y] * len(absent),
            marker="o",
            markersize=2.4,
            markerfacecolor="white",
            markeredgecolor=p.LIGHT,
            markeredgewidth=p.HAIR,
        )
        sheet.marks(present, [y] * len(present), marker="o", markersize=4.4, markeredgewidth=p.HAIR)
    for number, members in enumerate(shown["symptoms"]):
        lines = [line for line, symptom in enumerate(names) if symptom in members]
        if lines:
            x = left + (number + 0.5) * wide
            sheet.rule((x, x), (top + (lines[0] + 0.5) * step, top + (lines[-1] + 0.5) * step), linewidth=p.DATA)


def _totals(
    sheet: Sheet, grid: pd.DataFrame, symptoms: list, left: float, top: float, step: float, room: float
) -> None:
    """How many cases state each symptom, as bars with the number."""
    counts = grid[symptoms].sum()
    sheet.write(left, top - 1.5, f"of {len(grid)} cases", small=True)
    for line, symptom in enumerate(symptoms):
        y = top + (line + 0.5) * step
        length = (room - 12) * counts[symptom] / max(len(grid), 1)
        sheet.box(left, y - 1.1, length, 2.2, facecolor=p.SKY, linewidth=p.HAIR)
        sheet.write(left + length + 1, y, str(counts[symptom]), small=True)


def _caption(data: Bundle, grid: pd.DataFrame, counted: pd.DataFrame) -> str:
    silent = len(data.counted) - len(grid)
    return captions.sentences(
        f"Signs and symptoms of {data.facts.event} after {data.facts.drug} in the {len(grid)} cases that state any; "
        f"{silent} of {len(data.counted)} cases state none and are left out, which does not mean that there were none",
        f"{captions.count(len(counted), 'combination')} of {captions.count(grid.shape[1], 'symptom')} as reported",
        f"Shown: the {MOST_SETS} most frequent combinations; all are in the plotted data"
        if len(counted) > MOST_SETS
        else "",
        f"Shown: the {MOST_SYMPTOMS} most frequent symptoms" if grid.shape[1] > MOST_SYMPTOMS else "",
        "A symptom that a report does not mention is not known to be absent",
        captions.closing(data),
    )


def _alt(grid: pd.DataFrame, counted: pd.DataFrame) -> str:
    top = (
        f"The most frequent combination is {', '.join(counted['symptoms'][0])}, in {counted['count'][0]}"
        if len(counted)
        else ""
    )
    return captions.alt(f"An UpSet plot shows {grid.shape[1]} symptoms in the {len(grid)} cases that state any", top)
