"""Known answers of docs/definitions.md on times, through the whole line: reported rows in, the printed number out.

A run of the line costs as much for one series as for ten, so that the published series are groups of a few runs.
"""

from unittest import mock

import numpy as np
import pytest

from scripts import analyse
from scripts.analyse.results import timing
from tests.analyse.estimators import published
from tests.decisions.line import CASE, COURSE, EVENT, Told, through
from tests.validate.build import PROFILE

INF = np.inf
PER_MONTH = 30.4375
EXACT = {"whole_days": "exact"}
Rows = list[dict[str, str]]


def grouped(analyses: list[str], series: dict[str, Rows], *, start: list[str] | None = None, **more) -> Told:
    """A case per event row and a group per series; only these analyses, whose numbers are looked at.

    Bootstrap limits stand on few replicates: nothing here asks for them.
    """
    groups = [name for name, rows in series.items() for _ in rows]
    rows = [row for part in series.values() for row in part]
    names = [f"C{number}" for number, _ in enumerate(rows)]
    courses = zip(names, start or [""] * len(rows), groups, strict=True)
    told = through(
        profile=PROFILE.model_copy(update={"groups": {name: [name] for name in series}}),
        cases=[CASE | {"case_id": case} for case in names],
        courses=[COURSE | {"case_id": case, "start_date": date, "indication": group} for case, date, group in courses],
        reactions=[EVENT | row | {"case_id": case} for case, row in zip(names, rows, strict=True)],
        **more,
    )
    with (
        mock.patch.object(analyse, "analyses", return_value=analyses),
        mock.patch.object(timing, "REPLICATES", 10),
    ):
        assert len(told.results)
    return told


def text(bound: float) -> str:
    return f"{bound:g}" if np.isfinite(bound) else ""


def resolved(lower, upper=None, scale: str = "d") -> Rows:
    """Ends counted from the event; right-censored ones are not recovered at the last look."""
    return [
        {"end_lower": text(low), "end_upper": text(high), "end_scale": scale, "end_origin": "event",
         "outcome": "recovered" if np.isfinite(high) else "not_recovered"}
        for low, high in zip(lower, lower if upper is None else upper, strict=True)
    ]  # fmt: skip


def begun(lower, upper=None, scale: str = "d") -> Rows:
    """Onsets counted from the first dose; open where the upper end is."""
    return [
        {"onset_lower": text(low), "onset_upper": text(high), "onset_scale": scale, "onset_origin": "first_dose"}
        for low, high in zip(lower, lower if upper is None else upper, strict=True)
    ]


def result(told: Told, analysis: str, statistic: str, group: str = "all", **wanted):
    """The row of the results on the primary onset from the first dose, or on clinical resolution."""
    found = told.results
    keep = (found["analysis"] == analysis) & (found["statistic"] == statistic) & (found["group"] == group)
    keep &= found["endpoint"].isin(["first_symptom", "clinical_resolution"]) & found["clock"].isin(
        ["first_dose", "pooled origins"]
    )
    for column, value in wanted.items():
        keep &= found[column] == value
    (row,) = found[keep].drop_duplicates(["endpoint", "clock", "lower", "upper", "value"]).to_dict("records")
    return row


def masses(told: Told, group: str, unit: float = 1.0) -> dict[tuple[float, float], float]:
    """The curve of resolution of a group: bounds, in `unit` days, and masses."""
    own = told.curves
    own = own[(own["endpoint"] == "clinical_resolution") & (own["clock"] == "pooled origins") & (own["group"] == group)]
    steps = own[["lower", "upper", "mass"]].itertuples(index=False)
    return {(round(low / unit, 6), round(high / unit, 6)): mass for low, high, mass in steps}


ARMS = {"radiotherapy": published.RADIOTHERAPY, "with chemotherapy": published.CHEMOTHERAPY}


@pytest.fixture(scope="module")
def cosmesis() -> Told:
    """Each patient with the same months as an onset and as an end."""
    both = {
        name: [one | other for one, other in zip(begun(*arm, "mo"), resolved(*arm, "mo"), strict=True)]
        for name, arm in ARMS.items()
    }
    return grouped(["of_resolution", "of_shape", "of_truncation"], both)


@pytest.mark.parametrize("arm", published.COSMESIS)
def test_breast_cosmesis(cosmesis, arm):
    """Finkelstein and Wolfe 1985, as Fay and Shaw 2010 print it (definitions: npmle)."""
    steps, likelihood, median, shape, scale = published.COSMESIS[arm]
    half = result(cosmesis, "resolution", "npmle_median", arm)
    assert (half["lower"] / PER_MONTH, half["upper"] / PER_MONTH) == pytest.approx(median)
    assert result(cosmesis, "resolution", "npmle_log_likelihood", arm)["value"] == pytest.approx(likelihood, abs=1e-4)
    assert masses(cosmesis, arm, PER_MONTH) == pytest.approx(steps, abs=5e-5)
    assert result(cosmesis, "shape", "shape", arm)["value"] == pytest.approx(shape, rel=1e-3)
    assert result(cosmesis, "shape", "scale", arm)["value"] / PER_MONTH == pytest.approx(scale, rel=1e-3)


