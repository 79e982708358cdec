"""The event: Q29 terms outside the profile, Q30 competing explanations, Q32 recovered without date or scan, Q33 absences."""

import re

import pandas as pd

from schemas.fields import NO_VALUE, filled
from schemas.profile import Profile
from scripts.validate.flags import flag, folded, narrow, together, worded

READ_IN_PART = ("title_only", "secondary")


def find(tables: dict[str, pd.DataFrame], profile: Profile) -> pd.DataFrame:
    """Findings about the event, its outcome and its alternatives."""
    reactions = narrow(tables["reactions"], "term", "role", "occurred", "outcome", "end_date", "end_upper", "source_id",
                       "locator", "status")  # fmt: skip
    return together([
        *_terms(reactions, profile), *_competing(tables, profile), _recovered(reactions, tables),
        *_absences(reactions, tables),
    ])  # fmt: skip


def _terms(reactions: pd.DataFrame, profile: Profile) -> list[pd.DataFrame]:
    """Q29: counted as the event under a term that the profile knows neither as the event nor as a look-alike."""
    if not profile.event.terms:
        return []
    known = {term.casefold() for term in (*profile.event.terms, *profile.event.not_this_event)}
    happened = reactions[reactions["occurred"] == "yes"]
    event = happened[happened["role"] == "event"]
    strange = event[~folded(event["term"]).isin(known)]
    sign = happened[(happened["role"] == "sentinel_sign") & ~happened["case_id"].isin(event["case_id"])]
    alone = sign.drop_duplicates("case_id")
    cure = "Add the event if the source diagnoses it; a sign alone does not meet the case definition."
    return [
        flag("reactions", strange, "Q29", "term", "neither an event term nor a look-alike of the profile"),
        flag("reactions", alone, "Q29", "term", "a sentinel sign without the event", cure=cure),
    ]


def _competing(tables: dict[str, pd.DataFrame], profile: Profile) -> list[pd.DataFrame]:
    """Q30: a cause looked for and not excluded; a condition or drug that the profile names as a cause of its own."""
    alternatives = tables["alternatives"]
    left = alternatives[alternatives["excluded"].isin(["no", "unclear"])]
    state = worded(left["excluded"], {"no": "not excluded", "unclear": "not clearly excluded"}.__getitem__)
    parts = [flag("alternatives", left, "Q30", "cause", "another cause was considered and " + state)]
    places = (("history", "term"), ("courses", "drug"), ("managements", "measure"))
    for cause, why in profile.event.competing.items():
        pattern = re.compile(rf"\b{re.escape(cause)}\b", re.IGNORECASE)
        for name, column in places:
            hits = [text for text in tables[name][column].unique() if pattern.search(text)]
            rows = tables[name][tables[name][column].isin(hits)]
            parts.append(flag(name, rows, "Q30", column, why))
    return parts


def _recovered(reactions: pd.DataFrame, tables: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """Q32: the event is said to be over, and neither a time nor a clear investigation says when."""
    tests = tables["tests"]
    clear = set(tests.loc[tests["reading"] == "shows_no_event", "case_id"])
    over = reactions["outcome"].isin(["recovered", "recovered_with_sequelae"]) & (reactions["role"] == "event")
    timed = filled(reactions["end_date"]) & ~reactions["end_date"].isin(NO_VALUE) | ~reactions["end_upper"].isin(
        NO_VALUE
    )
    rows = reactions[over & ~timed & ~reactions["case_id"].isin(clear)]
    return flag("reactions", rows, "Q32", "outcome", "recovered, without a time of the end and without a clear test")


def _absences(reactions: pd.DataFrame, tables: dict[str, pd.DataFrame]) -> list[pd.DataFrame]:
    """Q33: `no` says that the source denies it; without a place, or from a source nobody read, it cannot."""
    denied = reactions[reactions["occurred"] == "no"]
    bare = denied["locator"].isin(NO_VALUE) | (denied["status"] == "assumed")
    extent = tables["sources"].drop_duplicates("source_id").set_index("source_id")["extent_read"]
    unread = denied["source_id"].map(extent).isin(READ_IN_PART)
    what = "denied, without the place where the source says so"
    other = "denied by a source of which no more than the title, or another's account, was read"
    return [
        flag("reactions", denied[bare], "Q33", "occurred", what),
        flag("reactions", denied[unread & ~bare], "Q33", "occurred", other),
    ]
