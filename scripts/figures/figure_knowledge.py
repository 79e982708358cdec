"""What was known when: cases, median onset and recurrence by publication date."""

import math

import pandas as pd

from scripts.clock.intervals import date_bounds
from scripts.figures.drawing import Drawing
from scripts.figures.page import captions
from scripts.figures.page import standards as p
from scripts.figures.page.standards import DOUBLE, Page, Sheet
from scripts.files.bundle import Bundle
from scripts.words.wording import percent

WIDTH = DOUBLE
LEAST_DATES, LEAST_BESIDE = 5, 150.0
PRIORS = {"jeffreys": (p.BLUE, "o"), "uniform": (p.VERMILLION, "s")}


def wanted(data: Bundle) -> str:
    """From 5 publication dates."""
    dates = len(_by_date(data))
    if not dates:
        return "the results hold no numbers by date"
    return "" if dates >= LEAST_DATES else f"{dates} publication dates; drawn from {LEAST_DATES}, else on request"


def rests_on(data: Bundle) -> pd.DataFrame:
    """Cases and medians by date of publication, and how recurrence was learnt."""
    return data.results_of("learning")


def draw(data: Bundle, page: Page) -> Drawing:
    """Three panels: cases by date, median bounds by date, recurrence after each informative re-exposure."""
    dated, steps = _by_date(data), _posteriors(data)
    tall, head, gap = 44.0, 2.9 * page.line, 15.0
    across = 3 if page.width >= LEAST_BESIDE else 1
    wide = (page.width - across * gap - 4) / across
    sheet = page.sheet(2 + (head + tall + 12) * 3 / across)
    lefts = [gap + number % across * (wide + gap) for number in range(3)]
    tops = [2 + head + number // across * (head + tall + 12) for number in range(3)]
    titles = ("a  Cases", "b  Median onset, days", f"c  {data.facts.short_event} on re-exposure")
    axes = [sheet.panel(left, top, wide, tall) for left, top in zip(lefts, tops, strict=True)]
    for left, top, title in zip(lefts, tops, titles, strict=True):
        sheet.write(left - 8, top - head + page.line / 2, page.shortened(title, wide + 8), weight="bold")
    _cases(axes[0], dated)
    _medians(axes[1], dated)
    _recurrence(sheet, axes[2], steps, lefts[2], tops[2], wide)
    plotted = pd.concat([dated.assign(kind="date"), steps.assign(kind="recurrence")], ignore_index=True)
    return Drawing(sheet.figure, _caption(data, steps), _alt(dated), plotted)


def _by_date(data: Bundle) -> pd.DataFrame:
    """published, day, cases, lower, upper (median bounds); one row per date, in order."""
    results = data.results_of("learning")
    counts = results[results["statistic"] == "known_by_date"][["level", "value"]].rename(columns={"value": "cases"})
    medians = results[results["statistic"] == "median_by_date"][["level", "lower", "upper"]]
    rows = counts.merge(medians, on="level", how="left").rename(columns={"level": "published"})
    rows = rows.assign(day=[date_bounds(text)[0] for text in rows["published"]])
    return rows.sort_values("day", kind="stable").reset_index(drop=True)


def _posteriors(data: Bundle) -> pd.DataFrame:
    """prior, step, value, lower, upper of the recurrence of the event: a step for each informative patient."""
    results = data.results_of("learning", statistic="posterior", endpoint="event").astype({"n": int})
    return results[["level", "n", "value", "lower", "upper"]].rename(columns={"level": "prior", "n": "step"})


def _dates(axes, dated: pd.DataFrame) -> None:
    """Years under the axis, the first day a date may mean as its place."""
    axes.set_xlabel("Publication date", labelpad=1.5)
    if not len(dated):
        axes.set(xlim=(0, 1), xticks=[])
        return
    years = (dated["day"] / 365.2425 + 1970).to_numpy()
    first, last = math.floor(years.min()), math.floor(years.max()) + 1
    axes.set_xlim(first - 0.06 * (last - first), last + 0.4)
    step = max(1, math.ceil((last - first) / 4))
    axes.set_xticks(range(first, last + 1, step), [str(year) for year in range(first, last + 1, step)])


def _years(dated: pd.DataFrame) -> list[float]:
    return list(dated["day"] / 365.2425 + 1970)


def _cases(axes, dated: pd.DataFrame) -> None:
    _dates(axes, dated)
    if not len(dated):
        _none(axes)
        return
    most = float(dated["cases"].max())
    axes.set_ylim(0, most * 1.15)
    step = next(step for step in (1, 2, 5, 10, 20, 50, 100, 10**3, 10**5) if most / step <= 6)
    axes.set_yticks(range(0, int(most) + 1, step))
    right = axes.get_xlim()[1]
    years = _years(dated)
    axes.step([*years, right], [*dated["cases"], dated["cases"].iloc[-1]], where="post", color=p.BLUE, linewidth=p.DATA)
    axes.plot(years, dated["cases"], marker="o", markersize=3.5, color=p.BLUE, linestyle="none")
    for x, count in zip(years, dated["cases"], strict=True):
        axes.annotate(
            f"{count:.0f}", (x, count), xytext=(0, 3), textcoords="offset points", fontsize=p.LEAST, ha="right"
        )


def _medians(axes, dated: pd.DataFrame) -> None:
    """Bounds of the median as bars, never a midpoint."""
    _dates(axes, dated)
    known = dated.dropna(subset=["lower"])
    if not len(known):
        _none(axes)
        return
    finite = [value for value in known[["lower", "upper"]].to_numpy().ravel() if math.isfinite(value)]
    top = max([*finite, 1.0]) * 1.2
    low = min([*finite, 0.0])
    axes.set_ylim(low, top)
    step = next(step for step in (1, 2, 5, 7, 14, 28, 91, 182, 365, 3652, 36525) if (top - low) / step <= 6)
    axes.set_yticks(list(range(0, int(top) + 1, step)))
    for x, row in zip(_years(known), known.itertuples(), strict=True):
        upper = row.upper if math.isfinite(row.upper) else top
        axes.plot([x, x], [row.lower, upper], color=p.BLACK, linewidth=1.4, marker="_", markersize=4, clip_on=False)


def _recurrence(sheet: Sheet, axes, steps: pd.DataFrame, left: float, top: float, wide: float) -> None:
    axes.set(ylim=(0, 1), yticks=[0, 0.5, 1])
    axes.set_xlabel("Informative re-exposed patients", labelpad=1.5)
    if not len(steps):
        axes.set_xticks([])
        _none(axes)
        return
    most = int(steps["step"].max())
    axes.set_xlim(-0.5, most + 0.5)
    axes.set_xticks(range(0, most + 1, max(1, most // 5)))
    for number, (prior, part) in enumerate(steps.groupby("prior", sort=False)):
        colour, mark = PRIORS.get(str(prior), (p.BLACK, "D"))
        x = part["step"].astype(float) + (number - 0.5) * 0.24
        axes.vlines(x, part["lower"], part["upper"], color=colour, linewidth=p.DATA)
        axes.plot(
            x, part["value"], marker=mark, markersize=3.5, color=colour, markerfacecolor="white", linestyle="none"
        )
        y = top - sheet.page.small_line
        sheet.mark(
            left - 6 + number * (wide + 6) / 2, y, marker=mark, color=colour, markersize=3.5, markerfacecolor="white"
        )
        sheet.write(left - 4 + number * (wide + 6) / 2, y, f"{str(prior).capitalize()} prior", small=True)


def _none(axes) -> None:
    axes.set_yticks([])
    axes.text(0.5, 0.5, "none", transform=axes.transAxes, ha="center", va="center")


def _caption(data: Bundle, steps: pd.DataFrame) -> str:
    last = steps[steps["step"] == steps["step"].max()] if len(steps) else steps
    return captions.sentences(
        f"What was known of {data.facts.event} after {data.facts.drug} at each publication date of a counted case",
        "Panel a: cases, each at the earliest date of its sources; members of a group at the date of its overview",
        f"Panel b: median {captions.endpoint(data.facts.onset, data.facts)}, bounds in elapsed days from the "
        f"{captions.clock(data.facts.clock, data.facts)}",
        f"Panel c: recurrence by Beta updating after each informative re-exposure, median and {percent(data.facts.level)} equal-tailed interval "
        "under two priors; re-exposed patients are selected",
        *(
            f"{row.prior.capitalize()} prior after {row.step}: {row.value:.3g} ({row.lower:.3g} to {row.upper:.3g})"
            for row in last.itertuples()
        ),
        captions.closing(data),
    )


def _alt(dated: pd.DataFrame) -> str:
    spans = f"from {dated['published'].iloc[0]} to {dated['published'].iloc[-1]}" if len(dated) else "none dated"
    return captions.alt(
        f"Three panels show what was known by date of publication, {len(dated)} dates {spans}: the cases, the bounds of the "
        "median onset, and recurrence with its intervals"
    )
