"""The summary row of a case series: every number with its denominator (regulatory reference, 5.3)."""

from collections import Counter
from dataclasses import dataclass

import pandas as pd

from schemas.derived import WELL_DOCUMENTED
from scripts.documents.case_file import CaseFile, has
from scripts.documents.material import Material
from scripts.files.displays import find, one
from scripts.words import times, wording


@dataclass(frozen=True)
class Confounding:
    """Cases by what is said of other causes: assessed (any cause considered), and among them not excluded, unclear."""

    assessed: int
    not_excluded: int
    unclear: int


def completeness_of(data: Material, case: CaseFile) -> float:
    return float(case.derived["completeness"])


def well_documented(data: Material) -> int:
    return sum(completeness_of(data, case) > WELL_DOCUMENTED for case in data.counted)


def confounding(cases: list[CaseFile]) -> Confounding:
    said = [{row["excluded"] for row in case.rows("alternatives")} for case in cases]
    return Confounding(sum(map(bool, said)), sum("no" in one for one in said), sum("unclear" in one for one in said))


def fatal(cases: list[CaseFile]) -> tuple[int, int]:
    """Cases with a fatal outcome or a death, and cases for whom an outcome is stated."""
    died = sum(case.derived["outcome"] == "fatal" for case in cases)
    return died, sum(has(case.derived["outcome"]) for case in cases)


def dechallenge(data: Material) -> tuple[int, int]:
    """Positive, and assessable (drug stopped, outcome known)."""
    row = one(find(data.displays.results, analysis="rechallenge"), statistic="dechallenge_positive")
    return (0, 0) if row is None else (int(row["value"]), int(row["n"]))


def rechallenge(data: Material, outcome: str = "event") -> tuple[int, int]:
    """Recurred, and informative re-exposed patients."""
    row = one(find(data.displays.results, analysis="rechallenge"), statistic="recurred", endpoint=outcome)
    return (0, 0) if row is None else (int(row["value"]), int(row["n"]))


def re_exposed(data: Material) -> int:
    row = one(find(data.displays.results, analysis="rechallenge"), statistic="ladder", level="re_exposed")
    return 0 if row is None else int(row["value"])


def onset(data: Material, statistic: str, endpoint: str = "", group: str = "all") -> pd.Series | None:
    """A result on the onset of the series itself; the primary endpoint unless another is named."""
    own = find(data.displays.results, analysis="onset", set=data.main_set, clock=data.clock, group=group)
    return one(own, endpoint=endpoint or data.onset, statistic=statistic)


def records(data: Material) -> dict[str, int]:
    """How many records entered, are in, are counted inside an aggregate, and left."""
    own = find(data.displays.results, analysis="records")
    found = {}
    for name in ("entered", "in", "counted_inside", "out"):
        row = one(own, statistic=name)
        found[name] = 0 if row is None else int(row["value"])
    return found


def causality(cases: list[CaseFile]) -> tuple[int, Counter[str]]:
    """Cases with a reported judgement, and how often each result was given, in the assessors' words."""
    said = [[row["result"] for row in case.rows("assessments") if has(row["result"])] for case in cases]
    return sum(map(bool, said)), Counter(result for results in said for result in dict.fromkeys(results))


def rows(data: Material) -> list[tuple[str, str]]:
    """The summary row as label and number, denominators printed."""
    cases = data.counted
    n = len(cases)
    entered = records(data)
    positive, assessable = dechallenge(data)
    recurred, informative = rechallenge(data)
    died, stated = fatal(cases)
    other = confounding(cases)
    judged, results = causality(cases)
    return [
        ("Cases", f"{n} cases"),
        (
            "After deduplication",
            f"{n} of {entered['entered']} records that entered; {entered['counted_inside']} "
            f"counted inside an aggregate, {entered['out']} out, each with its reason",
        ),
        ("Well documented", f"{well_documented(data)} of {n} (completeness above {WELL_DOCUMENTED})"),
        ("Onset", _onset(data, n)),
        ("Dechallenge", f"{assessable} with assessable dechallenge of which {positive} positive"),
        (
            "Rechallenge",
            f"{re_exposed(data)} rechallenged of which {recurred} positive for the event ({informative} informative)",
        ),
        (
            "Other causes",
            f"recorded in {other.assessed} of {n}; a cause not excluded in {other.not_excluded}, "
            f"unclear in {other.unclear}",
        ),
        ("Causality as reported", f"judged in {judged} of {n}" + _results(results)),
        ("Fatal", f"{died} fatal of {stated} for whom an outcome is stated ({n - stated} not stated)"),
    ]


def _results(results: Counter[str]) -> str:
    return f": {'; '.join(f'{number} x {name}' for name, number in results.items())}" if results else ""


def _onset(data: Material, n: int) -> str:
    """Time to onset as bounds, with its precision and convention."""
    median, spread = onset(data, "median_bounds"), onset(data, "range")
    label = f"{wording.name(data.onset)} after {wording.name(data.clock)}"
    if median is None or spread is None:
        return f"{label}: no time known in any of {n}"
    return (
        f"{label} known in {wording.count(median['n'])} of {n}; median, bounds, "
        f"{times.since_dose(median['lower'], median['upper'])}; range "
        f"{times.since_dose(spread['lower'], spread['upper'])}"
    )
