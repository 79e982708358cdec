"""What is drawn is what the results say: default and invented series, against the issue's and the results' numbers."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from schemas.config import Settings
from schemas.profile import load
from scripts import figures
from scripts.figures import figure_case_flow, figure_onset, figure_resolution
from scripts.figures.cumulative.panel import counts
from scripts.figures.swimmer import lanes
from scripts.files import bundle
from tests.decisions.line import COURSE, EVENT, through, together
from tests.figures import measuring, series


def data_of(run):
    """The tables of a finished run."""
    done = run.home / "data/processed" / run.series
    profiles = [*Path(run.home).glob("config/series/*.yaml"), *Path(run.home).glob("profile.yaml")]
    return bundle.read(
        load(profiles[0]),
        Settings(data_lock="2025-12-31"),
        derived=done / "derived",
        results=run.home / "results" / run.series,
        series=done / "series",
        findings=done / "findings.csv",
    )


@pytest.fixture(scope="session")
def default(default_run):
    return data_of(default_run)


@pytest.fixture(scope="session")
def invented(invented_run):
    return data_of(invented_run)


def test_case_flow_of_the_default_series(default):
    steps = figure_case_flow.flow(default)
    assert [(left.count, out.title, out.count) for left, out in steps.rows] == [
        (25, "Case definition not met", 7),
        (18, "Counted inside a group, not added", 3),
    ]
    assert steps.series.count == 15
    assert [(box.title, box.count) for box in steps.parts] == [
        ("Identified cases", 1),
        ("Group DROP14: anonymous members", 14),
    ]


@pytest.mark.parametrize("name", ["default", "invented"])
@pytest.mark.parametrize("which", ["onset", "resolution"])
def test_band_and_table_agree_with_known_and_possible(request, name, which):
    """happened = known; happened, straddling, not known (and died, as the results count them) = possible."""
    data = request.getfixturevalue(name)
    panels = [figure_onset.panel(data)[0]] if which == "onset" else figure_resolution._panels(data)[0]
    facts = data.facts
    endpoint, clock = (facts.onset, facts.clock) if which == "onset" else (facts.resolution, "pooled origins")
    results = data.results_of(which, set=data.main_set, endpoint=endpoint, clock=clock, group="all")
    for panel, coding in zip(panels, dict.fromkeys(results["coding"]), strict=True):
        for day in panel.thresholds:
            numbers = results[(results["coding"] == coding) & (results["at"] == day)].set_index("statistic")["value"]
            happened, straddles, _, died, unknown = counts(panel.rows, day)
            assert happened == numbers["known_by"]
            assert numbers["possible_by"] in (happened + straddles + unknown, happened + straddles + unknown + died)


def test_onset_of_the_default_series(default):
    panel, warning = figure_onset.panel(default)
    assert counts(panel.rows, 2) == (1, 11, 0, 0, 3)
    assert counts(panel.rows, 4) == (12, 0, 0, 0, 3)
    assert panel.median == (0, 4)
    assert "one case" in warning
    drawing = figures.drawn("onset", default)
    assert f"Warning: {warning}" in drawing.caption
    assert any("†" in words for words in measuring.words(drawing.figure).said)


def test_resolution_shows_both_codings(default):
    panels, warning = figure_resolution._panels(default)
    assert [counts(panel.rows, 14) for panel in panels] == [(9, 1, 0, 0, 5), (9, 1, 2, 0, 3)]
    assert "reaches 1" in warning
    assert "not stated in 9, haemoptysis in 1" in figures.drawn("resolution", default).caption


def test_npmle_is_never_drawn_as_a_slope(default):
    """Every line of the estimate is level or upright."""
    for axes in figures.drawn("resolution", default).figure.axes:
        for line in axes.lines:
            if line.get_color() == "#D55E00" and len(line.get_xdata()) == 2:
                (x0, x1), (y0, y1) = line.get_xdata(), line.get_ydata()
                assert x0 == x1 or y0 == y1


def test_swimmer_holds_every_case_of_the_listing_and_every_mark(default):
    rows = lanes.cases(default)
    assert sorted(rows["case_id"]) == sorted(default.counted["case_id"])
    drawing = figures.drawn("swimmer", default)
    texts = measuring.words(drawing.figure).said
    assert all(case in texts for case in rows["case_id"])
    assert "discomfort, chest pain, shortness of breath" in " ".join(texts)
    marks = drawing.data[drawing.data["panel"] == "index"]
    assert sorted(marks.loc[marks["case_id"] == "ZHAO-2025", "what"]) == [
        "diagnosis", "dose", "dose", "dose", "first_symptom", "sentinel_sign",
    ]  # fmt: skip


def test_no_mark_of_a_row_covers_another():
    """In one lane of one case and course no two marks lie closer than a mark is wide."""
    data = series.made([{"onset": (0, 2), "sentinel_sign": (1, 2), "diagnosis": (1, 2), "resolution": (0, 5)}])
    marks = lanes.index_marks(data)
    assert marks["lane"].is_unique


def test_two_doses_on_one_day_get_lanes_of_their_own():
    import pandas as pd

    doses = pd.DataFrame({"panel": "index", "case_id": "C", "course": "1", "what": "dose", "lower": [0.0, 0.0, 1.0],
                          "upper": [1.0, 1.0, 2.0], "state": "observed", "clock": "first_dose", "detail": "yes", "lane": 0,
                          "tick": False})  # fmt: skip
    apart = lanes.doses_apart(doses, (0.0, 4.0, 4.2), 50.0)
    assert apart["lane"].tolist() == [0, 1, 0]


def test_a_year_of_daily_doses_becomes_one_bar():
    import pandas as pd

    days = np.arange(365.0)
    doses = pd.DataFrame({"panel": "index", "case_id": "C", "course": "1", "what": "dose", "lower": days,
                          "upper": days + 1, "state": "observed", "clock": "first_dose", "detail": "yes", "lane": 0,
                          "tick": False})  # fmt: skip
    apart = lanes.doses_apart(doses, (0.0, 365.0, 387.0), 50.0)
    assert apart[["lower", "upper", "detail"]].values.tolist() == [[0.0, 365.0, "365 doses"]]


def test_resolution_leaves_out_times_of_origins_that_may_not_be_pooled(invented):
    """And counts what is not usable as the results do."""
    rows = figure_resolution._rows(invented, "")
    clock = invented.main_times(invented.facts.resolution).set_index("case_id")["clock"]
    allowed = {*invented.conventions.poolable_origins, ""}
    assert set(rows.loc[rows["state"] == "observed", "case_id"].map(clock)) <= allowed
    results = figure_resolution._results(invented)
    counted = results[results["coding"] == results["coding"].iloc[0]].set_index("statistic")["value"]
    assert (rows["state"] == "not_usable").sum() == counted["n_not_usable"]


def test_forest_has_every_part_with_its_denominator():
    """Limits of 1 of 2: 1 - sqrt(0.975) and sqrt(0.975) (Clopper and Pearson)."""
    modifiers = "premedication: corticosteroid; doses: fewer; setting: not_stated; measures: other"
    data = series.made([
        {"group": "itch", "re_exposed": {"event": "positive", "modifiers": modifiers}},
        {"group": "itch", "re_exposed": {"event": "negative", "modifiers": modifiers.replace("fewer", "no_information")}},
        {"group": "sneezing", "re_exposed": {"event": "inconclusive", "modifiers": modifiers}},
    ])  # fmt: skip
    plotted = figures.drawn("recurrence", data).data
    assert plotted[["endpoint", "group", "level", "value", "n", "n_total"]].to_numpy().tolist() == [
        ["event", "all", "", 1, 2, 3],
        ["event", "itch", "", 1, 2, 2],
        ["event", "sneezing", "", 0, 0, 1],
        ["event", "all", "premedication: corticosteroid", 1, 2, 3],
        ["event", "all", "doses: fewer", 1, 1, 2],
        ["event", "all", "doses: no_information", 0, 1, 1],
        ["event", "all", "setting: not_stated", 1, 2, 3],
        ["event", "all", "measures: other", 1, 2, 3],
    ]
    assert plotted.loc[0, ["exact_lower", "exact_upper"]].tolist() == pytest.approx([0.012579, 0.987421], abs=1e-6)
    texts = measuring.words(figures.drawn("recurrence", data).figure).said
    assert [texts.count(words) for words in ("1/2", "0/0", "not stated", "no information")] == [5, 1, 1, 1]


def test_profile_of_the_weibull_shape_is_that_of_the_results():
    """The curve, its limit line and its ends are drawn as analysed: no likelihood is computed in the figure."""
    data = series.mixed(30)
    drawing = figures.drawn("weibull", data)
    points = data.results_of("shape", statistic="profile", group="all")
    shape = data.results_of("shape", statistic="shape", group="all").iloc[0]
    axes = drawing.figure.axes[1]
    curve = next(line for line in axes.lines if len(line.get_xdata()) == len(points))
    np.testing.assert_array_equal(curve.get_xydata(), points[["at", "value"]].to_numpy())
    ends = next(line for line in axes.lines if line.get_marker() == "|")
    assert list(ends.get_xdata()) == [shape["lower"], shape["upper"]]
    assert any("observed to day" in text for text in measuring.words(drawing.figure).said)
    assert drawing.data[drawing.data["kind"] == "profile"].shape[0] == len(points)


def test_every_tile_before_the_last_patient_described_individually_is_named():
    """Of the flow: anonymous members between named patients by their names, those behind the last by their number."""
    member = {"identity": "anonymous", "survived_event": "yes"}
    again = {"survived_event": "yes", "re_exposed": {"event": "positive"}}
    stages = [again, member, {"identity": "identified"}, {"identity": "anonymous"}]
    texts = measuring.words(figures.drawn("rechallenge_flow", series.made(stages)).figure).said
    names = ("CASE-1", "CASE-2", "CASE-3", "CASE-4", "1 anonymous member")
    assert [label in texts for label in names] == [True, True, True, False, True]


def test_a_symptom_is_one_however_it_is_spelled_and_a_series_of_one_group_names_none():
    data = series.made([{"symptoms": "Wheezing; cough"}, {"symptoms": "wheezing"}, {"symptoms": "wheezing; Cough"}])
    assert figures.drawn("symptoms", data).data["symptoms"].tolist() == [("wheezing", "cough"), ("wheezing",)]
    texts = measuring.words(figures.drawn("swimmer", data).figure).said
    assert not {"Group", "all", "..", "…"} & set(texts)


def test_results_printed_as_limits_are_no_values_and_those_without_a_place_are_counted():
    data = series.made([{"results": [("ANC", 1.0)]}, {"results": [("ANC", 1.0)]}])
    tests = data.derived["test_results"].assign(value=[0.1, 0.0], as_printed=["<0.1 x 10^9/L", "0.0 x 10^9/L"])
    drawing = figures.drawn("tests", replace(data, derived=data.derived | {"test_results": tests}))
    assert drawing.data[["shown", "bound", "scale"]].to_numpy().tolist() == [[0.1, "<", "x 10^9/L"]]
    assert "<0.1" in measuring.words(drawing.figure).said
    assert "Arrow: printed as less, or more, than the mark." in drawing.caption
    assert "1 result of 0 or less not drawn" in drawing.caption


def test_swimmer_of_minutes_has_an_axis_of_minutes():
    """30 minutes stand at 30, and the dose of that day at 0."""
    data = series.made([{"onset": (1 / 48, 1 / 48), "resolution": (0, 5)}])
    times = data.derived["times"]
    minutes = times.assign(shown_in=times["shown_in"].mask(times["endpoint"] == "first_symptom", "min"))
    drawing = figures.drawn("swimmer", replace(data, derived=data.derived | {"times": minutes}))
    assert drawing.data.loc[drawing.data["what"] == "first_symptom", "upper"].tolist() == pytest.approx([30])
    assert "Minutes from the first dose" in measuring.words(drawing.figure).said
    assert "Panel a: minutes from the first dose" in drawing.caption


def test_minutes_among_months_can_be_seen_and_stand_behind_the_dose():
    """10 minutes, or 5 to 15, on an axis of three months: a mark behind the middle of day 1 and a bar of a visible width; the
    key names what is drawn, so no share of deaths for one of unknown time."""
    minute = 1 / 1440
    data = series.made([{"onset": (10 * minute, 10 * minute), "resolution": (0, 90)}, {"onset": (5 * minute, 15 * minute), "died": None},
                        {"onset": (0, 90)}])  # fmt: skip
    (panel, *_) = figures.drawn("swimmer", data).figure.axes
    assert min(line.get_xdata()[0] for line in panel.lines if line.get_marker() == "o") == pytest.approx(
        0.5 + 10 * minute
    )
    lanes_of_cases = figures.drawn("onset", data).figure.axes[1]
    (bars,) = [shapes for shapes in lanes_of_cases.collections if len(shapes.get_paths()) == 2]
    assert min(path.get_extents().width for path in bars.get_paths()) > 0.5
    texts = measuring.words(figures.drawn("resolution", data).figure).said
    assert ("case: died without it" in texts, "share: died without it" in texts) == (True, False)


def test_re_exposures_of_a_swimmer_of_minutes_are_in_minutes_too():
    """So that what came minutes after the dose does not stand before it."""
    event = EVENT | {"onset_lower": "30", "onset_upper": "30", "onset_scale": "min", "onset_origin": "first_dose"}
    again = event | {"reaction": "again", "course": "2", "onset_lower": "20", "onset_upper": "20"}
    told = through(courses=[COURSE, COURSE | {"course": "2"}], reactions=[event | {"outcome": "recovered"}, again])
    drawing = figures.drawn("swimmer", told.bundle)
    assert "Minutes from the first dose of that course" in measuring.words(drawing.figure).said
    later = drawing.data[
        (drawing.data["course"] == "2") & (drawing.data["what"] == "event") & (drawing.data["panel"] == "later")
    ]
    assert later["upper"].tolist() == pytest.approx([20])


def test_the_fitted_curve_lies_on_the_axis_of_its_panel():
    """Twelve onsets of 1 to 12 minutes: at the scale, 7.31 minutes, the curve is at 1 - 1/e, and nothing is told in days."""
    onset = EVENT | {"onset_scale": "min", "onset_origin": "first_dose"}
    rows = [{"reactions": [onset | {"onset_lower": f"{at}", "onset_upper": f"{at}"}]} for at in range(1, 13)]
    told = through(asked=("of_onset", "of_shape"), analysis={"onset_days": ["5 min", "10 min"]}, **together(rows))
    told.bundle.books.update(results=told.results, curves=told.curves)
    drawing = figures.drawn("weibull", told.bundle)
    curve = max(drawing.figure.axes[0].lines, key=lambda line: len(line.get_xdata()))
    assert np.interp(7.31, *curve.get_data()) == pytest.approx(1 - np.exp(-1), abs=0.005)
    assert "a  Fit, observed to 12 minutes" in measuring.words(drawing.figure).said
    assert "Observed to 12 minutes" in drawing.caption