def test_both_arms_together(cosmesis):
    assert result(cosmesis, "resolution", "npmle_log_likelihood")["value"] == pytest.approx(-136.9638, abs=1e-4)


def test_the_arms_are_not_tested_against_each_other(cosmesis):
    """A permutation test of the two arms (Z = -2.6684, p = .0076) has no row: reported cases are no sample of anything."""
    words = cosmesis.results.loc[cosmesis.results["statistic"] == "groups_not_tested", "note"].item()
    assert words.endswith("reported cases are not a sample from anything a test could speak about")
    assert not cosmesis.results["statistic"].str.contains("logrank|wilcoxon|fisher|p_value", case=False).any()


HALF_OPEN = {
    "closed bounds fail": ([6, 7, 8, 7, 5], [7, 8, 10, 16, 20], {(6, 7): 0.25, (7, 8): 0.375, (8, 10): 0.375}, -3.635635),
    "exact and censored": (
        [1, 8, 8, 7, 7, 17, 37, 46, 46, 45], [7, 8, 10, 16, 14, INF, 44, INF, INF, INF],
        {(1, 7): 0.1, (8, 8): 0.2, (8, 10): 0.2, (37, 44): 0.125, (46, INF): 0.375}, -13.069119),
    "iteration stops early": (
        [0, 1, 1, 0, 0, 2], [1, 3, 3, 2, 2, 3], {(0, 1): 1 / 3, (1, 2): 1 / 3, (2, 3): 1 / 3}, -3.819085),
}  # fmt: skip
LOW, HIGH, MASSES, LIKELIHOOD = HALF_OPEN["exact and censored"]
AGAIN = resolved(LOW, HIGH)
ALTERED = {
    # what leaves the masses as they are: rows, by how much times and log-likelihood are multiplied
    "rows in another order": (AGAIN[::-1], 1, 1),
    "every row three times": (AGAIN * 3, 1, 3),
    "weeks instead of days": (resolved(LOW, HIGH, "wk"), 7, 1),
    "a row without information": ([*AGAIN, {"outcome": "unknown"}], 1, 1),
}


@pytest.fixture(scope="module")
def ends() -> Told:
    series = {name: resolved(low, high) for name, (low, high, *_) in HALF_OPEN.items()}
    series |= {name: rows for name, (rows, *_) in ALTERED.items()}
    series |= {
        "mercaptopurine": resolved(*published.MERCAPTOPURINE, "wk"),
        "placebo": resolved(published.PLACEBO, scale="wk"),
    }
    return grouped(["of_resolution"], series)


@pytest.mark.parametrize("name", HALF_OPEN)
def test_intervals_are_half_open(ends, name):
    *_, answer, likelihood = HALF_OPEN[name]
    assert masses(ends, name) == pytest.approx(answer, abs=1e-4)
    assert result(ends, "resolution", "npmle_log_likelihood", name)["value"] == pytest.approx(likelihood, abs=1e-4)


@pytest.mark.parametrize("name", ALTERED)
def test_what_leaves_the_masses_as_they_are(ends, name):
    """Definitions: invariances."""
    _, unit, times = ALTERED[name]
    assert masses(ends, name, unit) == pytest.approx(MASSES, abs=1e-6)
    found = result(ends, "resolution", "npmle_log_likelihood", name)["value"]
    assert found == pytest.approx(LIKELIHOOD * times, abs=1e-4)


@pytest.mark.parametrize(("arm", "weeks"), [("mercaptopurine", (23, 16, INF)), ("placebo", (8, 4, 12))])
def test_remission(ends, arm, weeks):
    """Freireich's trial: Kaplan-Meier median and its limits."""
    row = result(ends, "resolution", "kaplan_meier_median", arm)
    assert (row["value"] / 7, row["lower"] / 7, row["upper"] / 7) == weeks


EARLY = [day for day in published.PLACEBO if day <= 12]
COUNTS = [1] * 3 + [2] * 5 + [3] * 3 + [4] * 3
SHAPES = {
    # onsets; shape, scale, profile limits, log-likelihood, class
    "bearings": (begun(published.BEARINGS), 2.102059, 81.87834, (1.50415, 2.79154), -113.6913, "wear-out"),
    "placebo": (begun(published.PLACEBO), 1.370500, 9.482141, (0.94679, 1.87972), None, "random"),
    "placebo until 12": (begun(EARLY), 1.651238, 6.898995, (1.07603, 2.37958), None, "wear-out"),
    "ovarian": (begun(*published.OVARIAN), 1.108060, 1225.42, None, None, "random"),
    "study days": (begun(COUNTS, scale="study_day"), 2.002583, 2.177914, (1.15968, 3.14637), -20.10992, "wear-out"),
}


