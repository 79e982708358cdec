"""Order of times: Q10 onset before exposure, Q11 end, diagnosis or death out of order."""

import pandas as pd

from schemas.fields import stated
from schemas.profile import Profile
from schemas.time_columns import times_of
from scripts.clock.intervals import DOSES, elapsed
from scripts.records.after_death import times_after_death
from scripts.records.drugs import meant_by_the_case
from scripts.records.events import SIGNS, is_sign, shows_event
from scripts.validate.clock import before_origin, course_of, since_first_dose, since_onsets, starts
from scripts.validate.flags import NONE, as_severe, flag, narrow, rule, together, worded
from scripts.validate.rules.time_columns import surely_before, typed

WORSENING = (
    "Of what was there before the drug the onset is that of its worsening: give that time, or leave the onset blank."
)


def find(tables: dict[str, pd.DataFrame], profile: Profile) -> pd.DataFrame:
    """Findings about times that contradict one another."""
    return together(
        [
            *_before_exposure(tables),
            *_ends(tables),
            *_ends_of_others(tables),
            _free(tables),
            _diagnosis(tables),
            *_deaths(tables),
        ]
    )


def _before_exposure(tables: dict[str, pd.DataFrame]) -> list[pd.DataFrame]:
    """Q10: an error where onset surely precedes the first dose, a warning where part dates leave it open.

    What was over before the first dose began before it too, whether its onset has a time or not.
    A symptom or sentinel sign judged not to be part of the event may; the event itself may not, however it is judged.
    """
    columns = [*times_of("onset"), *times_of("end")]
    reactions = narrow(
        tables["reactions"], "course", "reaction", "role", "occurred", "attribution", "present_before", *columns
    )
    apart = reactions["role"].isin(SIGNS) & (reactions["attribution"] == "unlikely")
    mine = reactions[(reactions["role"] != "other") & (reactions["occurred"] == "yes") & ~apart]
    rows, over = mine[_timed(mine, "onset")], mine[_timed(mine, "end") & ~_timed(mine, "onset")]
    begun = starts(tables)
    onset = _since_first_dose(rows, "onset", tables, begun)
    surely, perhaps = before_origin(onset), (onset["lower"] < 0) & (onset["upper"] > 0)
    column = "onset_lower"
    maybe = "onset may precede the first dose: the dates leave it open"
    cure = "Nothing to do where the source gives no more; the interval keeps its negative part."
    early, open_ = rows[surely], rows[perhaps]
    ended = over[before_origin(_since_first_dose(over, "end", tables, begun))] if len(over) else over
    return [
        flag(
            "reactions",
            early,
            "Q10",
            column,
            "onset before the first dose",
            value=typed(early, "onset"),
            cure=worded(early["present_before"], lambda answer: WORSENING if answer == "yes" else rule("Q10")["cure"]),
        ),
        as_severe(flag("reactions", open_, "Q10", column, maybe, value=typed(open_, "onset"), cure=cure), "warning"),
        flag("reactions", ended, "Q10", "end_upper", "over before the first dose", value=typed(ended, "end")),
    ]


def _since_first_dose(
    rows: pd.DataFrame, prefix: str, tables: dict[str, pd.DataFrame], begun: pd.DataFrame
) -> pd.DataFrame:
    """Days since the first dose, also of a time counted from the onset of a reaction that has such days."""
    course = course_of(rows, tables)
    days_since = since_first_dose(rows, prefix, course, begun)[["lower", "upper"]]
    return days_since.fillna(since_onsets(rows, prefix, course, tables, begun))


def _timed(rows: pd.DataFrame, prefix: str) -> pd.Series:
    columns = [f"{prefix}_{part}" for part in ("date", "lower", "upper")]
    known = [stated(rows[column]) for column in columns]
    return known[0] | known[1] | known[2]


def _ends(tables: dict[str, pd.DataFrame]) -> list[pd.DataFrame]:
    """Q11: a reaction ends after it began."""
    reactions = narrow(tables["reactions"], "course", "reaction", *times_of("onset"), *times_of("end"))
    rows = reactions[_timed(reactions, "end")]
    if not len(rows):
        return []
    wrong = rows[surely_before((rows, "end"), (rows, "onset"), course_of(rows, tables), starts(tables))]
    return [flag("reactions", wrong, "Q11", "end_upper", "the end precedes the onset", value=typed(wrong, "end"))]


