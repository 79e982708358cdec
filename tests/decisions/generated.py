"""Generated series for properties: cases, courses, events, deaths, tests, assessments and other causes drawn together."""

from hypothesis import strategies as st

from tests.validate.build import CASE, COURSE, EVENT, SOURCE, WHERE

OUTCOMES = ("", "recovered", "recovering", "not_recovered", "recovered_with_sequelae", "fatal", "unknown", "not_stated")
ACTIONS = ("", "withdrawn", "reduced", "not_changed", "not_applicable", "unknown", "not_stated")
DATES = ("", "2022-01-03", "2022-01-20", "2022-02", "2022-03-05", "2022")
STARTS = ("", "2022-01-01", "2022-02-15", "2022-06-01", "2022-01")
SOURCES = (
    SOURCE,
    SOURCE | {"source_id": "M", "kind": "message", "extent_read": "structured"},
    SOURCE | {"source_id": "X", "kind": "database_listing", "extent_read": "structured"},
)
COUNTS = ("", "1", "2", "5")
Rows = dict[str, list[dict[str, str]]]


def _sometimes(draw, row: dict[str, str], **choices) -> dict[str, str]:
    return row | {name: draw(st.sampled_from(values)) for name, values in choices.items()}


@st.composite
def series(draw) -> Rows:
    """Some cases of one source each, with any mix of what can be told of them: the line costs as much for ten as for one."""
    made: Rows = {
        name: []
        for name in ("cases", "courses", "reactions", "tests", "deaths", "assessments", "alternatives", "reports")
    }
    for number in range(draw(st.integers(6, 10))):
        _case(draw, made, {"case_id": f"C{number + 1}", "source_id": draw(st.sampled_from(SOURCES))["source_id"]})
    return {"sources": list(SOURCES)} | made


def _case(draw, made: Rows, of: dict[str, str]) -> None:
    courses = draw(st.integers(1, 3))
    made["cases"].append(_sometimes(draw, CASE | of, discharged_alive=("", "yes", "no")))
    made["reports"].append(_sometimes(draw, WHERE | of | {"version": "1"}, serious_death=("", "yes", "no")))
    for course in range(1, courses + 1):
        row = COURSE | of | {"course": str(course)}
        given = draw(st.sampled_from(COUNTS))
        made["courses"].append(
            _sometimes(
                draw,
                row | {"given_lower": given, "given_upper": given},
                action_taken=ACTIONS,
                start_date=STARTS,
                planned_doses=COUNTS,
            )
        )
    for number in range(draw(st.integers(1, 3))):
        row = EVENT | of | {"reaction": f"r{number}", "course": str(draw(st.integers(1, courses)))}
        occurred = "yes" if number == 0 else draw(st.sampled_from(("yes", "no", "not_stated")))
        made["reactions"].append(
            _sometimes(
                draw,
                row | {"occurred": occurred},
                outcome=OUTCOMES,
                onset_date=DATES,
                end_date=DATES,
                death=("", "yes", "no"),
            )
        )
    for number in range(draw(st.integers(0, 2))):
        row = WHERE | of | {"result": f"t{number}", "test": "look", "course": str(draw(st.integers(1, courses)))}
        made["tests"].append(_sometimes(draw, row, reading=("shows_no_event", "shows_event", ""), time_date=DATES))
    if draw(st.booleans()):
        made["deaths"].append(
            _sometimes(draw, WHERE | of, relatedness=("", "related", "unrelated", "unclear"), time_date=DATES)
        )
    if draw(st.booleans()):
        row = WHERE | of | {"assessor": "A", "drug": "examplumab", "reaction": "r0"}
        codes = ("", "recurred", "not_recurred", "outcome_unknown", "not_rechallenged")
        made["assessments"].append(_sometimes(draw, row, rechallenge=codes, dechallenge=("", "positive", "negative")))
    for cause in draw(st.lists(st.sampled_from(("painting", "dyeparin", "sun")), unique=True)):
        row = WHERE | of | {"cause": cause}
        made["alternatives"].append(_sometimes(draw, row, excluded=("", "yes", "no", "unclear", "not_stated")))
