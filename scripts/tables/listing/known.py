"""What the listing needs to know of every case, looked up once."""

from collections import defaultdict

from schemas.fields import NO_VALUE
from scripts.files.bundle import Bundle
from scripts.tables.listing.further_episodes import further
from scripts.tables.marks import marks
from scripts.words.drugs import drug
from scripts.words.times import reported
from scripts.words.wording import coded


class Known:
    """Rows of every case, looked up once."""

    def __init__(self, bundle: Bundle):
        self.marks = marks(bundle)
        self.resolution = bundle.profile.event.primary_resolution
        times = bundle.times.drop_duplicates(["case_id", "endpoint", "clock"])
        self.onsets = bundle.onsets
        ends = times[times["endpoint"] == self.resolution].drop_duplicates("case_id")
        self.ends = {row["case_id"]: row for row in ends.to_dict("records")}
        self.tests = _by_case(bundle.tests.to_dict("records"))
        self.terms = _terms(bundle)
        self.further = further(bundle)
        self.others = _others(bundle)
        said = bundle.series.get("assessments")
        self.assessments = _by_case([] if said is None else said.to_dict("records"))
        self.judgements = _by_case(bundle.derived["judgements"].to_dict("records"))

    def tests_of(self, case: str) -> list[dict]:
        """The tests of a case, apart from those of the exposure of a further episode."""
        elsewhere = {key for one in self.further.get(case, []) for key in one.tests}
        return [row for row in self.tests.get(case, []) if row["result"] not in elsewhere]


def _by_case(rows: list[dict]) -> dict[str, list[dict]]:
    found: dict[str, list[dict]] = defaultdict(list)
    for row in rows:
        found[row["case_id"]].append(row)
    return found


def _terms(bundle: Bundle) -> dict[tuple[str, str], str]:
    reactions = bundle.series.get("reactions")
    if reactions is None:
        return {}
    return {(row["case_id"], row["reaction"]): row["term"] for row in reactions.to_dict("records")}


def _others(bundle: Bundle) -> dict[str, list[str]]:
    """Concomitant drugs by case, what was given with the drug among them, each with its start as reported."""
    courses = bundle.series.get("courses")
    found: dict[str, list[str]] = defaultdict(list)
    for row in [] if courses is None else courses[courses["role"] == "concomitant"].to_dict("records"):
        start = _start(row)
        found[row["case_id"]].append(drug(row) + (f" ({start})" if start else ""))
    return found


def _start(row: dict) -> str:
    if row["start_date"] not in NO_VALUE:
        return row["start_date"]
    low, high = ("" if row[f"start_{end}"] in NO_VALUE else row[f"start_{end}"] for end in ("lower", "upper"))
    return reported(low, high, row["start_scale"], coded("origin", row["start_origin"])) if low or high else ""
