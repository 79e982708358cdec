"""Intervals as reported: Q18 they disagree with the dates, Q19 they are impossible.

ICH E2B(R3), guide on G.k.9.i.3: the day of the dose counts as day 1, so a whole-day value v means (v - 1, v] elapsed
days; hours and minutes are elapsed time. Weeks, months and years are rounded, up or down: v means anything
from half a unit below to one unit above.
"""

import numpy as np
import pandas as pd

from schemas.fields import NO_VALUE
from schemas.profile import Profile
from schemas.time_columns import times_of
from scripts.clock.intervals import (
    DAYS_PER_UNIT,
    STUDY_DAYS,
    between_dates,
    calendar,
    date_bounds,
    elapsed,
    lies_before,
    numbers,
)
from scripts.records.events import is_event
from scripts.validate.clock import COURSE, before_origin, course_of, since_first_dose, starts
from scripts.validate.flags import as_severe, flag, narrow, together, worded
from scripts.validate.names import drug_names, one_name
from scripts.validate.row_keys import joined
from scripts.validate.rules.reported_units import ABOVE, BELOW, HOURS, WHOLE_DAYS
from scripts.validate.rules.time_columns import typed

ANOTHER_CONVENTION = "Count from the last dose at or before the onset, or from the first dose."
"""The cure of a time that another convention may explain, and which is therefore no error."""
INTERVALS = {"start_to_onset": "first dose", "last_to_onset": "last dose"}
REACTION = ["case_id", "reaction"]


def find(tables: dict[str, pd.DataFrame], profile: Profile) -> pd.DataFrame:
    """Findings about reported intervals, and about times to onset longer than the drug has existed."""
    parts = [_before_last_dose(tables["reactions"])]
    for column, words in INTERVALS.items():
        rows = tables["assessments"]
        rows = rows[numbers(rows[column]).notna()]
        negative = rows[numbers(rows[column]) < 0]
        what, last = f"negative time from the {words} to onset", column == "last_to_onset"
        findings = flag("assessments", negative, "Q19", column, what, cure=ANOTHER_CONVENTION if last else "")
        parts.append(as_severe(findings, "warning" if last else ""))
        parts.append(_against_dates(rows, column, tables, profile))
    return together([*parts, *_beyond_market(tables, profile)])


def _before_last_dose(reactions: pd.DataFrame) -> pd.DataFrame:
    """Q19: an onset before the last dose. Some sources count from the last one of all, whatever came before it."""
    counted = reactions[(reactions["onset_origin"] == "last_dose") & (reactions["occurred"] == "yes")]
    rows = counted[before_origin(elapsed(counted, "onset"))]
    what = "an onset before the last dose: the last one at or before it is meant"
    findings = flag("reactions", rows, "Q19", "onset_lower", what, value=typed(rows, "onset"), cure=ANOTHER_CONVENTION)
    return as_severe(findings, "warning")


def _against_dates(rows: pd.DataFrame, column: str, tables: dict[str, pd.DataFrame], profile: Profile) -> pd.DataFrame:
    """Q18: the reported interval lies outside what the dates allow, whichever course of its drug is meant."""
    pairs = _courses_meant(rows, tables, profile) if len(rows) else rows
    if not len(pairs):
        return together([])
    known = _known(pairs, column, tables)
    scale = rows.loc[pairs["at"], f"{column}_scale"].set_axis(pairs.index)
    reported_time = _as_elapsed(rows.loc[pairs["at"], column].set_axis(pairs.index), scale)
    apart = np.maximum(known["lower"] - reported_time["upper"], reported_time["lower"] - known["upper"])
    whole = scale.isin(WHOLE_DAYS)
    wrong = ((apart > 0) | (whole & (apart == 0))).groupby(pairs["at"]).all()
    of_wrong = pairs["at"].isin(wrong.index[wrong])
    nearest = apart[of_wrong].groupby(pairs["at"]).idxmin()
    odd, is_off_by_one = rows.loc[nearest.index], (whole & (apart < 1))[nearest].set_axis(nearest.index)
    allowed = _days_allowed(known.loc[nearest], whole[nearest]).set_axis(nearest.index)
    hint = worded(is_off_by_one, lambda off: "; off by one: the day of the dose counts as day 1" if off else "")
    return flag("assessments", odd, "Q18", column, "the dates allow " + allowed + hint)


