"""A new study: four files that the program itself accepts, and every optional fact ready to be filled in."""

import re
from datetime import date
from pathlib import Path

import pytest

from schemas import config, profile
from scripts.commands import program
from scripts.commands.messages import UserError
from scripts.commands.reading import read
from scripts.report.definitions import not_checked
from tests.conftest import REPOSITORY
from workflow.new_study import starters, write

DAY = date(2025, 12, 31)


@pytest.fixture(scope="module")
def study(tmp_path_factory):
    folder = tmp_path_factory.mktemp("new") / "study"
    write(folder, "my-series", "Examplumab: forte", "blue  rash", DAY)
    return folder


def test_what_is_written_is_accepted(study):
    assert sorted(file.name for file in study.iterdir()) == ["README.md", "entry.xlsx", "profile.yaml", "study.yaml"]
    made, facts = config.load(study / "study.yaml"), profile.load(study / "profile.yaml")
    assert (made.series, made.data_lock, [source.path for source in made.sources]) == (
        "my-series",
        "2025-12-31",
        ["entry.xlsx"],
    )
    assert (facts.drug.name, facts.event.terms) == ("Examplumab: forte", ["blue rash"])
    remarks = read("xlsx", study / "entry.xlsx").findings["what"].tolist()
    assert remarks == ["worked example rows of the template were left out: 3"]
    assert "`make CONFIG=" in (study / "README.md").read_text(encoding="utf-8")


def test_commands_are_those_that_can_be_typed(tmp_path, monkeypatch):
    monkeypatch.setattr("scripts.ingest.workbook.template.write_template", lambda *_: None)
    monkeypatch.setattr(program, "INSTALLED", True)
    monkeypatch.chdir(tmp_path)
    write(Path("my study"), "my-series", "x", "y", DAY)
    told = Path("my study/README.md").read_text(encoding="utf-8") + Path("my study/study.yaml").read_text(
        encoding="utf-8"
    )
    assert re.findall("`([^`]*dahlia[^`]*|make[^`]*)`", told) == [
        'dahlia map "my study/cases.csv"',
        'dahlia validate "my study/entry.xlsx" --profile "my study/profile.yaml"',
        'dahlia run --config "my study/study.yaml"',
        'dahlia run --config "my study/study.yaml"',
        "dahlia map cases.csv",
    ]
    assert (
        program.typed('make accept WHO="A. Reviewer" REMARK="first"')
        == 'dahlia accept --who "A. Reviewer" --remark "first"'
    )
    assert program.typed("make") == "dahlia run"


def test_every_fact_in_the_profile_can_be_taken_out_of_its_comment(study, tmp_path):
    text = (study / "profile.yaml").read_text(encoding="utf-8")
    head, _, facts = text.partition("drug:\n")
    assert all(line.startswith("#") for line in head.splitlines())
    (tmp_path / "p.yaml").write_text("drug:\n" + re.sub(r"(?m)^( *)# ", r"\1", facts), encoding="utf-8")
    assert not_checked(profile.load(tmp_path / "p.yaml")) == "nothing: the profile holds every fact"


@pytest.mark.parametrize(
    ("name", "drug", "event", "said"),
    [
        ("a/b", "x", "y", "name: a name of letters a to z"),
        ("con", "x", "y", "name: Windows keeps this name for a device"),
        ("", "x", "y", "name: a name of letters a to z"),
        ("n", " ", "", "drug: a name is needed.\nevent: a name is needed."),
    ],
)
def test_what_is_no_study_is_refused_and_nothing_is_written(tmp_path, name, drug, event, said):
    with pytest.raises(UserError) as fault:
        write(tmp_path / "new", name, drug, event, DAY)
    assert str(fault.value).startswith(said)
    assert not (tmp_path / "new").exists()


def test_what_is_there_stays(study):
    before = (study / "profile.yaml").read_bytes()
    with pytest.raises(UserError, match="this folder is not empty"):
        write(study, "my-series", "x", "y", DAY)
    assert (study / "profile.yaml").read_bytes() == before


@pytest.mark.parametrize("name", ["agranulocytosis", "interstitial-lung-disease", "myocarditis"])
def test_a_starter_knows_its_event_by_sources_and_takes_any_drug(name, tmp_path, monkeypatch):
    monkeypatch.setattr("scripts.ingest.workbook.template.write_template", lambda *_: None)
    assert name in starters()
    write(tmp_path / "study", "my-series", "Examplumab: forte", "", DAY, like=name)
    facts = profile.load(tmp_path / "study/profile.yaml")
    assert facts.drug.name == "Examplumab: forte"
    assert facts == profile.load(REPOSITORY / f"config/series/{name}.yaml").model_copy(
        update={"drug": facts.drug, "title": facts.title}
    )
    sourced = [facts.event, *facts.event.competing.values(), *facts.analytes.values()]
    assert all(len(each.source) > 20 for each in sourced)
    assert facts.event.certainty == type(facts.event.certainty)() or facts.event.certainty.source


def test_a_starter_that_is_none_is_refused_with_the_nearest(tmp_path):
    with pytest.raises(UserError, match=r"there is no such starter\. Did you mean 'myocarditis'"):
        write(tmp_path / "new", "my-series", "x", "", DAY, like="myocardits")


def test_beside_a_starter_an_event_is_one_of_its_terms(tmp_path, monkeypatch):
    monkeypatch.setattr("scripts.ingest.workbook.template.write_template", lambda *_: None)
    write(tmp_path / "study", "my-series", "x", "Pneumonitis", DAY, like="interstitial-lung-disease")
    told = (tmp_path / "study/README.md").read_text(encoding="utf-8")
    assert told.startswith("# my-series: x and interstitial lung disease\n")
    with pytest.raises(UserError, match="event: 'blue rash' is none of the terms of the starter myocarditis"):
        write(tmp_path / "new", "my-series", "x", "blue rash", DAY, like="myocarditis")
