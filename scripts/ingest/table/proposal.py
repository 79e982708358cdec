"""A column map proposed from a table: by its headings, the units in them, and the tokens for missing in its cells.

Every proposed line is a comment that begins with `#?` until a person has set `confirmed: yes`, which accepts those that
are still there. What a code means is never proposed: the codes seen stand there without a meaning, and a map with such a
code is refused.
"""

import argparse
import json
import re
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType

import pandas as pd

from schemas import profile
from schemas.codes import rows
from schemas.column_map import PROPOSED, SEVERAL, TARGETS
from schemas.fields import is_number
from scripts.commands.messages import UserError, say, shown
from scripts.commands.program import program
from scripts.files.atomic import write_text
from scripts.files.source_files import map_beside
from scripts.ingest.flat_file import read_flat
from scripts.ingest.table import strange_rows
from scripts.ingest.table.flat import Flat
from scripts.ingest.table.grammar import DATE, DAY_FIRST, MONTH_FIRST, NUMERIC_DATE, UnreadableError, parse
from scripts.ingest.table.headings import FIRST_ROW, IN_BRACKETS, Head, parted, target_of
from scripts.ingest.table.printed_cells import known, tokens

MONTHS = 12
COMMA, POINT = re.compile(r"[0-9],[0-9]"), re.compile(r"[0-9]\.[0-9]")
ONSET = re.compile(r"\bonset\b|\blatency\b")
ENDED = re.compile(r"\brecovery\b|\bresolution\b|\bresolved\b")
MOST_CODES, LATEST_HEADINGS = 12, 9
TICKED = {"death": "died", "rechallenge": "reexposed"}
"""What a column of a time or of codes is where its cells say yes or no."""
ORIGINS = "first_dose, last_dose, onset, diagnosis, admission, not_stated: say which"


HEAD = (
    "# A column map, proposed: every line that begins with #? is a proposal, and counts for nothing before it is confirmed.",
    "# Mend what is wrong, fill in what is blank, delete what you do not want; then write yes, which accepts the rest.",
    "# Targets and what they mean: docs/formats.md.",
    "confirmed: no",
)


def command(words: list[str]) -> None:
    """The sub-command `map`; an existing map is never overwritten."""
    parser = argparse.ArgumentParser(
        prog=program("scripts.ingest map"), description="Propose a column map for a table with a row per patient."
    )
    parser.add_argument("path", type=Path, metavar="FILE", help="the table, CSV or .xlsx")
    parser.add_argument("--sheet", default="", help="sheet of a workbook with several")
    parser.add_argument("--header-row", type=int, default=1, metavar="N", help="row that holds the headings")
    parser.add_argument("--header-rows", type=int, default=1, metavar="N", help="how many rows the headings take")
    parser.add_argument("--out", type=Path, metavar="FILE", help="where to write it; left out, beside the table")
    given = parser.parse_args(words)
    out = given.out or map_beside(given.path)
    if out.exists():
        raise UserError(f"{shown(out)}: there is a map already. Remove it, or name another with --out.")
    head, flat = _best_headings(given.path, given.sheet, Head(given.header_row, given.header_rows))
    if not len(flat.cells.columns):
        raise UserError(f"{flat.place}: no headings in row {head.row}. Say with --header-row where they stand.")
    text, unplaced = propose(flat, given.path.stem, given.sheet, head, _of_study(given.path))
    write_text(text, out)
    placed = len(flat.cells.columns) - len(unplaced)
    say(f"map: {shown(out)}: {placed} of {len(flat.cells.columns)} columns placed; read it, then set `confirmed: yes`")
    if unplaced:
        say(f"  not placed, kept as notes unless you place them: {', '.join(unplaced)}")
    for each in _noteworthy(flat, head, Head(given.header_row, given.header_rows)):
        say(f"  {each}")


def _best_headings(path: Path, sheet: str, asked: Head) -> tuple[Head, Flat]:
    """The table under the headings asked for; where columns have none there, under the rows that name all of them and hold most of the headings that are known.

    A title above the table, or headings of two rows, leave columns without a name in the first row.
    """
    flat = read_flat(path, sheet, asked)
    if asked != FIRST_ROW or not _unnamed(flat):
        return asked, flat
    heads = [Head(row, taken) for taken in (1, 2) for row in range(1, LATEST_HEADINGS)]
    tried = ((head, _read(path, sheet, head)) for head in heads)
    named = [(head, found) for head, found in tried if found and not _unnamed(found)]
    return max([(asked, flat), *named], key=lambda pair: _known(pair[1]))


def _read(path: Path, sheet: str, head: Head) -> Flat | None:
    """The table under these headings; none where the file ends before them."""
    try:
        return read_flat(path, sheet, head)
    except UserError:
        return None


def _known(flat: Flat) -> int:
    """How many headings are in the list of targets."""
    return sum(bool(target_of(heading)) for heading in flat.cells.columns)


