"""What the rechallenge of one case rests on, and the code that its source gives."""

from dataclasses import dataclass, field

import numpy as np

from schemas.codes import crosswalk
from schemas.fields import NO_VALUE
from schemas.rows_by_case import Row
from scripts.records.events import OF_THE_EVENT

RECURRED, NOT_RECURRED, OUTCOME_OPEN, NOT_DONE = "1", "2", "3", "4"
ORDER = (RECURRED, OUTCOME_OPEN, NOT_RECURRED, NOT_DONE)
"""Of several codes of one event the first of these counts."""
SAID = ("recurred", "unknown", "not_recurred")
"""Of what sources say of the event on re-exposure the first of these counts, of one re-exposure and of a patient."""


@dataclass(frozen=True)
class Record:
    """What the rechallenge of one case rests on.

    exposures, episodes   in the order of time
    reactions, tests      by exposure; verdicts: of the unit of each test result
    code                  G.k.9.i.4 of the event as reported, as its E2B number; blank when nobody said
    literal               the same as it stands in the source, which may name no reaction
    days                  dose days by exposure, where all are known
    begins                days on which doses were surely given, by exposure
    doses                 those given, by exposure
    from_extract          the code is that of a public extract, whose `no` is used for `not done` too
    past                  cells of the history that tell of the event after an earlier use of the drug
    window                days that recurrence must have been looked for; nan where the series gives none
    expected              tests that the drug itself changes, which do not count as recurrence
    signs                 signs that the profile names, in comparable form: one sign by whatever name
    """

    case: str
    exposures: list[Row]
    episodes: list[Row]
    reactions: dict[str, list[Row]]
    tests: dict[str, list[Row]]
    verdicts: dict[str, str]
    code: str
    literal: str
    days: dict[str, list[int]]
    begins: dict[str, list[int]]
    doses: dict[str, list[Row]] = field(default_factory=dict)
    from_extract: bool = False
    past: list[str] = field(default_factory=list)
    window: float = np.nan
    expected: frozenset[str] = field(default_factory=frozenset)
    signs: frozenset[str] = field(default_factory=frozenset)

    @property
    def first(self) -> Row | None:
        """The first episode, from which every rechallenge is judged, whatever the index."""
        return self.episodes[0] if self.episodes else None

    @property
    def home(self) -> str:
        """The exposure of the first episode; without one the first exposure."""
        return self.first["exposure"] if self.first else "1"


def events_of(reactions: list[Row]) -> list[Row]:
    return [row for row in reactions if row["role"] == "event"]


def coded_rechallenge(assessments: list[Row], reactions: list[Row]) -> tuple[str, str]:
    """Rechallenge as coded, as its E2B number (G.k.9.i.4): of the event, and as it stands in the source; blank where there is none.

    Of several: recurred, then unknown, then not recurred, then not done. A code of the drug that names no reaction is the
    event's where the case has no other; elsewhere it does not say that it was the event that recurred.
    """
    numbers = crosswalk("rechallenge", "e2b_r3")
    told = [(numbers[row["rechallenge"]], row["reaction"]) for row in assessments if row["rechallenge"] in numbers]
    alone = all(row["role"] in OF_THE_EVENT for row in reactions)
    code_pairs = [
        (OUTCOME_OPEN if code == RECURRED and reaction in NO_VALUE and not alone else code, code)
        for code, reaction in told
    ]
    return min(code_pairs, key=lambda both: ORDER.index(both[0]), default=("", ""))


def of_the_event(assessments: list[Row], reactions: list[Row]) -> list[Row]:
    """Coded results of the event, and those of the drug that name no reaction."""
    events = {row["reaction"] for row in events_of(reactions)}
    return [row for row in assessments if row["reaction"] in events or row["reaction"] in NO_VALUE]
