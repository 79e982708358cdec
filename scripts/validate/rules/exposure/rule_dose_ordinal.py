"""Q37: an onset fixed by the number of a dose, whose day is not known."""

import re

import pandas as pd

from schemas.fields import NO_VALUE
from schemas.profile import Profile
from schemas.time_columns import times_of
from scripts.clock.intervals import calendar, elapsed
from scripts.records.corrections import row_key
from scripts.validate.clock import COURSE, course_of
from scripts.validate.flags import flag, matching, narrow, rule, together, worded
from scripts.validate.row_keys import SEPARATOR, joined
from scripts.validate.rules.words_behind import words_behind

DOSES = r"(?:infusion|dose|injection|administration|cycle|course|tablet)"
UNITS = r"(?:[munµμ]?c?g|kg|m?l|[mk]?iu|units?|s|min(?:ute)?s?|h|hours?|days?|weeks?|months?|years?)\b"
ORDINAL = re.compile(
    r"\b(?:after|following|during|with|before|post|on\s+the\s+day\s+of)\b.{0,20}?"
    rf"(?:\b(?P<ordinal>first|second|third|fourth|fifth|sixth|last|\d{{1,2}}(?:st|nd|rd|th))\b.{{0,20}}\b{DOSES}"
    rf"|\b{DOSES}s?\s+(?:number\s+|no\.?\s*|#\s*)?(?P<number>\d{{1,2}})\b(?!\s*(?:[.,]\d|[%/]|{UNITS})))",
    re.IGNORECASE,
)
"""`after the second infusion`, `post infusion 2`; `after a dose of 2 mg` and `after dose 2 mg` number no dose."""
DAY = re.compile(
    r"\bday\s*\d|\b(?:during|with|day of)\s+(?:the\s+)?(?:first|1st)\s+(?:infusion|dose|injection)\b", re.I
)
"""The day itself: `on day 4`, or that of the first dose."""
LENGTH = re.compile(
    r"\b(?:\d+|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)[\s-]*"
    r"(?:minutes?|min|hours?|hrs?|h|days?|d|weeks?|wks?|months?|years?)\b",
    re.IGNORECASE,
)
"""So long after a dose: the day is known where that of the dose is."""
WORDS = {"first": "1", "second": "2", "third": "3", "fourth": "4", "fifth": "5", "sixth": "6"}


def find(tables: dict[str, pd.DataFrame], profile: Profile) -> pd.DataFrame:
    """The words behind an onset name a dose, neither they nor the row give the day, and `doses` does not date it."""
    reactions = narrow(tables["reactions"], "reaction", "course", "onset_date", "onset_lower", "onset_origin")
    named = words_behind(tables["provenance"], "reactions", "onset", ORDINAL)
    named = named.assign(dose=worded(named["words"], _dose), length=matching(named["words"], LENGTH.search))
    named = named[named["dose"] != ""]
    if not len(named):
        return together([])
    keys = row_key(reactions, "reactions")
    rows = reactions[reactions["onset_date"].isin(NO_VALUE) & keys.isin(named.index)]
    mark = named.loc[keys[rows.index]].set_axis(rows.index)
    # So long after the first or the last dose is a time from an origin of its own.
    timed = mark["length"] & (mark["dose"].isin(["1", "last"]) | (rows["onset_origin"] == "last_dose"))
    dated = (course_of(rows, tables) + SEPARATOR + mark["dose"]).isin(_known_days(tables))
    rows, mark = rows[~timed & ~dated], mark[~timed & ~dated]
    assumed = (mark["status"] == "assumed") & (mark["note"] != "")
    kept = "Nothing to correct; the assumption can be switched off (use_assumed: false). Named: " + mark["note"]
    what = "the source gives the number of a dose, not a day"
    cure = kept.where(assumed, rule("Q37")["cure"])
    return together([flag("reactions", rows, "Q37", "onset_lower", what, value=mark["words"], cure=cure)])


def _dose(words: str) -> str:
    """The number of the dose that words name, or `last`; blank where they give the day itself."""
    named = ORDINAL.search(words)
    if not named or DAY.search(words):
        return ""
    ordinal = (named["ordinal"] or named["number"]).casefold()
    return WORDS.get(ordinal) or re.sub(r"\D", "", ordinal).lstrip("0") or ordinal


def _known_days(tables: dict[str, pd.DataFrame]) -> pd.Series:
    """Doses whose day is given and not assumed, by case, course and number joined."""
    doses = narrow(tables["doses"], "course", "dose", "given", "status", *times_of("time"))
    marks = tables["provenance"]
    guess = marks[(marks["table"] == "doses") & (marks["status"] == "assumed")]
    guess = guess[matching(guess["column"], lambda column: column.startswith("time"))]
    assumed = (doses["status"] == "assumed") | row_key(doses, "doses").isin(guess["key"])
    timed = calendar(doses["time_date"])["first"].notna() | (elapsed(doses, "time")["origin"] == "first_dose")
    return joined(doses[timed & ~assumed & (doses["given"] != "no")], [*COURSE, "dose"])
