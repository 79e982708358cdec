"""Products are current by bytes and values alone: every kind of change to an input is seen, and nothing else is."""

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from scripts.files import digests
from scripts.files.atomic import write_text
from tests.conftest import invented_study
from tests.whole_line import Line
from workflow import fingerprints, freshness
from workflow.fingerprints import Fingerprints
from workflow.freshness import products
from workflow.plan import reasons
from workflow.study import code

EVERYTHING_AFTER = ("validate", "assemble", "derive", "analyse", "tables", "figures", "documents", "report", "publish")


OF_THE_PROGRAM = {room: files[:1] for room, files in code().items()}


@pytest.fixture(autouse=True)
def program(monkeypatch):
    """The program stays as it is in these tests, so that of the code of each room one file is enough."""
    monkeypatch.setattr(freshness, "code", lambda: OF_THE_PROGRAM)


@pytest.fixture
def line(tmp_path) -> Line:
    """The invented study, every step recorded as done."""
    study = Line(invented_study(tmp_path / "study"))
    (study.home / "data/sub").mkdir()
    (study.home / "data/sub/note.txt").write_text("aaaa", encoding="utf-8")
    (study.home / "elsewhere.txt").write_text("aaaa", encoding="utf-8")
    (study.home / "data/linked.txt").symlink_to(study.home / "elsewhere.txt")
    recorded(study)
    return study


def recorded(study: Line) -> None:
    """What a run that ended well would leave of every step, had it made the files that lie there."""
    for _ in study.tasks():
        for task in study.tasks().values():
            files = products(study.place, task.sheet.step, Fingerprints(study.home / "none"))
            content = {"stamp": task.sheet.stamp, "ingredients": task.sheet.ingredients, "files": files}
            for older in (study.place.processed / "made").glob(f"{task.sheet.step.name}.*"):
                older.unlink()
            write_text(json.dumps(content), study.place.processed / "made" / task.record)
        if not causes(study):
            return


def causes(study: Line) -> dict[str, str]:
    return {task_name: task.why for task_name, task in study.tasks().items() if task.why}


def at_the_same_time(file: Path, change: Callable[[], object]) -> None:
    """Change a file and set its time stamps back."""
    state = file.stat()
    change()
    os.utime(file, ns=(state.st_atime_ns, state.st_mtime_ns))


def with_older_stamp(file: Path) -> None:
    file.write_text(file.read_text(encoding="utf-8").replace("40", "41"), encoding="utf-8")
    os.utime(file, (1, 1))


CHANGES: dict[str, tuple[Callable[[Path], object], str]] = {
    "added": (lambda home: (home / "data/new.csv").write_text("x"), "data/new.csv (new)"),
    "edited, with an older time stamp": (lambda home: with_older_stamp(home / "data/cases.csv"), "data/cases.csv"),
    "edited, same size and time": (
        lambda home: at_the_same_time(home / "data/sub/note.txt", lambda: (home / "data/sub/note.txt").write_text("bbbb")),
        "data/sub/note.txt",
    ),
    "replaced, same size and time": (
        lambda home: at_the_same_time(
            home / "data/sub/note.txt",
            lambda: ((home / "other").write_text("bbbb"), (home / "other").replace(home / "data/sub/note.txt")),
        ),
        "data/sub/note.txt",
    ),
    "removed": (lambda home: (home / "data/tests.csv").unlink(), "data/tests.csv (no longer there)"),
    "added in a subfolder": (lambda home: (home / "data/sub/x.csv").write_text("x"), "data/sub/x.csv (new)"),
    "edited behind a link": (lambda home: (home / "elsewhere.txt").write_text("bbbb"), "data/linked.txt"),
    "moved": (lambda home: (home / "data/sub").rename(home / "data/sup"), "data/sup/note.txt (new) and 1 more"),
}  # fmt: skip


@pytest.mark.parametrize("large", [False, True], ids=["small", "large"])
@pytest.mark.parametrize("kind", CHANGES)
def test_every_change_to_a_source_is_seen(line, monkeypatch, kind, large):
    if large:
        monkeypatch.setattr(fingerprints, "LARGE", 0)
        recorded(line)
    assert causes(line) == {}
    change, why = CHANGES[kind]
    change(line.home)
    told_causes = causes(line)
    assert told_causes["ingest.shelf"] == why
    assert set(told_causes) == {"ingest.shelf", *EVERYTHING_AFTER}
    assert all(told_causes[task_name].startswith("after ") for task_name in EVERYTHING_AFTER)
    assert reasons(line.tasks()) == [f"ingest shelf and what follows: {why}"]


