"""How the parts of a panel of onset or resolution look, and the key that says what they mean."""

import numpy as np
import pandas as pd

from scripts.figures.cumulative.panel import NEVER, Panel, straddlers
from scripts.figures.page import standards as p
from scripts.figures.page.legend import Key
from scripts.figures.page.standards import Look
from scripts.words.times import FINER

BAND: Look = {"facecolor": p.PALE_BLUE, "edgecolor": p.BLUE, "linewidth": p.RULE}
NPMLE: Look = {"facecolor": "none", "edgecolor": p.VERMILLION, "hatch": "/////", "linewidth": p.RULE}
FLAT: Look = {"color": p.VERMILLION, "linewidth": 1.6}
MEDIAN: Look = {"color": p.BLACK, "linewidth": 1.4, "marker": "|", "markersize": 4, "markeredgewidth": 1.0}
IDENTIFIED: Look = {"facecolor": p.BLUE, "edgecolor": p.BLUE, "linewidth": p.HAIR}
ANONYMOUS: Look = {"facecolor": "white", "edgecolor": p.MIDDLE_GREY, "linewidth": p.HAIR}
STRADDLES: Look = {
    "marker": "D",
    "markersize": 2.2,
    "markerfacecolor": "white",
    "markeredgewidth": 0.6,
    "color": p.BLACK,
}
DIED: Look = {"marker": "X", "markersize": 4, "color": p.BLACK, "markeredgewidth": 0}
DEAD: Look = {"facecolor": "white", "edgecolor": p.DARK, "hatch": "xxxxx", "linewidth": p.HAIR}
HEAD: Look = {"marker": ">", "markerfacecolor": "white", "markeredgecolor": p.DARK, "markeredgewidth": 0.6}


def keys(panels: list[Panel], warned: bool) -> list[Key]:
    """The key of the panels; only what is drawn in one of them."""
    rows = pd.concat([panel.rows for panel in panels])
    states, anonymous = set(rows["state"]), rows["identity"].eq("anonymous")
    timed = rows["state"].isin(["observed", "not_resolved"])
    legend_keys = [Key("fill", "from the known to the possible share", BAND)]
    legend_keys += [Key("line", "bounds of the median", MEDIAN)] if any(panel.median for panel in panels) else []
    if any(len(panel.steps) for panel in panels):
        legend_keys.append(Key("fill", f"NPMLE{' †' if warned else ''}: rises somewhere in here", NPMLE))
        legend_keys.append(Key("line", "NPMLE: level", FLAT))
    possible = "times" if any(panel.unit in FINER for panel in panels) else "days"
    legend_keys += [Key("fill", f"case: possible {possible}", IDENTIFIED)] if (timed & ~anonymous).any() else []
    legend_keys += [Key("fill", "anonymous member of a group", ANONYMOUS)] if (timed & anonymous).any() else []
    legend_keys += [Key("mark", "straddles the threshold", STRADDLES)] if any(map(len, map(straddlers, panels))) else []
    legend_keys += (
        [Key("arrow", "time not known", {"linestyle": ":", "color": p.MIDDLE_GREY})] if "unknown" in states else []
    )
    if states & set(NEVER):
        words = "died without it" if "sequelae" not in states else "died, or ended with sequelae"
        legend_keys.append(Key("mark", f"case: {words}", DIED))
        surely = rows["state"].isin(NEVER) & np.isfinite(rows["upper"])
        legend_keys += [Key("fill", f"share: {words}", DEAD)] if surely.any() else []
    return legend_keys
