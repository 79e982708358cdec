"""The standards of the page: sizes in millimetres, one typeface, one palette (definitions: figure-standards).

A figure is laid out in millimetres from the top left corner of a `Sheet`, so that a width given by a journal is
kept to the tenth of a millimetre and nothing is rescaled after it was set.

Type is 7 pt at final size and never below 6 pt, in the typeface of `typeface`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path as File
from typing import Any

from matplotlib.axes import Axes
from matplotlib.collections import PolyCollection
from matplotlib.figure import Figure
from matplotlib.font_manager import get_font
from matplotlib.lines import Line2D
from matplotlib.patches import FancyArrowPatch, PathPatch, Rectangle
from matplotlib.path import Path
from matplotlib.text import Text
from matplotlib.transforms import Affine2D

from scripts.figures.page.typeface import DEFAULT, Typeface

MM_PER_INCH = 25.4
MM_PER_POINT = MM_PER_INCH / 72
TALLEST = 230.0
SINGLE, MIDDLE, DOUBLE = 85.0, 129.0, 174.0
WIDTHS = {
    "elsevier-single": 90.0, "elsevier-middle": 140.0, "elsevier-double": 190.0,
    "springer-single": 84.0, "springer-middle": 129.0, "springer-double": 174.0,
    "nature-single": 89.0, "nature-double": 183.0,
}  # fmt: skip
"""Column widths of journal families in mm (definitions: figure-standards; check the journal's current page)."""

BODY, LEAST = 7.0, 7.0
SHADE, BELOW = -2.0, -1.0
"""Drawing order of shades and of what lies on the page, below the panels at 0."""
HAIR, RULE, DATA = 0.4, 0.6, 1.0
"""Line widths in points: grid, frames, data. Journals ask for at least 0.3."""
DIGITS = 9
"""Decimals of a unit of time that are plotted: 30 minutes are 30, whatever part of a day they are."""

# Okabe and Ito: told apart with and without colour vision; every use is doubled by shape, hatch or label.
BLACK, SKY, BLUE, VERMILLION = "#000000", "#56B4E9", "#0072B2", "#D55E00"
DARK, MIDDLE_GREY, LIGHT, FAINT = "#404040", "#6B6B6B", "#C8C8C8", "#EDEDED"
PALE_BLUE, PALE_ORANGE = "#D4E8F5", "#F7E0CC"

Look = dict[str, Any]
"""Keyword arguments of matplotlib that say how something looks."""

STANDARDS: dict[Any, Any] = {
    "axes.linewidth": RULE,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "xtick.labelsize": LEAST,
    "ytick.labelsize": LEAST,
    "xtick.major.width": RULE,
    "ytick.major.width": RULE,
    "xtick.major.size": 2.0,
    "ytick.major.size": 2.0,
    "xtick.major.pad": 1.5,
    "ytick.major.pad": 1.5,
    "hatch.linewidth": HAIR,
    "lines.linewidth": DATA,
    "patch.linewidth": RULE,
    "text.parse_math": False,  # a dollar sign in a reported word is a dollar sign
    "text.usetex": False,
    "text.hinting": "none",  # letters keep their shapes and widths at every resolution
    "pdf.fonttype": 42,  # TrueType; Type 3 is refused by journals
    "ps.fonttype": 42,
    "svg.fonttype": "none",  # text stays text
    "figure.facecolor": "white",
    "savefig.facecolor": "white",
    "axes.facecolor": "none",
}


def standards(face: Typeface = DEFAULT, body: float = BODY) -> dict[Any, Any]:
    """matplotlib's settings for a typeface and a body type in points."""
    return STANDARDS | {"font.family": face.families, "font.size": body, "axes.labelsize": body}


@dataclass(frozen=True)
class Page:
    """The page a figure is drawn for: its width in mm, its body type in points, its typeface."""

    width: float
    body: float = BODY
    face: Typeface = DEFAULT

    @property
    def small(self) -> float:
        """Secondary type: a point less where the body is larger than the least."""
        return max(LEAST, self.body - 1)

    @property
    def line(self) -> float:
        """Height of a line of body type in mm."""
        return self.body * MM_PER_POINT * 1.3

    @property
    def small_line(self) -> float:
        return self.small * MM_PER_POINT * 1.3

    def width_of(self, words: str, *, small: bool = False, bold: bool = False) -> float:
        """Width in mm of one line of text."""
        return _width(words, self.small if small else self.body, self.face.bold if bold else self.face.regular)

    def widest(self, lines: list[str], *, small: bool = False) -> float:
        return max((self.width_of(line, small=small) for line in lines), default=0.0)

    def wrapped(self, words: str, width: float, *, small: bool = False, bold: bool = False) -> list[str]:
        """The words broken into lines no wider than `width` mm; a word that is wider alone is broken too."""
        lines = [""]
        for word in words.split():
            joined = f"{lines[-1]} {word}".strip()
            if self.width_of(joined, small=small, bold=bold) <= width:
                lines[-1] = joined
                continue
            pieces = self._pieces(word, width, small, bold)
            lines = [*lines, *pieces] if lines[-1] else pieces
        return lines

    def _pieces(self, word: str, width: float, small: bool, bold: bool) -> list[str]:
        pieces = [""]
        for letter in word:
            if pieces[-1] and self.width_of(pieces[-1] + letter, small=small, bold=bold) > width:
                pieces.append("")
            pieces[-1] += letter
        return pieces

    def shortened(self, words: str, width: float, *, small: bool = False) -> str:
        """The words on one line, with an ellipsis where they are cut; the plotted data hold them whole."""
        words = " ".join(words.split())
        if self.width_of(words, small=small) <= width:
            return words
        while words and self.width_of(words + "…", small=small) > width:
            words = words[:-1]
        return words.rstrip() + "…"

    def sheet(self, height: float) -> "Sheet":
        return Sheet(self, min(height, TALLEST))


@cache
def _width(words: str, size: float, path: File) -> float:
    font = get_font([str(path), str(DEFAULT.regular)] if path != DEFAULT.regular else str(path))
    font.set_size(size, 72)
    font.set_text(words or " ", 0.0)
    return font.get_width_height()[0] / 64 * MM_PER_POINT


class Sheet:
    """A white page in millimetres, y downwards from the top edge, on which panels and words are placed."""

    def __init__(self, page: Page, height: float):
        self.page, self.width, self.height = page, page.width, height
        self.figure = Figure(figsize=(page.width / MM_PER_INCH, height / MM_PER_INCH))
        self.mm = Affine2D().scale(1 / page.width, -1 / height).translate(0, 1) + self.figure.transFigure

    def panel(self, left: float, top: float, width: float, height: float) -> Axes:
        """Axes whose frame has these edges; their labels lie outside."""
        where = (left / self.width, 1 - (top + height) / self.height, width / self.width, height / self.height)
        return self.figure.add_axes(where)

    def write(self, x: float, y: float, words: str, *, small: bool = False, **style) -> Text:
        """Words with their centre line at y, from x (or to x with ha="right", around x with ha="center")."""
        size = self.page.small if small else self.page.body
        look: Look = {
            "ha": "left",
            "va": "center_baseline",
            "color": BLACK,
            "fontsize": size,
            "transform": self.mm,
        } | style
        return self.figure.text(x, y, words, **look)

    def paragraph(self, x: float, y: float, lines: list[str], *, small: bool = False, **style) -> float:
        """Lines below one another from the top edge y; gives the y below the last."""
        step = self.page.small_line if small else self.page.line
        for number, line in enumerate(lines):
            self.write(x, y + (number + 0.5) * step, line, small=small, **style)
        return y + len(lines) * step

    def rule(self, x: tuple[float, float], y: tuple[float, float], **style) -> None:
        self.figure.add_artist(Line2D(x, y, **self._look({"color": BLACK, "linewidth": RULE}, style)))

    def box(self, left: float, top: float, width: float, height: float, **style) -> None:
        look = self._look({"facecolor": "white", "edgecolor": BLACK, "linewidth": RULE}, style)
        self.figure.add_artist(Rectangle((left, top), width, height, **look))

    def boxes(self, corners: Sequence[tuple[float, float]], width: float, height: float, **style) -> None:
        """Many boxes of one size and look, at these top left corners."""
        look = self._look({"facecolor": "white", "edgecolor": BLACK, "linewidth": RULE}, style)
        shapes = [[(x, y), (x + width, y), (x + width, y + height), (x, y + height)] for x, y in corners]
        self.figure.add_artist(PolyCollection(shapes, **look))

    def band(self, start: tuple[float, float], end: tuple[float, float], width: float, **style) -> None:
        """A band of one width from the left top corner `start` to the left bottom corner `end`, bent like an S."""
        (x, top), (to, bottom) = start, end
        half = (top + bottom) / 2
        right = [(to + width, bottom), (to + width, half), (x + width, half), (x + width, top)]
        corners = [(x, top), (x, half), (to, half), (to, bottom), *right, (x, top)]
        curve = [Path.MOVETO, *[Path.CURVE4] * 3, Path.LINETO, *[Path.CURVE4] * 3, Path.CLOSEPOLY]
        self.figure.add_artist(PathPatch(Path(corners, curve), **self._look({"linewidth": HAIR}, style)))

    def mark(self, x: float, y: float, **style) -> None:
        self.marks([x], [y], **style)

    def marks(self, x: list[float], y: list[float], **style) -> None:
        """Many marks of one look."""
        look = self._look({"linestyle": "none", "color": BLACK, "markersize": 4}, style)
        self.figure.add_artist(Line2D(x, y, **look))

    def arrow(self, start: tuple[float, float], end: tuple[float, float], **style) -> None:
        """A straight arrow with an open head."""
        look = {"arrowstyle": "->", "linewidth": RULE, "color": BLACK, "shrinkA": 0, "shrinkB": 0, "mutation_scale": 5}
        self.figure.add_artist(FancyArrowPatch(start, end, **self._look(look, style)))

    def _look(self, usual: Look, style: Look) -> Look:
        """The look with everything of the page below its panels."""
        return {"transform": self.mm, "zorder": BELOW} | usual | style