def _free(tables: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """Q11: a patient was free of a sign before it began."""
    rows = tables["reactions"]
    rows = rows[_timed(rows, "free_until") & _timed(rows, "onset")]
    if not len(rows):
        return NONE
    wrong = rows[surely_before((rows, "onset"), (rows, "free_until"), course_of(rows, tables), starts(tables))]
    what = "free of it until after its onset"
    return flag("reactions", wrong, "Q11", "free_until_upper", what, value=typed(wrong, "free_until"))


def _ends_of_others(tables: dict[str, pd.DataFrame]) -> list[pd.DataFrame]:
    """Q11: a dose or a condition ends after it began."""
    parts = []
    for table_name, begin in (("doses", "time"), ("history", "start")):
        rows = tables[table_name]
        rows = rows[_timed(rows, "end") & _timed(rows, begin)]
        if not len(rows):
            continue
        course = course_of(rows, tables) if "course" in rows else rows["case_id"]
        wrong = rows[surely_before((rows, "end"), (rows, begin), course, starts(tables))]
        dated = stated(wrong["end_date"])
        for column, part in (("end_date", wrong[dated]), ("end_upper", wrong[~dated])):
            parts.append(flag(table_name, part, "Q11", column, "the end precedes the start", value=typed(part, "end")))
    return parts


def _diagnosis(tables: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """Q11: a test that shows the event before every sign of it in its course.

    A sign without a time, or with one that nothing compares with the test's, may have been the first.
    """
    tests, reactions = narrow(tables["tests"], "course", "reading", *times_of("time")), tables["reactions"]
    shown = tests[shows_event(tests) & _timed(tests, "time")]
    if not len(shown):
        return together([])
    signs = reactions[is_sign(reactions) & reactions["role"].isin(SIGNS)]
    signs = signs[signs["case_id"].isin(shown["case_id"])]
    onsets = signs[["reaction", *times_of("onset")]].assign(of=course_of(signs, tables))
    pairs = shown.assign(of=course_of(shown, tables)).reset_index(names="at").merge(onsets, on="of")
    early = surely_before((pairs, "time"), (pairs, "onset"), pairs["of"], starts(tables)).groupby(pairs["at"]).all()
    rows = shown.loc[early.index[early]]
    return flag("tests", rows, "Q11", "time_upper", "shows the event before its first sign", value=typed(rows, "time"))


def _deaths(tables: dict[str, pd.DataFrame]) -> list[pd.DataFrame]:
    """Q11: a death before an onset or a recorded end of the event.

    A death names no course: where several may be meant, one counted from a dose is on none of their clocks, and only the
    calendar compares it.
    """
    deaths, reactions = tables["deaths"], tables["reactions"]
    counted = elapsed(deaths, "time")
    undosed = deaths[counted["origin"].isin(DOSES) & before_origin(counted)]
    parts = [
        flag(
            "deaths",
            undosed,
            "Q11",
            "time_upper",
            "the death precedes the dose it is counted from",
            value=typed(undosed, "time"),
        )
    ]
    happened = reactions[reactions["case_id"].isin(deaths["case_id"]) & (reactions["occurred"] != "no")]
    pairs = happened.reset_index(names="reaction_at").merge(
        deaths[["case_id"]].assign(death_at=deaths.index), on="case_id"
    )
    if not len(pairs):
        return parts
    death = deaths.loc[pairs["death_at"]].set_axis(pairs.index)
    course, begun = course_of(pairs, tables), starts(tables)
    unclear = death["time_origin"].isin(DOSES) & ~meant_by_the_case(pairs, tables["courses"])
    death["time_origin"] = death["time_origin"].mask(unclear, "")
    late = times_after_death(tables, (("reactions", "onset"), ("reactions", "end")))
    for prefix, words in (("onset", "death precedes this onset"), ("end", "death precedes this end")):
        wrong = pairs.loc[surely_before((death, "time"), (pairs, prefix), course, begun), "reaction_at"]
        rows = happened[late["reactions", prefix].reindex(happened.index) | happened.index.isin(wrong)]
        parts.append(flag("reactions", rows, "Q11", f"{prefix}_upper", words, value=typed(rows, prefix)))
    return parts
