"""Q43: dechallenge and rechallenge as coded against what the rows of the patient show."""

import pandas as pd

from schemas.profile import Profile
from scripts.records.events import ABATED, NOT_ABATED
from scripts.validate.clock import COURSE
from scripts.validate.flags import flag, together
from scripts.validate.names import event_terms, later_courses, one_name
from scripts.validate.row_keys import SEPARATOR, joined
from scripts.validate.rules.event_courses import of_the_event

REACTION = ["case_id", "reaction"]
CONTRARY = (
    ("dechallenge", ("negative", "positive"), "negative"),
    ("rechallenge", ("recurred", "not_recurred"), "recurred"),
    ("rechallenge", ("recurred", "not_rechallenged"), "recurred"),
)
"""Column, the two codes, and which of them counts."""


def find(tables: dict[str, pd.DataFrame], profile: Profile) -> pd.DataFrame:
    """Findings about codes; what is counted where the two differ stands in docs/definitions.md."""
    rows = tables["assessments"]
    if not len(rows):
        return together([])
    return together([*_dechallenge(rows, tables), *_rechallenge(rows, tables, profile), *_of_two(rows, profile)])


def _of_two(rows: pd.DataFrame, profile: Profile) -> list[pd.DataFrame]:
    """Codes of one reaction to one drug that exclude each other."""
    reaction_key = joined(rows, REACTION) + SEPARATOR + one_name(rows["drug"], profile)
    parts = []
    for column, (first_code, other), counted in CONTRARY:
        keys_by_code = {code: set(reaction_key[rows[column] == code]) for code in (first_code, other)}
        both = rows[(rows[column] == other) & reaction_key.isin(keys_by_code[first_code] & keys_by_code[other])]
        what = f"coded as {other.replace('_', ' ')} here and as {first_code} elsewhere: counted as {counted}"
        parts.append(flag("assessments", both, "Q43", column, what))
    return parts


def _dechallenge(rows: pd.DataFrame, tables: dict[str, pd.DataFrame]) -> list[pd.DataFrame]:
    reactions = tables["reactions"].drop_duplicates(REACTION)
    outcome = joined(rows, REACTION).map(reactions["outcome"].set_axis(joined(reactions, REACTION)))
    event = of_the_event(tables)
    sole_outcome = event[~event["case_id"].duplicated(keep=False)].set_index("case_id")["outcome"]
    outcome = outcome.where(rows["reaction"] != "", rows["case_id"].map(sole_outcome))
    went_on = rows[(rows["dechallenge"] == "positive") & outcome.isin(NOT_ABATED)]
    over = rows[(rows["dechallenge"] == "negative") & outcome.isin(ABATED)]
    return [
        flag("assessments", went_on, "Q43", "dechallenge", "coded as positive, of a reaction that did not abate"),
        flag("assessments", over, "Q43", "dechallenge", "coded as negative, of a reaction that abated"),
    ]


def _rechallenge(rows: pd.DataFrame, tables: dict[str, pd.DataFrame], profile: Profile) -> list[pd.DataFrame]:
    """The reaction, under whatever term of the event, in a second or later course of the drug, as its rows have it."""
    again = later_courses(tables, profile)
    reactions = tables["reactions"]
    term = event_terms(reactions["term"], profile)
    later = reactions[joined(reactions, COURSE).isin(again.index)]
    seen = {
        occurred: set(part["case_id"] + SEPARATOR + term[part.index]) for occurred, part in later.groupby("occurred")
    }
    reaction_key = joined(reactions, REACTION)
    judged = joined(rows, REACTION).map(term.set_axis(reaction_key)[~reaction_key.duplicated().to_numpy()])
    key = rows["case_id"] + SEPARATOR + judged.fillna("")
    yes, no = (key.isin(seen.get(occurred, set())) for occurred in ("yes", "no"))
    given_again = (rows["case_id"] + SEPARATOR + one_name(rows["drug"], profile)).isin(set(again))
    code = rows["rechallenge"]
    return [
        flag("assessments", rows[hit], "Q43", "rechallenge", what)
        for hit, what in (
            ((code == "recurred") & no & ~yes, "coded as recurred, and said to be absent in the later course"),
            (
                (code == "not_recurred") & yes,
                "coded as not recurred, and it occurred in the later course: counted as recurred",
            ),
            (
                (code == "not_rechallenged") & given_again,
                "coded as not rechallenged, but a later course of the drug is recorded",
            ),
        )
    ]
