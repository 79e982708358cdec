"""What a patient's state at a stage looks like: as a tile, as the ribbon that leads to it, and in words."""

from scripts.figures.page import standards as p
from scripts.figures.page.standards import Look

STATES = ("yes", "came_back", "no", "inconclusive", "not_known", "not_applicable")
LOOKS: dict[str, Look] = {
    "yes": {"facecolor": p.SKY, "edgecolor": p.BLACK},
    "came_back": {"facecolor": p.VERMILLION, "edgecolor": p.BLACK},
    "no": {"facecolor": "white", "edgecolor": p.BLACK},
    "inconclusive": {"facecolor": p.FAINT, "edgecolor": p.BLACK, "hatch": "....."},
    "not_known": {"facecolor": "white", "edgecolor": p.MIDDLE_GREY, "hatch": "/////"},
    "not_applicable": {"facecolor": p.LIGHT, "edgecolor": p.MIDDLE_GREY},
}
RIBBONS: dict[str, Look] = {
    **{state: {"facecolor": p.FAINT, "edgecolor": p.MIDDLE_GREY, "linewidth": p.HAIR} for state in LOOKS},
    "yes": {"facecolor": p.PALE_BLUE, "edgecolor": p.BLUE, "linewidth": p.HAIR},
    "came_back": {"facecolor": p.PALE_ORANGE, "edgecolor": p.VERMILLION, "linewidth": p.HAIR, "hatch": "////"},
}
"""A ribbon looks like the state it leads to."""
SIGNS = {"yes": "✓", "came_back": "+", "no": "–", "inconclusive": "", "not_known": "", "not_applicable": ""}
WORDS = {
    "yes": "yes", "came_back": "recurred", "no": "no", "inconclusive": "inconclusive",
    "not_known": "not known", "not_applicable": "does not apply",
}  # fmt: skip