@pytest.mark.parametrize(
    "change",
    [
        lambda home: os.utime(home / "data/cases.csv"),
        lambda home: os.utime(home / "profile.yaml", (1, 1)),
        lambda home: (home / "data/.hidden").write_text("x"),
        lambda home: (home / "data/~$cases.xlsx").write_text("x"),
        lambda home: (home / "beside.csv").write_text("x"),
        lambda home: shutil.copytree(home / "data/processed", home / "data/processed2"),
        lambda home: (home / "study.yaml").write_text((home / "study.yaml").read_text() + "\n# a remark\n"),
    ],
)
def test_time_stamps_hidden_files_and_our_own_are_no_change(line, change):
    change(line.home)
    assert causes(line) == {}


def test_files_that_settings_name_are_inputs_of_the_room_that_reads_them(line):
    (line.home / "codes.csv").write_text("term,code,version\nblue rash,1,27.0\n", encoding="utf-8")
    config = line.home / "study.yaml"
    config.write_text(config.read_text() + "documents: {meddra_codes: codes.csv}\n", encoding="utf-8")
    assert causes(line)["documents"] == "`documents.meddra_codes` and 1 more"
    recorded(line)
    (line.home / "codes.csv").write_text("term,code,version\nblue rash,2,27.0\n", encoding="utf-8")
    assert {task_name: why for task_name, why in causes(line).items() if not why.startswith("after ")} == {
        "documents": "codes.csv"
    }


def test_a_list_named_by_an_option_is_an_input(line):
    (line.home / "gone.txt").write_text("600\n", encoding="utf-8")
    config = line.home / "study.yaml"
    config.write_text(config.read_text().replace("path: data}", "path: data, deleted: [gone.txt]}"), encoding="utf-8")
    recorded(line)
    (line.home / "gone.txt").write_text("601\n", encoding="utf-8")
    assert causes(line)["ingest.shelf"] == "gone.txt"


def test_the_profile_is_an_ingredient_of_every_room_that_reads_it(line):
    profile = line.home / "profile.yaml"
    profile.write_text(profile.read_text() + "cautions: [none]\n", encoding="utf-8")
    assert reasons(line.tasks()) == ["validate and what follows: profile.yaml"]


@pytest.mark.parametrize(
    ("harm", "why"),
    [
        (lambda table: table.unlink(), "build/tables/times.csv was removed by hand"),
        (lambda table: table.write_text(""), "build/tables/times.csv was changed by hand"),
        (
            lambda table: at_the_same_time(table, lambda: table.write_text("A,b\n")),
            "build/tables/times.csv was changed by hand",
        ),
        (lambda table: shutil.rmtree(table.parent), "build/tables/times.csv was removed by hand"),
        (lambda table: table.with_name("x.csv").write_text(""), "build/tables/x.csv was put there by hand"),
    ],
)
def test_a_product_that_is_not_as_it_was_made_is_made_again(line, harm, why):
    table = line.place.processed / "build/tables/times.csv"
    write_text("a,b\n", table)
    recorded(line)
    assert causes(line) == {}
    harm(table)
    assert causes(line) == {"tables": why}
    assert not (line.place.processed / "made" / line.tasks()["tables"].record).exists()


def test_large_files_are_read_once_until_they_change(tmp_path, monkeypatch):
    monkeypatch.setattr(fingerprints, "LARGE", 0)
    read = []
    monkeypatch.setattr(digests, "digest", lambda file: read.append(file.name) or file.read_text())
    file = tmp_path / "quarter.zip"
    file.write_text("one", encoding="utf-8")
    for content in ("one", "one", "two", "two"):
        if file.read_text(encoding="utf-8") != content:
            at_the_same_time(file, lambda: file.write_text("two", encoding="utf-8"))
        prints = fingerprints.Fingerprints(tmp_path / "memory.json")
        assert prints.digest(file) == content
        prints.save()
    assert read == ["quarter.zip", "quarter.zip"]


def test_a_study_whose_source_is_the_folder_around_it_does_not_read_its_own_products(tmp_path):
    home = invented_study(tmp_path / "study")
    (home / "study.yaml").write_text(
        (home / "study.yaml").read_text().replace("path: data}", "path: .}"), encoding="utf-8"
    )
    study = Line(home)
    recorded(study)
    write_text("{}", study.place.results / ".dahlia")
    write_text("x", study.place.results / "results.csv")
    write_text("x", study.place.processed / "reported/shelf/cases.csv")
    assert [
        file for file in study.tasks()["ingest.shelf"].sheet.files if "results" in file or "processed" in file
    ] == []
