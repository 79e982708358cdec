"""Q47: two cells of one patient that cannot both hold."""

import pandas as pd

from schemas.codes import SERIOUSNESS
from schemas.fields import stated, timed
from schemas.profile import Profile
from scripts.records.events import WAS_THERE, is_event, is_sign, shows_event
from scripts.validate.clock import COURSE, course_of, starts
from scripts.validate.flags import as_severe, flag, together
from scripts.validate.row_keys import joined
from scripts.validate.rules.time_columns import surely_before


def find(tables: dict[str, pd.DataFrame], profile: Profile) -> pd.DataFrame:
    """Findings about cells that contradict each other."""
    return together(
        [
            _absent(tables["reactions"]),
            _continuing(tables["history"]),
            *_index(tables["reactions"]),
            _shown(tables),
            *_order(tables),
        ]
    )


def _absent(reactions: pd.DataFrame) -> pd.DataFrame:
    """Said not to have occurred, with what only a reaction that occurred has: neither is used until one is corrected."""
    told = timed(reactions, "onset") | timed(reactions, "end") | stated(reactions["duration"])
    told |= reactions["outcome"].isin(WAS_THERE) | reactions[list(SERIOUSNESS)].eq("yes").any(axis=1)
    wrong = reactions[(reactions["occurred"] == "no") & told]
    what = "said to be absent, with a time, an outcome or a criterion: whether it occurred counts as unknown"
    cure = "Blank the time, the outcome and the criteria of what was absent, or say that it occurred."
    return as_severe(flag("reactions", wrong, "Q47", "occurred", what, cure=cure), "error")


def _continuing(history: pd.DataFrame) -> pd.DataFrame:
    wrong = history[(history["continuing"] == "yes") & timed(history, "end")]
    what = "continuing, and with an end: taken to have gone on"
    return flag("history", wrong, "Q47", "continuing", what, cure="Remove the end, or say that it does not continue.")


def _index(reactions: pd.DataFrame) -> list[pd.DataFrame]:
    """The mark of the index episode on what is no event that occurred, or on events of several courses."""
    marked, event = reactions[reactions["index"] == "yes"], is_event(reactions)
    no_event, index_events = marked[~event[marked.index]], marked[event[marked.index]]
    several = (
        index_events.groupby("case_id")["course"].transform("nunique") > 1
        if len(index_events)
        else index_events["course"] != index_events["course"]
    )
    cure = "Mark one event that occurred, and no other row of the patient."
    return [
        flag(
            "reactions",
            no_event,
            "Q47",
            "index",
            "the index is no event that occurred: the mark is not used",
            cure=cure,
        ),
        flag(
            "reactions",
            index_events[several],
            "Q47",
            "index",
            "events of several courses are the index: the first counts",
            cure=cure,
        ),
    ]


def _shown(tables: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """A test that shows the event in a course in which it is only said to be absent."""
    tests, reactions = tables["tests"], tables["reactions"]
    event, course = reactions[reactions["role"] == "event"], course_of(tests, tables)
    courses_by_word = {word: set(joined(event[event["occurred"] == word], COURSE)) for word in ("yes", "no")}
    wrong = tests[shows_event(tests) & course.isin(courses_by_word["no"] - courses_by_word["yes"])]
    what = "shows the event, which is said to be absent from the course"
    return flag("tests", wrong, "Q47", "reading", what, cure="Correct the reading of the test, or the reaction.")


def _order(tables: dict[str, pd.DataFrame]) -> list[pd.DataFrame]:
    """A sign said to be the first of its course that began surely after another; one said to be later that began before all."""
    reactions = tables["reactions"]
    rows = reactions[is_sign(reactions) & timed(reactions, "onset")]
    ordered = rows[rows["onset_order"].isin(["first", "later"])]
    others = rows.drop(columns=["at_file", "at_row"])
    pairs = ordered.reset_index(names="at").merge(others, on=COURSE, suffixes=("", "_of"))
    pairs = pairs[pairs["reaction"] != pairs["reaction_of"]].reset_index(drop=True)
    if not len(pairs):
        return []
    second = pairs[[column for column in pairs if column.endswith("_of")]].rename(
        columns=lambda column: column.removesuffix("_of")
    )
    second = second.assign(case_id=pairs["case_id"], course=pairs["course"])
    course, begun = course_of(pairs, tables), starts(tables)
    after = surely_before((second, "onset"), (pairs, "onset"), course, begun).groupby(pairs["at"]).any()
    before = surely_before((pairs, "onset"), (second, "onset"), course, begun).groupby(pairs["at"]).all()
    first = ordered["onset_order"] == "first"
    late, early = (comparison.reindex(ordered.index).eq(True) for comparison in (after, before))
    cure = "Correct the order, or the time of one of the two."
    return [
        flag(
            "reactions",
            ordered[first & late],
            "Q47",
            "onset_order",
            "said to be the first, and another began before: the times count",
            cure=cure,
        ),
        flag(
            "reactions",
            ordered[~first & early],
            "Q47",
            "onset_order",
            "said to be later, and began before all others: the times count",
            cure=cure,
        ),
    ]
