"""Tables between rooms: what goes in comes out, and no spreadsheet program finds a formula in between."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.results import CURVES
from scripts.files.tablefiles import guarded, of_columns, read_contract, read_text, unguarded, write

TYPED = [
    "=1+1",
    "@SUM(A1)",
    "-cmd|'/C calc'!A0",
    "+49 30 123",
    "\tx",
    "'=x",
    "''=x",
    "it's",
    "",
    "-5",
    "+1e3",
    "-",
    "–",
    "a=b",
]


def test_formulas_are_guarded_on_the_way_and_come_back_as_typed(tmp_path):
    table = pd.DataFrame({"cell": TYPED})
    write(table, tmp_path / "t.csv")
    written = pd.read_csv(tmp_path / "t.csv", dtype=str, keep_default_na=False)["cell"].tolist()
    assert written == [
        "'=1+1", "'@SUM(A1)", "'-cmd|'/C calc'!A0", "'+49 30 123", "'\tx", "''=x", "'''=x", "it's", "", "-5", "+1e3",
        "-", "–", "a=b",
    ]  # fmt: skip
    assert read_text(tmp_path / "t.csv")["cell"].tolist() == TYPED


@given(st.lists(st.text(alphabet="=+-@'1a \t"), max_size=5))
def test_guarding_is_undone_exactly(texts):
    table = pd.DataFrame({"cell": texts}, dtype=object)
    assert unguarded(guarded(table))["cell"].tolist() == texts


@pytest.mark.parametrize("column", [[1.5, -2.0], [True, False]])
def test_columns_of_numbers_are_left_alone(column):
    table = pd.DataFrame({"cell": column})
    assert guarded(table) is table


def test_blank_columns_are_changed_each_for_itself():
    table = of_columns("cases", {"case_id": np.array(["1", "2"], dtype=object)}, np.array([2, 3]))
    table.loc[0, "country"] = "DE"
    assert table["country"].tolist() == ["DE", ""]
    assert table["sex"].tolist() == table["locator"].tolist() == ["", ""]
    assert table["at_row"].tolist() == [2, 3]


def test_numbers_come_back_as_they_were_written(tmp_path):
    """Minutes in days have more digits than pandas reads, and 15 minutes were before 15 minutes."""
    numbers = [minutes / 1440 for minutes in range(1, 60)] + [float("inf"), -1 / 3]
    columns = {label: numbers if str(column.dtype) == "float64" else "" for label, column in CURVES.columns.items()}
    write(pd.DataFrame(columns), tmp_path / "curves.csv")
    assert read_contract(tmp_path / "curves.csv", CURVES)["lower"].tolist() == numbers
