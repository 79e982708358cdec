"""Recurrence on re-exposure: x of m patients with exact limits, event, symptoms and tests side by side.

Rows are all patients, indications, and what the re-exposed course had; nothing is pooled, so there is no diamond.
"""

import pandas as pd
from matplotlib.axes import Axes

from scripts.figures.drawing import Drawing
from scripts.figures.page import captions, legend
from scripts.figures.page import standards as p
from scripts.figures.page.standards import DOUBLE, Look, Page, Sheet
from scripts.files.bundle import Bundle
from scripts.words.results import measure
from scripts.words.wording import cell, number, percent

WIDTH = DOUBLE
EXACT, OTHER = "Clopper-Pearson", "Jeffreys"
STEP, HEAD, COUNTS, LIMITS, GAP, BELOW = 5.2, 4.6, 8.0, 26.0, 4.0, 10.5
LEAST_PANEL = 11.0
"""Millimetres: a row, a heading, counts and limits beside a panel, the gap of panels, the axis below; the narrowest panel."""
KINDS = {"": "Indication", "premedication": "Premedication", "doses": "Doses",
         "setting": "Setting", "measures": "Measures"}  # fmt: skip
_EXACT: Look = {"color": p.BLUE, "linewidth": 1.2}
_OTHER: Look = {"color": p.MIDDLE_GREY, "linewidth": 0.8, "linestyle": (0, (3, 1.5))}
LEAST_INFORMATIVE = 3
_POINT: Look = {"marker": "s", "markersize": 3.6, "color": p.BLUE, "markerfacecolor": p.BLUE}


def wanted(data: Bundle) -> str:
    """From three informative re-exposures for some outcome: below, the counts say as much as their limits."""
    rows = _rows(data)
    most = rows["n"].idxmax() if len(rows) else None
    informative, outcome = (int(rows["n"][most]), rows["endpoint"][most]) if most is not None else (0, "event")
    if informative >= LEAST_INFORMATIVE:
        return ""
    told = f"{captions.count(informative, 're-exposure')} informative of the {outcome}"
    return f"{told}; a forest is drawn from {LEAST_INFORMATIVE}, else on request"


def rests_on(data: Bundle) -> pd.DataFrame:
    """Counts and limits by outcome and part."""
    return data.results_of("recurrence")


