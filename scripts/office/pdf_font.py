"""The embedded typeface of all PDFs, and what it cannot print.

DejaVu Sans comes with matplotlib and covers Latin, Greek, Cyrillic and more. A character it lacks, or one of a
script written from right to left (which the PDF library would print in reverse), is shown by its code point, so
that nothing is lost or misread in silence: `[U+4E2D]`.
"""

import re
import unicodedata
from collections.abc import Callable, Sequence
from functools import cache, lru_cache

import matplotlib
from reportlab import rl_config
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from scripts.words.printable import code_point, printable

SANS, BOLD = "DejaVuSans", "DejaVuSans-Bold"
FOLDER = f"{matplotlib.get_data_path()}/fonts/ttf"
PLAIN = re.compile(r"[\x20-\x7e\n]*")


@cache
def registered() -> frozenset[int]:
    """Register both faces once; the code points that they have in common."""
    rl_config.useA85 = 0  # binary streams: smaller files, made faster
    faces = [TTFont(face_name, f"{FOLDER}/{face_name}.ttf", asciiReadable=1) for face_name in (SANS, BOLD)]
    for face in faces:
        face.face.makeSubset = _remembered(face.face.makeSubset)
        pdfmetrics.registerFont(face)
    pdfmetrics.registerFontFamily(SANS, normal=SANS, bold=BOLD, italic=SANS, boldItalic=BOLD)
    return frozenset(faces[0].face.charToGlyph) & frozenset(faces[1].face.charToGlyph)


def _remembered(make: Callable[[Sequence[int]], bytes]) -> Callable[[Sequence[int]], bytes]:
    """Make the font program of the same letters once: most files of a series need the same."""
    kept = lru_cache(maxsize=32)(lambda letters: make(list(letters)))
    return lambda letters: kept(tuple(letters))


def shown(text: str) -> str:
    """The text with characters that cannot be printed shown by their code points."""
    if PLAIN.fullmatch(text):
        return text
    known = registered()
    return "".join(letter if _fits(letter, known) else code_point(letter) for letter in printable(text))


def _fits(letter: str, known: frozenset[int]) -> bool:
    return letter == "\n" or (ord(letter) in known and unicodedata.bidirectional(letter) not in ("R", "AL"))
