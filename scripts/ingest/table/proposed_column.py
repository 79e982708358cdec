"""What a proposed map says of one column: its target, with unit, origin and codes as far as heading and cells show them."""

import json

import pandas as pd

from schemas.map_column import TARGETS
from scripts.ingest.table.grammar import DATE, DAY_FIRST, NUMERIC_DATE, UnreadableError, parse
from scripts.ingest.table.headings import IN_BRACKETS, parted
from scripts.ingest.table.printed_cells import known, tokens

MOST_CODES = 12
ORIGINS = "first_dose, last_dose, onset, diagnosis, admission, not_stated: say which"


def proposed_column(heading: str, cells: pd.Series, target: str, beside: str) -> list[str]:
    name = quoted(heading)
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
        return [f"  {name}: {{target: test, name: {quoted(found[1])}, unit: {quoted(found[2])}}}"]
    if kind == "dose" and (found := IN_BRACKETS.match(heading)):
        return [f"  {name}: {{target: dose, unit: {quoted(found[2])}}}"]
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
            *(f'      {quoted(code)}: ""' for code in unknown),
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


def quoted(text: str) -> str:
    """A text as YAML in quotation marks."""
    return json.dumps(text, ensure_ascii=False)
