"""Changes of what is reported of one case, by the property that must hold of each (definitions: properties)."""

from collections.abc import Callable, Iterator

from schemas.codes import SERIOUSNESS
from tests.decisions.generated import Rows
from tests.validate.build import COURSE, EVENT, WHERE

Change = Callable[[Rows], Rows]


def of_case(rows: Rows, case: str) -> Rows:
    """What a series reports of one case."""
    return {table: [row for row in table_rows if row.get("case_id") == case] for table, table_rows in rows.items()}


def renamed(rows: Rows, case: str) -> Rows:
    return {table: [row | {"case_id": case} for row in table_rows] for table, table_rows in rows.items()}


def more(table: str, **cells: str) -> Change:
    """A further row of a table, of the case's own source."""
    kinds = {"reactions": EVENT, "courses": COURSE}

    def change(rows: Rows) -> Rows:
        (case,) = rows["cases"]
        base = kinds.get(table, WHERE) | {"case_id": case["case_id"], "source_id": case["source_id"]}
        return rows | {table: [*rows[table], base | cells]}

    return change


def the_only(table: str, **cells: str) -> Change:
    """A row of a table that has none of the case."""
    return lambda rows: rows if rows[table] else more(table, **cells)(rows)


def said(table: str, wanted_values: dict[str, tuple[str, ...]] | None = None, **cells: str) -> Change:
    """These cells in every row of a table; only in those whose columns hold one of these values."""
    asked = wanted_values or {}

    def change(rows: Rows) -> Rows:
        wanted = [all(row.get(column, "") in values for column, values in asked.items()) for row in rows[table]]
        return rows | {table: [row | cells if meant else row for row, meant in zip(rows[table], wanted, strict=True)]}

    return change


def fewer(table: str, **gone: tuple[str, ...]) -> Change:
    """A table without the rows whose columns hold one of these values."""

    def change(rows: Rows) -> Rows:
        return rows | {
            table: [row for row in rows[table] if any(row.get(column, "") not in held for column, held in gone.items())]
        }

    return change


def again(rows: Rows) -> Rows:
    """The event once more in the last course, where dates leave the courses in the order of their numbers."""
    drug_courses = [row for row in rows["courses"] if row["substance"] == COURSE["substance"]]
    starts = [row["start_date"] for row in drug_courses]
    if starts != sorted(starts):
        return rows
    return more("reactions", reaction="again", course=drug_courses[-1]["course"], occurred="yes")(rows)


def unless_dead(change: Change) -> Change:
    """Of a patient who is told to have died, what says of which cause is no further death."""

    def changed(rows: Rows) -> Rows:
        fatal = any(row.get("outcome") == "fatal" or row.get("death") == "yes" for row in rows["reactions"])
        reported = any(row["serious_death"] == "yes" for row in rows["reports"])
        return rows if fatal or reported or rows["deaths"] else change(rows)

    return changed


def unless_coded(change: Change) -> Change:
    """Where a code says that the event did not recur, that is what is left when the rows say nothing."""
    return lambda rows: (
        rows if any(row.get("rechallenge") == "not_recurred" for row in rows["assessments"]) else change(rows)
    )


def both(first: Change, second: Change) -> Change:
    return lambda rows: second(first(rows))


def untold(prefix: str) -> dict[str, str]:
    """The cells of a time, blank."""
    return dict.fromkeys((f"{prefix}_{part}" for part in ("date", "lower", "upper", "scale", "origin")), "")


