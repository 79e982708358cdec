"""The bundle: every table by the name of its contract, read through it when asked for, and few reads in a whole run."""

from collections import Counter

import pandas as pd
import pandera.pandas as pa
import pytest
from pandera.errors import SchemaError, SchemaErrors

from schemas.books import BOOKS
from schemas.config import Analysis, Settings
from schemas.derived import DERIVED
from schemas.reported import TABLES
from schemas.results import Conventions, conventions
from scripts.files import bundle
from scripts.files.tablefiles import read_book, write, write_book
from tests.tables.small import profile

ROOMS = {"derive", "documents", "report"}
"""Rooms that read reported tables of the series: to decide, to fill forms, to show the rows behind every number."""
MOST = 3
SERIES = {f"series/{name}.csv" for name in TABLES}


@pytest.fixture
def opened(invented_run) -> dict[tuple[str, str], int]:
    """(room, file in data/processed/<series>) -> how often, over one whole line of the invented study."""
    top = f"{(invented_run.home / 'data/processed/invented').resolve()}/"
    return {
        (room, file.removeprefix(top)): n for (room, file), n in invented_run.opened.items() if file.startswith(top)
    }


def test_a_reported_table_is_read_at_most_once_by_each_of_three_rooms(opened):
    times: Counter[str] = Counter()
    for (_, file), n in opened.items():
        times[file] += n
    reported = {file: n for file, n in times.items() if file in SERIES or file.startswith("reported/")}
    assert set(reported) >= SERIES
    assert {file: n for file, n in reported.items() if n > MOST} == {}


def test_no_other_room_reads_a_reported_table(opened):
    assert {room for room, file in opened if file in SERIES} == ROOMS


def test_no_room_reads_a_table_twice(opened):
    copied = {("report", "findings.csv"), ("report", "series/ledger.csv")}  # read, and copied as they are
    # by their first lines, as ones that `ingest` has written
    recognised = {("validate", f"reported/shelf/{book}.csv") for book in ("findings", "ledger")}
    assert {place for place, n in opened.items() if n > 1} == copied | recognised


def test_every_table_is_found_by_the_name_of_its_contract(tmp_path):
    made = bundle.read(
        profile(), Settings(data_lock="2025-12-31"), derived=tmp_path, series=tmp_path, findings=tmp_path / "f.csv"
    )
    assert set(made.derived) == set(DERIVED) >= {"patients", "times", "rechallenges", "test_results", "completeness"}
    assert set(made.series) == set(TABLES)
    assert set(made.books) <= set(BOOKS)


def test_a_table_comes_with_the_kinds_of_its_contract_and_is_read_once(tmp_path, monkeypatch):
    new = pa.DataFrameSchema(
        {
            "case_id": pa.Column(str),
            "day": pa.Column(int),
            "upper": pa.Column(float, nullable=True),
            "ok": pa.Column(bool),
        },
        name="new",
        strict=True,
    )
    monkeypatch.setitem(bundle.DERIVED, "new", new)
    write(pd.DataFrame({"case_id": ["=1+1", "NA"], "day": [1, 2], "upper": [float("inf"), None], "ok": [True, False]}),
          tmp_path / "new.csv")  # fmt: skip
    made = bundle.read(profile(), Settings(), derived=tmp_path, findings=tmp_path / "findings.csv")
    table = made.derived["new"]
    assert table["case_id"].tolist() == ["=1+1", "NA"]
    assert table["day"].tolist() == [1, 2]
    assert table["ok"].tolist() == [True, False]
    assert table["upper"].tolist()[0] == float("inf")
    assert table["upper"].isna().tolist() == [False, True]
    (tmp_path / "new.csv").unlink()
    assert made.derived["new"] is table


@pytest.mark.parametrize("name", BOOKS)
def test_a_book_keeps_its_contract_when_written_and_when_read(tmp_path, name):
    contract = BOOKS[name]
    assert [column for column, field in contract.columns.items() if not field.description] == []
    kinds = {column: str(field.dtype) for column, field in contract.columns.items()}
    empty = pd.DataFrame(columns=list(kinds)).astype(
        {column: kind.replace("str", "object") for column, kind in kinds.items()}
    )
    write_book(empty, name, tmp_path)
    assert list(read_book(name, tmp_path).columns) == list(kinds)
    with pytest.raises((SchemaError, SchemaErrors)):
        write_book(empty.assign(stranger=""), name, tmp_path)
    write(empty.assign(stranger=""), tmp_path / f"{name}.csv")
    with pytest.raises(ValueError, match=f"{name}.csv: its columns are not those of the contract"):
        read_book(name, tmp_path)


def test_conventions_are_the_section_of_the_config():
    """No default stands twice: a key added to the section is a convention of every analysis and product."""
    made = conventions(
        Settings(analysis=Analysis(level=0.9, onset="diagnosis"), data_lock="2025-12-31"), profile().event
    )
    assert set(Analysis.model_fields) <= set(Conventions.model_fields)
    assert (made.level, made.onset, made.data_lock) == (0.9, "diagnosis", "2025-12-31")
    assert Conventions().model_dump(include=set(Analysis.model_fields)) == Analysis().model_dump()
