"""Could another cause explain the event: yes, no, or not assessed; never no by silence (definitions: other-causes)."""

from scripts.documents.causality.naranjo import derived
from tests.decisions.line import COURSE, EVENT, WHERE, of_each, through, together
from tests.validate.build import PROFILE, tables

PAINT = {"case_id": "C1", "cause": "painting", "excluded": "yes"} | WHERE
DYE = {"case_id": "C1", "cause": "dyeparin", "excluded": "yes"} | WHERE
HISTORY = {"case_id": "C1", "item": "h", "kind": "condition", "term": "painting"} | WHERE
DRUG = COURSE | {"course": "2", "drug": "dyeparin", "substance": "dyeparin", "role": "concomitant"}
UNNAMED = {"drug": "unknown", "substance": ""}
PAST = {"kind": "past_drug", "term": "dyeparin", "start_date": "2022-05"}
DOSE = {"case_id": "C1", "course": "2", "dose": "1", "time_date": "2022-07-05"} | WHERE
OVER = {"time_date": "2020-05-01", "end_date": "2020-05-20"}
BEFORE_THE_DOSE = {"start_lower": "-3", "start_upper": "-3", "start_scale": "d", "start_origin": "first_dose"}
EXPOSED = EVENT | {"onset_date": "2022-07-10"}
STARTED = COURSE | {"start_date": "2022-07-01"}


CAUSES = [
    ({}, "not_assessed"),  # silence
    ({"alternatives": [PAINT]}, "not_assessed"),  # one of two kinds
    ({"alternatives": [PAINT, DYE]}, "no"),  # every kind that the profile names
    ({"alternatives": [PAINT, DYE | {"excluded": "unclear"}]}, "not_assessed"),
    ({"alternatives": [PAINT, DYE, PAINT | {"cause": "sun", "excluded": "unclear"}]}, "not_assessed"),
    ({"alternatives": [PAINT, DYE | {"excluded": ""}]}, "not_assessed"),
    ({"alternatives": [PAINT, DYE | {"excluded": "not_stated"}]}, "not_assessed"),
    ({"alternatives": [PAINT | {"excluded": "no"}]}, "yes"),
    ({"alternatives": [PAINT, DYE, PAINT | {"cause": "sun", "excluded": "no"}]}, "yes"),
    ({"history": [HISTORY]}, "yes"),  # a condition without an end counts as present
    ({"history": [HISTORY], "alternatives": [PAINT]}, "not_assessed"),
    ({"history": [HISTORY], "alternatives": [PAINT, DYE]}, "no"),
    ({"courses": [STARTED, DRUG | {"start_date": "2022-07-05"}]}, "yes"),
    ({"courses": [STARTED, DRUG]}, "not_assessed"),  # an undated drug
    ({"courses": [STARTED, DRUG | {"start_date": "2022-08-05"}]}, "not_assessed"),  # begun after the event
    ({"courses": [STARTED, DRUG], "alternatives": [PAINT, DYE]}, "no"),  # an undated drug, and a row excludes it
    ({"courses": [STARTED, DRUG | UNNAMED], "alternatives": [PAINT, DYE]}, "not_assessed"),  # it may be any
    ({"history": [HISTORY | {"end_date": "2021-01"}]}, "not_assessed"),  # over before the event
    ({"history": [HISTORY | {"end_date": "2022-07"}]}, "yes"),  # not surely
    ({"history": [HISTORY | {"continuing": "no"}]}, "not_assessed"),
    ({"history": [HISTORY | {"kind": "family"}]}, "not_assessed"),
    # what has an end is judged by it: over by the time of the report and not by that of the event; a drug of the past
    ({"history": [HISTORY | {"continuing": "no", "end_date": "2022-08"}]}, "yes"),
    ({"history": [HISTORY | PAST | {"end_date": "2022-08"}]}, "yes"),
    ({"history": [HISTORY | PAST | {"end_date": "2022-06"}]}, "not_assessed"),
    ({"history": [HISTORY | PAST]}, "not_assessed"),
    ({"history": [HISTORY | {"continuing": "yes", "end_date": "2021-01"}]}, "yes"),  # the two disagree
    # of a drug the doses tell when it was given, as in messages
    ({"courses": [STARTED, DRUG], "doses": [DOSE]}, "yes"),
    ({"courses": [STARTED, DRUG | {"start_date": "2020-05"}], "doses": [DOSE | OVER]}, "not_assessed"),
    ({"courses": [STARTED, DRUG | {"start_date": "2020-05"}], "doses": [DOSE | OVER, DOSE | {"dose": "2"}]}, "yes"),
    ({"courses": [STARTED, DRUG | BEFORE_THE_DOSE]}, "yes"),
    ({"courses": [STARTED, DRUG], "doses": [DOSE | OVER], "reactions": [EVENT]}, "not_assessed"),  # before the drug, at no known onset
    # a kind by its own name
    ({"alternatives": [PAINT | {"cause": "Paint"}, DYE | {"cause": "dye"}]}, "no"),
    ({"alternatives": [PAINT | {"cause": "Paint"}, DYE | {"cause": "dye"}], "history": [HISTORY]}, "no"),
]  # fmt: skip


def test_other_causes():
    rows = [{"courses": [STARTED], "reactions": [EXPOSED]} | reported for reported, _ in CAUSES]
    answers = of_each(rows, "other_cause", found=findings_of(together(rows)))
    assert answers == [(answer,) for _, answer in CAUSES]


def test_a_profile_that_names_no_cause_excludes_none():
    event = PROFILE.event.model_copy(update={"competing": {}})
    silent = PROFILE.model_copy(update={"event": event})
    told = through(profile=silent, reactions=[EXPOSED], alternatives=[PAINT])
    assert told.patient()["other_cause"] == "not_assessed"


def test_naranjo_scores_what_was_derived():
    told = through(reactions=[EVENT], alternatives=[PAINT]).documented["C1"]
    assert derived(told)["5"] == ("", "not mentioned: dye; painting: excluded")


def findings_of(reported):
    """The findings that `validate` makes of these rows."""
    from scripts.validate import check

    return check(tables(**reported), PROFILE)