EVENTS = {"role": ("event",), "occurred": ("yes",)}
BAD: dict[str, Change] = {
    "a death": more("deaths"),
    "a death of the event": more("deaths", relatedness="related"),
    "a death of another cause": unless_dead(more("deaths", relatedness="unrelated")),
    "a death in the report": said("reports", serious_death="yes"),
    "a fatal outcome": said("reactions", EVENTS, outcome="fatal"),
    "a criterion of death": said("reactions", EVENTS, death="yes"),
    "another reaction, fatal": unless_dead(
        more("reactions", reaction="x", term="fever", role="other", course="", outcome="fatal")
    ),
    "a recurrence": again,
    "a code of recurrence": more("assessments", assessor="B", drug="examplumab", reaction="r0", rechallenge="recurred"),
    "an event in a skin test": both(
        more("courses", course="13", setting="skin test"),
        more("reactions", reaction="tested", course="13"),
    ),
    "an event under another drug of the class": both(
        more("courses", course="14", drug="otherol", substance="otherol", role="concomitant"),
        more("reactions", reaction="sister", course="14"),
    ),
    "a competitor not excluded": more("alternatives", cause="painting", excluded="no"),
    "a further cause not excluded": more("alternatives", cause="moon", excluded="no"),
    "a doubt about a cause": more("alternatives", cause="moon", excluded="unclear"),
    "a doubt about a competitor": more("alternatives", cause="dyeparin", excluded="unclear"),
    "a competing condition": more("history", item="h", kind="condition", term="painting"),
    "a competing condition that goes on": more(
        "history", item="g", kind="condition", term="painting", continuing="yes", end_date="2020"
    ),
    "a competing drug of the past, until after the event": more(
        "history", item="p", kind="past_drug", term="dyeparin", start_date="2021", end_date="2025"
    ),
    "a criterion of seriousness": said("reactions", EVENTS, hospitalisation="yes"),
    "a serious report": said("reports", serious_hospitalisation="yes"),
    "an event that persists, if it occurred": more(
        "reactions", reaction="perhaps", course="1", occurred="", outcome="not_recovered"
    ),
    "another drug stopped with it": more(
        "courses", course="12", drug="otherumab", substance="otherumab", action_taken="withdrawn"
    ),
    "a death seen at autopsy, some days after the first dose": the_only(
        "deaths", autopsy="yes", time_lower="40", time_upper="40", time_scale="d", time_origin="first_dose"
    ),
    "a competing drug dated by its dose": both(
        more("courses", course="10", drug="dyeparin", substance="dyeparin", role="concomitant"),
        more("doses", course="10", dose="1", time_date="2021-12-01"),
    ),
    "a competing drug": more(
        "courses", course="9", drug="dyeparin", substance="dyeparin", role="concomitant", start_date="2021-12-01"
    ),
}
"""What never raises a good status: more of what speaks against it."""
SILENT: dict[str, Change] = {
    "an event without a word": more(
        "reactions", reaction="silent", course="1", outcome="not_stated", occurred="not_stated"
    ),
    "a test without a word": more("tests", result="silent", test="look", course="1", reading="not_stated"),
    "a cause without a word": more("alternatives", cause="stars", excluded="not_stated"),
    "an assessment without a word": more(
        "assessments",
        assessor="C",
        drug="examplumab",
        reaction="r0",
        rechallenge="not_stated",
        dechallenge="not_stated",
    ),
    "a further drug without a word": more(
        "courses", course="8", drug="otherol", substance="otherol", role="concomitant", action_taken="not_stated"
    ),
    "a skin test": more("courses", course="9", setting="skin test"),
    "another drug of the class": more("courses", course="15", drug="otherol", substance="otherol", role="concomitant"),
    "a judgement of another drug": more(
        "assessments",
        assessor="D",
        drug="otherol",
        reaction="r0",
        method="naranjo",
        result="9",
        answers="5=no",
        reason="its own",
    ),
    "a treatment without a word": more("managements", item="silent", measure="not_stated", time_date="2025-01-01"),
    "a dose without a word": more("doses", course="1", dose="9"),
    "a symptom without a word": more(
        "reactions", reaction="hush", term="itching", role="symptom", course="", occurred="", onset_date="not_stated"
    ),
    "a past drug without a word": more("history", item="d", kind="past_drug", term="examplumab", reaction="not_stated"),
    "a condition without a word": more("history", item="s", kind="condition", term="not_stated"),
}
"""What raises nothing: rows of reasons for missing."""
EMPTIED: dict[str, Change] = {
    "the relation of a death": said("deaths", relatedness=""),
    "the time of a death": said("deaths", **untold("time")),
    "the time of the event": said("reactions", **untold("onset")),
    "the time of other drugs": said("courses", {"course": ("6",)}, **untold("start")),
    "the time of treatments": said("managements", **untold("time")),
    "whether causes are excluded": said("alternatives", excluded=""),
    "whether the event came again": unless_coded(said("reactions", {"reaction": ("r1", "r2")}, occurred="")),
    "whether the event was absent": said("reactions", {"occurred": ("no",)}, occurred=""),
}
"""Blanking with the row kept leaves died, or open, or unknown."""
FEWER: dict[str, Change] = {
    "discharged alive": said("cases", discharged_alive=""),
    "a good outcome": said(
        "reactions", {"outcome": ("recovered", "recovered_with_sequelae", "recovering")}, outcome=""
    ),
    "an excluded cause": fewer("alternatives", excluded=("yes",)),
    "absence of the event": fewer("reactions", occurred=("no",)),
    "a look for the event": fewer("tests", reading=("shows_no_event",)),
    "a good code of dechallenge": said("assessments", {"dechallenge": ("positive",)}, dechallenge=""),
    "a good code of rechallenge": said("assessments", {"rechallenge": ("not_recurred",)}, rechallenge=""),
    **{f"not {name}": said("reactions", {name: ("no",)}, **{name: ""}) for name in SERIOUSNESS},
}
"""Removing what supports a good status never raises it."""
UNDATED = "an undated line of the drug"
"""In a message or an extract, where lines are records and nobody typed them as courses."""


def undated(rows: Rows) -> Rows:
    if rows["cases"][0]["source_id"] == "S1":
        return rows
    return more("courses", course="7", action_taken="")(rows)


KINDS = {"bad evidence": BAD, "silence": SILENT | {UNDATED: undated}, "emptying": EMPTIED, "good evidence": FEWER}


def changes() -> Iterator[tuple[str, str, Change]]:
    """Property, what changes, and the change."""
    for kind, named in KINDS.items():
        for label, change in named.items():
            yield kind, label, change
