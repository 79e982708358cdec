"""Laboratory results: one panel per test, log scale, course by course in the order reported.

Results whose unit is doubtful are hollow and stand as multiples of the printed upper limit; results without a day
stand in their order, on an axis that says so. Nothing is converted.
"""

import math

import pandas as pd
from matplotlib.axes import Axes

from schemas.codes import DOUBTFUL_UNITS
from schemas.plain_rows import plain_rows
from scripts.figures.drawing import Drawing
from scripts.figures.laboratory.told import MOST_PANELS, alt, caption
from scripts.figures.page import legend
from scripts.figures.page import standards as p
from scripts.figures.page.standards import DOUBLE, Look, Page
from scripts.files.bundle import Bundle
from scripts.words.times import of_case
from scripts.words.wording import NOTHING

WIDTH = DOUBLE
ACROSS, MOST_CASES = 3, 200
MOST_KEYS, MOST_LABELS, SPREAD = 8, 6, 0.7
MARKS = ("o", "s", "^", "D", "v", "P", "X", "h")
COLOURS = (p.BLUE, p.VERMILLION, "#00735A", "#8F4A75", "#7A5200", p.BLACK)
MULTIPLE = "multiple of the printed upper limit"
_WITHIN: Look = {"facecolor": p.LIGHT, "edgecolor": p.MIDDLE_GREY, "linewidth": p.HAIR}


def wanted(data: Bundle) -> str:
    """Where any test has a number that a logarithmic scale can show, and the cases can be told apart."""
    cases = points(data)["case_id"].nunique()
    if cases > MOST_CASES:
        return f"more than {MOST_CASES} cases with results: one line each could not be told apart"
    return "" if cases else "no test result is a number above 0"


def points(data: Bundle) -> pd.DataFrame:
    """Numeric results of counted cases: value as printed, fold of the printed limit where a unit is doubtful."""
    tests = data.tests[data.tests["case_id"].isin(data.counted["case_id"]) & data.tests["value"].gt(0)]
    doubtful = tests["verdict"].isin(DOUBTFUL_UNITS)
    as_fold = doubtful.groupby(tests["test"]).transform("any") & tests["fold"].notna()
    unit = tests["as_printed"].str.replace(r"^[<>≤≥]?\s*[\d.,]+\s*", "", regex=True)
    rows = tests.assign(
        doubtful=doubtful,
        shown=tests["fold"].where(as_fold, tests["value"]),
        bound=tests["as_printed"].str.extract(r"^\s*([<>≤≥])", expand=False).fillna(""),
        scale=unit.where(~as_fold, MULTIPLE),
        order=tests.groupby(["case_id", "test"]).cumcount() + 1,
    )
    columns = ["case_id", "result", "test", "course", "as_printed", "reference_as_printed", "value", "fold",
               "fold_condition", "verdict", "doubtful", "shown", "bound", "scale", "order", "findings", "lower", "upper", "grain"]  # fmt: skip
    return _timed(rows, data)[columns].reset_index(drop=True)


def _timed(rows: pd.DataFrame, data: Bundle) -> pd.DataFrame:
    """Days from the first dose of the course where the series has them; nan where not."""
    signs = data.derived["signs"]
    known = signs[signs["kind"].eq("test") & signs["origin"].eq("first_dose")]
    known = known[["case_id", "key", "lower", "upper", "grain"]].rename(columns={"key": "result"})
    return rows.merge(known, on=["case_id", "result"], how="left")


