"""The codes of re-exposure alone, as a message or extract gives them (definitions: rechallenge)."""

import pandas as pd

from scripts.analyse.results import rows

STEPS = {"coded": "1234", "re-exposed": "123", "informative": "12", "recurred": "1"}
"""Step -> the numbers of E2B G.k.9.i.4 that it counts; FAERS RECHAL is told by the same."""


def coded(cases: pd.DataFrame) -> list[dict]:
    """Coded, re-exposed, informative, recurred."""
    everyone = list(cases["case_id"])
    return [
        rows.row(
            "coded_funnel",
            everyone,
            level=step,
            counted=list(cases.loc[cases["e2b_literal"].isin(list(codes)), "case_id"]),
            method="count of codes",
            endpoint="event",
        )
        for step, codes in STEPS.items()
    ]
