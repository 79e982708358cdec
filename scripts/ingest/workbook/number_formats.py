"""What a spreadsheet program shows of a number or date: users type what they then see, and not what is stored.

| stored     | format       | shown   | read as                                          |
|------------|--------------|---------|--------------------------------------------------|
| 5.5        | General, 0.0 | 5.5     | 5.5; so too where the format rounds              |
| 7          | 0000         | 0007    | 0007                                             |
| 0.05       | 0%           | 5%      | 5%; refused where the format rounds              |
| 2024-02-01 | mmm-yy, yyyy | Feb-24  | 2024-02, 2024; refused where no year is shown    |
| 3.5 days   | [h]:mm       | 84:00   | 84:00; refused where seconds are not shown       |
| 7          | "C"0, ;;;    | C7, -   | refused: the format shows something else         |
"""

import re
from datetime import time, timedelta
from decimal import Decimal
from functools import cache

COLOURS = r"\[(?:black|blue|cyan|green|magenta|red|white|yellow|color ?\d+)\]"
SILENT = re.compile(rf'{COLOURS}|\[\$-[^\]]*\]|_.|\*.|"\s*"|\\\s', re.IGNORECASE)
"""Colours, locales, spacing and blanks: they change the look and not the value."""
LITERAL = re.compile(rf'"[^"]*"|\\.|{COLOURS}|\[\$[^\]]*\]|_.|\*.|am/pm|a/p', re.IGNORECASE)
SECTIONS = re.compile(r';(?=(?:[^"]*"[^"]*")*[^"]*$)')
PLAIN = re.compile(r"[-+(]?[#0?,]*[#0?](?:\.[#0?]*)?(?:e[+-]?[#0?]+)?\)?|[#0? ]*[#?0]+/[#?0]+", re.IGNORECASE)
PADDED = re.compile(r"00+")
PERCENT = re.compile(r"[#,]*0(?:\.(0+))?%")
MONTH, YEAR = "month", "year"

PART_DATES = {"ymd": "", "ym": MONTH, "y": YEAR}


@cache
def shown_of_date(form: str) -> str | None:
    """How much of a date a format shows: month, year, or blank for the whole; None where it shows no date to read."""
    bare = LITERAL.sub("", SECTIONS.split(form)[0]).lower()
    letters = {"y": "y" in bare, "m": "m" in bare, "d": any(len(run) < 3 for run in re.findall("d+", bare))}
    return PART_DATES.get("".join(letter for letter, there in letters.items() if there))


def time_as_shown(value: time | timedelta, form: str) -> str | None:
    """A time of day or a duration as hours, minutes and, where they are shown, seconds; None where parts are hidden."""
    bare = LITERAL.sub("", SECTIONS.split(form)[0]).lower()
    seconds = value.total_seconds() if isinstance(value, timedelta) else _seconds(value)
    if "h" not in bare or "y" in bare or "d" in bare or seconds != int(seconds) or seconds < 0:
        return None
    if isinstance(value, timedelta) and "[" not in bare:
        return None
    minutes, second = divmod(int(seconds), 60)
    start = f"{minutes // 60:02}:{minutes % 60:02}"
    if "s" in bare:
        return f"{start}:{second:02}"
    return None if second else start


def _seconds(value: time) -> float:
    return value.hour * 3600 + value.minute * 60 + value.second + value.microsecond / 1e6


def number_as_shown(value: int | float, form: str) -> tuple[str, str] | None:
    """The number as text, and what was done to it (blank: nothing); None where the format shows something else."""
    bare = _section(form, (value > 0) - (value < 0))
    if bare.lower() in ("general", "-general", "@") or (PLAIN.fullmatch(bare) and not _padded(value, bare)):
        return as_text(value), ""
    if _padded(value, bare):
        padded = as_text(value).zfill(len(bare))
        return padded, "" if padded == as_text(
            value
        ) else "numbers were read with the leading zeros they are shown with"
    if percent := PERCENT.fullmatch(bare):
        text = f"{Decimal(as_text(value)) * 100:.{len(percent[1] or '')}f}"
        if Decimal(text) == Decimal(as_text(value)) * 100:
            return f"{text}%", "numbers were read as the per cent they are shown as"
    return None


def as_text(value: int | float) -> str:
    """A number in at most 15 digits, which is what a spreadsheet program shows."""
    whole = value == int(value) if abs(value) < 1e15 else False
    return str(int(value)) if whole else repr(float(f"{value:.15g}"))


def _padded(value: int | float, bare: str) -> bool:
    return bool(PADDED.fullmatch(bare)) and value >= 0 and value == int(value)


@cache
def _section(form: str, sign: int) -> str:
    """The section of a format for positive, negative or zero numbers, without what only changes the look."""
    sections = SECTIONS.split(form)
    at = {1: 0, -1: 1, 0: 2}[sign]
    return SILENT.sub("", sections[at] if at < len(sections) else sections[0])
