"""`verify`: results as their run wrote them, one changed, one missing, and data that moved on."""

import shutil
import sys

import pytest

from scripts.commands.messages import UserError
from workflow import verify


@pytest.fixture
def study(invented_run, tmp_path):
    return shutil.copytree(invented_run.home, tmp_path / "study", copy_function=shutil.copy2)


def verified(home, monkeypatch) -> None:
    monkeypatch.setattr(sys, "argv", ["verify", "--config", str(home / "study.yaml")])
    monkeypatch.chdir(home)
    verify.main()


def test_results_as_they_were_written_are_confirmed(study, monkeypatch, capsys):
    verified(study, monkeypatch)
    assert (
        "files are as the run wrote them, and are those of today's data, config and program." in capsys.readouterr().out
    )


def test_every_fault_is_told_at_once(study, monkeypatch):
    results = study / "results/invented"
    (results / "results.csv").write_text("a\n1\n", encoding="utf-8")
    (results / "headlines.csv").unlink()
    profile = (study / "profile.yaml").read_text(encoding="utf-8")
    (study / "profile.yaml").write_text(profile + "\n# read again\n", encoding="utf-8")
    with pytest.raises(UserError) as refused:
        verified(study, monkeypatch)
    told = str(refused.value).splitlines()
    assert told[:2] == ["results/invented: headlines.csv is missing", "results/invented: results.csv was changed"]
    assert "results/invented: not of today's data, config and program: validate and what follows: profile.yaml" in told
    assert told[-1] == "results/invented: Run the study again."


def test_without_a_run_there_is_nothing_to_verify(study, monkeypatch):
    shutil.rmtree(study / "data/processed")
    with pytest.raises(UserError, match="no finished run has left its list of files"):
        verified(study, monkeypatch)
