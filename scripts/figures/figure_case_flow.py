"""Case flow: every record that entered, where it went and why; the boxes add up, or nothing is drawn."""

from collections import Counter
from dataclasses import dataclass

import pandas as pd

from scripts.figures.drawing import Drawing
from scripts.figures.page import captions
from scripts.figures.page import standards as p
from scripts.figures.page.standards import DOUBLE, Page, Sheet
from scripts.files.bundle import Bundle

WIDTH = DOUBLE
MOST_LINES = 12
MOST_IDS = 24
STAGES = {
    "ingest": "Not taken at reading",
    "version": "Nullified, or after the data lock",
    "validate": "Excluded by a finding",
    "definition": "Case definition not met",
    "link": "Duplicate of another record",
}
PAD, GAP, MARGIN = 1.8, 5.0, 2.0


@dataclass(frozen=True)
class Box:
    """A headline with its count and the lines below it."""

    title: str
    count: int
    lines: tuple[str, ...] = ()
    dashed: bool = False
    shaded: bool = False


@dataclass(frozen=True)
class Flow:
    """Rows of (what is left, what leaves there), the series, and what it consists of."""

    rows: tuple[tuple[Box, Box], ...]
    series: Box
    parts: tuple[Box, ...]


def wanted(data: Bundle) -> str:
    """Always."""
    return ""


def rests_on(data: Bundle) -> pd.DataFrame:
    """The counts of records, and of those that left by each reason."""
    records = data.results_of("records")
    return records[records["statistic"].isin(("entered", "in", "counted_inside", "out", "reason"))]


def draw(data: Bundle, page: Page) -> Drawing:
    """What is left at the left, what leaves at the right, what the series consists of at the bottom."""
    steps = flow(data)
    main = 0.4 * (page.width - 2 * MARGIN)
    side_x = MARGIN + main + 9
    side = page.width - MARGIN - side_x
    part = (page.width - 2 * MARGIN - GAP * (len(steps.parts) - 1)) / len(steps.parts)
    rows = [(_height(page, left, main), _height(page, out, side)) for left, out in steps.rows]
    series, parts = _height(page, steps.series, main), max(_height(page, box, part) for box in steps.parts)
    sheet = page.sheet(2 * MARGIN + sum(max(row) + GAP for row in rows) + series + GAP + parts)
    y = MARGIN
    for (left, out), (tall, beside) in zip(steps.rows, rows, strict=True):
        _box(sheet, left, MARGIN, y, main, tall)
        _box(sheet, out, side_x, y, side, beside)
        sheet.arrow((MARGIN + main, y + 3), (side_x, y + 3), linestyle="--" if out.dashed else "-")
        sheet.arrow((MARGIN + main / 2, y + tall), (MARGIN + main / 2, y + max(tall, beside) + GAP))
        inside = (out.dashed, y + beside)
        y += max(tall, beside) + GAP
    _box(sheet, steps.series, MARGIN, y, main, series)
    _parts(sheet, steps, MARGIN + main / 2, y + series, part, parts, inside if inside[0] else None)
    return Drawing(sheet.figure, _caption(data, steps), _alt(steps), plotted(steps))


def _parts(sheet: Sheet, steps: Flow, trunk: float, y: float, width: float, height: float, inside) -> None:
    """The bottom row, joined to the series; a dashed arrow leads what is counted inside to the aggregates."""
    level, below = y + GAP / 2, y + GAP
    centres = [MARGIN + number * (width + GAP) + width / 2 for number in range(len(steps.parts))]
    sheet.rule((trunk, trunk), (y, level))
    sheet.rule((min(trunk, *centres), max(trunk, *centres)), (level, level))
    for box, centre in zip(steps.parts, centres, strict=True):
        _box(sheet, box, centre - width / 2, below, width, height)
        sheet.arrow((centre, level), (centre, below))
    if inside:
        x = sheet.width - MARGIN - 6
        sheet.arrow((x, inside[1]), (x, below), linestyle="--")


