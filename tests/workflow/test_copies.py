"""Copies beside the results: after a later run each one of an earlier run says that it is, and how to make it anew."""

from dataclasses import dataclass

import pytest

from workflow import copies, launcher
from workflow.study import Place


@pytest.fixture
def place(tmp_path):
    made = Place(tmp_path, "s")
    for folder, names in (("for_sharing/public", ["public"]), ("for_authors", ["onset", "swimmer"])):
        (made.results / folder).mkdir(parents=True)
        for copy_name in names:
            copies.sign(made.results / folder, copy_name, "first")
    return made


def test_a_copy_of_an_earlier_run_says_so_until_it_is_made_anew(place):
    public, authors = place.results / "for_sharing/public", place.results / "for_authors"
    assert copies.mark(place, "first") == []
    copies.sign(authors, "swimmer", "second")
    told = copies.mark(place, "second")
    assert [line.rpartition("anew: ")[2] for line in told] == ["make share KIND=public", "make figure NAME=onset"]
    assert "swimmer" not in (authors / copies.NOTE).read_text(encoding="utf-8")
    assert (public / copies.NOTE).exists()
    copies.sign(public, "public", "second")
    copies.sign(authors, "onset", "second")
    assert copies.mark(place, "second") == []
    assert not [*place.results.rglob(copies.NOTE)]


@dataclass
class Asked:
    share: str


@pytest.mark.parametrize(
    ("asked", "now", "made"), [("", "second", []), ("public", "first", []), ("public", "second", ["public"]),
                               ("pseudonymous", "first", ["pseudonymous"])],
)  # fmt: skip
def test_a_run_makes_the_copy_that_the_config_asks_for_where_it_is_not_there_or_old(
    place, monkeypatch, asked, now, made
):
    done = []
    monkeypatch.setattr(launcher, "make", lambda kind, *_: done.append(kind))
    launcher.shared(Asked(asked), place, place.home / "study.yaml", now)
    assert done == made
