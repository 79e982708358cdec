"""Every place that names the endpoints one by one names all of them."""

from typing import get_args

from schemas.config import Analysis, Endpoint
from schemas.endpoints import ENDPOINTS, ONSETS, RESOLUTIONS
from schemas.profile import Event
from scripts.derive.instruments import naranjo
from scripts.figures.swimmer.marks import MARKS
from scripts.tables.table_line_listing import ONSET_COLUMNS
from scripts.words import lead


def test_no_place_that_lists_endpoints_lacks_one():
    assert get_args(Endpoint) == ENDPOINTS
    assert get_args(Analysis.model_fields["onset"].annotation) == ONSETS
    assert get_args(Event.model_fields["primary_resolution"].annotation) == RESOLUTIONS
    assert set(ENDPOINTS) <= set(MARKS)
    assert tuple(ONSET_COLUMNS) == ONSETS
    assert tuple(naranjo.NAMES) == ONSETS
    assert tuple(lead.texts()["what"]) == tuple(lead.texts()["happened"]) == ONSETS
