"""vigiGrade-like completeness of a case: starts at 1 and is multiplied by (1 - penalty) of what is missing.

Bergvall et al., Drug Saf 2014;37:65, 10.1007/s40264-013-0131-x; penalties as reproduced in PMC9503115. The
official score works on coded fields of a database; this one on the rows of a case, hence "like".

| missing             | penalty | | missing          | penalty |
|---------------------|---------|-|------------------|---------|
| time to onset       | 0.5     | | dose             | 0.1     |
| indication, outcome | 0.3     | | country          | 0.1     |
| sex, age            | 0.3     | | primary reporter | 0.1     |
| age a band only     | 0.1     | | report type      | 0.1     |
|                     |         | | comments         | 0.1     |

A time to onset that may lie before or after the first dose: 0.3 where it is uncertain by more than a month, else 0.1.
"""

import math

from schemas.codes import crosswalk
from scripts.documents.case_file import CaseFile, has

PENALTIES = {
    "time_to_onset": 0.5, "time_to_onset_month": 0.3, "time_to_onset_days": 0.1, "indication": 0.3, "outcome": 0.3,
    "sex": 0.3, "age": 0.3, "age_band": 0.1, "dose": 0.1, "country": 0.1, "reporter": 0.1, "report_type": 0.1,
    "comments": 0.1,
}  # fmt: skip
WELL_DOCUMENTED = 0.8
MONTH = float(crosswalk("scale", "days")["mo"])


def score(missing: set[str]) -> float:
    """The product over the penalties of what is missing; 1 where nothing is."""
    return math.prod(1 - PENALTIES[name] for name in missing)


def missing(case: CaseFile, onset: str, clock: str) -> set[str]:
    """The penalties that a case incurs."""
    derived = case.derived
    found = {name for name in ("indication", "sex", "dose", "reporter", "report_type") if not has(derived[name])}
    if not has(derived["outcome"]):
        found.add("outcome")
    if not (has(derived["country"]) or has(case.report.get("country"))):
        found.add("country")
    if not (has(case.report.get("narrative")) or has(case.patient.get("summary"))):
        found.add("comments")
    return found | _age(case) | _onset(case.times.get((onset, clock)))


def _age(case: CaseFile) -> set[str]:
    low, high = case.derived["age_lower"], case.derived["age_upper"]
    if has(low) and low == high:
        return set()
    band = has(low) or has(high) or has(case.patient.get("age_group"))
    return {"age_band"} if band else {"age"}


def _onset(time: dict | None) -> set[str]:
    """A negative lower bound means that the event may have come before the drug."""
    if time is None or time["state"] != "observed":
        return {"time_to_onset"}
    if time["lower"] >= 0 or time["upper"] <= 0:
        return set()
    return {"time_to_onset_month" if time["upper"] - time["lower"] > MONTH else "time_to_onset_days"}
