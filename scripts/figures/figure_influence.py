"""Leave-one-out: every headline number without each case, beside the number with all of them."""

import numpy as np
import pandas as pd

from schemas.endpoints import ONSETS
from scripts.figures.drawing import Drawing
from scripts.figures.page import captions, legend
from scripts.figures.page import standards as p
from scripts.figures.page.standards import DOUBLE, Look, Page, Sheet
from scripts.files.bundle import Bundle
from scripts.words.times import PER_DAY, UNITS, by_code
from scripts.words.wording import number as shown

WIDTH, LEAST_WIDTH = DOUBLE, 120.0
LEAST_CASES, MOST_CASES = 6, 60
LEAST_SHIFT = 1e-12
"""A number that differs by less has not moved."""
_WITHOUT: Look = {"marker": "o", "markersize": 3.2, "color": p.BLUE, "markerfacecolor": "white"}
_MOVED: Look = {"marker": "D", "markersize": 4, "color": p.VERMILLION, "markerfacecolor": p.VERMILLION}
_ALL: Look = {"color": p.BLACK, "linewidth": p.DATA, "linestyle": (0, (4, 2))}


def wanted(data: Bundle) -> str:
    """From 6 cases, where the results have them without each case."""
    cases = len(data.counted)
    if cases < LEAST_CASES:
        return f"{captions.count(cases, 'case')}; leaving one out is shown from {LEAST_CASES}"
    rows = table(data)
    if not len(rows):
        return "the results hold no leave-one-out numbers"
    if not _columns(rows)[0]:
        return "no headline number moves, whichever case is left out"
    return "" if cases <= MOST_CASES else f"more than {MOST_CASES} cases: one row each would not fit"


def table(data: Bundle) -> pd.DataFrame:
    """case_id, endpoint, statistic, without, whole: the main set, all groups together."""
    left_out = data.results_of("robustness", statistic="without_case", group="all").assign(set=data.main_set)
    if not len(left_out):
        return pd.DataFrame(columns=["case_id", "endpoint", "statistic", "without", "whole"])
    named = left_out["level"].str.rsplit(": ", n=1, expand=True)
    rows = pd.DataFrame(
        {"case_id": named[0], "endpoint": left_out["endpoint"], "statistic": named[1], "without": left_out["value"]}
    )
    whole = _whole(data)[["endpoint", "level", "value"]]
    whole = whole.rename(columns={"level": "statistic", "value": "whole"})
    return rows.merge(whole, on=["endpoint", "statistic"], how="left").reset_index(drop=True)


def _whole(data: Bundle) -> pd.DataFrame:
    return data.results_of("robustness", statistic="leave_one_case_out", group="all")


def _columns(rows: pd.DataFrame) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """(endpoint, statistic) of the numbers that some case moves, and of those that none does."""
    moves: dict[bool, list[tuple[str, str]]] = {True: [], False: []}
    for (endpoint, statistic), column_rows in rows.groupby(["endpoint", "statistic"], sort=False):
        same = np.isclose(column_rows["without"], column_rows["whole"], rtol=0, atol=LEAST_SHIFT, equal_nan=True)
        moves[not same.all()].append((str(endpoint), str(statistic)))
    return moves[True], moves[False]


def rests_on(data: Bundle) -> pd.DataFrame:
    """The headline numbers with every case and, of all cases left out in turn, their range."""
    return _whole(data)


def draw(data: Bundle, page: Page) -> Drawing:
    """One column of dots per headline number that moves, one row per case; those that move it most are diamonds."""
    rows = table(data)
    cases = list(data.counted.loc[data.counted["case_id"].isin(rows["case_id"]), "case_id"])
    columns, still = _columns(rows)
    keys = [
        legend.Key("mark", "without this case", _WITHOUT),
        legend.Key("mark", "moves it most", _MOVED),
        legend.Key("line", "all cases", _ALL),
    ]
    key_height = legend.height(page, keys, page.width - 4)
    left = min(page.widest(cases, small=True) + 5, 0.2 * page.width)
    wide = (page.width - left - 3) / max(len(columns), 1)
    heads = [page.wrapped(_head(data, column), wide - 2, small=True) for column in columns]
    head = max((len(lines) for lines in heads), default=1) * page.small_line + page.line + 2
    step = min(3.4, 150 / max(len(cases), 1))
    sheet = page.sheet(2 + key_height + 2 + head + max(len(cases), 3) * step + 8)
    top = legend.draw(sheet, 2, 2, page.width - 4, keys) + 2 + head
    for line, case in enumerate(cases):
        y = top + (line + 0.5) * step
        if line % 2:
            sheet.box(1, y - step / 2, page.width - 2, step, facecolor="#F5F5F5", edgecolor="none", zorder=p.SHADE)
        anonymous = data.cases.set_index("case_id")["identity"].get(case) == "anonymous"
        look: Look = {"color": p.MIDDLE_GREY} if anonymous else {}
        if step >= 2.4:
            sheet.write(2, y, page.shortened(case, left - 3, small=True), small=True, **look)
    for number, (column, lines) in enumerate(zip(columns, heads, strict=True)):
        x = left + number * wide
        sheet.paragraph(x + 2, top - head + page.line + 1, lines, small=True)
        if number == 0 or columns[number - 1][0] != column[0]:
            named = captions.endpoint(column[0], data.facts)
            sheet.write(x + 2, top - head + page.line / 2, named[:1].upper() + named[1:])
        column_rows = rows[(rows["endpoint"] == column[0]) & (rows["statistic"] == column[1])].set_index("case_id")
        _column(sheet, column_rows, cases, x + 3, top, wide - 6, step, _per_day(data, column))
    if not cases:
        sheet.write(page.width / 2, top + step, "none: the results hold no leave-one-out numbers", ha="center")
    return Drawing(sheet.figure, _caption(data, rows, still), _alt(rows, still), rows)


