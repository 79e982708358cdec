"""results/<series> is one whole version at any moment, whatever kills the run; what is not ours is kept."""

import contextlib
import shutil
from pathlib import Path

import pytest

from scripts.commands.messages import UserError
from workflow import publishing


class KilledError(BaseException):
    """Stands for a process that is no longer there."""


def tree(folder: Path) -> dict[str, str]:
    return {
        file.relative_to(folder).as_posix(): file.read_text(encoding="utf-8")
        for file in sorted(folder.rglob("*"))
        if file.is_file() and file.name != ".dahlia"
    }


def build(folder: Path, **files: str) -> Path:
    shutil.rmtree(folder, ignore_errors=True)
    for file_name, text in files.items():
        path = folder / file_name.replace("__", "/")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def published(tmp_path) -> Path:
    results = tmp_path / "results/series"
    publishing.publish(build(tmp_path / "build", report="one", tables__a="one", tables__b="one"), results)
    (results / "for_authors").mkdir()
    (results / "for_authors/onset.pdf").write_text("mine", encoding="utf-8")
    return results


def test_a_new_version_replaces_the_old_one_and_keeps_what_is_not_ours(published, tmp_path):
    (published / "tables/my notes.txt").write_text("mine", encoding="utf-8")
    (published / "tables/a").write_text("saved by hand", encoding="utf-8")
    publishing.publish(build(tmp_path / "build", report="two", tables__a="two", tables__c="two"), published)
    assert tree(published) == {"report": "two", "tables/a": "two", "tables/c": "two", "tables/my notes.txt": "mine",
                               "for_authors/onset.pdf": "mine"}  # fmt: skip
    assert [entry.name for entry in published.parent.iterdir()] == ["series"]


@pytest.mark.parametrize("step", range(12))
def test_a_kill_at_any_step_leaves_one_whole_version(published, tmp_path, monkeypatch, step):
    before = tree(published)
    after = {"report": "two", "tables/a": "two", "for_authors/onset.pdf": "mine"}
    made = build(tmp_path / "next", report="two", tables__a="two")
    steps = iter(range(100))

    def killable(act):
        def acted(*given, **named):
            if next(steps) == step:
                raise KilledError
            return act(*given, **named)

        return acted

    with monkeypatch.context() as patched:
        for place, function_name in (
            (Path, "rename"),
            (Path, "mkdir"),
            (shutil, "copytree"),
            (shutil, "rmtree"),
            (shutil, "copy2"),
        ):
            patched.setattr(place, function_name, killable(getattr(place, function_name)))
        with contextlib.suppress(KilledError):
            publishing.publish(made, published)
    publishing.recover(published)
    assert tree(published) in (before, after)
    publishing.publish(made, published)
    assert tree(published) == after


def test_a_folder_that_is_not_ours_is_not_touched(tmp_path):
    results = build(tmp_path / "results/series", thesis="mine")
    with pytest.raises(UserError, match="not written by Dahlia"):
        publishing.publish(build(tmp_path / "build", report="one"), results)
    assert tree(results) == {"thesis": "mine"}


def test_results_behind_a_link_stay_there(tmp_path):
    (tmp_path / "disk").mkdir()
    results = tmp_path / "results"
    results.symlink_to(tmp_path / "disk")
    for text in ("one", "two"):
        publishing.publish(build(tmp_path / "build", report=text), results)
    assert results.is_symlink()
    assert tree(tmp_path / "disk") == {"report": "two"}
