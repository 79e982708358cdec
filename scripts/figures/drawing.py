"""What every figure gives; what it takes is the bundle."""

from dataclasses import dataclass

import pandas as pd
from matplotlib.figure import Figure

ALT_LIMIT = 250


@dataclass(frozen=True)
class Drawing:
    """A finished figure: the picture, its caption and alternative text, and the data plotted in it."""

    figure: Figure
    caption: str
    alt: str
    data: pd.DataFrame
    lines: str = ""
    """Lines of results.csv that its numbers stand on."""

    def __post_init__(self):
        if len(self.alt) > ALT_LIMIT:
            raise ValueError(f"alt text has {len(self.alt)} characters; screen readers get at most {ALT_LIMIT}")
