"""Recurrence on re-exposure: x of m patients with exact limits, event, symptoms and tests apart, nothing pooled (F6)."""

import pandas as pd

from scripts.figures import captions, legend
from scripts.figures import page as p
from scripts.figures.drawing import Data, Drawing
from scripts.figures.page import MIDDLE, Look, Page
from scripts.wording import number

WIDTH = MIDDLE
EXACT, OTHER = "Clopper-Pearson", "Jeffreys"
_EXACT: Look = {"color": p.BLUE, "linewidth": 1.2}
_OTHER: Look = {"color": p.MIDDLE_GREY, "linewidth": 0.8, "linestyle": (0, (3, 1.5))}
_POINT: Look = {"marker": "s", "markersize": 4, "color": p.BLUE, "markerfacecolor": p.BLUE}


def wanted(data: Data) -> str:
    """Where at least one re-exposure is informative for some outcome."""
    return "" if len(_rows(data)) else "no informative re-exposure"


def draw(data: Data, page: Page) -> Drawing:
    """One row per outcome and, where the results have them, per group."""
    rows = _rows(data)
    labels = [_label(row, data) for row in rows.itertuples()]
    left = min(max(page.widest(labels) + 4, 24), 0.4 * page.width)
    right = 34.0
    keys = [legend.Key("mark", "x / m", _POINT), legend.Key("line", f"{EXACT} limits", _EXACT),
            legend.Key("line", f"{OTHER} limits", _OTHER)]  # fmt: skip
    key_height = legend.height(page, keys, page.width - 4)
    step, count = 7.0, max(len(rows), 1)
    sheet = page.sheet(2 + key_height + 2 + page.line + count * step + 9.5)
    top = legend.draw(sheet, 2, 2, page.width - 4, keys) + 2 + page.line
    axes = sheet.panel(left, top, page.width - left - right, count * step)
    axes.set(xlim=(0, 1), ylim=(count * step, 0), yticks=[], xticks=[0, 0.25, 0.5, 0.75, 1])
    axes.set_xticklabels(["0", "0.25", "0.50", "0.75", "1"])
    axes.set_xlabel("Share of informative re-exposed patients", labelpad=1.5)
    sheet.write(page.width - right + 4, top - page.line / 2, "x/m", small=True)
    sheet.write(page.width - right + 14, top - page.line / 2, f"{_level(data)} limits", small=True)
    for line, (row, label) in enumerate(zip(rows.itertuples(), labels, strict=True)):
        y = (line + 0.5) * step
        axes.plot(
            [row.exact_lower, row.exact_upper], [y - 0.8, y - 0.8], clip_on=False, marker="|", markersize=4, **_EXACT
        )
        axes.plot([row.other_lower, row.other_upper], [y + 1.4, y + 1.4], clip_on=False, **_OTHER)
        axes.plot(row.value / row.n, y - 0.8, clip_on=False, zorder=4, **_POINT | {"linestyle": "none"})
        sheet.write(2, top + y, page.shortened(label, left - 4))
        sheet.write(page.width - right + 4, top + y, f"{row.value:.0f}/{row.n:.0f}")
        limits = f"{number(row.exact_lower)} to {number(row.exact_upper)}"
        sheet.write(page.width - right + 14, top + y, limits, small=True)
    if not len(rows):
        axes.text(0.5, step / 2, "none: no informative re-exposure", ha="center", va="center")
    return Drawing(sheet.figure, _caption(data, rows), _alt(data, rows), rows)


def _rows(data: Data) -> pd.DataFrame:
    """x, m and both limits per outcome and group, only where m is not 0."""
    found = data.found("rechallenge")
    keys = ["endpoint", "group"]
    counts = found[(found["statistic"] == "recurred") & (found["n"] > 0)][[*keys, "value", "n", "n_total", "note"]]
    limits = found[found["statistic"] == "recurrence_limits"]
    for method, prefix in ((EXACT, "exact"), (OTHER, "other")):
        own = limits[limits["level"] == method].drop_duplicates(keys)[[*keys, "lower", "upper"]]
        counts = counts.merge(
            own.rename(columns={"lower": f"{prefix}_lower", "upper": f"{prefix}_upper"}), on=keys, how="left"
        )
    return counts.reset_index(drop=True)


def _label(row, data: Data) -> str:
    name = data.facts.short_event if row.endpoint == "event" else row.endpoint
    which = f" ({row.note})" if row.endpoint == "tests" and row.note else ""
    return f"{name[:1].upper()}{name[1:]}{which}" + (f", {row.group}" if row.group not in ("", "all") else "")


def _level(data: Data) -> str:
    methods = data.found("rechallenge", statistic="recurrence_limits")["method"]
    return next((word for method in methods for word in method.split() if "%" in word), "95%").strip(",")


def _caption(data: Data, rows: pd.DataFrame) -> str:
    zero = data.found("rechallenge", statistic="zero_event_upper")
    counted = [f"{_label(row, data)}: {row.value:.0f} of {row.n:.0f}" for row in rows.itertuples()]
    return captions.sentences(
        f"Recurrence on re-exposure to {data.facts.drug} after {data.facts.event}: informative re-exposed patients (strict "
        "class positive or negative) in whom it came back",
        "; ".join(counted) if counted else "No re-exposure was informative",
        f"Bars: {EXACT} limits (solid) and {OTHER} limits (dashed), two-sided; rows are not pooled",
        *(f"None of {row['n']:.0f} for {row['endpoint']}: one-sided exact upper limit {number(row['upper'])}"
          for _, row in zero.iterrows()),
        "Re-exposed patients are chosen, so the share does not hold for all patients; doses within a patient are not "
        "counted apart",
        captions.closing(data),
    )  # fmt: skip


def _alt(data: Data, rows: pd.DataFrame) -> str:
    counted = "; ".join(
        f"{_label(row, data)} {row.value:.0f} of {row.n:.0f}, {number(row.exact_lower)} to {number(row.exact_upper)}"
        for row in rows.itertuples()
    )
    return captions.alt(f"Forest plot of recurrence on re-exposure: {counted or 'no informative re-exposure'}")
