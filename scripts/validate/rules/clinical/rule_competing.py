"""Q30: another explanation of the event is there: one considered and not excluded, or one that the profile knows."""

import pandas as pd

from schemas.fields import timed
from schemas.profile import Profile
from schemas.time_columns import times_of
from scripts.clock.intervals import calendar
from scripts.records.cause_names import Names
from scripts.records.uses import with_uses
from scripts.validate.clock import course_of, starts
from scripts.validate.flags import flag, narrow, together, worded
from scripts.validate.rules.event_courses import in_event_course, of_the_event
from scripts.validate.rules.time_columns import surely_before

PLACES = (
    ("history", "term", "start"),
    ("reactions", "term", "onset"),
    ("courses", "drug", "start"),
    ("courses", "substance", "start"),
    ("courses", "premedication", "start"),
    ("courses", "mitigation", "start"),
    ("managements", "measure", "time"),
)
"""Table, column, and the prefix of the time at which it began."""
OF_ITS_COURSE = ("term", "premedication", "mitigation")


def find(tables: dict[str, pd.DataFrame], profile: Profile) -> pd.DataFrame:
    """Findings about competing explanations."""
    alternatives = tables["alternatives"]
    left = alternatives[alternatives["excluded"].isin(["no", "unclear"])]
    state = worded(left["excluded"], {"no": "not excluded", "unclear": "not clearly excluded"}.__getitem__)
    parts = [flag("alternatives", left, "Q30", "cause", "another cause was considered and " + state)]
    if profile.event.competing:
        parts.append(_of_the_profile(tables, profile))
    return together(parts)


def _of_the_profile(tables: dict[str, pd.DataFrame], profile: Profile) -> pd.DataFrame:
    """A cause that the profile knows stands in the case; one kind once a row, however many of its columns name it.

    It is left out where it cannot explain the event: excluded by the source (`alternatives`), over or not the patient's
    own, begun surely after the event, or part of a course without the event.
    """
    tables = tables | {"courses": with_uses(tables["courses"], tables["doses"])}
    names = Names(profile.event.competing)
    excluded = _excluded(tables["alternatives"], names)
    parts = []
    for table_name, column, prefix in PLACES:
        rows, treatment = tables[table_name], table_name not in ("history", "reactions")
        kinds = {text: names.stated(text, of_treatment=treatment) for text in rows[column].unique()}
        rows = _present(
            table_name, rows[rows[column].isin([text for text, stated_kinds in kinds.items() if stated_kinds])]
        )
        rows = _able(rows, table_name, column, prefix, tables) if len(rows) else rows
        for kind, cause in profile.event.competing.items():
            kind_rows = rows[rows[column].isin([text for text, stated_kinds in kinds.items() if kind in stated_kinds])]
            kind_rows = kind_rows[~kind_rows["case_id"].isin(excluded.get(kind, ()))]
            parts.append(flag(table_name, kind_rows, "Q30", column, f"{kind}: {cause.why} ({cause.source})"))
    return together(parts).drop_duplicates(["table", "file", "row", "what"])


def _excluded(alternatives: pd.DataFrame, names: Names) -> dict[str, set[str]]:
    """Kind of cause -> cases whose source excludes it."""
    out = alternatives[alternatives["excluded"] == "yes"]
    cases: dict[str, set[str]] = {}
    for cause, rows in out.groupby("cause", sort=False):
        for kind in names.named(str(cause)):
            cases.setdefault(kind, set()).update(rows["case_id"])
    return cases


def _present(table_name: str, rows: pd.DataFrame) -> pd.DataFrame:
    """Rows of a table that say what the patient had or was given at the time.

    Not a relative's condition; not a drug that was not administered; of the reactions only those that are no part of the
    event. A condition that is said to be over, and a drug of the past, only where their end has a time, which decides.
    """
    if table_name == "history":
        past = ((rows["kind"] == "past_drug") & (rows["continuing"] != "yes")) | (rows["continuing"] == "no")
        return rows[(~past | timed(rows, "end")) & (rows["kind"] != "family")]
    if table_name == "courses":
        return rows[rows["role"] != "not_administered"]
    return rows[(rows["role"] == "other") & (rows["occurred"] == "yes")] if table_name == "reactions" else rows


def _able(
    rows: pd.DataFrame, table_name: str, column: str, prefix: str, tables: dict[str, pd.DataFrame]
) -> pd.DataFrame:
    """Rows that can explain the event by their course and their time; of unknown time they can.

    What began surely after the event, or after a sentinel sign of it in the same course, explains nothing: the event had
    begun by then. Nor does what was surely over before every event began, or before the drug was given, unless the source
    calls it continuing.
    """
    if table_name in ("courses", "reactions") and column in OF_ITS_COURSE:
        rows = rows[in_event_course(rows, tables)]
    events = narrow(_begun(tables), "course", "reaction", *times_of("onset")).drop(columns=["at_file", "at_row"])
    times = rows[["case_id", *times_of(prefix)]].set_axis(["case_id", *times_of("other")], axis=1)
    if "end_date" in rows:
        ends = rows[times_of("end")]
        times = times.join(ends.mask(rows["continuing"] == "yes", "") if "continuing" in rows else ends)
    pairs = times.reset_index(names="at").merge(events, on="case_id")
    if not len(pairs):
        return rows
    course, begun = course_of(pairs, tables), starts(tables)
    later = surely_before((pairs, "onset"), (pairs, "other"), course, begun)
    after_every = later.groupby([pairs["at"], course]).any().groupby(level=0).all()
    unable = set(after_every.index[after_every])
    if "end_date" in pairs:
        over = surely_before((pairs, "end"), (pairs, "onset"), course, begun)
        over |= calendar(pairs["end_date"])["last"] < begun["first"].reindex(course).set_axis(pairs.index)
        over = over.groupby(pairs["at"]).all()
        unable |= set(over.index[over])
    return rows[~rows.index.isin(unable)]


def _begun(tables: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """The events, and the sentinel signs of their courses."""
    reactions = tables["reactions"]
    sign = (reactions["role"] == "sentinel_sign") & (reactions["occurred"] == "yes")
    part = reactions[sign & (reactions["attribution"] != "unlikely")]
    return pd.concat([of_the_event(tables), part[in_event_course(part, tables)]])
