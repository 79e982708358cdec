"""Ribbons of an alluvial: every patient in one ribbon between two stages, side by side, none lost."""

import pandas as pd
import pytest

from scripts import figures
from scripts.figures.alluvial import Ribbon, ribbons
from tests.figures import measuring, series

STAGES = pd.DataFrame({"stopped": ["yes", "yes", "no"], "again": ["no", "yes", "no"]}, index=["a", "b", "c"])


def test_ribbons_of_three_patients():
    assert ribbons(STAGES, ["yes", "no"]) == [
        Ribbon(0, "yes", "yes", 1, upper=0, lower=0),
        Ribbon(0, "yes", "no", 1, upper=1, lower=1),
        Ribbon(0, "no", "no", 1, upper=2, lower=2),
    ]


def test_a_state_without_a_place_is_refused():
    with pytest.raises(ValueError, match="state 'no'; known are yes"):
        ribbons(STAGES, ["yes"])


def test_no_patient_is_lost_between_stages():
    module = figures.module("rechallenge_flow")
    stages = module.table(series.mixed(60))
    drawn_ribbons = pd.DataFrame([vars(ribbon) for ribbon in ribbons(stages, module.STATES)])
    assert drawn_ribbons.groupby("stage")["patients"].sum().tolist() == [60] * (stages.shape[1] - 1)
    for end, place in (("upper", 0), ("lower", 1)):
        for stage, stage_ribbons in drawn_ribbons.groupby("stage"):
            covered = sorted((row[end], row[end] + row["patients"]) for row in stage_ribbons.to_dict("records"))
            assert [start for start, _ in covered] == [0, *(stop for _, stop in covered[:-1])]
            state = {0: "before", 1: "after"}[place]
            counts = stage_ribbons.groupby(state)["patients"].sum().to_dict()
            assert counts == stages.iloc[:, int(stage) + place].value_counts().to_dict()


@pytest.mark.long
def test_tiles_up_to_forty_ribbons_above():
    drawn = [figures.drawn("rechallenge_flow", series.mixed(cases)).figure for cases in (40, 41)]
    bands = [
        sum(type(artist).__name__ == "PathPatch" for artist in figure.artists + figure.patches) for figure in drawn
    ]
    assert (bands[0], bands[1] > 0) == (0, True)


@pytest.mark.parametrize("cases", [40, 60])
def test_stages_agree_with_the_ladder_of_the_results(cases):
    """Re-exposed and recurred as the results count them; outcomes are counted of those re-exposed."""
    data = series.mixed(cases)
    ladder = data.results_of("rechallenge", statistic="ladder").set_index("level")["value"]
    drawing = figures.drawn("rechallenge_flow", data)
    stages = drawing.data.pivot_table(index="case_id", columns="stage", values="state", aggfunc="first")
    assert (stages["Re-exposed"] == "yes").sum() == ladder["re_exposed"]
    assert (stages["BR recurred"] == "came_back").sum() == ladder["recurred"]
    text = " ".join(measuring.words(drawing.figure).said)
    assert f"of {ladder['re_exposed']:.0f} re-exposed: recurred {ladder['recurred']:.0f}" in text
