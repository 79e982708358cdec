"""A second suspect drug, a re-exposure and deaths of several kinds, as the documents tell them of an invented series."""

from dataclasses import replace

import pytest

from schemas.config import Documents
from scripts.documents import document_cioms_ii_line_listing as listing
from scripts.documents.dossier import Dossier, dossier
from scripts.documents.words import evidence, key_table, series_table
from scripts.documents.words.references import Citations
from tests.decisions.line import CASE, COURSE, EVENT, WHERE, through

OTHER = COURSE | {"course": "9", "drug": "samplimab", "substance": "samplimab", "role": "suspect"}
HOURS = {"onset_origin": "first_dose", "onset_lower": "0", "onset_upper": "15", "onset_scale": "min"}


@pytest.fixture(scope="module")
def told() -> Dossier:
    """C1: 15 minutes at most, recovered, given again and ill again; C2: samplimab as well, died."""
    line = through(
        cases=[CASE, CASE | {"case_id": "C2", "country": "GB"}],
        courses=[COURSE, COURSE | {"course": "2"}, COURSE | {"case_id": "C2"}, OTHER | {"case_id": "C2"}],
        reactions=[
            EVENT | HOURS | {"outcome": "recovered"},
            EVENT | {"reaction": "again", "course": "2", "occurred": "yes"},
            EVENT | {"case_id": "C2", "outcome": "fatal", "death": "yes", "status": "derived"},
        ],
        deaths=[WHERE | {"case_id": "C2"}],
    )
    bundle = replace(line.bundle, books={**line.bundle.books, "results": line.results})
    return dossier(bundle, Documents())


def test_the_key_table_names_the_other_drug_and_leaves_out_what_is_not(told):
    rows = dict(key_table.rows(told, Citations(told)))
    assert rows["Patients"] == "2: 2 described individually, 0 known only as a group."
    assert rows["Other drugs suspected"] == "in 1 of 2: samplimab in 1"
    assert "Outcome reported elsewhere" not in rows
    assert "Another drug was suspected too in 1 of 2." in evidence.limits(told)


def test_the_table_of_the_series_names_it_and_tells_bounds_in_words(told):
    first, *_, last = series_table.table(told, told.counted, Citations(told))
    exposure, onset = series_table.HEADER.index("Exposure"), series_table.ONSET
    assert "also suspected" not in first[exposure]
    assert first[onset] == "first symptom at most 15 minutes"
    assert last[exposure].endswith("; also suspected: samplimab") or "; also suspected: samplimab; " in last[exposure]


def test_the_line_listing_names_it_and_marks_what_is_derived(told):
    comments, serious = listing.texts(listing.NAME)["header"].index("Comments"), 11
    cells = {case.case_id: listing.line(told, case, Citations(told)) for case in told.counted}
    assert "also suspected: samplimab; " in cells["C2"][comments - 1]
    assert "suspected" not in cells["C1"][comments - 1]
    assert cells["C2"][serious - 1] == "death (derived)"


def test_a_re_exposure_is_told_with_its_result(told):
    assert (
        evidence.relevance(told)[-1]
        == "Re-exposure: 1 patient (C1), course 2, no measures stated; the event: recurred."
    )
