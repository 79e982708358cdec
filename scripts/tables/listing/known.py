"""What the listing needs to know of every case, looked up once."""

from collections import defaultdict

from schemas.plain_rows import plain_rows
from scripts.files.bundle import Bundle
from scripts.tables.listing.further_episodes import further
from scripts.tables.marks import marks


class Known:
    """Rows of every case, looked up once."""

    def __init__(self, bundle: Bundle):
        self.marks = marks(bundle)
        self.resolution = bundle.profile.event.primary_resolution
        self.onsets = bundle.onsets
        self.ends = bundle.ends
        self.tests = _by_case(plain_rows(bundle.tests))
        self.further = further(bundle)
        self.judgements = _by_case(plain_rows(bundle.derived["judgements"]))

    def tests_of(self, case: str) -> list[dict]:
        """The tests of a case, apart from those of the exposure of a further episode."""
        elsewhere = {key for episode in self.further.get(case, []) for key in episode.tests}
        return [row for row in self.tests.get(case, []) if row["result"] not in elsewhere]


def _by_case(rows: list[dict]) -> dict[str, list[dict]]:
    rows_by_case: dict[str, list[dict]] = defaultdict(list)
    for row in rows:
        rows_by_case[row["case_id"]].append(row)
    return rows_by_case
