"""Keys to marks, lines and fills, laid out as running text so that no key is ever cut or covers data."""

from collections.abc import Callable
from dataclasses import dataclass, field

from scripts.figures.page.standards import Page, Sheet

SWATCH, GAP = 5.0, 3.5


@dataclass(frozen=True)
class Key:
    """A sample and what it stands for. kind: fill, line, mark or arrow; `style` is matplotlib's."""

    kind: str
    words: str
    style: dict = field(default_factory=dict)


def height(page: Page, keys: list[Key], width: float) -> float:
    """Height in mm the keys need within `width`."""
    return _place(page, keys, width)[1]


def draw(sheet: Sheet, left: float, top: float, width: float, keys: list[Key]) -> float:
    """Draw the keys from the top left corner; gives the y below them."""
    places, tall = _place(sheet.page, keys, width)
    for key, (x, y, lines) in zip(keys, places, strict=True):
        middle = top + y + sheet.page.small_line / 2
        _SAMPLES[key.kind](sheet, left + x, middle, key.style)
        sheet.paragraph(left + x + SWATCH + 1, top + y, lines, small=True)
    return top + tall


def _place(page: Page, keys: list[Key], width: float) -> tuple[list[tuple[float, float, list[str]]], float]:
    """(x, y, lines of words) of every key, and the height of all: as many on a line as fit."""
    x = y = tall = 0.0
    places = []
    for key in keys:
        lines = page.wrapped(key.words, width - SWATCH - 1, small=True)
        need = SWATCH + 1 + page.widest(lines, small=True)
        if x and x + need > width:
            x, y = 0.0, tall
        places.append((x, y, lines))
        x += need + GAP
        tall = max(tall, y + len(lines) * page.small_line)
    return places, tall


def _fill(sheet: Sheet, x: float, y: float, style: dict) -> None:
    sheet.box(x, y - 0.9, SWATCH, 1.8, **style)


def _line(sheet: Sheet, x: float, y: float, style: dict) -> None:
    sheet.rule((x, x + SWATCH), (y, y), **style)


def _mark(sheet: Sheet, x: float, y: float, style: dict) -> None:
    sheet.mark(x + SWATCH / 2, y, **style)


def _arrow(sheet: Sheet, x: float, y: float, style: dict) -> None:
    sheet.arrow((x, y), (x + SWATCH, y), **style)


_SAMPLES: dict[str, Callable[[Sheet, float, float, dict], None]] = {
    "fill": _fill,
    "line": _line,
    "mark": _mark,
    "arrow": _arrow,
}
