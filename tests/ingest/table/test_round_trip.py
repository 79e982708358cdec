"""Native rows printed as a flat table and read again are the same rows, for what a flat table carries."""

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.codes import codes
from schemas.column_map import ColumnMap
from scripts.ingest.table.flat import Flat
from scripts.ingest.table.grammar import Printed, printed
from scripts.ingest.table.reported import reported
from tests.ingest.table.flat import EVERY, faults, rows, unread

DAY = {"unit": "d", "from": "first_dose"}
COLUMNS = {
    "No": "case", "Sex": "sex", "Age": "age", "Outcome": "outcome", "Onset": {"target": "onset", **DAY},
    "End": {"target": "resolution", "from": "onset"}, "Again": "reexposed",
    "Gap": {"target": "reexposure", "from": "previous_end"}, "Recurred": "recurred", "Test": {"target": "test", "unit": "ug/L"},
}  # fmt: skip
spans = st.tuples(st.integers(1, 60), st.integers(0, 30), st.sampled_from(["d", "wk", "mo", "h"])).map(
    lambda span: (str(span[0]), str(span[0] + span[1]), span[2])
)
patients = st.fixed_dictionaries(
    {
        "sex": st.sampled_from(codes("sex")),
        "age": st.integers(18, 90).map(str),
        "outcome": st.sampled_from([code for code in codes("outcome") if code != "unknown"]),
        "onset": spans,
        "end": st.one_of(st.none(), spans),
        "gap": st.one_of(st.none(), spans),
        "recurred": st.sampled_from(["yes", "no"]),
        "value": st.decimals(0, 999, places=1).map(str),
    }
)


def said(span: tuple[str, str, str] | None) -> str:
    """A span in the words of the grammar."""
    return printed(Printed(span[0], "" if span[0] == span[1] else span[1], span[2])) if span else ""


def of_table(told: list[dict]) -> pd.DataFrame:
    cells = [
        {"No": str(at), "Sex": row["sex"], "Age": row["age"], "Outcome": row["outcome"], "Onset": said(row["onset"]),
         "End": said(row["end"]), "Again": "yes" if row["gap"] else "", "Gap": said(row["gap"]),
         "Recurred": row["recurred"] if row["gap"] else "", "Test": row["value"]}
        for at, row in enumerate(told, start=1)
    ]  # fmt: skip
    return pd.DataFrame(cells, dtype=object)


@settings(max_examples=15, deadline=None)
@given(st.lists(patients, min_size=1, max_size=3))
def test_what_was_printed_is_read_as_it_was(told):
    wanted = ColumnMap.model_validate(
        {"confirmed": True, "source": {"source_id": "S1"}, "every": EVERY, "columns": COLUMNS}
    )
    table = of_table(told)
    reading = reported("S1", wanted, Flat("cases.csv", table, np.arange(len(table)) + 2, []))
    assert faults(reading) == unread(reading) == []
    tables = reading.tables
    names = [str(at) for at in range(1, len(told) + 1)]
    assert rows(tables["cases"], "case_id", "sex", "age_lower", "age_upper") == [
        (case, row["sex"], row["age"], row["age"]) for case, row in zip(names, told, strict=True)
    ]
    first = tables["reactions"].query("reaction == 'event'")
    assert rows(first, "outcome", "onset_lower", "onset_upper", "onset_scale") == [
        (row["outcome"], *row["onset"]) for row in told
    ]
    assert rows(first, "end_lower", "end_upper", "end_scale") == [row["end"] or ("", "", "") for row in told]
    again = [(case, row) for case, row in zip(names, told, strict=True) if row["gap"]]
    later = tables["courses"].query("course == '2'")
    assert rows(later, "case_id", "gap_lower", "gap_upper", "gap_scale") == [(case, *row["gap"]) for case, row in again]
    second = tables["reactions"].query("reaction == 'event_2'")
    assert rows(second, "case_id", "occurred") == [(case, row["recurred"]) for case, row in again]
    assert rows(tables["tests"], "case_id", "value", "unit_as_printed") == [
        (case, row["value"], "ug/L") for case, row in zip(names, told, strict=True)
    ]
