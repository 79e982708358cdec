"""Contracts of what `derive` concludes about exposure and event in time: doses, signs, episodes, times, re-exposures."""

import pandera.pandas as pa

from schemas.codes import crosswalk
from schemas.derived_columns import code, listed, number, table, text
from schemas.endpoints import ENDPOINTS, MOTHERS, WORSENED

OF_THE_COURSE = (
    "drug", "substance", "indication", "start_date", "planned_doses", "given_lower", "given_upper", "action_taken",
    "premedication", "mitigation", "setting", "gap_lower", "gap_upper", "gap_scale", "gap_origin",
)  # fmt: skip
"""Cells of `courses` that an exposure carries; of several lines the one thing they all say."""
RE_EXPOSURES = tuple(crosswalk("rechallenge_kind", "re_exposure"))
"""Kinds of rows of `rechallenges` that tell of a patient who was given the drug again."""
UNUSABLE = ("withheld", "outcome_unknown", "without_onset", "of_no_dose")
"""Why a time that is reported is not usable, but for one that is told apart on a clock of its own."""

TIMES = table(
    "times",
    "One time: (lower, upper] days after `clock`; exact where equal, unknown (0, inf)",
    {
        "set": text("membership set; counted_inside: the own times of a case that is counted inside an aggregate"),
        "case_id": text("case"),
        "group": text("group"),
        "episode": text("episode of the event; blank where the case has none"),
        "of_index": listed(["yes", "no"], "whether of the index episode"),
        "endpoint": listed(ENDPOINTS, "what happened"),
        "clock": text("what the time is counted from"),
        "lower": number("days, not included"),
        "upper": number("days, included; inf open"),
        "state": code("time_state", "what is known"),
        "grain": listed(["day", "exact", ""], "counted in days by a calendar, or elapsed time as typed"),
        "unit": text("unit in which it is reported; d for study days and dates"),
        "shown_in": text("unit in which every product shows this endpoint"),
        "origin": text("origin as reported"),
        "status": text("stated, derived or assumed"),
        "approximate": listed(["yes", ""], "yes where the words of the source say about"),
        "timed_lower": number("`lower` by the signs that have a time, where one without a time opens it; else nan"),
        "free_lower": number("`lower` without the assumption that it did not begin before the dose; else nan"),
        "complement_lower": number("days by which an aggregate statement may mean it had not happened; else nan"),
        "source_id": text("source of the time"),
        "as_reported": text(
            "the times behind it as reported, where it is not usable; blank where a check keeps them out of use"
        ),
        "unusable_because": listed(
            (*UNUSABLE, WORSENED, MOTHERS, ""),
            "why it is not usable: kept out of use by a check; an end beside an unknown outcome; an end without the day of the "
            "onset; counted from a point from which the clock cannot be reached; or the clock on which it is told apart",
        ),
    },
)

EXPOSURES = table(
    "exposures",
    "A continuous use of the drug, in the order of time; lines of a record that are not proven two are one",
    {
        "case_id": text("case"),
        "exposure": text("1, 2, ... in the order of time"),
        "course": text("the course, or the first of its lines"),
        "lines": text("all courses of the record that are this exposure"),
        "ordinal": text("which exposure of the patient, as reported"),
        "began_first": number("earliest possible day of the first dose, days since 1970-01-01"),
        "began_last": number("latest possible day of the first dose"),
        "ended_first": number("earliest possible day of the last dose, days since 1970-01-01"),
        "ended_last": number("latest possible day of the last dose"),
        "since_first_lower": number("days from the first dose of exposure 1 to that of this one, not included"),
        "since_first_upper": number("days, included; inf where nobody says"),
        "separate_because": text("what makes it an exposure of its own; blank for the first"),
        "not_one_because": text("why its lines may be more than one exposure; blank where they are one"),
        "dose": text("amount and unit per administration, of the doses given"),
        "lines_began": text("when each of its lines began, where they may be more than one exposure and have dates"),
        "basis": text("the cells it rests on"),
        **{column: text(f"as reported: {column.replace('_', ' ')}") for column in OF_THE_COURSE},
    },
)

DOSE_DAYS = table(
    "dose_days",
    "A dose given in an exposure, with its day as far as it is known",
    {
        "case_id": text("case"),
        "exposure": text("exposure"),
        "dose": pa.Column(int, description="1, 2, ... in the order of time, those without a day last"),
        "given": text("yes or partial, as reported; blank where nobody says, or the record does not list the dose"),
        "day": number("whole days since the first dose of the exposure, which is 0; nan unless one day is known"),
        "lower": number("days since the first dose, not included unless exact; nan where nothing is known"),
        "upper": number("days, included"),
        "complete": listed(
            ["yes", "no"],
            "whether the day of every dose of the exposure is known; of a record of several the first stands here",
        ),
    },
)

