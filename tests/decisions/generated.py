"""Generated series for properties: cases, courses, events, deaths, tests, assessments and other causes drawn together."""

from dataclasses import dataclass

from hypothesis import strategies as st

from schemas.reported import SERIOUSNESS
from tests.validate.build import CASE, COURSE, EVENT, SOURCE, WHERE

OUTCOMES = ("recovered", "", "recovering", "not_recovered", "recovered_with_sequelae", "fatal", "unknown", "not_stated")
ACTIONS = ("withdrawn", "", "reduced", "not_changed", "not_applicable", "unknown", "not_stated")
DATES = ("", "2022-01-03", "2022-01-20", "2022-02", "2022-03-05", "2022")
STARTS = ("", "2022-01-01", "2022-02-15", "2022-06-01", "2022-01")
GOOD_STARTS = ("2021-12-31", "2023-01-01", "2024-01-01")
SOURCES = (
    SOURCE,
    SOURCE | {"source_id": "M", "kind": "message", "extent_read": "structured"},
    SOURCE | {"source_id": "X", "kind": "database_listing", "extent_read": "structured"},
)
COUNTS = ("2", "", "1", "5")
CODES = ("not_recurred", "", "recurred", "outcome_unknown", "not_rechallenged")
CAUSES = ("painting", "dyeparin", "sun")
TABLES = (
    "cases",
    "courses",
    "doses",
    "reactions",
    "tests",
    "deaths",
    "assessments",
    "alternatives",
    "reports",
    "history",
)
Rows = dict[str, list[dict[str, str]]]


@dataclass(frozen=True)
class Drawn:
    """A case as it is drawn. well: most cells say what speaks for a good end, so that good statuses are met too."""

    draw: st.DrawFn
    well: bool

    def cell(self, good: str, *others: str) -> str:
        if self.well and self.draw(st.integers(0, 7)):
            return good
        return self.draw(st.sampled_from((good, *others)))

    def often(self) -> bool:
        """Whether a row that speaks for a good end is there."""
        return bool(self.draw(st.integers(0, 7))) if self.well else self.draw(st.booleans())

    def seldom(self) -> bool:
        """Whether a row that speaks against it is there."""
        return not self.draw(st.integers(0, 7)) if self.well else self.draw(st.booleans())


@st.composite
def series(draw) -> Rows:
    """Some cases of one source each, with any mix of what can be told of them: the line costs as much for ten as for one."""
    made: Rows = {name: [] for name in TABLES}
    for number in range(draw(st.integers(6, 10))):
        of = {"case_id": f"C{number + 1}", "source_id": draw(st.sampled_from(SOURCES))["source_id"]}
        _case(Drawn(draw, draw(st.booleans())), made, of)
    return {"sources": list(SOURCES)} | made


def _case(drawn: Drawn, made: Rows, of: dict[str, str]) -> None:
    courses = drawn.draw(st.integers(1, 3))
    made["cases"].append(CASE | of | {"discharged_alive": drawn.cell("", "yes", "no")})
    made["reports"].append(WHERE | of | {"version": "1", "serious_death": drawn.cell("", "yes", "no")})
    for course in range(1, courses + 1):
        given, start = drawn.cell(*COUNTS), drawn.cell(GOOD_STARTS[course - 1], *STARTS)
        row = {"course": str(course), "given_lower": given, "given_upper": given, "start_date": start}
        row |= {"action_taken": drawn.cell(*ACTIONS), "planned_doses": drawn.cell("5", *COUNTS)}
        made["courses"].append(COURSE | of | row)
        if drawn.seldom():
            day = {
                "dose": "1",
                "time_date": drawn.cell(start, *DATES),
                "end_date": drawn.cell("", *DATES),
                "given": "yes",
            }
            made["doses"].append(WHERE | of | {"course": str(course)} | day)
    _events(drawn, made, of, courses)
    for number in range(drawn.draw(st.integers(0, 2)) + drawn.well):
        row = {"result": f"t{number}", "test": "look", "course": drawn.cell(str(courses), "1")}
        row |= {"reading": drawn.cell("shows_no_event", "shows_event", ""), "time_date": drawn.cell(*DATES)}
        made["tests"].append(WHERE | of | row)
    if drawn.seldom():
        row = {"relatedness": drawn.cell("", "related", "unrelated", "unclear"), "time_date": drawn.cell(*DATES)}
        made["deaths"].append(WHERE | of | row)
    if drawn.seldom():
        row = {"assessor": "A", "drug": "examplumab", "reaction": "r0", "rechallenge": drawn.cell(*CODES)}
        made["assessments"].append(WHERE | of | row | {"dechallenge": drawn.cell("positive", "", "negative")})
    for cause in CAUSES:
        if drawn.often():
            row = {"cause": cause, "excluded": drawn.cell("yes", "", "no", "unclear", "not_stated")}
            made["alternatives"].append(WHERE | of | row)
    if drawn.seldom():
        made["history"].append(WHERE | of | {"item": "h1", "kind": "condition", "term": drawn.cell("gout", "painting")})


def _events(drawn: Drawn, made: Rows, of: dict[str, str], courses: int) -> None:
    """The event in the first course, and what is said of it in others."""
    for number in range(drawn.draw(st.integers(1, 3)) if courses == 1 or not drawn.well else courses):
        own = min(number + 1, courses) if drawn.well else drawn.draw(st.integers(1, courses))
        occurred = "yes" if number == 0 else drawn.cell("no", "yes", "not_stated", "")
        row = {"reaction": f"r{number}", "course": str(own), "occurred": occurred, "outcome": drawn.cell(*OUTCOMES)}
        row |= {"onset_date": drawn.cell("2022-01-03" if number == 0 else "", *DATES)}
        row |= {"end_date": drawn.cell("2022-01-20" if number == 0 else "", *DATES)}
        row |= {name: drawn.cell("no", "", "not_stated") for name in SERIOUSNESS}
        row |= {"death": drawn.cell(row["death"], "yes")}
        made["reactions"].append(EVENT | of | row)
    if drawn.draw(st.booleans()):
        row = {"reaction": "s", "role": "symptom", "term": "itching", "course": "1", "attribution": "certain"}
        made["reactions"].append(EVENT | of | row | {"onset_date": drawn.cell(*DATES)})