def flow(data: Bundle) -> Flow:
    """The boxes. AssertionError where counts do not add up; they agree with the results where those are there."""
    ledger = data.ledger
    case_lines = ledger[ledger["stage"] != "ingest"]
    left = int(case_lines["records"].sum())
    first = f"Records entered{_from_reading(ledger)}"
    rows, title, lines = [], first, _sources(case_lines)
    for stage in _stages(case_lines):
        gone = case_lines[(case_lines["stage"] == stage) & (case_lines["decision"] == "out")]
        rows.append((Box(title, left, lines), _out(stage, gone)))
        left, title, lines = left - int(gone["records"].sum()), "Records left", ()
    inside = case_lines[case_lines["decision"] == "counted_inside"]
    if len(inside) or not rows:
        rows.append((Box(title, left, lines), _inside(inside) if len(inside) else Box("Excluded: none", 0)))
        left -= int(inside["records"].sum())
    series = Box("Cases in the series", left, _groups(data), shaded=True)
    steps = Flow(tuple(rows), series, _parts_of(data))
    _conserved(data, steps, int(case_lines.loc[case_lines["decision"] == "in", "records"].sum()))
    return steps


def _stages(lines: pd.DataFrame) -> list[str]:
    """Stages at which something left, in the order of the line."""
    exit_stages = set(lines.loc[lines["decision"] == "out", "stage"])
    return [stage for stage in STAGES if stage in exit_stages] + sorted(exit_stages - set(STAGES))


def _from_reading(ledger: pd.DataFrame) -> str:
    """What was not taken when the sources were read, in words; readers of whole folders take everything."""
    gone = ledger[(ledger["stage"] == "ingest") & (ledger["decision"] == "out")]
    return f" (of the sources' reports {int(gone['records'].sum())} not taken)" if len(gone) else ""


def _sources(lines: pd.DataFrame) -> tuple[str, ...]:
    counted = lines.groupby("source", sort=False)["records"].sum()
    ordered = sorted(counted.items(), key=lambda pair: -pair[1])
    return _shortened([f"{count:.0f}  {source}" for source, count in ordered], "sources")


def _shortened(lines: list[str], what: str) -> tuple[str, ...]:
    """The first lines, and how many more there are; all of them stand in the plotted data."""
    if len(lines) <= MOST_LINES:
        return tuple(lines)
    return (*lines[: MOST_LINES - 1], f"and {len(lines) - MOST_LINES + 1} more {what}")


def _out(stage: str, gone: pd.DataFrame) -> Box:
    counted = gone.groupby("reason", sort=False)["records"].sum()
    ordered = sorted(counted.items(), key=lambda pair: -pair[1])
    lines = _shortened([f"{count:.0f}  {reason}" for reason, count in ordered], "reasons")
    return Box(STAGES.get(stage, stage), int(gone["records"].sum()), lines)


def _inside(inside: pd.DataFrame) -> Box:
    lines = [
        f"{row['record']}: {row['reason'].split(':')[0].removeprefix('counted inside ')}"
        for _, row in inside.iterrows()
    ]
    title = "Counted inside a group, not added"
    return Box(title, int(inside["records"].sum()), _shortened(lines, "records"), dashed=True)


def _ids(cases: list[str]) -> tuple[str, ...]:
    """Ids as running text, the first of them where there are many."""
    more = f" and {len(cases) - MOST_IDS} more" if len(cases) > MOST_IDS else ""
    return (", ".join(cases[:MOST_IDS]) + more,) if cases else ()


def _groups(data: Bundle) -> tuple[str, ...]:
    return _shortened([f"{count}  {group}" for group, count in data.groups.items()], "groups")


