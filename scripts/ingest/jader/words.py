"""Words of JADER in ours: in one width of letters, several values of a cell apart, a number with its thousands."""

import re
import unicodedata

from scripts.e2b.hl7_times import edtf
from scripts.e2b.translation import ours

BETWEEN = re.compile(r"[;、]\s*|,(?!\d{3}(?!\d))\s*")
"""Between several values in one cell, as of several dosages; not the comma of 1,000."""
THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")


def plain(words: str) -> str:
    """Words in one width of letters: JADER mixes full and half width."""
    return unicodedata.normalize("NFKC", words)


def code(code_list: str, words: str, missing: str = "") -> str:
    """Our code for words of JADER (scripts.e2b.translation)."""
    return ours(code_list, "jader", plain(words), missing)


def codes(code_list: str, words: str, missing: str) -> list[str]:
    """Our codes for the values of a cell, each once."""
    return list(dict.fromkeys(code(code_list, part, missing) for part in BETWEEN.split(plain(words))))


def day(words: str) -> str:
    """An ISO (part) date or a reason for having none; anything else as sent."""
    return edtf(code("missing", words))


def number(words: str) -> str:
    """A number without the commas between its thousands, or a reason for having none; anything else as sent."""
    return words.replace(",", "") if THOUSANDS.fullmatch(words) else code("missing", words)
