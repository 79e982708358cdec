"""Recurrence per patient and the limits on it, on small frames."""

from io import StringIO

import numpy as np
import pandas as pd
import pytest

from schemas.codes import codes
from scripts.analyse.estimators.rechallenge import PRECEDENCE, per_patient, recurrence


def frame(text: str) -> pd.DataFrame:
    return pd.read_csv(StringIO(text), sep=r"\s+", dtype=str)


RECHALLENGES = frame("""
case_id  endpoint  strict              mitigation
a        event     negative            steroid
a        symptoms  positive            steroid
b        event     negative            none
b        event     positive            none
c        event     inconclusive        none
e        event     not_done            -
f        event     exposure_continued  -
""")


def test_classes_are_those_of_the_code_list():
    assert set(PRECEDENCE) == set(codes("rechallenge_class"))


def test_one_positive_decides_for_a_patient():
    decided = per_patient(RECHALLENGES).set_index(["case_id", "endpoint"])["strict"]
    assert decided["b", "event"] == "positive"
    assert decided["a", "event"] == "negative"
    assert decided["a", "symptoms"] == "positive"


def test_recurrence_per_endpoint():
    limits = recurrence(RECHALLENGES).set_index("endpoint")
    event = limits.loc["event"]
    assert event[["recurred", "informative", "inconclusive"]].tolist() == [1, 2, 1]
    assert event[["proportion", "least", "most"]].tolist() == pytest.approx([1 / 2, 1 / 3, 2 / 3])
    assert np.isnan(event["zero_event_upper"])
    assert limits.loc["symptoms", "clopper_pearson_lower"] == pytest.approx(0.025)


def test_nobody_recurred():
    limits = recurrence(frame("case_id endpoint strict\na event negative\nb event negative\nc event negative"))
    assert limits.loc[0, "clopper_pearson_upper"] == pytest.approx(0.7076, abs=1e-4)
    assert limits.loc[0, "zero_event_upper"] == pytest.approx(0.6316, abs=1e-4)


def test_nobody_informative():
    limits = recurrence(frame("case_id endpoint strict\na event not_stated"))
    assert limits.loc[0, "informative"] == 0
    assert limits.loc[0, ["proportion", "jeffreys_lower", "least"]].isna().all()


def test_nothing_at_all():
    assert recurrence(RECHALLENGES.iloc[:0]).empty


def test_unknown_class_is_refused():
    with pytest.raises(ValueError, match="rechallenge class 'maybe'"):
        per_patient(frame("case_id endpoint strict\na event maybe"))
