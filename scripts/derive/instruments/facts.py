"""What instruments ask of one patient, gathered once."""

from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd

from schemas.plain_rows import plain_rows
from schemas.rows_by_case import Row, RowsByCase

Answer = tuple[str, str]
"""yes, no, unknown or a blank, and what it rests on or why it stays open."""
OPEN = ""
TIME = ["endpoint", "clock", "lower", "upper", "state", "grain"]
DOSE = ["dose", "given", "amount", "time_date", "time_upper"]
TEST = ["result", "test", "reading"]
MEASURE = ["measure", "detail"]
"""Columns that are asked for."""


@dataclass(frozen=True)
class Facts:
    """One patient.

    patient       the row of `patients`
    times         (endpoint, clock) -> the time of the index episode, where anything is known of it
    timed         some reaction or test has a time
    rechallenges  the rows of `rechallenges`
    given         doses recorded as given
    doses         reported doses of the drug
    tests         reported tests that are evidence
    managements   what was done
    """

    patient: Row
    times: dict[tuple[str, str], Row]
    timed: bool
    rechallenges: list[Row]
    given: int
    doses: list[Row]
    tests: list[Row]
    managements: list[Row]

    @property
    def negative_but_for_fatal(self) -> bool:
        """Some re-exposure is inconclusive only because an earlier event is told as fatal."""
        return any(row["but_for_fatal"] == "negative" for row in self.rechallenges)


def facts(tables: dict[str, pd.DataFrame], derived: dict[str, pd.DataFrame]) -> Iterator[Facts]:
    """The facts of every patient. tables: placed, without what begins after a death. derived: `patients`, `dose_days`, `signs`,
    `rechallenges`, and as `times` each case's own."""
    times = derived["times"]
    times_by_case = RowsByCase(times[(times["of_index"] == "yes") & (times["state"] != "unknown")], TIME)
    timed = set(derived["signs"].loc[derived["signs"]["lower"].notna(), "case_id"])
    days = derived["dose_days"]
    given = days[days["given"].isin(["yes", "partial"])].groupby("case_id").size()
    again = RowsByCase(derived["rechallenges"], ["kind", "why", "but_for_fatal"])
    doses = RowsByCase(tables["doses"][tables["doses"]["exposure"] != ""], DOSE)
    tests, managements = RowsByCase(tables["tests"], TEST), RowsByCase(tables["managements"], MEASURE)
    for patient in plain_rows(derived["patients"]):
        case = patient["case_id"]
        yield Facts(
            patient=patient,
            times=_first(times_by_case.get(case, [])),
            timed=case in timed,
            rechallenges=again.get(case, []),
            given=int(given.get(case, 0)),
            doses=doses.get(case, []),
            tests=tests.get(case, []),
            managements=managements.get(case, []),
        )


def _first(rows: list[Row]) -> dict[tuple[str, str], Row]:
    first_times: dict[tuple[str, str], Row] = {}
    for row in rows:
        first_times.setdefault((row["endpoint"], row["clock"]), row)
    return first_times
