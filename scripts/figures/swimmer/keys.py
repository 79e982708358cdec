"""The legend of the swimmer: a key for every mark that is drawn."""

import numpy as np
import pandas as pd

from schemas.codes import labels
from scripts.figures.page import captions, legend
from scripts.figures.page import standards as p
from scripts.figures.swimmer.marks import MARKS, dose_shape
from scripts.files.bundle import Bundle
from scripts.words import times

NAMES = labels("time_state")
"""Of marks that are no endpoint of their own: an end with sequelae."""


def keys(data: Bundle, rows: pd.DataFrame, marks: pd.DataFrame) -> list[legend.Key]:
    legend_keys = []
    for what in MARKS:
        if what == "dose":
            legend_keys += _dose_keys(marks[marks["what"] == "dose"])
        elif (marks["what"] == what).any():
            shape, colour, _ = MARKS[what]
            look = {"marker": shape, "markersize": 4.2, "markerfacecolor": colour, "color": colour}
            legend_keys.append(legend.Key("mark", NAMES.get(what) or captions.endpoint(what, data.facts), look))
    bar = {"facecolor": p.PALE_BLUE, "edgecolor": p.BLUE, "linewidth": p.HAIR}
    finer = data.unit(data.facts.onset) in times.FINER
    words = "possible times, open mark at the last" if finer else "possible days, open mark on the last"
    to_the_day = np.where(marks["panel"].eq("resolution") | finer, 0, 1)
    if (np.isfinite(marks["upper"]) & (marks["upper"] - marks["lower"] > to_the_day)).any():
        legend_keys.append(legend.Key("fill", words, bar))
    if rows["identity"].eq("anonymous").any():
        pale = {"facecolor": "white", "edgecolor": p.MIDDLE_GREY, "linewidth": p.HAIR}
        legend_keys.append(legend.Key("fill", "anonymous member of a group (grey, white)", pale))
    legend_keys.append(legend.Key("arrow", "not known", {"linestyle": ":", "color": p.MIDDLE_GREY}))
    return legend_keys


def _dose_keys(doses: pd.DataFrame) -> list[legend.Key]:
    """A key for every shape in which doses are drawn: triangles, or ticks where days are narrower than a triangle."""
    legend_keys, partial = [], doses["detail"].eq("partial")
    for tick, some, label in ((False, False, "dose given"), (True, False, "dose given (narrow days)"),
                             (False, True, "dose given in part"), (True, True, "dose given in part (narrow days)")):  # fmt: skip
        if ((doses["tick"] == tick) & (partial == some)).any():
            look = {"marker": dose_shape(tick, some), "markersize": 4.2, "color": p.BLACK, "markeredgewidth": p.RULE}
            legend_keys.append(legend.Key("mark", label, look | {"markerfacecolor": "white" if some else p.BLACK}))
    return legend_keys
