"""Every value reported of a patient is in the listing of that patient, whatever is reported: generated series."""

from hypothesis import given

from scripts.report.patients import patients
from scripts.validate import check
from scripts.words.withheld_cells import marked
from scripts.words.wording import cell
from tests.decisions.examples import ALONE, FEW
from tests.decisions.generated import TABLES, Rows, series
from tests.decisions.line import through
from tests.validate.build import tables

AS_PRINTED = marked("")
NOT_OF_THE_PATIENT = ("case_id", "source_id", "locator", "status")
"""Keys, and what stands beside each row: its source, its place there and how it is known."""


@FEW
@given(series())
def test_nothing_that_is_reported_is_lost(rows: Rows):
    """Every value of a patient of the series is in the listing of that patient as printed, on a row of its own table."""
    told = through(profile=ALONE, found=check(tables(**rows), ALONE), **rows)
    listed = {
        patient["case_id"]: [
            (row["table"], {words.removesuffix(AS_PRINTED) for _, words in row["cells"]}) for row in patient["rows"]
        ]
        for patient in patients(told.bundle, set(told.derived["patients"]["case_id"]), compared=False)
    }
    assert listed
    for table in TABLES:
        for row in rows[table]:
            cells = {cell(value) for column, value in row.items() if value and column not in NOT_OF_THE_PATIENT}
            listing = listed.get(row.get("case_id", ""))
            assert listing is None or any(title == table and cells <= words for title, words in listing), (table, row)
