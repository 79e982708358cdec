"""A column map proposed from a table: by its headings, the units in them, and the tokens for missing in its cells.

Every proposed line is a comment that begins with `#?` until a person has set `confirmed: yes`, which accepts those that
are still there. What a code means is never proposed: the codes seen stand there without a meaning, and a map with such a
code is refused.
"""

import re
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType

import pandas as pd

from schemas import profile
from schemas.codes import rows
from schemas.column_map import PROPOSED
from schemas.fields import is_number
from schemas.map_column import SEVERAL, TARGETS
from scripts.ingest.table.flat import Flat
from scripts.ingest.table.headings import FIRST_ROW, IN_BRACKETS, Head, parted, target_of
from scripts.ingest.table.printed_dates import DAY_FIRST, MONTH_FIRST, NUMERIC_DATE
from scripts.ingest.table.printed_words import known, tokens
from scripts.ingest.table.proposed_column import proposed_column, quoted, unmarked

MONTHS = 12
COMMA, POINT = re.compile(r"[0-9],[0-9]"), re.compile(r"[0-9]\.[0-9]")
THOUSANDS = re.compile(r"[0-9],[0-9]{3}(?![0-9])")
ONSET = re.compile(r"\bonset\b|\blatency\b")
ENDED = re.compile(r"\brecovery\b|\bresolution\b|\bresolved\b")
TICKED = {"death": "died", "rechallenge": "reexposed", "event": "occurred", "last_dose": "action_taken"}
"""What a column of a time, of codes or of words is where its cells say yes or no."""

HEAD = (
    "# A column map, proposed: every line that begins with #? is a proposal, and counts for nothing before it is confirmed.",
    "# Mend what is wrong, fill in what is blank, delete what you do not want; then write yes, which accepts the rest.",
    "# Targets and what they mean: docs/formats.md.",
    "confirmed: no",
)


def propose(
    flat: Flat, source_id: str, sheet: str = "", head: Head = FIRST_ROW, known: Mapping[str, str] = MappingProxyType({})
) -> tuple[str, list[str]]:
    """The text of the map, and the headings that could not be placed; known: drug and event, where they are known."""
    placed, beside = placed_columns(flat.cells)
    proposed = [
        *_decimal(flat.cells),
        *_dates(flat.cells),
        "source:",
        f"  source_id: {quoted(source_id)}",
        "  kind: article               # or overview, meeting_abstract, database_listing, own_record ...",
        "  # citation: ...",
        '  locator: ""                 # where the table stands: Table 1, page 4; what is said to be absent needs its place',
        *_every(placed, known),
        *_missing(flat.cells),
        "columns:",
    ]
    numbered = next((flat.cells[heading] != "" for heading, target in placed.items() if target == "episode"), None)
    for heading in flat.cells.columns:
        cells = flat.cells[heading]
        if placed.get(heading) == "visit" and numbered is not None:
            cells = cells[~numbered]
        proposed += proposed_column(heading, cells, placed.get(heading, ""), beside.get(heading, ""))
    lines = [*HEAD, *_stated(sheet, head), *(f"{PROPOSED}{line}" for line in proposed)]
    return "\n".join(lines) + "\n", [heading for heading in flat.cells.columns if heading not in placed]


def _stated(sheet: str, head: Head) -> list[str]:
    """Where the table that the proposal was made from stands."""
    stated_lines = [f"sheet: {quoted(sheet)}"] if sheet else []
    stated_lines += [f"header_row: {head.row}"] if head.row > 1 else []
    return stated_lines + ([f"header_rows: {head.rows}"] if head.rows > 1 else [])


def placed_columns(cells: pd.DataFrame) -> tuple[dict[str, str], dict[str, str]]:
    """heading -> target by the list of synonyms, else by what heading and cells show; headings whose target is taken."""
    placed: dict[str, str] = {}
    beside: dict[str, str] = {}
    for way in (target_of, lambda heading: by_words(heading, cells[heading])):
        for heading in cells.columns:
            target = "" if heading in placed or heading in beside else way(heading)
            target = "event" if target == "visit" and not _repeated(cells, placed) else target
            target = _of_ticks(target, unmarked(cells[heading])) if target and _ticked(cells[heading]) else target
            if target and (target in SEVERAL or target not in placed.values()):
                placed[heading] = target
            elif target:
                beside[heading] = target
    if "case" not in placed.values() and (first := next(filter(None, map(_numbers(cells), cells.columns)), "")):
        placed[first] = "case"
    return placed, beside