def _parts_of(data: Bundle) -> tuple[Box, ...]:
    """Identified cases, then one box per aggregate; aggregates beyond three share one box."""
    cases = data.counted
    members = cases[cases["identity"] == "anonymous"]
    sizes = members.groupby("aggregate_id", sort=False).size()
    identified = cases[cases["identity"] != "anonymous"]
    boxes = [Box("Identified cases", len(identified), _ids(list(identified["case_id"])))]
    if len(sizes) > 3:
        lines = [f"{count}  {aggregate}" for aggregate, count in sizes.items()]
        return (*boxes, Box("Anonymous members of groups", int(sizes.sum()), _shortened(lines, "groups")))
    inside = Counter(data.cases.loc[data.cases["counted"] == "inside", "aggregate_id"])
    for aggregate, size in sizes.items():
        known = inside[aggregate]
        line = f"{captions.count(known, 'identified case')} counted inside" if known else ""
        boxes.append(Box(f"Group {aggregate}: anonymous members", int(size), (line,) if line else ()))
    return tuple(boxes)


def _conserved(data: Bundle, steps: Flow, stay: int) -> None:
    """Nothing is lost: every level adds up, to the cases themselves and to the results."""
    parts = sum(box.count for box in steps.parts)
    told = data.results_of("records", statistic="in")["value"]
    expected = {"cases": len(data.counted), "ledger": stay, "parts": parts} | (
        {"results": int(told.iloc[0])} if len(told) else {}
    )
    if set(expected.values()) != {steps.series.count}:
        raise AssertionError(f"the case flow does not add up: {steps.series.count} cases left, {expected}")


def _height(page: Page, box: Box, width: float) -> float:
    title, lines = _words(page, box, width)
    return 2 * PAD + len(title) * page.line + len(lines) * page.small_line


def _words(page: Page, box: Box, width: float) -> tuple[list[str], list[str]]:
    room = width - 2 * PAD
    title = box.title if box.title.endswith("none") else f"{box.title}: {box.count}"
    lines = [part for line in box.lines for part in page.wrapped(line, room, small=True)]
    return page.wrapped(title, room, bold=True), lines


def _box(sheet: Sheet, box: Box, x: float, y: float, width: float, height: float) -> None:
    look = {"linestyle": "--"} if box.dashed else {}
    sheet.box(x, y, width, height, facecolor=p.FAINT if box.shaded else "white", **look)
    title, lines = _words(sheet.page, box, width)
    below = sheet.paragraph(x + PAD, y + PAD, title, weight="bold")
    sheet.paragraph(x + PAD, below, lines, small=True)


def plotted(steps: Flow) -> pd.DataFrame:
    """Every box with its count and its lines."""
    boxes = [("left", left) for left, _ in steps.rows] + [("leaves", out) for _, out in steps.rows]
    boxes += [("series", steps.series), *(("part", box) for box in steps.parts)]
    return pd.DataFrame(
        [{"box": kind, "title": box.title, "count": box.count, "lines": " | ".join(box.lines)} for kind, box in boxes]
    )


def _caption(data: Bundle, steps: Flow) -> str:
    return captions.sentences(
        f"Flow of records into the series of {data.facts.event} after {data.facts.drug}",
        f"Of {steps.rows[0][0].count} records: {_gone(steps)}. Counted: {steps.series.count} cases",
        "Dashed: identified cases that are already among the anonymous members of a group; they are listed but not "
        "added"
        if any(out.dashed for _, out in steps.rows)
        else "",
        captions.closing(data),
    )


def _gone(steps: Flow) -> str:
    """What left, with its count: `case definition not met, 7`."""
    return "; ".join(f"{_low(out.title)}, {out.count}" for _, out in steps.rows if out.count) or "none excluded"


def _low(title: str) -> str:
    return title[:1].lower() + title[1:]


def _alt(steps: Flow) -> str:
    parts = "; ".join(f"{_low(box.title)}, {box.count}" for box in steps.parts)
    return captions.alt(
        f"A flow chart shows where {steps.rows[0][0].count} records went: {_gone(steps)}",
        f"The series has {captions.count(steps.series.count, 'case')}: {parts}",
    )
