"""What the rechallenge of one case rests on, and the code that its source gives."""

from dataclasses import dataclass, field

import numpy as np

from schemas.codes import crosswalk
from scripts.derive.rows_of_cases import Row

NOT_DONE = "4"


@dataclass(frozen=True)
class Record:
    """What the rechallenge of one case rests on.

    exposures, episodes   in the order of time
    reactions, tests      by exposure; verdicts: of the unit of each test result
    code                  G.k.9.i.4 of the event as reported, as its E2B number; blank when nobody said
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


def codes(assessments: list[Row], reactions: list[Row]) -> str:
    """G.k.9.i.4 of the event as reported, as its E2B number: recurred, then unknown, then not recurred, then not done."""
    events = {row["reaction"] for row in events_of(reactions)}
    numbers = crosswalk("rechallenge", "e2b_r3")
    said = {
        numbers[row["rechallenge"]]
        for row in assessments
        if row["reaction"] in events and row["rechallenge"] in numbers
    }
    return next((code for code in ("1", "3", "2", NOT_DONE) if code in said), "")