def draw(data: Bundle, page: Page) -> Drawing:
    """Small multiples; a panel has days where all its results have one, else the order of the results."""
    rows = points(data)
    panels = [(test, scale, part) for (test, scale), part in rows.groupby(["test", "scale"], sort=False)][:MOST_PANELS]
    cases = list(dict.fromkeys(rows["case_id"]))
    keys = _keys(rows, cases)
    key_height = legend.height(page, keys, page.width - 4)
    across = max(1, min(ACROSS, len(panels), int(page.width // 50)))
    tall, head = 40.0, 2 * page.line
    lines = max(1, math.ceil(len(panels) / across))
    sheet = page.sheet(2 + key_height + 3 + lines * (head + tall + 13))
    top = legend.draw(sheet, 2, 2, page.width - 4, keys) + 3
    wide = min((page.width - 2) / across, 86.0)
    for number, (test, scale, part) in enumerate(panels):
        x, y = 2 + (number % across) * wide, top + (number // across) * (head + tall + 13)
        sheet.write(x, y + 0.5 * page.line, page.shortened(test, wide - 4))
        sheet.write(x, y + 1.45 * page.line, page.shortened(scale, wide - 4, small=True), small=True)
        _panel(sheet.panel(x + 13, y + head + 1, wide - 19, tall), scale, part, cases)
    if not panels:
        sheet.write(page.width / 2, top + tall / 2, "none: no test result is a number", ha="center")
    return Drawing(sheet.figure, caption(data, rows, panels), alt(rows, panels), rows)


def _panel(axes: Axes, scale: str, part: pd.DataFrame, cases: list[str]) -> None:
    """The results of one test on one scale, each case with its own look."""
    limit = _limit(scale, part)
    low, high = _span(part, limit)
    axes.set_yscale("log")
    axes.set_ylim(low / 2.2, high * 2.2)
    ticks = [
        digit * 10.0**power
        for power in range(math.floor(math.log10(low)) - 1, math.ceil(math.log10(high)) + 2)
        for digit in (1, 2, 5)
        if low / 2 <= digit * 10.0**power <= high * 2
    ]
    every = max(1, len(ticks) // 6)
    axes.set_yticks(ticks[::every], [f"{tick:g}" for tick in ticks[::every]])
    axes.minorticks_off()
    timed = part["upper"].notna().all() and part["course"].nunique() == 1
    across = part["upper"] - 0.5 if timed else _slots(part)
    if limit is not None:
        axes.axhspan(axes.get_ylim()[0], limit, zorder=0, **_WITHIN)
    here = part.groupby("case_id", sort=False)  # rows, and so cases, in the order of `cases`
    for number, (case, case_rows) in enumerate(here):
        aside = 0.0 if timed else SPREAD * ((number + 0.5) / len(here) - 0.5)
        look = cases.index(str(case)) if len(cases) <= MOST_KEYS else 0
        _points(axes, case_rows, across[case_rows.index] + aside, look, len(part) <= MOST_LABELS)
    last = float(across.max())
    axes.set_xlim((0, last + 1) if timed else (0.4, last + 0.6))
    if timed:
        axes.set_xlabel("Study day of the course", labelpad=1.5)
        return
    slots = part.assign(slot=across).drop_duplicates("slot").sort_values("slot")
    axes.set_xticks(list(slots["slot"]), _slot_names(slots["course"], _slot_days(part, across)))
    axes.set_xlabel(f"In the order reported, {_how_known(part)}", labelpad=1.5)


def _how_known(part: pd.DataFrame) -> str:
    """What is known of the days of results that stand in their order."""
    known = part["upper"].notna()
    return "days not known" if not known.any() else "each by day of its course" if known.all() else "days where known"


def _slot_days(part: pd.DataFrame, across: pd.Series) -> list[str]:
    """The day of a place on the axis, where all its results have one and the same; blank elsewhere."""
    day_words = [
        of_case(time, labelled=False)
        for time in plain_rows(part.assign(clock="first_dose", state="observed", shown_in="d"))
    ]
    days = pd.Series(day_words, index=part.index).groupby(across).unique().sort_index()
    return [
        f"\nday {slot_words[0]}" if len(slot_words) == 1 and slot_words[0] != NOTHING else "" for slot_words in days
    ]


def _slot_names(courses: pd.Series, days: list[str]) -> list[str]:
    """course 1, and where a course has several results course 1 (1), course 1 (2) ...; the day below where it is known."""
    number, many = courses.groupby(courses).cumcount() + 1, courses.duplicated(keep=False)
    return [
        f"course {course or '–'}" + (f" ({place})" if several else "") + day
        for course, place, several, day in zip(courses, number, many, days, strict=True)
    ]


def _slots(part: pd.DataFrame) -> pd.Series:
    """Places on an axis without days: the courses in order, several results of one course side by side."""
    order = part.groupby(["case_id", "course"]).cumcount()
    keys = pd.Series(list(zip(part["course"], order, strict=True)), index=part.index)
    places = {key: number + 1.0 for number, key in enumerate(sorted(set(keys)))}
    return keys.map(places)


def _points(axes, shown: pd.DataFrame, across: pd.Series, look: int, labelled: bool) -> None:
    """A case's results joined in order by a thin dotted line, hollow where flagged."""
    colour, mark = COLOURS[look % len(COLOURS)], MARKS[look % len(MARKS)]
    axes.plot(across, shown["shown"], color=colour, linewidth=p.RULE, linestyle=(0, (1, 2)), zorder=2)
    for x, row in zip(across, shown.itertuples(), strict=True):
        fill = "white" if row.doubtful or row.findings else colour
        axes.plot(
            x,
            row.shown,
            marker=mark,
            markersize=5,
            color=colour,
            markerfacecolor=fill,
            markeredgewidth=p.DATA,
            linestyle="none",
            zorder=3,
            clip_on=False,
        )
        if row.bound:
            _arrow(axes, x, row.shown, colour, down=row.bound in "<≤")
        if not labelled:
            continue
        star = "*" if row.fold_condition else ""
        axes.annotate(
            f"{row.bound}{row.shown:.3g}{star}",
            (x, row.shown),
            xytext=(0, 4),
            textcoords="offset points",
            fontsize=p.LEAST,
            va="bottom",
            ha="center",
            annotation_clip=False,
        )


def _arrow(axes: Axes, x: float, shown: float, colour: str, *, down: bool) -> None:
    """From the mark towards where the value lies, of which the source prints a limit."""
    look = {"arrowstyle": "<|-,head_width=0.15,head_length=0.3", "color": colour, "linewidth": p.RULE, "shrinkA": 0}
    away = (0, -11 if down else 11)
    axes.annotate("", (x, shown), xytext=away, textcoords="offset points", arrowprops=look, annotation_clip=False)


def _limit(scale: str, part: pd.DataFrame) -> float | None:
    """The printed upper limit on the scale of the panel: 1 for multiples; None where the results have several or none."""
    if scale == MULTIPLE:
        return 1.0
    limits = (part["value"] / part["fold"]).round(9).unique()
    return float(limits[0]) if len(limits) == 1 and limits[0] == limits[0] else None


def _span(part: pd.DataFrame, limit: float | None) -> tuple[float, float]:
    """Least and greatest result, the printed limit among them."""
    shown = [*part["shown"], *([limit] if limit is not None else [])]
    return float(min(shown)), float(max(shown))


def _keys(rows: pd.DataFrame, cases: list[str]) -> list[legend.Key]:
    legend_keys = []
    if any(_limit(scale, part) is not None for (_, scale), part in rows.groupby(["test", "scale"])):
        legend_keys.append(legend.Key("fill", "within the printed limit", _WITHIN))
    for number, case in enumerate(cases if len(cases) <= MOST_KEYS else ["one case"]):
        look: Look = {"marker": MARKS[number % len(MARKS)], "color": COLOURS[number % len(COLOURS)], "markersize": 5}
        legend_keys.append(legend.Key("mark", case, look))
    if (rows["doubtful"] | rows["findings"].ne("")).any():
        hollow: Look = {"marker": "o", "markersize": 5, "markerfacecolor": "white", "markeredgewidth": p.DATA}
        legend_keys.append(legend.Key("mark", "unit or value flagged", hollow))
    return legend_keys
