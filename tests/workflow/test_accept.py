"""Accepting a run: who, when and why, and only a finished one; one accepted run takes the place of another."""

import json
import shutil

import pytest

from scripts.commands.messages import UserError
from workflow import accept
from workflow.study import Place


@pytest.mark.parametrize(
    ("given", "why"),
    [("", "WHO is missing"), ("   \n", "WHO is missing"), ("x" * 501, "501 characters")],
)
def test_words_of_a_reviewer_are_asked_for(given, why):
    with pytest.raises(UserError, match=why):
        accept.words("WHO", given)


def test_words_are_one_line_and_a_day_is_a_day():
    assert accept.words("WHO", " A.\nReviewer ") == "A. Reviewer"
    assert accept.words("REMARK", "", may_be_blank=True) == ""
    assert accept.day("2026-01-31") == "2026-01-31"
    with pytest.raises(UserError, match="is not a date"):
        accept.day("31.1.2026")


@pytest.fixture
def place(tmp_path):
    made = Place(tmp_path, "s")
    for file in ("data/processed/s/series/cases.csv", "data/processed/s/derived/patients.csv",
                 "data/processed/s/derived/times.csv", "data/processed/s/derived/signs.csv", "results/s/headlines.csv",
                 "results/s/manifest.json"):  # fmt: skip
        (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / file).write_text(file, encoding="utf-8")
    return made


def kept(place):
    files = [file for file in place.accepted.rglob("*") if file.is_file()]
    return {file.relative_to(place.accepted).as_posix(): file.read_text(encoding="utf-8") for file in files}


def test_the_later_run_takes_the_place_of_the_earlier(place):
    accept.keep(place, {"who": "AB"})
    (place.results / "headlines.csv").write_text("new", encoding="utf-8")
    accept.keep(place, {"who": "CD"})
    files = kept(place)
    assert set(files) == {"accepted.json", "headlines.csv", "manifest.json", "series/cases.csv", "derived/patients.csv",
                          "derived/times.csv", ".dahlia"}  # fmt: skip
    assert json.loads(files["accepted.json"]) == {"who": "CD"}
    assert files["headlines.csv"] == "new"
    assert [each.name for each in place.accepted.parent.iterdir()] == ["s"]


def test_killed_between_the_two_moves_the_earlier_is_put_back(place):
    accept.keep(place, {"who": "AB"})
    place.accepted.rename(place.accepted.with_name(".s.old"))
    shutil.rmtree(place.processed / "series")
    with pytest.raises(FileNotFoundError):
        accept.keep(place, {"who": "CD"})
    assert json.loads(kept(place)["accepted.json"]) == {"who": "AB"}
