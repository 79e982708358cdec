"""Text says of every column what pandera's `str` says of it, in the same words."""

import numpy as np
import pandas as pd
import pandera.pandas as pa
import pytest

from schemas.plain_text import Text


def said(kind: type, cells: pd.Series, nullable: bool) -> str:
    """What a contract of one column says of these cells; blank where they keep it."""
    contract = pa.DataFrameSchema({"a": pa.Column(kind, nullable=nullable)}, name="one")
    try:
        contract.validate(pd.DataFrame({"a": cells}))
    except pa.errors.SchemaError as fault:
        return str(fault)
    return ""


@pytest.mark.parametrize("nullable", [False, True])
@pytest.mark.parametrize(
    "cells",
    [["a", "b"], ["a", ""], ["a", None], ["a", np.nan], ["a", pd.NA], ["a", 1], ["a", b"a"], [True], [None], [1.5], []],
)
def test_text_says_what_str_says(cells, nullable):
    column = pd.Series(cells, dtype=object)
    assert said(Text, column, nullable) == said(str, column, nullable)


@pytest.mark.parametrize("kind", ["float64", "int64", "bool"])
def test_numbers_are_no_text(kind):
    column = pd.Series([1, 0]).astype(kind)
    assert said(Text, column, False) == said(str, column, False) != ""


def test_text_is_made_and_named_as_str_is():
    contract = pa.DataFrameSchema({"a": pa.Column(Text, coerce=True)})
    assert contract.validate(pd.DataFrame({"a": [1, 2.5]}))["a"].tolist() == ["1.0", "2.5"]
    assert str(contract.columns["a"].dtype) == "str"
