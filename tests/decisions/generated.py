"""Generated series for properties: cases, courses, events, deaths, tests, assessments and other causes drawn together."""

from hypothesis import strategies as st

from schemas.codes import SERIOUSNESS
from tests.decisions import drawn_times
from tests.decisions.drawn import Drawn
from tests.decisions.drawn_times import DATES
from tests.validate.build import CASE, COURSE, EVENT, SOURCE, WHERE

OUTCOMES = ("recovered", "", "recovering", "not_recovered", "recovered_with_sequelae", "fatal", "unknown", "not_stated")
ACTIONS = ("withdrawn", "", "reduced", "not_changed", "not_applicable", "unknown", "not_stated")
STARTS = ("", "2022-01-01", "2022-02-15", "2022-06-01", "2022-01")
GOOD_STARTS = ("2021-12-31", "2023-01-01", "2024-01-01")
SOURCES = (
    SOURCE,
    SOURCE | {"source_id": "M", "kind": "message", "extent_read": "structured"},
    SOURCE | {"source_id": "X", "kind": "database_listing", "extent_read": "structured"},
)
COUNTS = ("2", "", "1", "5")
CODES = ("not_recurred", "", "recurred", "outcome_unknown", "not_rechallenged")
NO_USES = ("skin test", "placebo", "desensitisation", "oral provocation after a skin test")
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
    "managements",
    "links",
    "statements",
)
Rows = dict[str, list[dict[str, str]]]


@st.composite
def series(draw) -> Rows:
    """Some cases of one source each, with any mix of what can be told of them: the line costs as much for ten as for one."""
    made: Rows = {table: [] for table in TABLES}
    for number in range(draw(st.integers(6, 10))):
        ids = {"case_id": f"C{number + 1}", "source_id": draw(st.sampled_from(SOURCES))["source_id"]}
        _case(Drawn(draw, draw(st.booleans())), made, ids)
    _aggregate(Drawn(draw, well=False), made)
    return {"sources": list(SOURCES)} | made


def _aggregate(drawn: Drawn, made: Rows) -> None:
    """Some cases are known only as members of a group; others are said to be counted inside it, or perhaps to be."""
    named = []
    for row in made["cases"]:
        if drawn.draw_of((False, False, True)):
            row |= {"identity": "anonymous", "aggregate_id": "A1"}
        else:
            named.append(row["case_id"])
    for case in named if len(named) < len(made["cases"]) else []:
        verdict = drawn.draw_of(("", "", "", "member_of", "suspected", "different"))
        if verdict:
            made["links"].append({"a": case, "b": "A1", "verdict": verdict, "confidence": "high", "reason": "invented"})
    told = {"statement": "T1", "aggregate_id": "A1", "n": "1", "of": "2", "variable": "clinical_resolution"}
    if made["links"]:
        made["statements"].append(WHERE | told | {"lower": "0", "upper": "14", "scale": "d"})


def _case(drawn: Drawn, made: Rows, ids: dict[str, str]) -> None:
    courses = drawn.draw(st.integers(1, 3))
    made["cases"].append(CASE | ids | {"discharged_alive": drawn.cell("", "yes", "no")})
    report = {"version": "1", "serious_death": drawn.cell("", "yes", "no")}
    made["reports"].append(WHERE | ids | report | {"serious_hospitalisation": drawn.cell("no", "", "yes")})
    for course in range(1, courses + 1):
        _course(drawn, made, ids, course)
    _other_drug(drawn, made, ids)
    _events(drawn, made, ids, courses)
    for number in range(drawn.draw(st.integers(0, 2)) + drawn.well):
        row = {"result": f"t{number}", "test": "look", "course": drawn.cell(str(courses), "1", "")}
        row |= {"reading": drawn.cell("shows_no_event", "shows_event", "")} | drawn_times.told(drawn, "time", "")
        made["tests"].append(WHERE | ids | row)
    if drawn.seldom():
        row = {"relatedness": drawn.cell("", "related", "unrelated", "unclear"), "autopsy": drawn.cell("", "yes")}
        made["deaths"].append(WHERE | ids | row | drawn_times.told(drawn, "time", "", origins=SINCE))
    if drawn.seldom():
        row = {
            "assessor": "A",
            "drug": drawn.cell("examplumab", ""),
            "reaction": "r0",
            "rechallenge": drawn.cell(*CODES),
        }
        made["assessments"].append(WHERE | ids | row | {"dechallenge": drawn.cell("positive", "", "negative")})
    _besides(drawn, made, ids)


SINCE = (*drawn_times.ORIGINS, "onset:r0")


