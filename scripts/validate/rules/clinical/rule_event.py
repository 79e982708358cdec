"""The event: Q29 terms outside the profile, Q32 recovered without date or scan, Q33 absences."""

import pandas as pd

from schemas.fields import NO_VALUE, filled, stated
from schemas.profile import Profile
from schemas.time_columns import times_of
from scripts.records.corrections import row_key
from scripts.records.events import ENDED, is_event
from scripts.records.terms import COLUMNS, bear
from scripts.validate.clock import course_of, starts
from scripts.validate.flags import flag, narrow, together
from scripts.validate.rules.time_columns import surely_before

CLEAR = ("shows_no_event", "normal")
READ_IN_PART = ("title_only", "secondary")


def find(tables: dict[str, pd.DataFrame], profile: Profile) -> pd.DataFrame:
    """Findings about the event and its outcome."""
    reactions = narrow(
        tables["reactions"],
        "course",
        "reaction",
        *COLUMNS,
        "role",
        "occurred",
        "outcome",
        *times_of("onset"),
        "end_date",
        "end_upper",
        "source_id",
        "locator",
        "status",
    )
    return together(
        [
            *_terms(reactions, profile),
            _recovered(reactions, tables),
            *_absences(reactions, tables),
        ]
    )


def _terms(reactions: pd.DataFrame, profile: Profile) -> list[pd.DataFrame]:
    """Q29: counted as the event under a term that the profile knows neither as the event nor as a look-alike."""
    if not profile.event.terms:
        return []
    known = (*profile.event.terms, *profile.event.not_this_event)
    happened = reactions[reactions["occurred"] == "yes"]
    event = happened[happened["role"] == "event"]
    strange = event[~bear(event, known)]
    sign = happened[(happened["role"] == "sentinel_sign") & ~happened["case_id"].isin(event["case_id"])]
    alone = sign.drop_duplicates("case_id")
    cure = "Add the event if the source diagnoses it; a sign alone does not meet the case definition."
    return [
        flag("reactions", strange, "Q29", "term", "neither an event term nor a look-alike of the profile"),
        flag("reactions", alone, "Q29", "term", "a characteristic sign without the event", cure=cure),
    ]


def _recovered(reactions: pd.DataFrame, tables: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """Q32: the event is reported to be over, and no time, duration or clear investigation says when."""
    event = is_event(reactions)
    over = reactions["outcome"].isin(ENDED) & event
    lasted = tables["reactions"].loc[reactions.index, "duration"]
    timed = stated(reactions["end_date"]) | stated(reactions["end_upper"]) | stated(lasted)
    rows = reactions[over & ~timed]
    rows = rows[~rows.index.isin(_seen_clear(rows, tables))]
    return flag("reactions", rows, "Q32", "outcome", "recovered, without a time of the end and without a clear test")


def _seen_clear(rows: pd.DataFrame, tables: dict[str, pd.DataFrame]) -> pd.Index:
    """Rows with a clear or normal test that is not surely from before the onset, which would say nothing about the end."""
    tests = narrow(tables["tests"], "course", "reading", *times_of("time"))
    clear = tests[tests["reading"].isin(CLEAR) & tests["case_id"].isin(rows["case_id"])]
    pairs = rows.reset_index(names="at").merge(clear, on="case_id", suffixes=("", "_test"))
    if not len(pairs):
        return pairs.index
    course = course_of(pairs, tables)
    of_test = course_of(pairs[["case_id", "course_test"]].set_axis(["case_id", "course"], axis=1), tables)
    # Bounds counted from a dose of another course are on another clock than the onset.
    elsewhere = (of_test != course) & pairs["time_origin"].isin(["first_dose", "last_dose"])
    pairs["time_origin"] = pairs["time_origin"].mask(elsewhere, "")
    early = surely_before((pairs, "time"), (pairs, "onset"), course, starts(tables))
    return pd.Index(pairs.loc[~early, "at"])


def _absences(reactions: pd.DataFrame, tables: dict[str, pd.DataFrame]) -> list[pd.DataFrame]:
    """Q33: `no` says that the source denies it; without a place, or from a source that was not read, it cannot."""
    denied = _cited(reactions[reactions["occurred"] == "no"], tables["provenance"])
    bare = denied["locator"].isin(NO_VALUE) | (denied["status"] == "assumed")
    extent = tables["sources"].drop_duplicates("source_id").set_index("source_id")["extent_read"]
    unread = denied["source_id"].map(extent).isin(READ_IN_PART)
    what = "denied, without the place where the source says so"
    other = "denied by a source of which no more than the title, or another's account, was read"
    return [
        flag("reactions", denied[bare], "Q33", "occurred", what),
        flag("reactions", denied[unread & ~bare], "Q33", "occurred", other),
    ]


def _cited(denied: pd.DataFrame, marks: pd.DataFrame) -> pd.DataFrame:
    """Denied reactions with the source, place and status of the denial itself: `provenance` overrides the row's own."""
    denial_marks = (
        marks[(marks["table"] == "reactions") & (marks["column"] == "occurred")].drop_duplicates("key").set_index("key")
    )
    if not len(denial_marks):
        return denied
    denial_marks = denial_marks.reindex(row_key(denied, "reactions")).set_axis(denied.index).fillna("")
    return denied.assign(
        **{
            column: denial_marks[column].where(filled(denial_marks[column]), denied[column])
            for column in ("source_id", "locator", "status")
        }
    )