def _courses_meant(rows: pd.DataFrame, tables: dict[str, pd.DataFrame], profile: Profile) -> pd.DataFrame:
    """Each judgement `at` beside the courses `of` it may speak of, with the onset of its reaction and that one's course.

    It speaks of the course it names, else of that of its reaction if its drug was given there, else of any course of
    its drug. Where it names no drug, or the case has but one course, that of its reaction is meant.
    """
    reactions = tables["reactions"]
    reactions = reactions[reactions["case_id"].isin(rows["case_id"])].drop_duplicates(REACTION)
    onsets = reactions[[*REACTION, *times_of("onset")]].assign(
        reacted=course_of(reactions, tables), placed=reactions.get("course_named", True)
    )
    judged = rows[[*REACTION, "course", "drug"]].reset_index(names="at").merge(onsets, on=REACTION)
    courses = tables["courses"][tables["courses"]["case_id"].isin(judged["case_id"])]
    drug = one_name(judged["drug"], profile)
    of_drug = judged.assign(name=drug).merge(_by_drug(courses, profile), on=["case_id", "name"])
    placed = of_drug["placed"].astype(bool) & (of_drug["of"] == of_drug["reacted"])
    settled = placed.groupby(of_drug["at"]).transform("any")
    alone = courses.loc[~courses["case_id"].duplicated(keep=False), "case_id"]
    named = ~judged["course"].isin(NO_VALUE)
    reacted = judged[~named & ((drug == "") | judged["case_id"].isin(alone))]
    return pd.concat(
        [
            judged[named].assign(of=joined(judged[named], COURSE)),
            reacted.assign(of=reacted["reacted"]),
            of_drug[~of_drug["at"].isin([*judged.loc[named, "at"], *reacted["at"]]) & (placed | ~settled)],
        ],
        ignore_index=True,
    )


def _by_drug(courses: pd.DataFrame, profile: Profile) -> pd.DataFrame:
    """Courses `of` each drug, under its substance and under its name as reported."""
    names = [one_name(courses[column], profile) for column in ("substance", "drug")]
    listed = pd.concat([courses[["case_id"]].assign(name=drug_name, of=joined(courses, COURSE)) for drug_name in names])
    return listed.drop_duplicates()


