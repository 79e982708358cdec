"""The two warnings that stand beside the NPMLE (definitions: npmle, aggregate-statements)."""

import numpy as np

from scripts.analyse.estimators.npmle import npmle
from scripts.analyse.estimators.shape_warnings import deciding_case, forced_completion
from scripts.words.times import length

INF = np.inf
NOT_MET = ([0] * 9 + [14] * 2 + [0], [14] * 9 + [INF] * 2 + [16])


def test_one_case_moves_everybody_to_day_two():
    """Eleven cases on study days [1,4] and one on [1,2] make the NPMLE say that all onsets fell by day 2."""
    warning = deciding_case([0] * 12, [4] * 5 + [2] + [4] * 6)
    assert warning.case == 5
    assert (warning.at, warning.share_with, warning.share_without) == (2, 1, 0)
    assert (warning.median_with, warning.median_without) == ((0, 2), (0, 4))
    assert warning.reason == (
        "one case, timed by 2, decides the curve: the estimated share by 2 is 1 with it and 0 without it"
    )
    assert deciding_case([0] * 6 + [1.5], [4] * 6 + [1.5]).reason.startswith(
        "one case, timed at 1.5, decides the curve"
    )


def test_two_such_cases_decide_together_not_alone():
    assert deciding_case([0] * 12, [4] * 10 + [2, 2]).case is None


def test_exact_times_have_no_deciding_case():
    for n in (3, 5, 12):
        assert deciding_case(range(n), range(n)).case is None


def test_reasons_for_not_looking():
    assert deciding_case([0] * 201, [4] * 201).reason == "not looked for: 201 cases, more than 200"
    assert deciding_case([0, 0], [4, 2]).reason == "not looked for: 2 cases, fewer than 3"


def test_curve_forced_to_one():
    """The rest of an aggregate taken as not met: F(16) = 1 although two are known only to be unresolved at 14."""
    words = "the curve reaches 1 at 16, but 2 of 12 cases are known only to be later than 14"
    assert forced_completion(npmle(*NOT_MET), *NOT_MET) == words
    in_days = forced_completion(npmle(*NOT_MET), *NOT_MET, told=lambda time: length(time, "d"))
    assert in_days == words.replace("at 16", "at 16 days").replace("than 14", "than 14 days")


def test_curve_that_stays_open_or_needs_no_warning():
    assert forced_completion(npmle([1, 5], [2, INF]), [1, 5], [2, INF]) is None
    assert forced_completion(npmle([0, 0], [4, INF]), [0, 0], [4, INF]) is None
