"""What a proposed map says of one column: its target, with unit, origin and codes as far as heading and cells show them."""

import json
import re
from collections import Counter

import pandas as pd

from schemas.fields import is_number
from schemas.map_column import TARGETS
from scripts.ingest.table.grammar import DATE, MARKS, parse
from scripts.ingest.table.headings import JUDGED, judged, measure, parted
from scripts.ingest.table.printed_dates import DAY_FIRST, NUMERIC_DATE
from scripts.ingest.table.printed_words import NAMED, known, tokens
from scripts.ingest.table.unreadable import UnreadableError

MOST_CODES, LONGEST, MOST_LOOKED_AT = 12, 300, 200
DATED = re.compile(r"\bdates?\b", re.IGNORECASE)
ASKED_OF_EACH = {
    "visit": "patient, or the number of the exposure it tells of, 1, 2, ...",
    "instrument": "exposure where its instances number the exposures, else patient",
}
ORIGINS = "first_dose, last_dose, onset, diagnosis, admission, not_stated: say which"


def proposed_column(heading: str, cells: pd.Series, target: str, beside: str) -> list[str]:
    label = quoted(heading)
    if beside:
        return [f"  # {label}: {beside}  # another column has this target: which of them is it?"]
    if not target:
        return [f"  # {label}: {_hint(cells)}"]
    kind = TARGETS[target]["kind"]
    if kind in ("test", "dose") and all(measured := measure(heading)):
        named = f"target: test, name: {quoted(measured[0])}" if kind == "test" else "target: dose"
        return [f"  {label}: {{{named}, unit: {quoted(measured[1])}}}"]
    if target == JUDGED and (judged_by := judged(heading)):
        by = ", ".join(f"{key}: {quoted(word)}" for key, word in judged_by.items())
        return [f"  {label}: {{target: {target}, {by}}}"]
    if kind in ("time", "gap"):
        return [f"  {label}:", f"    target: {target}", *_timed(heading, cells, target)]
    if kind in ("age", "age_sex"):
        unit = parted(heading)[1] or "a"
        return [f"  {label}: {{target: {target}, unit: {unit}}}"]
    if target == "signs":
        return [
            f"  {label}: signs  # where the onset told is that of the first of them: {{target: signs, order: with_first}}"
        ]
    if target in ASKED_OF_EACH:
        return [f"  {label}:", f"    target: {target}", *_each(cells, ASKED_OF_EACH[target])]
    if kind == "code" and (unknown := _codes(cells, TARGETS[target]["codelist"])):
        return [f"  {label}:", f"    target: {target}", *_asked(target, unknown)]
    return [f"  {label}: {target}"]


def _hint(cells: pd.Series) -> str:
    """What a column that was not placed may be."""
    dash = {"-", "–"}
    words = unmarked(cells) - (tokens().keys() - dash)
    if words and words <= {"0", "1"}:
        return 'sign  # holds 0 and 1; say what they mean: {target: sign, codes: {"0": "", "1": ""}}'
    marks = words - known("yes_no").keys() - dash
    if len(words) > 1 and marks and not any(NAMED.search(word) or word[:1].isdigit() for word in words):
        asked = ", ".join(f'{quoted(mark)}: ""' for mark in sorted(marks))
        return f"sign  # holds marks; say what each means: {{target: sign, codes: {{{asked}}}}}"
    if not words - dash or not words <= known("yes_no").keys() | dash:
        number = '; holds numbers; if they are results: {target: test, unit: ""}' if are_numbers(cells) else ""
        return f"note  # not placed{number}"
    dashes = sorted(words & dash)
    return "sign  # holds yes and no" + (
        f"; where {dashes[0]} is no: {{target: sign, codes: {{{quoted(dashes[0])}: no}}}}" if dashes else ""
    )


def _each(cells: pd.Series, asked: str) -> list[str]:
    """The visits, or instruments, of which a person has to say what they tell of."""
    return [f"    codes:  # say of each: {asked}", *(f'      {quoted(text)}: ""' for text in cells.unique() if text)]


def _asked(target: str, unknown: list[str]) -> list[str]:
    """The codes of which a person has to say what each means: the first of them a line each, the others named."""
    listed = ", ".join(dict.fromkeys(known(TARGETS[target]["codelist"]).values()))
    several = "; or several: {outcome: fatal, died: yes}" if target == "outcome" else ""
    more = unknown[MOST_CODES:]
    return [
        f"    codes:  # say what each means: {listed}{several}",
        *(f'      {quoted(code)}: ""' for code in unknown[:MOST_CODES]),
        *([f"      # and {len(more)} more: {', '.join(more)[:LONGEST]}"] if more else []),
    ]


def _timed(heading: str, cells: pd.Series, target: str) -> list[str]:
    """Unit and origin of a time, as far as heading and cells say them; of the first dose its date."""
    _, unit, origin = parted(heading)
    if not unit and (target == "start" or DATED.search(heading) or _are_dates(cells)):
        return [f"    unit: {DATE}"]
    lines = (
        [f"    unit: {unit}"] if unit else ['    unit: ""  # of numbers without one: min, h, d, wk, mo, a, study_day']
    )
    if TARGETS[target]["kind"] == "gap":
        return [*lines, "    # from: previous_start  # or previous_end, where the source says so"]
    return [*lines, f"    from: {origin}" if origin else f'    from: ""  # {ORIGINS}']


def _are_dates(cells: pd.Series) -> bool:
    """Whether most of the distinct cells that can be read are dates."""
    texts = _distinct(cells)
    return sum(map(_is_date, texts)) * 2 > len(texts)


def are_numbers(cells: pd.Series) -> bool:
    """Whether most of the distinct cells are numbers, as results of a test are."""
    texts = _distinct(cells)
    return sum(is_number(text.lstrip("<>≤≥ ")) for text in texts) * 2 > len(texts)


def are_lengths(cells: pd.Series) -> bool:
    """Whether most of the distinct cells are lengths of time, each with its unit."""
    texts = _distinct(cells)
    return sum(map(_is_length, texts)) * 2 > len(texts)


def _distinct(cells: pd.Series) -> list[str]:
    return [text for text in cells.unique()[:MOST_LOOKED_AT] if text and text.casefold() not in tokens()]


def _is_length(text: str) -> bool:
    try:
        return not parse(text).date
    except UnreadableError:
        return False


def _is_date(text: str) -> bool:
    try:
        return bool(parse(text, DATE, dates=DAY_FIRST).date) or NUMERIC_DATE.fullmatch(text) is not None
    except UnreadableError:
        return False


def _codes(cells: pd.Series, codelist: str) -> list[str]:
    """Codes of a column that are none of ours, the most frequent first, each once however it is spelled."""
    ours = tokens().keys() | known(codelist).keys()
    words = Counter[str]()
    for cell, number in cells.value_counts(sort=False).items():
        text = MARKS.sub("", str(cell))
        if text and text.casefold() not in ours:
            words[text] += number
    spelled = {text.casefold(): text for text in sorted(words, reverse=True)}
    often = Counter[str]()
    for text, number in words.items():
        often[text.casefold()] += number
    return [spelled[fold] for fold in sorted(often, key=lambda fold: (-often[fold], fold))]


def unmarked(cells: pd.Series) -> set[str]:
    """What stands in the cells of a column, capitals and footnote marks aside."""
    return {MARKS.sub("", text).casefold() for text in cells.unique()} - {""}


def quoted(text: str) -> str:
    """A text as YAML in quotation marks."""
    return json.dumps(text, ensure_ascii=False)