def _unnamed(flat: Flat) -> bool:
    return any(re.search("no name|beyond the last named column", fault["what"]) for fault in flat.faults)


def _noteworthy(flat: Flat, head: Head, asked: Head) -> list[str]:
    """What a person should know before reading the map: where the headings were found, and what stops the table from being read."""
    said = []
    if head != asked:
        which = f"row {head.row}" if head.rows == 1 else f"rows {head.row} and {head.row + 1}"
        said.append(f"headings found in {which}; if they stand elsewhere, say so with --header-row and --header-rows")
    if (first := list(flat.cells.columns[:1])) and (what := strange_rows.turned(flat, first[0])):
        said.append(f"{what} {strange_rows.TURN}")
    faults = Counter(fault["what"] for fault in flat.faults if fault["severity"] == "contract")
    return said + [
        f"to be mended first: {what}" + (f" ({number} times)" if number > 1 else "") for what, number in faults.items()
    ]


def propose(
    flat: Flat, name: str, sheet: str = "", head: Head = FIRST_ROW, said: Mapping[str, str] = MappingProxyType({})
) -> tuple[str, list[str]]:
    """The text of the map, and the headings that could not be placed; said: drug and event, where they are known."""
    placed, beside = _placed(flat.cells)
    proposed = [
        *_decimal(flat.cells),
        *_dates(flat.cells),
        "source:",
        f"  source_id: {_quoted(name)}",
        "  kind: article               # or overview, meeting_abstract, database_listing, own_record ...",
        "  # citation: ...",
        '  locator: ""                 # where the table stands: Table 1, page 4; what is said to be absent needs its place',
        *_every(placed, said),
        *_missing(flat.cells),
        "columns:",
    ]
    for heading in flat.cells.columns:
        proposed += _column(heading, flat.cells[heading], placed.get(heading, ""), beside.get(heading, ""))
    lines = [*HEAD, *_stated(sheet, head), *(f"{PROPOSED}{line}" for line in proposed)]
    return "\n".join(lines) + "\n", [heading for heading in flat.cells.columns if heading not in placed]


def _stated(sheet: str, head: Head) -> list[str]:
    """Where the table that the proposal was made from stands."""
    own = [f"sheet: {_quoted(sheet)}"] if sheet else []
    own += [f"header_row: {head.row}"] if head.row > 1 else []
    return own + ([f"header_rows: {head.rows}"] if head.rows > 1 else [])


def _placed(cells: pd.DataFrame) -> tuple[dict[str, str], dict[str, str]]:
    """heading -> target by the list of synonyms, else by what heading and cells show; headings whose target is taken."""
    placed: dict[str, str] = {}
    beside: dict[str, str] = {}
    for way in (target_of, lambda heading: by_words(heading, cells[heading])):
        for heading in cells.columns:
            target = "" if heading in placed or heading in beside else way(heading)
            target = TICKED.get(target, target) if _ticked(cells[heading]) else target
            if target and (target in SEVERAL or target not in placed.values()):
                placed[heading] = target
            elif target:
                beside[heading] = target
    if "case" not in placed.values() and (first := next(filter(None, map(_numbers(cells), cells.columns)), "")):
        placed[first] = "case"
    return placed, beside


def by_words(heading: str, cells: pd.Series) -> str:
    """An onset or an end where a heading speaks of it and of a unit of time; a test where it has another unit, and the cells numbers."""
    _, unit, _ = parted(heading)
    if unit:
        said = heading.casefold()
        return "onset" if ONSET.search(said) else "resolution" if ENDED.search(said) else ""
    words = [text for text in cells.unique() if text and text.casefold() not in tokens()]
    numbers = sum(is_number(text.lstrip("<>≤≥ ")) for text in words)
    return "test" if IN_BRACKETS.match(heading) and numbers * 2 > len(words) else ""


def _ticked(cells: pd.Series) -> bool:
    """Whether the cells say yes or no, in words or as 0 and 1, and no time."""
    words = {text.casefold() for text in cells.unique() if text} - tokens().keys()
    return bool(words) and words <= known("yes_no").keys() | {"0", "1"}


def _numbers(cells: pd.DataFrame) -> Callable[[str], str]:
    """A heading whose cells are all filled and all different, as those of case numbers are; else blank."""
    return lambda name: name if len(cells) > 1 and cells[name].ne("").all() and cells[name].is_unique else ""


def _of_study(table: Path) -> dict[str, str]:
    """Drug and event of the study in whose folder the table lies; none where it lies in no study's."""
    file = table.with_name("profile.yaml")
    if not file.is_file():
        return {}
    try:
        own = profile.load(file)
    except ValueError:
        return {}
    return {"drug": own.drug.name, "event": own.event.name}


