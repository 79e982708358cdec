"""Q40: outcome, end and death of a reaction against each other."""

import pandas as pd

from schemas.codes import SERIOUSNESS
from schemas.fields import stated, timed
from schemas.profile import Profile
from scripts.clock.intervals import calendar
from scripts.records.events import END_NOT_KNOWN, ENDED, GOING_ON, is_fatal
from scripts.validate.flags import as_severe, flag, narrow, together
from scripts.validate.rules.event_courses import of_the_event
from scripts.validate.rules.time_columns import typed

ENDED_FATAL = "an end beside the outcome fatal, and no time of death: not taken as the time of death"
CURE_FATAL = "If this is the time of death, give it in `deaths`."


def find(tables: dict[str, pd.DataFrame], profile: Profile) -> pd.DataFrame:
    """Findings about outcomes that other cells of the patient contradict."""
    deaths = tables["deaths"]
    return together(
        [
            *_ends(tables["reactions"], set(deaths.loc[timed(deaths, "time"), "case_id"])),
            _end_of_fatal(tables),
            *_criterion(tables["reactions"]),
            *_deaths(tables),
            _not_serious(tables),
        ]
    )


def _ends(reactions: pd.DataFrame, dead: set[str]) -> list[pd.DataFrame]:
    """An end beside an outcome that knows none: open until then where it goes on, not usable where it is unknown.

    dead: cases with a time of death; of another the end of what was fatal may be that time, and nobody says so.
    """
    rows = reactions[timed(reactions, "end") & (reactions["occurred"] == "yes")]
    going_on, unknown = rows[rows["outcome"].isin(GOING_ON)], rows[rows["outcome"].isin(END_NOT_KNOWN)]
    what = "an end beside the outcome " + going_on["outcome"].str.replace("_", " ") + ": counted as going on until then"
    other = flag(
        "reactions",
        unknown,
        "Q40",
        "end_upper",
        "an end beside an unknown outcome: not usable as an end",
        value=typed(unknown, "end"),
    )
    lasted = reactions[~timed(reactions, "end") & stated(reactions["duration"]) & (reactions["occurred"] == "yes")]
    of_unknown = lasted[lasted["outcome"].isin(END_NOT_KNOWN)]
    still = lasted[lasted["outcome"].isin(GOING_ON)]
    went_on = (
        "a duration beside the outcome " + still["outcome"].str.replace("_", " ") + ": counted as going on until then"
    )
    fatal = rows[(rows["outcome"] == "fatal") & ~rows["case_id"].isin(dead)]
    return [
        flag("reactions", going_on, "Q40", "outcome", what),
        as_severe(other, "error"),
        flag("reactions", still, "Q40", "outcome", went_on),
        as_severe(
            flag(
                "reactions", of_unknown, "Q40", "duration", "a duration beside an unknown outcome: not usable as an end"
            ),
            "error",
        ),
        flag("reactions", fatal, "Q40", "end_upper", ENDED_FATAL, value=typed(fatal, "end"), cure=CURE_FATAL),
    ]


def _end_of_fatal(tables: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """A fatal event that ended, by its date, surely before the death: the two are one day. (Q11: one that ended after it.)"""
    rows, deaths = tables["reactions"], tables["deaths"]
    rows = rows[(rows["occurred"] == "yes") & (rows["outcome"] == "fatal") & timed(rows, "end")]
    died = calendar(deaths["time_date"])["first"].groupby(deaths["case_id"]).min()
    early = rows[calendar(rows["end_date"])["last"] < rows["case_id"].map(died)]
    what = "a fatal event that ended before the death: the date of the death counts"
    return flag("reactions", early, "Q40", "end_upper", what, value=typed(early, "end"))


def _criterion(reactions: pd.DataFrame) -> list[pd.DataFrame]:
    """The criterion `results in death` and the outcome; the graver of the two counts."""
    happened = reactions[reactions["occurred"] == "yes"]
    other = happened[(happened["death"] == "yes") & happened["outcome"].isin([*GOING_ON, *ENDED])]
    denied = happened[(happened["death"] == "no") & (happened["outcome"] == "fatal")]
    what = "resulted in death, with the outcome " + other["outcome"].str.replace("_", " ") + ": counted as fatal"
    return [
        flag("reactions", other, "Q40", "death", what),
        flag("reactions", denied, "Q40", "death", "fatal, and said not to have resulted in death: counted as fatal"),
    ]


def _not_serious(tables: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """A report called not serious that gives a criterion itself, or whose patient has a reaction with one."""
    reports, reactions = tables["reports"], tables["reactions"]
    met = (reactions[list(SERIOUSNESS)] == "yes").any(axis=1) | (reactions["outcome"] == "fatal")
    grave = set(reactions.loc[met & (reactions["occurred"] == "yes"), "case_id"]) | set(tables["deaths"]["case_id"])
    has_criterion = (reports[[f"serious_{criterion}" for criterion in SERIOUSNESS]] == "yes").any(axis=1)
    wrong = reports[(reports["serious"] == "no") & (has_criterion | reports["case_id"].isin(grave))]
    return flag("reports", wrong, "Q40", "serious", "not serious according to the report, with a criterion: it counts")


def _deaths(tables: dict[str, pd.DataFrame]) -> list[pd.DataFrame]:
    """Rows of `deaths`, and the report's own criterion, against the outcome of the event."""
    deaths, event = tables["deaths"], of_the_event(tables)
    fatal = set(event.loc[is_fatal(event), "case_id"])
    open_ = set(event.loc[~event["outcome"].isin(ENDED), "case_id"])
    over = set(event["case_id"]) - open_ - fatal
    related = deaths[(deaths["relatedness"] == "related") & deaths["case_id"].isin(over)]
    of_event = set(deaths.loc[deaths["relatedness"] == "related", "case_id"])
    denied = event[(event["death"] == "no") & (event["outcome"] != "fatal") & event["case_id"].isin(of_event)]
    unrelated = deaths[(deaths["relatedness"] == "unrelated") & deaths["case_id"].isin(fatal)]
    happened = tables["reactions"][tables["reactions"]["occurred"] == "yes"]
    any_fatal = set(happened.loc[is_fatal(happened), "case_id"])
    reports = narrow(tables["reports"], "serious_death")
    died = any_fatal | set(deaths["case_id"])
    cases = narrow(tables["cases"], "discharged_alive")
    left = cases[(cases["discharged_alive"] == "yes") & cases["case_id"].isin(fatal)]
    silent = reports[(reports["serious_death"] == "no") & reports["case_id"].isin(died)]
    return [
        flag("deaths", related, "Q40", "relatedness", "a death of the event, which was over: counted as died of it"),
        flag(
            "cases", left, "Q40", "discharged_alive", "discharged alive, and the event was fatal: counted as died of it"
        ),
        flag(
            "reactions",
            denied,
            "Q40",
            "death",
            "said not to have resulted in death, and a death related to the drug is told",
        ),
        flag("deaths", unrelated, "Q40", "relatedness", "unrelated, and the event was fatal: counted as died of it"),
        flag(
            "reports",
            silent,
            "Q40",
            "serious_death",
            "no death according to the report, but a death in the rows: counted as died",
        ),
    ]