def draw(data: Bundle, page: Page) -> Drawing:
    """One row per part and one panel per outcome; panels stand below one another where the page is too narrow."""
    rows = _rows(data)
    outcomes = list(dict.fromkeys(rows["endpoint"])) or ["event"]
    every = _lines(rows)
    left = min(max(page.widest([words for words, _ in every]) + 8, 24), 0.36 * page.width)
    across = len(outcomes) if _panel(page, left, len(outcomes)) >= LEAST_PANEL else 1
    keys = [
        legend.Key("mark", "x / m", _POINT),
        legend.Key("line", f"{EXACT} limits, {percent(data.facts.level)}", _EXACT),
        legend.Key("line", f"{OTHER} limits, {percent(data.facts.level)}", _OTHER),
    ]
    top = 2 + legend.height(page, keys, page.width - 4) + 3
    stacked = -(-len(outcomes) // across)
    lines = _fitting(every, (p.TALLEST - top) / stacked - page.line - BELOW)
    tall = page.line + _height(lines) + BELOW
    sheet = page.sheet(top + tall * stacked)
    legend.draw(sheet, 2, 2, page.width - 4, keys)
    wide = _panel(page, left, across)
    for place, outcome in enumerate(outcomes):
        column, row = place % across, place // across
        outcome_rows = rows[rows["endpoint"] == outcome].set_index(["group", "level"])
        x, y = left + column * (wide + COUNTS + GAP), top + row * tall
        sheet.write(x, y + page.line / 2, page.shortened(_named(data, outcome), wide + COUNTS), weight="bold")
        sheet.write(x + wide + 2, y + 1.4 * page.line, "x/m", small=True)
        if across == 1:
            sheet.write(x + wide + 2 + COUNTS, y + 1.4 * page.line, "exact limits", small=True)
        if not column:
            _words(sheet, lines, y + page.line, left)
        _forest(
            sheet,
            sheet.panel(x, y + page.line, wide, _height(lines)),
            outcome_rows,
            lines,
            (x + wide + 2, y + page.line),
            limits=across == 1,
        )
    return Drawing(
        sheet.figure, _caption(data, rows, sum(1 for _, part in every[len(lines) :] if part)), _alt(data, rows), rows
    )


def _panel(page: Page, left: float, across: int) -> float:
    """Width of a panel where so many stand side by side; one alone has room for the limits in figures."""
    beside = COUNTS if across > 1 else COUNTS + LIMITS
    return (page.width - 2 - left - across * beside - (across - 1) * GAP) / across


def _lines(rows: pd.DataFrame) -> list[tuple[str, tuple[str, str] | None]]:
    """Words of every line with its part; headings have none. The same lines stand in every panel."""
    parts = list(dict.fromkeys(zip(rows["group"], rows["level"], strict=True)))
    lines: list[tuple[str, tuple[str, str] | None]] = []
    heading = "All"
    for group, level in parts:
        kind, what = measure(level)
        if group == "all" and not level:
            lines.append(("All re-exposed", (group, level)))
            continue
        if KINDS[kind] != heading:
            heading = KINDS[kind]
            lines.append((heading, None))
        lines.append((cell(what if kind else group), (group, level)))
    return lines or [("All re-exposed", ("all", ""))]


def _fitting(lines: list, room: float) -> list:
    """As many lines as fit into `room` mm; a heading never comes last."""
    kept = list(lines)
    while len(kept) > 1 and (_height(kept) > room or not kept[-1][1]):
        kept.pop()
    return kept


def _height(lines: list) -> float:
    return sum(STEP if part else HEAD for _, part in lines) + HEAD


def _words(sheet: Sheet, lines: list, top: float, left: float) -> None:
    y = top + HEAD
    for words, part in lines:
        step = STEP if part else HEAD
        room = left - (7 if part else 4)
        style: Look = {} if part else {"color": p.DARK, "style": "normal", "weight": "bold"}
        indent = 4.5 if part and part != ("all", "") else 2
        sheet.write(indent, y + step / 2, sheet.page.shortened(words, room), small=not part, **style)
        y += step


def _forest(
    sheet: Sheet, axes: Axes, points: pd.DataFrame, lines: list, counts: tuple[float, float], *, limits: bool
) -> None:
    """The rows of one outcome; where no patient is informative `0/0` and no bar."""
    tall = _height(lines)
    axes.set(xlim=(0, 1), ylim=(tall, 0), yticks=[], xticks=[0, 0.5, 1])
    axes.set_xticklabels(["0", "0.5", "1"])
    axes.set_xlabel("Share recurred", labelpad=1.5)
    axes.axvline(0.5, color=p.LIGHT, linewidth=p.HAIR, zorder=0.5)
    y = HEAD
    for _, part in lines:
        step = STEP if part else HEAD
        if part in points.index:
            row = points.loc[part]
            sheet.write(counts[0], counts[1] + y + step / 2, f"{row['value']:.0f}/{row['n']:.0f}", small=True)
            if limits and row["n"]:
                told = f"{number(row['exact_lower'])} to {number(row['exact_upper'])}"
                sheet.write(counts[0] + COUNTS, counts[1] + y + step / 2, told, small=True)
            _row(axes, row, y + step / 2)
        y += step


def _row(axes: Axes, row: pd.Series, y: float) -> None:
    if not row["n"]:
        return
    axes.plot(
        [row["exact_lower"], row["exact_upper"]], [y - 0.6] * 2, clip_on=False, marker="|", markersize=3.5, **_EXACT
    )
    axes.plot([row["other_lower"], row["other_upper"]], [y + 1.1] * 2, clip_on=False, **_OTHER)
    axes.plot(row["value"] / row["n"], y - 0.6, clip_on=False, zorder=4, **_POINT | {"linestyle": "none"})


def _rows(data: Bundle) -> pd.DataFrame:
    """x, m and both limits per outcome and part; an outcome without an informative patient is left out."""
    keys = ["endpoint", "group", "level"]
    results = data.results_of("recurrence")
    exact, other = (results[results["statistic"] == method] for method in ("clopper_pearson", "jeffreys"))
    rows = exact[[*keys, "value", "n", "n_total", "lower", "upper"]].merge(other[[*keys, "lower", "upper"]], on=keys)
    rows.columns = [*keys, "value", "n", "n_total", "exact_lower", "exact_upper", "other_lower", "other_upper"]
    told = rows.groupby("endpoint")["n"].transform("max") > 0
    return (
        rows[told]
        .sort_values("endpoint", key=lambda names: names.map(list(rows["endpoint"].unique()).index), kind="stable")
        .reset_index(drop=True)
    )


def _named(data: Bundle, outcome: str) -> str:
    """The outcome in words; tests that recurred by their names."""
    label = data.facts.short_event if outcome == "event" else outcome
    named = data.results_of("rechallenge", statistic="recurred", endpoint=outcome)["level"]
    which = f" ({named.iloc[0]})" if len(named) and named.iloc[0] else ""
    return f"{label[:1].upper()}{label[1:]}{which}"


def _caption(data: Bundle, rows: pd.DataFrame, left_out: int) -> str:
    whole = rows[(rows["group"] == "all") & (rows["level"] == "")]
    zero = data.results_of("rechallenge", statistic="zero_event_upper")
    counted = [
        f"{_named(data, row.endpoint)}: {row.value:.0f} of {row.n:.0f}, exact limits {number(row.exact_lower)} "
        f"to {number(row.exact_upper)}"
        for row in whole.itertuples()
    ]
    return captions.sentences(
        f"Recurrence on re-exposure to {data.facts.drug} after {data.facts.event}: x of m informative re-exposed patients "
        "(positive or negative by the strict rules) in whom it recurred; all, by indication, and by what the re-exposed course had",
        "; ".join(counted) if counted else "No re-exposure was informative",
        f"Bars: {EXACT} limits (solid) and {OTHER} limits (dashed), two-sided, {percent(data.facts.level)}; 0/0: nobody informative; rows "
        "are neither pooled nor compared",
        *(
            f"None of {row['n']:.0f} for {row['endpoint']}: one-sided exact upper limit {number(row['upper'])}"
            for _, row in zero.iterrows()
        ),
        "Doses: against those of the index course before onset. A patient counts once in a row, and in the row of each measure; what is not stated has a row of its own",
        f"{captions.count(left_out, 'further row')} in the plotted data" if left_out else "",
        "Re-exposed patients and their measures were selected: no row shows that a measure prevents the event",
        captions.closing(data),
    )


def _alt(data: Bundle, rows: pd.DataFrame) -> str:
    whole = rows[(rows["group"] == "all") & (rows["level"] == "")]
    counted = "; ".join(
        f"{_named(data, row.endpoint)} {row.value:.0f} of {row.n:.0f}, {number(row.exact_lower)} to {number(row.exact_upper)}"
        for row in whole.itertuples()
    )
    return captions.alt(
        f"A forest plot shows recurrence on re-exposure: {counted or 'no informative re-exposure'}; "
        f"{captions.count(len(rows), 'row')} by indication and measures"
    )
