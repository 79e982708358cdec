"""Measuring a finished figure: what lies outside the page, what overlaps, how small type is, how thin lines are."""

from dataclasses import dataclass
from itertools import combinations

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.collections import Collection
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.text import Text
from matplotlib.transforms import Bbox

DPI = 100
MM = 25.4 / DPI


def drawn_on(figure: Figure) -> FigureCanvasAgg:
    """The figure on a canvas, drawn."""
    figure.set_dpi(DPI)
    canvas = FigureCanvasAgg(figure)
    canvas.draw()
    return canvas


@dataclass(frozen=True)
class Words:
    """Visible words of a page of this size with their boxes in mm, origin at the bottom left, and their type."""

    size: tuple[float, float]
    boxes: list[tuple[str, Bbox]]
    smallest: float

    @property
    def said(self) -> list[str]:
        return [words for words, _ in self.boxes]

    def overlaps(self, slack: float = 0.35) -> list[tuple[str, str]]:
        """Pairs of words whose boxes share more than `slack` mm in both directions."""
        pairs = []
        for (word, a), (other, b) in combinations(self.boxes, 2):
            wide, tall = min(a.x1, b.x1) - max(a.x0, b.x0), min(a.y1, b.y1) - max(a.y0, b.y0)
            if wide > slack and tall > slack:
                pairs.append((word, other))
        return pairs

    def outside(self, slack: float = 0.2) -> list[str]:
        """Words that reach over the edge of the page."""
        width, height = self.size
        return [
            word
            for word, box in self.boxes
            if box.x0 < -slack or box.y0 < -slack or box.x1 > width + slack or box.y1 > height + slack
        ]


def words(figure: Figure) -> Words:
    """Measure every visible text."""
    renderer = drawn_on(figure).get_renderer()
    texts = [text for text in figure.findobj(Text) if text.get_visible() and text.get_text().strip() and _drawn(text)]
    boxes = [(text.get_text(), Bbox(np.asarray(text.get_window_extent(renderer).get_points()) * MM)) for text in texts]
    width, height = (inches * 25.4 for inches in figure.get_size_inches())
    return Words((width, height), boxes, min((text.get_fontsize() for text in texts), default=7.0))


def _drawn(text: Text) -> bool:
    """Labels of an axes without axis are not drawn."""
    return text.axes is None or text.axes.axison or text in text.axes.texts


def thinnest_line(figure: Figure) -> float:
    """Least width in points of anything stroked."""
    lines = [
        line.get_linewidth() for line in figure.findobj(Line2D) if line.get_linestyle() not in ("None", "none", "")
    ]
    marks = [
        line.get_markeredgewidth() for line in figure.findobj(Line2D) if line.get_marker() not in ("None", None, "")
    ]
    edges = [patch.get_linewidth() for patch in figure.findobj(Patch) if patch.get_edgecolor()[3] > 0]
    many = [
        width
        for drawn in figure.findobj(Collection)
        if len(drawn.get_edgecolor())
        for width in np.atleast_1d(drawn.get_linewidth())
    ]
    return min(width for width in [*lines, *marks, *edges, *many, 1.0] if width > 0)
