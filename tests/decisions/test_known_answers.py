"""Known answers of docs/definitions.md through the whole line: reported rows in, the printed number out."""

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


@pytest.fixture(autouse=True, scope="module")
def only_what_is_asked():
    """The analyses whose numbers are looked at; the others leave things out one by one, which takes long."""
    with mock.patch.object(
        analyse, "analyses", return_value=["of_onset", "of_resolution", "of_shape", "of_truncation"]
    ):
        yield


def series(rows: list[dict[str, str]], *, start: list[str] | None = None, indications: list[str] | None = None) -> dict:
    """A case per event row."""
    names = [f"C{number}" for number, _ in enumerate(rows)]
    began, asked = start or [""] * len(rows), indications or [""] * len(rows)
    return {
        "cases": [CASE | {"case_id": case} for case in names],
        "courses": [
            COURSE | {"case_id": case, "start_date": date, "indication": why}
            for case, date, why in zip(names, began, asked, strict=True)
        ],
        "reactions": [EVENT | row | {"case_id": case} for case, row in zip(names, rows, strict=True)],
    }


def text(bound: float) -> str:
    return f"{bound:g}" if np.isfinite(bound) else ""


def resolved(lower, upper, scale: str = "d") -> list[dict[str, str]]:
    """Ends counted from the event; right-censored ones are not recovered at the last look."""
    return [
        {"end_lower": text(low), "end_upper": text(high), "end_scale": scale, "end_origin": "event",
         "outcome": "recovered" if np.isfinite(high) else "not_recovered"}
        for low, high in zip(lower, upper, strict=True)
    ]  # fmt: skip