def _known(pairs: pd.DataFrame, column: str, tables: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """Elapsed days to the onset as its dates, or days of its own course, have it; nan where they do not.

    Days hide the hours: what is reported in hours may be a day shorter than the count of midnights. An onset of so
    many weeks, months or years is as round as the interval it is compared with.
    """
    if column == "last_to_onset":
        known = between_dates(_last_doses(pairs, tables), calendar(pairs["onset_date"])).assign(by="dates")
    else:
        elsewhere = pairs["of"] != pairs["reacted"]
        masked_pairs = pairs.assign(onset_origin=pairs["onset_origin"].mask(elsewhere, ""))
        known = since_first_dose(masked_pairs, "onset", pairs["of"], starts(tables))
    bounds = known["by"] == "bounds"
    unit = pairs["onset_scale"].where(bounds & (known["lower"] == known["upper"]), "")
    by_day = ~bounds | pairs["onset_scale"].isin(STUDY_DAYS)
    scale = tables["assessments"].loc[pairs["at"], f"{column}_scale"].set_axis(pairs.index)
    rounded_bounds = _rounded(known, unit.where(unit.isin(ABOVE), ""))
    return rounded_bounds.assign(lower=rounded_bounds["lower"] - (by_day & scale.isin(HOURS)))


def _rounded(time: pd.DataFrame, scale: pd.Series) -> pd.DataFrame:
    """`lower` and `upper` as far out as a value reported in the unit `scale` may lie."""
    unit = scale.map(DAYS_PER_UNIT)
    below, above = ((scale.map(far) * unit).fillna(0.0) for far in (BELOW, ABOVE))
    return pd.DataFrame({"lower": time["lower"] - below, "upper": time["upper"] + above})


def _as_elapsed(value: pd.Series, scale: pd.Series) -> pd.DataFrame:
    days = numbers(value) * scale.map(DAYS_PER_UNIT)
    return _rounded(pd.DataFrame({"lower": days, "upper": days}), scale)


def _days_allowed(known: pd.DataFrame, whole: pd.Series) -> pd.Series:
    low, high = known["lower"] + whole, known["upper"]
    span = worded(low, "{:g}".format) + worded(high, " to {:g}".format).where(high > low, "")
    return span + worded(whole, lambda days: " d" if days else " d of elapsed time")


def _last_doses(pairs: pd.DataFrame, tables: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """`first` and `last` possible day of the last dose at or before onset, where every dose of the course has its day."""
    doses = tables["doses"][tables["doses"]["case_id"].isin(pairs["case_id"]) & (tables["doses"]["given"] != "no")]
    dose_course, day = joined(doses, COURSE), calendar(doses["time_date"])
    exact = (day["first"] == day["last"]).groupby(dose_course, sort=False).transform("all")
    given = pd.DataFrame({"of": dose_course, "day": day["first"]})[exact]
    onset = calendar(pairs["onset_date"]).assign(of=pairs["of"]).reset_index(names="pair")
    both = onset.merge(given, on="of")
    surely, perhaps = (both[both["day"] <= both[end]].groupby("pair")["day"] for end in ("first", "last"))
    last = pd.DataFrame({"first": surely.max(), "last": perhaps.max(), "earliest": perhaps.min()}).reindex(pairs.index)
    return last.assign(first=last["first"].fillna(last["earliest"]))


def _beyond_market(tables: dict[str, pd.DataFrame], profile: Profile) -> list[pd.DataFrame]:
    """Q19: an exposure before the drug was first used in people, or a time to onset longer than it had been in use."""
    since = profile.drug.first_used
    if not since:
        return []
    launch = date_bounds(since.date)[0]
    drug = profile.drug.name.casefold()
    courses = tables["courses"]
    mine = courses[drug_names(courses, profile) == drug]
    before = f"before the drug was first used, {since.date} ({since.source})"
    parts = [
        flag(table_name, rows[calendar(rows[column])["last"] < launch], "Q19", column, before)
        for table_name, column, rows in _dated_uses(tables, mine)
    ]
    assessments = tables["assessments"]
    judged = (one_name(assessments["drug"], profile) == drug) | joined(assessments, COURSE).isin(joined(mine, COURSE))
    assessments = assessments[judged]
    times = [("reactions", "onset_lower", *_onsets(tables, mine))]
    times += [
        ("assessments", column, assessments, _as_elapsed(assessments[column], assessments[f"{column}_scale"]))
        for column in INTERVALS
    ]
    for table_name, column, rows, time in times:
        if not len(rows):
            continue
        life = _last_known(rows[time["lower"] > 0], tables) - launch + 1
        longer = lies_before(pd.DataFrame({"lower": life, "upper": life}), time.loc[life.index])
        what = f"longer than the drug was in use, from {since.date} ({since.source}) to the report"
        parts.append(flag(table_name, rows.loc[life.index[longer]], "Q19", column, what))
    return parts


def _dated_uses(tables: dict[str, pd.DataFrame], courses: pd.DataFrame) -> list[tuple[str, str, pd.DataFrame]]:
    """Starts and doses of these courses, and events in them: none is possible before the drug was there."""
    doses = narrow(tables["doses"], "course", "given", "time_date")
    reactions = narrow(tables["reactions"], "course", "role", "occurred", "onset_date")
    event = reactions[is_event(reactions)]
    course_keys = joined(courses, COURSE)
    return [
        ("courses", "start_date", courses),
        ("doses", "time_date", doses[joined(doses, COURSE).isin(course_keys) & (doses["given"] != "no")]),
        ("reactions", "onset_date", event[course_of(event, tables).isin(course_keys)]),
    ]


def _onsets(tables: dict[str, pd.DataFrame], courses: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Reactions in these courses, and their onset since the first dose; since the last one it is no longer."""
    reactions = narrow(tables["reactions"], "course", "source_id", "occurred", *times_of("onset"))
    rows = reactions[reactions["occurred"] == "yes"]
    course = course_of(rows, tables)
    is_in_course = course.isin(joined(courses, COURSE))
    rows, course = rows[is_in_course], course[is_in_course]
    counted = rows.assign(onset_origin=rows["onset_origin"].replace("last_dose", "first_dose"))
    return rows, since_first_dose(counted, "onset", course, starts(tables))[["lower", "upper"]]


def _last_known(rows: pd.DataFrame, tables: dict[str, pd.DataFrame]) -> pd.Series:
    """The last possible day on which the report of each row was written: the latest date of its source and its reports.

    Where none of them has a date there is nothing to compare with: nan.
    """
    sources = tables["sources"].drop_duplicates("source_id").set_index("source_id")["published"]
    printed = calendar(rows["source_id"].map(sources).fillna(""))["last"]
    reports = tables["reports"][tables["reports"]["case_id"].isin(rows["case_id"])]
    days = [calendar(reports[column])["last"] for column in ("received", "latest_information")]
    days.append(calendar(reports["source_id"].map(sources).fillna(""))["last"])
    reported = pd.concat(days, axis=1).max(axis=1).groupby(reports["case_id"]).max()
    return pd.concat([printed, rows["case_id"].map(reported)], axis=1).max(axis=1)
