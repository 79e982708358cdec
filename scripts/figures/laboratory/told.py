"""Caption and alternative text of the figure of laboratory results."""

import pandas as pd

from scripts.figures.page import captions
from scripts.files.bundle import Bundle
from scripts.words.wording import cell

MOST_PANELS = 12


def _off_the_scale(data: Bundle) -> int:
    """Numeric results of counted cases that have no place on a logarithmic scale: 0, and less."""
    return int((data.tests["case_id"].isin(data.counted["case_id"]) & data.tests["value"].le(0)).sum())


def _reference(printed: str) -> str:
    return "not printed" if not printed else cell(printed)


def caption(data: Bundle, rows: pd.DataFrame, panels: list) -> str:
    flagged = rows[rows["doubtful"] | rows["findings"].ne("")]
    printed = "; ".join(
        f"{row.test} {row.as_printed} (reference {_reference(row.reference_as_printed)}, finding "
        f"{row.findings or 'none'})"
        for row in flagged.itertuples()
    )
    off = _off_the_scale(data)
    conditions = list(dict.fromkeys(filter(None, rows["fold_condition"])))
    return captions.sentences(
        f"Laboratory results of {rows['case_id'].nunique()} of {len(data.counted)} reported cases of {data.facts.event} after "
        f"{data.facts.drug}, logarithmic scales, one panel per test and unit; nothing is converted",
        f"Hollow: flagged, as printed {printed}" if printed else "",
        f"* {'; '.join(conditions)}" if conditions else "",
        "Shaded: up to the printed upper limit; no range is taken from elsewhere",
        "Arrow: printed as less, or more, than the mark" if rows["bound"].ne("").any() else "",
        f"{captions.count(off, 'result')} of 0 or less not drawn: a logarithmic scale has no place for it"
        if off
        else "",
        "Dotted lines join the results of a case in the order reported and say nothing about the time between",
        f"Shown: the first {MOST_PANELS} panels; all results are in the plotted data"
        if len(panels) == MOST_PANELS
        else "",
        captions.closing(data),
    )


def alt(rows: pd.DataFrame, panels: list) -> str:
    spans = "; ".join(f"{test}: {part['shown'].min():.3g} to {part['shown'].max():.3g}" for test, _, part in panels[:4])
    return captions.alt(
        f"Dots on a log scale show {captions.count(len(rows), 'result')} of {captions.count(rows['case_id'].nunique(), 'case')}: {spans}"
    )