SIGNS = table(
    "signs",
    "A reaction, sign or test, with its time as it can be used",
    {
        "case_id": text("case"),
        "exposure": text("the exposure it was in or after; blank, and without a time, where it belongs to none"),
        "kind": listed(["reaction", "test"], "where it is reported"),
        "key": text("its key in that table"),
        "term": text("as reported"),
        "role": text("event, sentinel_sign, symptom, other; of a test its reading"),
        "occurred": text("yes, no or a reason; of a test yes"),
        "attribution": text("whether it is judged part of the event"),
        "lower": number("days after `origin`, not included unless exact"),
        "upper": number("days, included; inf open; nan where no time is known"),
        "origin": text("what the time is counted from"),
        "grain": listed(["day", "exact", ""], "counted in days, or as typed"),
        "unit": text("the unit in which the time is reported"),
        "end_lower": number("end: days after the origin of the onset"),
        "end_upper": number("end: days, included"),
        "end_first": number("end: earliest possible day since 1970-01-01"),
        "end_last": number("end: latest possible day"),
        "status": text("stated, derived or assumed"),
        "e2b_from_first": text(
            "E2B G.k.9.i.3.1a: onset from the first dose, of days as day 1; blank unless one number"
        ),
        "e2b_from_first_scale": listed(["study_day", "min", "h", ""], "E2B G.k.9.i.3.1b: its unit"),
        "e2b_from_last": text("E2B G.k.9.i.3.2a: onset from the last dose, likewise"),
        "e2b_from_last_scale": listed(["study_day", "min", "h", ""], "E2B G.k.9.i.3.2b: its unit"),
        "findings": text("ids of findings about it"),
    },
)

EPISODES = table(
    "episodes",
    "One occurrence of the event in one exposure",
    {
        "case_id": text("case"),
        "episode": text("1, 2, ... in the order of time"),
        "exposure": text("the exposure it was in"),
        "index": listed(["yes", ""], "the episode that the case stands for"),
        "reactions": text("its rows in `reactions`"),
        "terms": text("event terms as reported"),
        "outcome": text("as shown: the gravest of its terms"),
        "ended": code("known", "whether it is known to have ended: every term recovered or with sequelae"),
        "abated": code("known", "whether every term is known to have abated; no where one is known not to have"),
        "fatal": listed(["yes", ""], "an event term is fatal or meets the criterion"),
        "serious": text("seriousness criteria of its terms"),
        "not_serious": listed(["yes", ""], "every criterion of every term is denied"),
        "onset_lower": number("first symptom: days after the first dose of the exposure, not included unless exact"),
        "onset_upper": number("days, included"),
        "end_lower": number("end: days after the first dose of the exposure"),
        "end_upper": number("days, included"),
        "end_first": number("end: earliest possible day since 1970-01-01"),
        "end_last": number("end: latest possible day"),
        "doses_before": text("doses with a known day at or before onset: a number or a range"),
        "basis": text("the cells it rests on"),
    },
)

COMPARED = ("earlier", "same", "later", "open")
"""An onset on re-exposure against the first: surely earlier or later, the same time or day, or not to be told."""

ONSET_PAIRS = table(
    "onset_pairs",
    "An onset on re-exposure beside that of the first episode, each from the first dose of its own exposure",
    {
        "set": text("as in `times`"),
        "case_id": text("case"),
        "endpoint": text("which onset"),
        "episode": text("the episode on re-exposure"),
        "exposure": text("its exposure"),
        "first_episode": text("the first episode"),
        "compared": listed((*COMPARED, ""), "when it came, against the first; blank where one of the two is not known"),
    },
)

RECHALLENGES = table(
    "rechallenges",
    "One re-exposure in both readings, doses continued after onset, or a code alone",
    {
        "case_id": text("case"),
        "group": text("group"),
        "exposure": text("the exposure; blank for a code alone"),
        "course": text("its course in the record"),
        "kind": code("rechallenge_kind", "what it is"),
        "gap": text("time since the previous course, as reported"),
        "doses_given": text("number"),
        "dose_fraction": number("doses given over doses of the first exposure with the event before its onset"),
        "premedication": text("as reported"),
        "mitigation": text("measures meant to prevent a recurrence, as reported"),
        "setting": text("for example inpatient"),
        "modifiers": text(
            "kinds of premedication, doses against the index course, setting, measures, each at least once; another form or route"
        ),
        "e2b_literal": text("G.k.9.i.4 of the event as reported, 1-4; blank when nobody said"),
        "reported": code("rechallenge_reported", "as the source says it"),
        "event": code("rechallenge_class", "by the strict rules: the event"),
        "symptoms": code("rechallenge_class", "by the strict rules: event-like symptoms"),
        "symptoms_new": text("signs of the re-exposure that the first episode did not have"),
        "tests": code("rechallenge_class", "by the strict rules: laboratory tests"),
        "tests_recurred": text("which tests"),
        "tests_doubtful": text("those of them whose values have a doubtful unit"),
        "window": listed(
            ["known", "too_short", "not_stated", ""], "for how long recurrence was looked for, against the risk window"
        ),
        "ended_by": text("what says that the earlier episodes had ended: dates, outcome; blank where nothing does"),
        "but_for_fatal": text(
            "the class it would have, had an earlier event not been told as fatal; blank where none was"
        ),
        "why": text("what the class rests on"),
        "basis": text("the cells it rests on"),
    },
)
