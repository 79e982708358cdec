"""Colours doubled by shape or pattern: read in grey, with deuteranopia, and words against what lies behind them."""

from itertools import combinations

import numpy as np
import pytest
from matplotlib.colors import to_rgb

from scripts.figures import figure_completeness, figure_rechallenge_flow
from scripts.figures.cumulative import looks as cumulative_looks
from scripts.figures.page import standards
from scripts.figures.swimmer import marks

DEUTERANOPIA = np.array(
    [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
)
"""Linear RGB of severity 1.0 (Machado, Oliveira and Fernandes, IEEE Trans Vis Comput Graph 2009;15:1291)."""
LEAST_STEP = 0.08


def linear(colour: str) -> np.ndarray:
    """Linear RGB (IEC 61966-2-1)."""
    value = np.array(to_rgb(colour))
    return np.where(value <= 0.04045, value / 12.92, ((value + 0.055) / 1.055) ** 2.4)


def luminance(colour: str) -> float:
    """Relative luminance (WCAG 2.1)."""
    return float(linear(colour) @ [0.2126, 0.7152, 0.0722])


def contrast(colour: str, other: str) -> float:
    """Contrast ratio (WCAG 2.1), 1 to 21."""
    low, high = sorted([luminance(colour), luminance(other)])
    return (high + 0.05) / (low + 0.05)


def seen(colour: str) -> np.ndarray:
    """The colour as seen with deuteranopia, in linear RGB."""
    return np.clip(DEUTERANOPIA @ linear(colour), 0, 1)


@pytest.mark.parametrize("colour", [standards.BLACK, standards.DARK, standards.MIDDLE_GREY])
@pytest.mark.parametrize("ground", ["#FFFFFF", standards.FAINT, "#F5F5F5"])
def test_words_stand_out(colour, ground):
    """4.5 : 1 is what WCAG 2.1 asks of small text."""
    assert contrast(colour, ground) >= 4.5


@pytest.mark.parametrize("colour", [standards.BLUE, standards.VERMILLION, *(mark[1] for mark in marks.MARKS.values())])
def test_data_stand_out_from_the_page(colour):
    """3 : 1 is what WCAG 2.1 asks of graphical objects."""
    assert contrast(colour, "#FFFFFF") >= 3


def test_every_mark_of_the_swimmer_has_its_own_shape():
    shapes = [shape for shape, _, _ in marks.MARKS.values()]
    assert len(set(shapes)) == len(shapes)


@pytest.mark.parametrize("looks", [figure_completeness.LOOKS, figure_rechallenge_flow.LOOKS])
def test_fills_differ_by_pattern_or_by_lightness_for_everybody(looks):
    """Two fills of one figure have another hatch, or are told apart in grey and with deuteranopia."""
    for (fill, a), (other, b) in combinations(looks.items(), 2):
        if a.get("hatch") != b.get("hatch"):
            continue
        grey = abs(luminance(a["facecolor"]) - luminance(b["facecolor"]))
        red_green = float(np.abs(seen(a["facecolor"]) - seen(b["facecolor"])).max())
        assert min(grey, red_green) >= LEAST_STEP, (fill, other)


def test_curve_and_band_are_told_apart_without_colour():
    """The NPMLE is hatched and the band is plain; level and bounds differ in weight or dash."""
    assert cumulative_looks.NPMLE["hatch"]
    assert "hatch" not in cumulative_looks.BAND
    assert cumulative_looks.FLAT["linewidth"] > standards.DATA
