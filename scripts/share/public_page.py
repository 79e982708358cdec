"""The page of the counts that may be published: the rule, the counts as bars, the table; nothing of one patient."""

from pathlib import Path

import jinja2
import pandas as pd

from schemas.plain_rows import plain_rows
from scripts.share.counts import MASKED, RULE, TOTAL
from scripts.words.page_policy import page_policy
from scripts.words.printable import printable

HERE = Path(__file__).parent
WIDE, ROW, LABELS = 640, 18, 330
"""Of the drawing, in its own units: its width, the height of a line, the room for names."""


def drawing(counts: pd.DataFrame, title: str) -> str:
    """The counts of all patients as an SVG: a bar for each, a dashed frame without length where it is masked."""
    shown = counts[counts[TOTAL] != "0"]
    most = max([int(number) for number in shown[TOTAL] if number != MASKED], default=1) or 1
    bars = [
        {
            "y": at * ROW,
            "label": printable(f"{row['variable']}: {row['level']}"),
            "told": row[TOTAL],
            "masked": row[TOTAL] == MASKED,
            "width": 0 if row[TOTAL] == MASKED else round(int(row[TOTAL]) / most * (WIDE - LABELS - 60), 1),
        }
        for at, row in enumerate(plain_rows(shown))
    ]
    shape = {"wide": WIDE, "labels": LABELS, "height": ROW * len(bars) + 4}
    return _environment().get_template("counts.svg.j2").render(bars=bars, title=printable(title), **shape)


def page(counts: pd.DataFrame, title: str, data_lock: str) -> str:
    """The HTML page; `counts`: as `scripts.share.counts.public` gives them."""
    return (
        _environment()
        .get_template("public.html.j2")
        .render(
            title=printable(title),
            data_lock=data_lock,
            rule=RULE,
            columns=list(counts.columns),
            rows=counts.map(printable).to_numpy().tolist(),
            picture=drawing(counts, title),
            policy=page_policy(),
        )
    )


def _environment() -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(HERE), autoescape=True, trim_blocks=True, lstrip_blocks=True
    )
