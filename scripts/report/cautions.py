"""What is to be read with care: where one case decides the shape of an estimated curve, or a curve is complete before all cases
are; and how many findings there are."""

from collections import defaultdict

import pandas as pd

from schemas.endpoints import MAIN_SET
from schemas.plain_rows import plain_rows
from scripts.files.bundle import Bundle
from scripts.words import findings_text, wording
from scripts.words.results import result_rows, warned


def warnings(bundle: Bundle) -> list[tuple[str, list[int]]]:
    """Each in words, with the lines of results.csv that it speaks of."""
    told: dict[str, list[int]] = defaultdict(list)
    sign = bundle.facts.sentinel
    for row in plain_rows(warned(result_rows(bundle.results, set=MAIN_SET))):
        labels = [wording.endpoint(row["endpoint"], sign), row["group"], wording.clock(row["clock"], sign)]
        told[f"{', '.join(labels)}: {wording.signed(row['note'], sign)}"].append(row["line"])
    return list(told.items())


def summary(findings: pd.DataFrame) -> str:
    """The findings counted by what was done."""
    if not len(findings):
        return "No findings."
    counts = findings.groupby(["severity", "action"], sort=False).size()
    return "; ".join(findings_text.counted(number, *matter) for matter, number in counts.items())