def _every(placed: dict[str, str], said: Mapping[str, str]) -> list[str]:
    lacking = {"drug": "the suspect drug", "event": "the event"}
    open_ = [
        f"  {target}: {_quoted(said.get(target, ''))}  # {what}, where all rows have the same; else delete this line and give a column the target"
        for target, what in lacking.items()
        if target not in placed.values()
    ]
    return ["every:", *open_] if open_ else []


def _decimal(cells: pd.DataFrame) -> list[str]:
    """A decimal comma is proposed where numbers have commas and none has a point."""
    said = pd.unique(cells.to_numpy(object).ravel())
    comma = any(COMMA.search(text) for text in said) and not any(POINT.search(text) for text in said)
    return ["decimal: comma              # numbers in this file have commas and no points"] if comma else []


def _dates(cells: pd.DataFrame) -> list[str]:
    """What comes first in dates of numbers, where one of them shows it by a number above twelve; else it is asked for."""
    found = list(filter(None, map(NUMERIC_DATE.fullmatch, pd.unique(cells.to_numpy(object).ravel()))))
    if not found:
        return []
    first, second = any(int(date[1]) > MONTHS for date in found), any(int(date[2]) > MONTHS for date in found)
    if first == second:
        return [f'dates: ""                   # day_first or month_first: say which; such as {found[0][0]}']
    shown = next(date[0] for date in found if int(date[1 if first else 2]) > MONTHS)
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
        lines.append(f"  {_quoted(token)}: {row['reason'] or _quoted('')}  # {count}{asked}")
    return ["missing:", *lines] if lines else []


def _column(heading: str, cells: pd.Series, target: str, beside: str) -> list[str]:
    name = _quoted(heading)
    if beside:
        return [f"  # {name}: {beside}  # another column has this target: which of them is it?"]
    if not target:
        words = {text.casefold() for text in cells.unique()} - {""}
        hint = (
            "sign  # holds yes and no"
            if words and words <= known("yes_no").keys() | {"-", "–"}
            else "note  # not placed"
        )
        return [f"  # {name}: {hint}"]
    kind = TARGETS[target]["kind"]
    if kind == "test" and (found := IN_BRACKETS.match(heading)):
        return [f"  {name}: {{target: test, name: {_quoted(found[1])}, unit: {_quoted(found[2])}}}"]
    if kind == "dose" and (found := IN_BRACKETS.match(heading)):
        return [f"  {name}: {{target: dose, unit: {_quoted(found[2])}}}"]
    if kind in ("time", "gap"):
        return [f"  {name}:", f"    target: {target}", *_timed(heading, cells, kind)]
    if kind in ("age", "age_sex"):
        unit = parted(heading)[1] or "a"
        return [f"  {name}: {{target: {target}, unit: {unit}}}"]
    if target == "signs":
        return [
            f"  {name}: signs  # where the onset told is that of the first of them: {{target: signs, order: with_first}}"
        ]
    unknown = _codes(cells, TARGETS[target]["codelist"]) if kind == "code" else []
    if unknown:
        listed = ", ".join(dict.fromkeys(known(TARGETS[target]["codelist"]).values()))
        several = "; or several: {outcome: fatal, died: yes}" if target == "outcome" else ""
        return [
            f"  {name}:",
            f"    target: {target}",
            f"    codes:  # say what each means: {listed}{several}",
            *(f'      {_quoted(code)}: ""' for code in unknown),
        ]
    return [f"  {name}: {target}"]


def _timed(heading: str, cells: pd.Series, kind: str) -> list[str]:
    """Unit and origin of a time, as far as heading and cells say them."""
    _, unit, origin = parted(heading)
    if not unit and _are_dates(cells):
        return [f"    unit: {DATE}"]
    lines = (
        [f"    unit: {unit}"] if unit else ['    unit: ""  # of numbers without one: min, h, d, wk, mo, a, study_day']
    )
    if kind == "gap":
        return [*lines, "    # from: previous_start  # or previous_end, where the source says so"]
    return [*lines, f"    from: {origin}" if origin else f'    from: ""  # {ORIGINS}']


def _are_dates(cells: pd.Series) -> bool:
    """Whether most of the distinct cells that can be read are dates."""
    dates = [_is_date(text) for text in cells.unique()[:200] if text and text.casefold() not in tokens()]
    return sum(dates) * 2 > len(dates)


def _is_date(text: str) -> bool:
    try:
        return bool(parse(text, DATE, dates=DAY_FIRST).date) or NUMERIC_DATE.fullmatch(text) is not None
    except UnreadableError:
        return False


def _codes(cells: pd.Series, codelist: str) -> list[str]:
    """Codes of a column that are none of ours, as many as a person can be asked about."""
    words = [text for text in cells.unique() if text and text.casefold() not in tokens()]
    return sorted(text for text in words if text.casefold() not in known(codelist))[:MOST_CODES]


def _quoted(text: str) -> str:
    """A text as YAML in quotation marks."""
    return json.dumps(text, ensure_ascii=False)