def begun(lower, upper=None, scale: str = "d") -> list[dict[str, str]]:
    """Onsets counted from the first dose; open where the upper end is."""
    upper = lower if upper is None else upper
    return [
        {"onset_lower": text(low), "onset_upper": text(high), "onset_scale": scale, "onset_origin": "first_dose"}
        for low, high in zip(lower, upper, strict=True)
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


def masses(told: Told) -> dict[tuple[float, float], float]:
    own = told.curves
    own = own[(own["endpoint"] == "clinical_resolution") & (own["clock"] == "pooled origins") & (own["group"] == "all")]
    return {(low, high): mass for low, high, mass in own[["lower", "upper", "mass"]].itertuples(index=False)}


def test_breast_cosmesis():
    """Masses to four decimals, the log-likelihood and the median interval (definitions: npmle)."""
    told = through(**series(resolved(*published.RADIOTHERAPY, "mo")))
    half = result(told, "resolution", "npmle_median")
    assert (half["lower"] / PER_MONTH, half["upper"] / PER_MONTH) == pytest.approx((38, 40))
    assert result(told, "resolution", "npmle_log_likelihood")["value"] == pytest.approx(-58.06002, abs=1e-4)
    found = {
        (round(low / PER_MONTH), round(high / PER_MONTH)): mass
        for (low, high), mass in masses(told).items()
        if high < INF
    }
    assert found == pytest.approx(
        {(4, 5): 0.0463, (6, 7): 0.0334, (7, 8): 0.0887, (11, 12): 0.0708, (24, 25): 0.0926, (33, 34): 0.0818,
         (38, 40): 0.1209, (46, 48): 0.4656}, abs=5e-5)  # fmt: skip


HALF_OPEN = [
    ([6, 7, 8, 7, 5], [7, 8, 10, 16, 20], {(6, 7): 0.25, (7, 8): 0.375, (8, 10): 0.375}),
    ([1, 8, 8, 7, 7, 17, 37, 46, 46, 45], [7, 8, 10, 16, 14, INF, 44, INF, INF, INF],
     {(1, 7): 0.1, (8, 8): 0.2, (8, 10): 0.2, (37, 44): 0.125, (46, INF): 0.375}),
    ([0, 1, 1, 0, 0, 2], [1, 3, 3, 2, 2, 3], {(0, 1): 1 / 3, (1, 2): 1 / 3, (2, 3): 1 / 3}),
]  # fmt: skip


@pytest.mark.parametrize(("lower", "upper", "answer"), HALF_OPEN)
def test_intervals_are_half_open(lower, upper, answer):
    assert masses(through(**series(resolved(lower, upper)))) == pytest.approx(answer, abs=1e-4)


def test_remission_under_mercaptopurine():
    """Kaplan-Meier median 23 weeks, limits 16 to not reached."""
    told = through(**series(resolved(*published.MERCAPTOPURINE, "wk")))
    row = result(told, "resolution", "kaplan_meier_median")
    assert (row["value"] / 7, row["lower"] / 7, row["upper"]) == (23, 16, INF)


SHAPES = [
    # onsets, days exact or counted; shape, scale, profile limits
    (begun(published.BEARINGS), EXACT, 2.102059, 81.87834, (1.50415, 2.79154), "wear-out"),
    (begun(published.PLACEBO), EXACT, 1.370500, 9.482141, (0.94679, 1.87972), "random"),
    (begun([day for day in published.PLACEBO if day <= 12]), EXACT, 1.651238, 6.898995, (1.07603, 2.37958), "wear-out"),
    (begun(*published.OVARIAN), EXACT, 1.108060, 1225.42, None, "random"),
    (begun([1] * 3 + [2] * 5 + [3] * 3 + [4] * 3, scale="study_day"), {}, 2.002583, 2.177914, (1.15968, 3.14637), "wear-out"),
]  # fmt: skip


@pytest.mark.parametrize(("rows", "analysis", "shape", "scale", "limits", "pattern"), SHAPES)
def test_weibull(rows, analysis, shape, scale, limits, pattern):
    told = through(analysis=analysis, **series(rows))
    found = result(told, "shape", "shape")
    assert found["value"] == pytest.approx(shape, rel=1e-3)
    assert result(told, "shape", "scale")["value"] == pytest.approx(scale, rel=1e-3)
    assert limits is None or (found["lower"], found["upper"]) == pytest.approx(limits, rel=1e-3)
    assert found["note"].startswith(pattern)


def test_right_truncation():
    """F(t | t <= 12) for x and v of definitions: right-truncation; the lock is the last day of 2025."""
    x, v = [1, 2, 2, 3, 5, 6, 8, 9, 10, 12], [20, 4, 12, 6, 15, 7, 14, 9, 22, 12]
    starts = [str(np.datetime64("2025-12-31") - days) for days in v]
    told = through(**series(begun(x), start=starts))
    found = told.results[told.results["statistic"] == "share_if_truncated"]
    shares = dict(zip(found["at"], found["value"], strict=True))
    assert shares == pytest.approx(
        {1: 0.06, 2: 0.18, 3: 0.24, 5: 0.32, 6: 0.40, 8: 8 / 15, 9: 2 / 3, 10: 5 / 6, 12: 1}, abs=1e-6
    )
    assert told.results.loc[told.results["statistic"] == "median_if_truncated", "value"].tolist() == [8]
    assert told.results.loc[told.results["statistic"] == "truncation", "note"].item().startswith("not negligible")


SHARES = {"0/1": (0, 0.9750), "0/3": (0, 0.7076), "0/15": (0, 0.2180), "0/20": (0, 0.1684), "1/1": (0.0250, 1),
          "9/11": (0.4822, 0.9772)}  # fmt: skip
RANKS = {6: (1, 6), 9: (2, 8), 12: (3, 10), 15: (4, 12), 20: (6, 15)}
OF_GROUPS = [name for name in SHARES for _ in range(int(name.split("/")[1]))]
OF_RANKS = [str(n) for n in RANKS for _ in range(n)]


@pytest.fixture(scope="module")
def grouped():
    """A group per share, of which so many begin by study day 4, and per number of cases, which begin on days 1, 2, 3, ..."""
    early = [place < int(name.split("/")[0]) for name in SHARES for place in range(int(name.split("/")[1]))]
    days = [2 if one else 9 for one in early] + [day for n in RANKS for day in range(1, n + 1)]
    names = [*OF_GROUPS, *OF_RANKS]
    groups = {name: [name] for name in dict.fromkeys(names)}
    with mock.patch.object(timing, "REPLICATES", 10):
        told = through(
            profile=PROFILE.model_copy(update={"groups": groups}),
            analysis=EXACT | {"onset_days": [4]},
            **series(begun(days), indications=names),
        )
        assert len(told.results)
    return told


@pytest.mark.parametrize("name", SHARES)
def test_exact_limits_of_a_share(grouped, name):
    row = result(grouped, "onset", "limits_by", group=name)
    assert (row["lower"], row["upper"]) == pytest.approx(SHARES[name], abs=5e-5)


@pytest.mark.parametrize("n", RANKS)
def test_ranks_of_the_limits_of_a_median(grouped, n):
    row = result(grouped, "onset", "median_limits", group=str(n))
    assert (row["lower"], row["upper"]) == RANKS[n]


def test_a_flat_median_is_named():
    """Of six exact days the curve stands at one half from day 3 until day 4."""
    told = through(analysis=EXACT, **series(begun(range(1, 7))))
    bounds, half = (result(told, "onset", name) for name in ("median_bounds", "npmle_median"))
    assert (bounds["lower"], bounds["upper"]) == (3.5, 3.5)
    assert (half["lower"], half["upper"]) == (3, 4)
    assert {(row["flat_from"], row["flat_until"]) for row in (bounds, half)} == {(3, 4)}
