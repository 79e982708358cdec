"""Figures: one file `figure_<name>.py` each, the folder is the list.

A figure module has `WIDTH` (mm), where it cannot be drawn on a single column also `LEAST_WIDTH` (mm), `wanted(data)
-> str` (blank: drawn by default; else why not, in words; definitions: figures-by-default) and
`draw(data, page) -> Drawing`, pure functions of the tables; one that shows results also `rests_on(data)`, their rows.
`page` is what every figure is drawn on, `cumulative` and `swimmer` are parts with several files. The rule: figures plot what derive and analyse found; they compute no statistic.
"""

import importlib
import warnings
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import matplotlib

from schemas.plain_rows import plain_rows
from scripts.commands.messages import UserError
from scripts.figures.drawing import Drawing
from scripts.figures.page.saving import glyph_note, hidden_made_visible, without_ligatures
from scripts.figures.page.standards import BODY, Page, standards
from scripts.figures.page.typeface import DEFAULT, Typeface
from scripts.files.bundle import Bundle
from scripts.words.printable import printable
from scripts.words.results import lines_of


def names() -> list[str]:
    """Names of the figures, read off the folder."""
    return sorted(file.stem.removeprefix("figure_") for file in Path(__file__).parent.glob("figure_*.py"))


def module(figure_name: str) -> ModuleType:
    """The module of a figure."""
    return importlib.import_module(f"scripts.figures.figure_{figure_name}")


def reasons(data: Bundle) -> dict[str, str]:
    """Every figure with the reason for not drawing it by default; blank where it is drawn."""
    return {figure_name: module(figure_name).wanted(data) for figure_name in names()}


def drawn(
    figure_name: str, data: Bundle, width: float | None = None, body: float = BODY, face: Typeface = DEFAULT
) -> Drawing:
    """One figure by the standards of the page, `width` in mm or the figure's own; UserError where it is too narrow."""
    figure = module(figure_name)
    least = getattr(figure, "LEAST_WIDTH", 0.0)
    if width and width < least:
        raise UserError(
            f"{figure_name} needs at least {least:g} mm: its panels are side by side. Give a wider --width."
        )
    with matplotlib.rc_context(standards(face, body)), warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph")  # named in the caption instead
        drawing = figure.draw(data, Page(width or figure.WIDTH, body, face))
    hidden_made_visible(drawing.figure)
    without_ligatures(drawing.figure)
    note = glyph_note(drawing.figure, face)
    caption = f"{drawing.caption} {note}" if note else drawing.caption
    lines = lines_of(*plain_rows(figure.rests_on(data))) if hasattr(figure, "rests_on") else ""
    return replace(drawing, caption=printable(caption), alt=printable(drawing.alt), lines=lines)
