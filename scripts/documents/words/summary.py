"""The summary row of a case series: every number with its denominator (definitions: series-table)."""

from collections import Counter

import pandas as pd

from schemas.derived_patients import WELL_DOCUMENTED
from scripts.documents.case_file import CaseFile, has
from scripts.documents.dossier import Dossier
from scripts.words import patients_told, times, wording
from scripts.words.results import result_row


def completeness_of(case: CaseFile) -> float:
    return float(case.derived["completeness"])


def well_documented(data: Dossier) -> int:
    return sum(completeness_of(case) > WELL_DOCUMENTED for case in data.counted)


def considered(cases: list[CaseFile]) -> int:
    """Cases whose sources consider any other cause."""
    return sum(bool(case.rows("alternatives")) for case in cases)


def unstated_outcomes(cases: list[CaseFile]) -> int:
    """Cases of which no outcome of the event is stated."""
    return sum(not has(case.derived["outcome"]) for case in cases)


def alive(data: Dossier) -> str:
    """Who is known alive, died, or not known, with the members counted inside an aggregate who died."""
    return patients_told.alive(data.bundle.results, data.bundle.died_inside)


def confounders(cases: list[CaseFile]) -> Counter[str]:
    """Cases by whether another cause may explain the event: yes, no, not_assessed."""
    return Counter(case.derived["other_cause"] for case in cases)


def dechallenge(data: Dossier) -> tuple[int, int]:
    """Positive, and assessable (drug stopped, outcome known)."""
    row = result_row(data.bundle.results_of("rechallenge"), statistic="dechallenge_positive")
    return (0, 0) if row is None else (int(row["value"]), int(row["n"]))


def rechallenge(data: Dossier, outcome: str = "event") -> tuple[int, int]:
    """Recurred, and informative re-exposed patients."""
    row = result_row(data.bundle.results_of("rechallenge"), statistic="recurred", endpoint=outcome)
    return (0, 0) if row is None else (int(row["value"]), int(row["n"]))


def re_exposed(data: Dossier) -> int:
    row = result_row(data.bundle.results_of("rechallenge"), statistic="ladder", level="re_exposed")
    return 0 if row is None else int(row["value"])


def onset(data: Dossier, statistic: str, endpoint: str = "", group: str = "all") -> pd.Series | None:
    """A result on the onset of the series itself; the primary endpoint unless another is named."""
    matches = data.bundle.results_of(
        "onset",
        set=data.bundle.main_set,
        clock=data.bundle.conventions.clock,
        group=group,
    )
    return result_row(matches, endpoint=endpoint or data.bundle.conventions.onset, statistic=statistic)


def told(data: Dossier, row: pd.Series) -> str:
    """The two ends of a result in words, in the unit of its endpoint."""
    return times.of_result(row.to_dict(), data.bundle.unit(row["endpoint"]))


def records(data: Dossier) -> dict[str, int]:
    """How many records entered, are in, are counted inside an aggregate, and left."""
    matches = data.bundle.results_of("records")
    numbers = {}
    for statistic in ("entered", "in", "counted_inside", "out"):
        row = result_row(matches, statistic=statistic)
        numbers[statistic] = 0 if row is None else int(row["value"])
    return numbers


def called(data: Dossier, endpoint: str) -> str:
    """An endpoint by the name that readers know: the sentinel sign by that of the profile."""
    return wording.endpoint(endpoint, data.bundle.facts.sentinel)
