"""Texts that a spreadsheet program would take for a formula are guarded by an apostrophe: one rule for every CSV.

A text is risky that begins with = + - @ (or their wide forms), a tab or a carriage return, and is no plain number and
no range of numbers such as `-1 to 2`. One that already has apostrophes before such a start gets one more, so that
taking one away restores it.
"""

import re

STARTS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
_NUMBER = r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?"
HARMLESS = re.compile(rf"{_NUMBER}( to {_NUMBER})?|-inf|-")


def guarded(text: str) -> str:
    """The text as a cell of a CSV file."""
    return f"'{text}" if _risky(text) else text


def unguarded(cell: str) -> str:
    """The text that was written as this cell."""
    return cell[1:] if cell.startswith("'") and _risky(cell[1:]) else cell


def _risky(text: str) -> bool:
    bare = text.lstrip("'")
    return bare.startswith(STARTS) and not HARMLESS.fullmatch(bare)
