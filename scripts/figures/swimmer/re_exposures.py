"""The re-exposures of the swimmer: one row each on the clock of that course, with what came of it.

Up to four get three lines each; more get one line each under common headings, and beyond ten the rest is counted.
"""

import pandas as pd

from schemas.fields import NO_VALUE
from schemas.plain_rows import plain_rows
from scripts.figures.page import captions
from scripts.figures.page import standards as p
from scripts.figures.page.standards import Page, Sheet
from scripts.figures.swimmer.marks import axis, mark_time, unknown
from scripts.files.bundle import Bundle
from scripts.words import dosing, given_again, times

ROOMY, MOST_ROWS = 4, 10
MOST_LINES = 3
"""Lines of the signs whose time is not stated, in a row without a mark."""
GAP = 0.8
OUTCOMES = ("event", "symptoms", "tests")
WORDS = {"positive": "recurred", "negative": "did not recur"}


def height(page: Page, again: pd.DataFrame, later: pd.DataFrame, lane: float) -> float:
    """Height in mm below the index courses."""
    if not len(again):
        return 2 * page.line
    shown = again.head(MOST_ROWS)
    rows = sum(_row_height(page, row, len(again), later, lane) for row in shown.itertuples())
    more = page.small_line if len(again) > MOST_ROWS else 0
    return 2 * page.line + 1 + rows + more + (9 if len(later) else 0)


def outcomes(again: pd.DataFrame) -> pd.DataFrame:
    """What came of every re-exposure, as rows of the plotted data."""
    rows = again[["case_id", "course", *OUTCOMES]].melt(["case_id", "course"], var_name="what", value_name="state")
    return rows.assign(panel="re-exposure")


def _marks_of(later: pd.DataFrame, row) -> pd.DataFrame:
    return later[(later["case_id"] == row.case_id) & (later["course"] == row.course)]


def _row_height(page: Page, row, rows: int, later: pd.DataFrame, lane: float) -> float:
    course_marks = _marks_of(later, row)
    lines = 3 if (course_marks["what"] != "dose").any() else 1.5 + MOST_LINES
    least = lines * page.small_line + 1 if rows <= ROOMY else page.small_line + 0.3
    return max(course_marks["lane"].nunique() * lane + GAP, least)


def draw(
    sheet: Sheet,
    data: Bundle,
    columns: tuple[float, tuple[float, float], float],
    again: pd.DataFrame,
    later: pd.DataFrame,
    top: float,
    lane: float,
    unit: str,
) -> None:
    """columns: left edge of the words, (left, width) of the axes, left edge of the outcomes. unit: of the onsets."""
    page, study = sheet.page, unit not in times.FINER
    left, (axes_left, axes_width), right_words = columns
    heading = "c  Re-exposure, from the first dose of that course" if len(again) else "c  Re-exposure: none described"
    sheet.write(left, top + page.line / 2, heading, weight="bold")
    if not len(again):
        return
    top += 2 * page.line + 1
    shown = again.head(MOST_ROWS)
    tops = [top]
    for row in shown.itertuples():
        tops.append(tops[-1] + _row_height(page, row, len(again), later, lane))
    axes = sheet.panel(axes_left, top, axes_width, tops[-1] - top)
    right = axis(axes, later, study, axes_width, finer=not study) if len(later) else 1.0
    axes.set(ylim=(tops[-1], top), yticks=[])
    if len(later):
        finer = f"{times.UNITS[unit].capitalize()} from the first dose of that course"
        axes.set_xlabel("Study day of that course (its first dose = day 1)" if study else finer, labelpad=1.5)
    else:
        axes.set(xticks=[], xlim=(0, right))
        axes.spines["bottom"].set_visible(False)
    identity = data.cases.set_index("case_id")["identity"]
    uses = {(use["case_id"], use["course"]): use for use in plain_rows(data.derived["exposures"])}
    roomy = len(again) <= ROOMY
    if not roomy:
        _headings(sheet, right_words, top - page.line / 2)
    for number, row in enumerate(shown.itertuples()):
        middle = tops[number] + (page.small_line if roomy else tops[number + 1] - tops[number]) / 2
        use = uses.get((row.case_id, row.course))
        _what(sheet, left, axes_left - left - 2, row, use, tops[number], middle, roomy)
        _outcomes(sheet, right_words, row, middle, roomy)
        course_marks = _marks_of(later, row)
        for mark in course_marks.itertuples():
            y = tops[number] + (mark.lane + 0.5) * lane
            mark_time(axes, mark, y, right, lane, identity.get(row.case_id) == "anonymous", study)
        if not (course_marks["what"] != "dose").any():
            y = middle + course_marks["lane"].nunique() * lane
            unknown(axes, y, right, lane)
            told = "days" if study else "times"
            words = f"{told} of signs not stated" if len(course_marks) else f"{told} not stated"
            if roomy:
                room = right_words - axes_left - 3
                names = _names(data, row)
                lines = _fitting(page, words, names, room)
                sheet.paragraph(axes_left + 1, y + 0.5 * page.small_line, lines, small=True, color=p.DARK)
    if len(again) > MOST_ROWS:
        words = f"and {len(again) - MOST_ROWS} more, in the plotted data"
        sheet.write(left, tops[-1] + page.small_line / 2, words, small=True)