def _course(drawn: Drawn, made: Rows, ids: dict[str, str], course: int) -> None:
    """A course of the drug, under either of its names, and perhaps records of its doses."""
    given, start = drawn.cell(*COUNTS), drawn.cell(GOOD_STARTS[course - 1], *STARTS)
    row = {"course": str(course), "given_lower": given, "given_upper": given, "start_date": start}
    row |= {"action_taken": drawn.cell(*ACTIONS), "planned_doses": drawn.cell("5", *COUNTS)}
    row |= {"drug": drawn.cell("examplumab", "examplia"), "role": drawn.cell("suspect", "interacting")}
    row |= {"setting": drawn.cell("", "hospital", *(NO_USES if ids["source_id"] == "S1" else ()))}
    row |= {"indication": drawn.cell("itch", "ache", "", "another")}
    row |= drawn_times.gap(drawn) if course > 1 else {}
    made["courses"].append(COURSE | ids | row)
    if drawn.seldom():
        for dose in range(1, drawn.draw(st.integers(1, 3)) + 1):
            day = drawn_times.told(drawn, "time", start if dose == 1 else "", origins=("first_dose",))
            day |= {
                "dose": str(dose),
                "end_date": drawn.cell("", *DATES),
                "given": drawn.cell("yes", "", "partial", "no"),
            }
            day |= {"form": drawn.cell("", "implant"), "dosage_text": drawn.cell("", "desensitisation, step 1")}
            made["doses"].append(WHERE | ids | {"course": str(course)} | day)


def _besides(drawn: Drawn, made: Rows, ids: dict[str, str]) -> None:
    """Other causes, other drugs, treatments and the history."""
    for cause in CAUSES:
        if drawn.often():
            row = {"cause": cause, "excluded": drawn.cell("yes", "", "no", "unclear", "not_stated")}
            made["alternatives"].append(WHERE | ids | row)
    if drawn.seldom():
        row = {"item": "m1", "measure": drawn.cell("steroids", "not_stated")} | drawn_times.told(drawn, "time", "")
        made["managements"].append(WHERE | ids | row)
    if drawn.seldom():
        made["history"].append(
            WHERE | ids | {"item": "h1", "kind": "condition", "term": drawn.cell("gout", "painting")}
        )
    if drawn.seldom():
        row = {"item": "h2", "kind": "past_drug", "term": drawn.cell("otherol", "examplia"), "reaction": "blue rash"}
        made["history"].append(WHERE | ids | row)


def _other_drug(drawn: Drawn, made: Rows, ids: dict[str, str]) -> None:
    """Another drug, perhaps of the class; the event may be told of it too."""
    if drawn.seldom():
        drug_name = drawn.cell("otherol", "dyeparin", "unknown")
        row = {"course": "6", "drug": drug_name, "substance": drug_name, "role": drawn.cell("concomitant", "suspect")}
        row |= {"action_taken": drawn.cell(*ACTIONS)} | drawn_times.told(drawn, "start", "")
        made["courses"].append(COURSE | ids | row)
        if drawn.seldom():
            row = {"reaction": "six", "course": "6", "occurred": drawn.cell("no", "yes", "", "not_stated")}
            row |= {"outcome": drawn.cell(*OUTCOMES)} | drawn_times.told(drawn, "onset", "")
            made["reactions"].append(EVENT | ids | row)


def _events(drawn: Drawn, made: Rows, ids: dict[str, str], courses: int) -> None:
    """The event in the first course, and what is said of it in others."""
    for number in range(drawn.draw(st.integers(1, 3)) if courses == 1 or not drawn.well else courses):
        course = min(number + 1, courses) if drawn.well else drawn.draw(st.integers(1, courses))
        occurred = "yes" if number == 0 else drawn.cell("no", "yes", "not_stated", "")
        row = {"reaction": f"r{number}", "course": str(course), "occurred": occurred, "outcome": drawn.cell(*OUTCOMES)}
        row |= drawn_times.told(drawn, "onset", "2022-01-03" if number == 0 else "")
        row |= drawn_times.end(drawn, f"r{number}", "2022-01-20" if number == 0 else "")
        row |= {criterion: drawn.cell("no", "", "not_stated") for criterion in SERIOUSNESS}
        row |= {criterion: drawn.cell(row[criterion], "yes") for criterion in ("death", "hospitalisation")}
        made["reactions"].append(EVENT | ids | row)
    if drawn.draw(st.booleans()):
        row = {"reaction": "s", "role": "symptom", "term": "itching", "course": "1", "attribution": "certain"}
        row |= {"onset_order": drawn.cell("", "first", "later"), "present_before": drawn.cell("", "yes")}
        made["reactions"].append(EVENT | ids | row | drawn_times.told(drawn, "onset", "", origins=SINCE))
