"""P18: completeness by hand."""

import pytest

from scripts.documents.completeness import missing, score
from tests.documents.invented import case, changed


@pytest.mark.parametrize(
    ("lacking", "value"),
    [
        (set(), 1.0),
        ({"time_to_onset"}, 0.5),
        ({"time_to_onset", "indication"}, 0.35),
        ({"indication", "outcome", "sex"}, 0.343),
        ({"dose", "country"}, 0.81),
        ({"time_to_onset_month"}, 0.7),
        ({"time_to_onset_days"}, 0.9),
        ({"time_to_onset", "indication", "outcome", "sex", "age", "dose", "country", "reporter", "report_type",
          "comments"}, 0.5 * 0.7**4 * 0.9**5),
    ],
)  # fmt: skip
def test_known_answers(lacking, value):
    assert score(lacking) == pytest.approx(value)


def times(file, lower, upper):
    file.times[("first_symptom", "first_dose")] = {"state": "observed", "lower": lower, "upper": upper}
    return missing(file, "first_symptom", "first_dose") & {"time_to_onset", "time_to_onset_month", "time_to_onset_days"}


@pytest.mark.parametrize(
    ("lower", "upper", "lacking"),
    [
        (0, 400, set()),  # wide, but after the drug
        (-5, 10, {"time_to_onset_days"}),
        (-10, 30, {"time_to_onset_month"}),
        (-10, -5, set()),  # implausible still counts as information
    ],
)
def test_only_a_time_that_may_precede_the_drug_is_ambiguous(lower, upper, lacking):
    assert times(case(), lower, upper) == lacking


def test_an_age_band_costs_less_than_no_age():
    for cells, lacking in (
        ({"age_lower": "25", "age_upper": "36"}, {"age_band"}),
        ({"age_lower": "not_seen", "age_upper": "not_seen"}, {"age"}),
    ):
        file = case(**changed("cases", 0, **cells))
        file.derived.update(cells)
        assert missing(file, "first_symptom", "first_dose") & {"age", "age_band"} == lacking
