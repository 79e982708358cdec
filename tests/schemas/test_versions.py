"""Which version of the contract a folder was made for, as its columns tell."""

import pandas as pd
import pytest

from schemas import versions
from schemas.reported import TABLES

CONTRACTS = {name: tuple(contract.columns) for name, contract in TABLES.items()}
OLD = {name: [column for column in CONTRACTS[name] if column not in new] for name, new in versions.ADDED[2].items()}


@pytest.mark.parametrize(
    ("columns", "version"),
    [
        ({"reactions": CONTRACTS["reactions"]}, 2),
        ({"reactions": OLD["reactions"]}, 1),
        ({"reactions": OLD["reactions"], "cases": CONTRACTS["cases"]}, 2),
        ({"cases": ["case_id", "sex"]}, 2),  # a few chosen columns tell nothing
        ({"tests": CONTRACTS["tests"]}, 2),  # a table that did not change tells nothing
        ({}, 2),
    ],
)
def test_version_of_a_folder(columns, version):
    tables = {table: pd.DataFrame(columns=list(table_columns)) for table, table_columns in columns.items()}
    assert versions.version_of(tables, CONTRACTS) == version


def test_every_new_column_is_in_the_contract_and_in_the_news():
    new = {f"{table}.{column}" for table, columns in versions.ADDED[2].items() for column in columns}
    assert new <= {f"{table}.{column}" for table, columns in CONTRACTS.items() for column in columns}
    assert versions.news(1) == (
        "cases.discharged_alive, courses.gap_origin, sources.first_day, reactions.index, reactions.onset_order, "
        "reactions.free_until_date, reactions.present_before"
    )
    assert versions.news(2) == ""
