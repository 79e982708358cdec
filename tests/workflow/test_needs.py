"""What steps ask of a cluster: every room has its figures, a folder counts with all that is in it, a retry asks for more."""

from tests.conftest import REPOSITORY
from workflow import needs


def test_every_room_of_the_workflow_has_figures():
    rooms = {file.stem for file in (REPOSITORY / "workflow/rules").glob("*.smk")} - {"settings"}
    assert needs.measured().keys() == rooms | {needs.STORED}


def test_of_a_store_little_is_read():
    store = ["extracts/faers_ascii/catalogue.json", "extracts/faers_ascii/DEMO/extract=2017Q2/part-0.parquet"]
    assert [needs.kind("ingest", store), needs.kind("ingest", store[1:]), needs.kind("derive", store)] == [
        needs.STORED,
        "ingest",
        "derive",
    ]
    all_of_faers = 2500
    assert needs.memory(needs.STORED, all_of_faers) < 1000
    assert needs.runtime(needs.STORED, all_of_faers) < 15


def test_what_is_asked_grows_with_what_is_read_and_with_every_attempt(tmp_path, monkeypatch):
    monkeypatch.setattr(
        needs, "measured", lambda: {"derive": {"mb": 500, "mb_per_mb": 10, "minutes": 2, "minutes_per_mb": 0.5}}
    )
    (tmp_path / "series/deep").mkdir(parents=True)
    (tmp_path / "series/deep/cases.csv").write_bytes(b" " * (3 << 20))
    (tmp_path / "findings.csv").write_bytes(b" " * (1 << 20))
    read = needs.size([tmp_path / "series", tmp_path / "findings.csv", tmp_path / "not there yet"])
    assert read == 4
    assert [needs.memory("derive", read, attempt) for attempt in (1, 2, 3)] == [540, 1080, 1620]
    assert [needs.runtime("derive", read, attempt) for attempt in (1, 2)] == [4, 8]