def by_words(heading: str, cells: pd.Series) -> str:
    """An end or an onset where a heading speaks of it and of a unit of time (of both: recovery, days from onset); a test where it has another unit, and the cells numbers."""
    _, unit, _ = parted(heading)
    if unit:
        plain_heading = heading.casefold().replace("_", " ")
        return "resolution" if ENDED.search(plain_heading) else "onset" if ONSET.search(plain_heading) else ""
    words = [text for text in cells.unique() if text and text.casefold() not in tokens()]
    numbers = sum(is_number(text.lstrip("<>≤≥ ")) for text in words)
    return "test" if IN_BRACKETS.match(heading) and numbers * 2 > len(words) else ""


def _repeated(cells: pd.DataFrame, placed: dict[str, str]) -> bool:
    """Whether a patient has several rows, without which a column of events names no visits."""
    case = next((heading for heading, target in placed.items() if target == "case"), "")
    return bool(case) and bool(cells[case].duplicated().any())


def _of_ticks(target: str, words: set[str]) -> str:
    """What a column is whose cells say yes or no: no list, which would have entries called yes.

    A plus under rechallenge may say that it was done or what came of it, so that a person is asked.
    """
    if target == "rechallenge" and "+" in words:
        return target
    return "" if TARGETS[target]["kind"] == "list" else TICKED.get(target, target)


def _ticked(cells: pd.Series) -> bool:
    """Whether the cells say yes or no, in words or as 0 and 1, and no time."""
    words = unmarked(cells) - tokens().keys()
    return bool(words) and words <= known("yes_no").keys() | {"0", "1"}


def _numbers(cells: pd.DataFrame) -> Callable[[str], str]:
    """A heading whose cells are all filled and all different, as those of case numbers are; else blank."""
    return lambda heading: (
        heading if len(cells) > 1 and cells[heading].ne("").all() and cells[heading].is_unique else ""
    )


def of_study(table: Path) -> dict[str, str]:
    """Drug and event of the study in whose folder the table lies; none where it lies in no study's."""
    file = table.with_name("profile.yaml")
    if not file.is_file():
        return {}
    try:
        study_profile = profile.load(file)
    except ValueError:
        return {}
    return {"drug": study_profile.drug.name, "event": study_profile.event.name}


def _every(placed: dict[str, str], known: Mapping[str, str]) -> list[str]:
    lacking = {"drug": "the suspect drug", "event": "the event"}
    open_ = [
        f"  {target}: {quoted(known.get(target, ''))}  # {what}, where all rows have the same; else delete this line and give a column the target"
        for target, what in lacking.items()
        if target not in placed.values()
    ]
    return ["every:", *open_] if open_ else []


def _decimal(cells: pd.DataFrame) -> list[str]:
    """A decimal comma is proposed where numbers have commas and none has a point; asked for where these may part thousands."""
    distinct_texts = pd.unique(cells.to_numpy(object).ravel())
    commas = [text for text in distinct_texts if COMMA.search(text)]
    if not commas or any(POINT.search(text) for text in distinct_texts):
        return []
    if any(not THOUSANDS.search(text) for text in commas):
        return ["decimal: comma              # numbers in this file have commas and no points"]
    return [f'decimal: ""                 # point or comma: say which; in {commas[0]} the comma may part thousands']


def _dates(cells: pd.DataFrame) -> list[str]:
    """What comes first in dates of numbers, where one of them shows it by a number above twelve; else it is asked for."""
    numeric_dates = list(filter(None, map(NUMERIC_DATE.fullmatch, pd.unique(cells.to_numpy(object).ravel()))))
    if not numeric_dates:
        return []
    first, second = (
        any(int(date[1]) > MONTHS for date in numeric_dates),
        any(int(date[2]) > MONTHS for date in numeric_dates),
    )
    if first == second:
        return [f'dates: ""                   # day_first or month_first: say which; such as {numeric_dates[0][0]}']
    shown = next(date[0] for date in numeric_dates if int(date[1 if first else 2]) > MONTHS)
    return [f"dates: {DAY_FIRST if first else MONTH_FIRST}            # as {shown} shows"]


def _missing(cells: pd.DataFrame) -> list[str]:
    """The tokens for missing that stand in the cells, with the usual reason and how often each was seen; NA has none."""
    listed = {row["code"].casefold(): row for row in rows("printed_missing")}
    seen = Counter(text for text in cells.to_numpy(object).ravel() if text.casefold() in listed)
    lines = []
    for token, number in sorted(seen.items()):
        row = listed[token.casefold()]
        asked = (
            "" if row["reason"] else f": {row['label']}? Say which: not_stated, not_applicable, not_done, unknown ..."
        )
        count = f"{number} {'cell' if number == 1 else 'cells'}"
        lines.append(f"  {quoted(token)}: {row['reason'] or quoted('')}  # {count}{asked}")
    return ["missing:", *lines] if lines else []