def _column(
    sheet: Sheet, points: pd.DataFrame, cases: list[str], x: float, top: float, wide: float, step: float, per_day: float
) -> None:
    axes = sheet.panel(x, top, wide, len(cases) * step)
    whole = float(points["whole"].iloc[0])
    values = [value for value in (*points["without"], whole) if np.isfinite(value)]
    least, most = (min(values), max(values)) if values else (0.0, 1.0)
    pad = 0.15 * (most - least) or 0.5 * (abs(most) or 1)
    axes.set(xlim=(least - pad, most + pad), ylim=(len(cases) * step, 0), yticks=[])
    ticks = sorted({least, most}) if most > least else [least]
    axes.set_xticks(ticks, _labels([tick * per_day for tick in ticks]))
    axes.spines["left"].set_visible(False)
    edge = most + pad  # a number that is not reached, infinity, stands at the right edge
    axes.axvline(min(whole, edge), zorder=1, **_ALL)
    shift = (points["without"].clip(upper=edge) - min(whole, edge)).abs()
    furthest = shift.max()
    values = points["without"].reindex(cases).clip(upper=edge)
    moved = (shift.reindex(cases) >= furthest - LEAST_SHIFT) & (furthest > LEAST_SHIFT)
    for chosen, look in ((~moved, _WITHOUT), (moved, _MOVED)):
        lines = (np.flatnonzero(chosen) + 0.5) * step
        axes.plot(values[chosen], lines, clip_on=False, zorder=3, **look | {"linestyle": "none"})


def _labels(numbers: list[float]) -> list[str]:
    """Four characters a number, of which two stand side by side (0.09, 1.54, 38.5); three digits where these are alike."""
    brief = [f"{number:.{2 if abs(number) < 10 else 1 if abs(number) < 100 else 0}f}" for number in numbers]
    brief = [text.rstrip("0").rstrip(".") or "0" if "." in text else text for text in brief]
    return brief if len(set(brief)) == len(brief) else [f"{number:.3g}" for number in numbers]


def _head(data: Bundle, column: tuple[str, str]) -> str:
    """known_by_4 -> known by study day 4 (share), known_by_14d -> known within 14 days (share);
    median_lower -> median, lower bound (days elapsed), of an end (days)."""
    kind, _, rest = column[1].partition("_")
    if kind == "median":
        unit = data.unit(column[0])
        elapsed = " elapsed" if unit == "d" and column[0] in ONSETS else ""
        return f"median, {rest} bound ({UNITS[unit]}{elapsed})"
    return f"{kind} {by_code(rest.removeprefix('by_'))} (share)"


def _per_day(data: Bundle, column: tuple[str, str]) -> float:
    """How many of what the numbers are told in make a day: medians are in the unit of their endpoint, shares have none."""
    return PER_DAY[data.unit(column[0])] if column[1].startswith("median") else 1.0


def _caption(data: Bundle, rows: pd.DataFrame, still: list[tuple[str, str]]) -> str:
    whole = _whole(data)
    moved = [
        _moved(data, row)
        for _, row in whole[whole["level"] != ""].iterrows()
        if (row["endpoint"], row["level"]) not in still
    ]
    unmoved = [f"{captions.endpoint(column[0], data.facts)}, {_head(data, column)}" for column in still]
    return captions.sentences(
        f"Headline numbers of {data.facts.event} after {data.facts.drug} with each of {rows['case_id'].nunique()} reported "
        "cases left out in turn; medians as elapsed time at their lower and upper bounds, at the right edge where not reached",
        *moved,
        f"Not drawn, since no case moves them: {'; '.join(unmoved)}" if unmoved else "",
        captions.closing(data),
    )


def _moved(data: Bundle, row: pd.Series) -> str:
    """`first symptom, known by study day 2 (share): 0.067, without one 0 to 0.071 (without C-1)`."""
    column = (row["endpoint"], row["level"])
    whole, low, high = (shown(row[field] * _per_day(data, column)) for field in ("value", "lower", "upper"))
    return f"{captions.endpoint(column[0], data.facts)}, {_head(data, column)}: {whole}, without one {low} to {high} ({row['note']})"


def _alt(rows: pd.DataFrame, still: list[tuple[str, str]]) -> str:
    numbers = len(rows.drop_duplicates(["endpoint", "statistic"])) - len(still)
    return captions.alt(
        f"Dots show {captions.count(numbers, 'headline number')}, each without one of {rows['case_id'].nunique()} cases "
        "in turn, beside the number with all cases"
    )