def _names(data: Bundle, row) -> list[str]:
    """The signs told of a re-exposure, the event apart."""
    signs, exposures = data.derived["signs"], data.derived["exposures"]
    exposure_ids = exposures[exposures["case_id"].eq(row.case_id) & exposures["course"].eq(row.course)]["exposure"]
    told = signs[signs["case_id"].eq(row.case_id) & signs["exposure"].isin(exposure_ids) & signs["kind"].eq("reaction")]
    return list(told.loc[told["occurred"].eq("yes") & told["role"].ne("event"), "term"].drop_duplicates())


def _fitting(page: Page, words: str, names: list[str], room: float) -> list[str]:
    """The words with as many names as three lines hold; the others are counted, none is cut: `chest pain, and 2 more`."""
    for some in range(len(names), 0, -1):
        more = [f"and {len(names) - some} more"] if some < len(names) else []
        lines = page.wrapped(f"{words}: {', '.join([*names[:some], *more])}", room, small=True)
        if len(lines) <= MOST_LINES:
            return lines
    return page.wrapped(f"{words}: {captions.count(len(names), 'sign')}" if names else words, room, small=True)


def _what(
    sheet: Sheet, left: float, room: float, row, use: dict | None, top: float, middle: float, roomy: bool
) -> None:
    page = sheet.page
    gap = given_again.interval(row.gap, use)
    if page.width_of(gap, small=True) > room:
        gap = given_again.interval(row.gap, use, brief=True)
    doses = "doses not stated" if row.doses_given in NO_VALUE else dosing.doses(str(row.doses_given))
    lines = [f"{row.case_id}, course {row.course}", gap, doses]
    if roomy:
        sheet.paragraph(left, top, [page.shortened(line, room, small=True) for line in lines], small=True)
    else:
        parts = [lines[0], *([] if row.gap in NO_VALUE else [row.gap]), doses]
        fitting = (", ".join(parts[:some]) for some in range(len(parts), 0, -1))
        words = next((phrase for phrase in fitting if page.width_of(phrase, small=True) <= room), lines[0])
        sheet.write(left, middle, page.shortened(words, room, small=True), small=True)


def _headings(sheet: Sheet, left: float, y: float) -> None:
    for number, outcome in enumerate(OUTCOMES):
        sheet.write(left + number * 15, y, outcome, small=True, weight="bold")


def _outcomes(sheet: Sheet, left: float, row, middle: float, roomy: bool) -> None:
    """Filled: recurred. Open: did not recur. Dash: not known."""
    page = sheet.page
    for number, outcome in enumerate(OUTCOMES):
        outcome_class = getattr(row, outcome)
        x, y = (left + 1, middle + number * page.small_line) if roomy else (left + 3 + number * 15, middle)
        look = {"marker": "o" if outcome_class in WORDS else "_", "markersize": 3.4 if roomy else 3.0}
        sheet.mark(
            x, y, markerfacecolor=p.BLACK if outcome_class == "positive" else "white", markeredgewidth=p.RULE, **look
        )
        if roomy:
            extra = f" ({row.tests_recurred})" if outcome == "tests" and row.tests_recurred else ""
            words = f"{outcome}: {WORDS.get(outcome_class, outcome_class.replace('_', ' '))}{extra}"
            sheet.write(left + 3, y, page.shortened(words, page.width - left - 5, small=True), small=True)