@pytest.fixture(scope="module")
def shapes() -> Told:
    return grouped(["of_shape"], {name: rows for name, (rows, *_) in SHAPES.items()}, analysis=EXACT)


@pytest.mark.parametrize("name", SHAPES)
def test_weibull(shapes, name):
    _, shape, scale, limits, likelihood, pattern = SHAPES[name]
    found = result(shapes, "shape", "shape", name)
    assert found["value"] == pytest.approx(shape, rel=1e-3)
    assert result(shapes, "shape", "scale", name)["value"] == pytest.approx(scale, rel=1e-3)
    assert limits is None or (found["lower"], found["upper"]) == pytest.approx(limits, rel=1e-3)
    found_likelihood = result(shapes, "shape", "log_likelihood", name)["value"]
    assert likelihood is None or found_likelihood == pytest.approx(likelihood, abs=1e-4)
    assert found["note"].startswith(pattern)


def test_the_shape_corrected_for_few_cases(shapes):
    assert result(shapes, "shape", "shape_corrected", "bearings")["value"] == pytest.approx(1.977744, rel=1e-4)


def test_right_truncation():
    """F(t | t <= 12) for x and v of definitions: right-truncation; the lock is the last day of 2025."""
    x, v = [1, 2, 2, 3, 5, 6, 8, 9, 10, 12], [20, 4, 12, 6, 15, 7, 14, 9, 22, 12]
    starts = [str(np.datetime64("2025-12-31") - days) for days in v]
    told = grouped(["of_truncation"], {"all of them": begun(x)}, start=starts)
    found = told.results[told.results["statistic"] == "share_if_truncated"]
    shares = dict(zip(found["at"], found["value"], strict=True))
    assert shares == pytest.approx(
        {1: 0.06, 2: 0.18, 3: 0.24, 5: 0.32, 6: 0.40, 8: 8 / 15, 9: 2 / 3, 10: 5 / 6, 12: 1}, abs=1e-6
    )
    assert told.results.loc[told.results["statistic"] == "median_if_truncated", "value"].tolist() == [8]
    assert told.results.loc[told.results["statistic"] == "truncation", "note"].item().startswith("not negligible")


SHARES = {"0/1": (0, 0.9750), "0/3": (0, 0.7076), "0/15": (0, 0.2180), "0/20": (0, 0.1684), "1/1": (0.0250, 1),
          "9/11": (0.4822, 0.9772), "15/148": (0.0578, 0.1617), "81/263": (0.2527, 0.3676)}  # fmt: skip
RANKS = {3: None, 4: None, 5: None, 6: (1, 6), 7: (1, 7), 8: (1, 8), 9: (2, 8), 10: (2, 9), 11: (2, 10), 12: (3, 10),
         13: (3, 11), 14: (3, 12), 15: (4, 12), 20: (6, 15), 30: (10, 21)}  # fmt: skip


@pytest.fixture(scope="module")
def counted() -> Told:
    """A group per share, of which so many begin by study day 4, and per number of cases, which begin on days 1, 2, 3, ..."""
    pairs = {name: map(int, name.split("/")) for name in SHARES}
    series = {name: begun([2] * x + [9] * (n - x)) for name, (x, n) in pairs.items()}
    series |= {str(n): begun(range(1, n + 1)) for n in RANKS}
    return grouped(["of_onset"], series, analysis=EXACT | {"onset_days": [4]})


@pytest.mark.parametrize("name", SHARES)
def test_exact_limits_of_a_share(counted, name):
    row = result(counted, "onset", "limits_by", name)
    assert (row["lower"], row["upper"]) == pytest.approx(SHARES[name], abs=5e-5)


@pytest.mark.parametrize("n", RANKS)
def test_ranks_of_the_limits_of_a_median(counted, n):
    row = result(counted, "onset", "median_limits", str(n))
    if RANKS[n] is None:
        assert row["method"] == "none below 6 cases; the range stands instead"
        assert np.isnan(row["lower"])
    else:
        assert (row["lower"], row["upper"]) == RANKS[n]


def test_a_flat_median_is_named(counted):
    """Of six exact days the curve stands at one half from day 3 until day 4."""
    bounds, half = (result(counted, "onset", name, "6") for name in ("median_bounds", "npmle_median"))
    assert (bounds["lower"], bounds["upper"]) == (3.5, 3.5)
    assert (half["lower"], half["upper"]) == (3, 4)
    assert {(row["flat_from"], row["flat_until"]) for row in (bounds, half)} == {(3, 4)}
