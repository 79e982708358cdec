"""A list of series: its faults, the configs that are written from it, and the overview of what was run."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from scripts.commands.messages import STOPPED_BY_FINDINGS, USER_FAULT, UserError
from tests.conftest import REPOSITORY, run
from tests.report.browser import chromium
from workflow import locks, many, overview, series_list
from workflow.fingerprints import Fingerprints
from workflow.freshness import programs
from workflow.in_order import in_order
from workflow.launcher import launch
from workflow.study import Place

BASE = """series: base
profile: profile.yaml
data_lock: "2025-12-31"
sources:
  - {name: quarter, format: faers_ascii, path: quarter.zip, drugs: [x], terms: [y], deleted: [gone.txt], period: [2017-04-01, 2017-06-30]}
  - {name: typed, format: csv, path: typed}
documents: {meddra_codes: codes.csv}
"""


SORTED = """
(document.querySelectorAll('th button')[{}].click(), [...document.querySelector('tbody').rows].map(row => row.cells[0].textContent))
"""
"""The names of the series after a click on a heading."""


def listed(folder: Path, *lines: str) -> Path:
    file = folder / "series.csv"
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return file


@pytest.mark.parametrize(
    ("lines", "fault"),
    [
        (["serie,drug", "a,b"], "'serie': there is no such column. Did you mean 'series'?"),
        (["series,drug,event", "a,b,"], "row 2: give either a config, or a drug and an event."),
        (["series,config", "a,x.yaml", "A,y.yaml"], "row 3: series: 'A' appears twice."),
        (["series;config", "a;x.yaml", "", ";", "b;x.yaml"], "row 5: config: 'x.yaml' appears twice."),
        (["series,drug,event", "../a,x,y"], "row 2: series: a name of letters a to z"),
        (
            ["series,drug,event", "a,x, y, z"],
            "row 2: more cells than columns. Put a cell that holds the separator between",
        ),
        (["series,drug,event,period_from", "a,x,y,2017"], "row 2: give both period_from and period_to, or neither."),
        (["series,config", ",x.yaml"], "row 2: the series needs a name."),
        (["series,config"], "no series. Add a line for each."),
    ],
)
def test_a_list_with_a_fault_is_refused_with_its_place(tmp_path, lines, fault):
    with pytest.raises(UserError, match=r"series\.csv") as refused:
        series_list.read(listed(tmp_path, *lines))
    assert fault in str(refused.value)


def test_a_line_takes_the_place_of_the_selection_of_the_base(tmp_path):
    (tmp_path / "shared").mkdir()
    base = tmp_path / "shared/base.yaml"
    base.write_text(BASE, encoding="utf-8")
    (tmp_path / "shared/gone.txt").write_text("7\n", encoding="utf-8")
    (tmp_path / "terms.txt").write_text("blue rash\n\nrash, blue\n", encoding="utf-8")
    path = listed(tmp_path, "series,drug,event,drugs,terms,period_from,period_to,config",
                  "one,examplumab,blue rash,examplumab; examplia,terms.txt; pale rash,2018-01-01,2018-03-31,",
                  "two,=1+1,green rash,,,,,", "three,,,,,,,own/study.yaml")  # fmt: skip
    wanted = [series_list.study(line, path, base) for line in series_list.read(path)]
    assert [each.config.relative_to(tmp_path).as_posix() for each in wanted] == [
        "one/study.yaml",
        "two/study.yaml",
        "own/study.yaml",
    ]
    first_study, two = (yaml.safe_load(each.config.read_text(encoding="utf-8")) for each in wanted[:2])
    assert first_study == {
        "series": "one", "profile": "profile.yaml", "data_lock": "2025-12-31",
        "sources": [
            {"name": "quarter", "format": "faers_ascii", "path": "../shared/quarter.zip", "drugs": ["examplumab", "examplia"],
             "terms": ["../terms.txt", "pale rash"], "deleted": ["../shared/gone.txt"], "period": ["2018-01-01", "2018-03-31"]},
            {"name": "typed", "format": "csv", "path": "../shared/typed"},
        ],
        "documents": {"meddra_codes": "../shared/codes.csv"},
    }  # fmt: skip
    assert (two["sources"][0]["drugs"], two["sources"][0]["terms"]) == (["=1+1"], ["green rash"])
    profile = yaml.safe_load((tmp_path / "two/profile.yaml").read_text(encoding="utf-8"))
    assert profile == {"drug": {"name": "=1+1"}, "event": {"name": "green rash"}}


def test_what_a_line_asks_for_is_asked_or_refused(tmp_path):
    base = tmp_path / "base.yaml"
    base.write_text(BASE.replace(", period: [2017-04-01, 2017-06-30]", ""), encoding="utf-8")
    path = listed(tmp_path, "series,drug,event,terms,period_from,period_to",
                  f"one,x,y,{'; '.join(f'invented term number {number}' for number in range(40))},2018,2019")  # fmt: skip
    (wanted,) = series_list.studies(series_list.read(path), path, base)
    quarter, typed = yaml.safe_load(wanted.config.read_text(encoding="utf-8"))["sources"]
    assert (len(quarter["terms"]), quarter["period"], typed.keys()) == (
        40,
        ["2018", "2019"],
        {"name", "format", "path"},
    )
    base.write_text(
        "series: b\nprofile: p\ndata_lock: '2025-01-01'\nsources: [{name: t, format: csv, path: t}]\n", encoding="utf-8"
    )
    (tmp_path / "two").mkdir()
    (tmp_path / "two/study.yaml").write_text("series: two\n", encoding="utf-8")
    path = listed(tmp_path, "series,drug,event,period_from,period_to", "one,x,y,2018,2019", "two,x,y,,", "three,x,y,,")
    with pytest.raises(UserError) as refused:
        series_list.studies(series_list.read(path), path, base)
    first, second = str(refused.value).splitlines()
    assert "'one': no source of the base can be asked for period. Leave it out" in first
    assert "study.yaml was not written from a list. Name the series otherwise" in second
    assert (tmp_path / "two/study.yaml").read_text(encoding="utf-8") == "series: two\n"


def test_what_is_up_to_date_is_not_run_again(invented_run, tmp_path):
    home = shutil.copytree(invented_run.home, tmp_path / "study", copy_function=shutil.copy2)
    wanted, rooms = many.Wanted("invented", home / "study.yaml"), programs(Fingerprints(tmp_path / "none"))
    assert many.up_to_date(wanted, rooms)
    assert many.place(many.Wanted("of the list", home / "study.yaml")).results == home / "results/invented"
    with (home / "profile.yaml").open("a", encoding="utf-8") as profile:
        profile.write("# read again\n")
    assert not many.up_to_date(wanted, rooms)
    assert not many.up_to_date(many.Wanted("none", tmp_path / "none.yaml"), rooms)


def small(folder: Path, series: str, case: str = "C1") -> str:
    """The small study under another name, and its line in a list; with an unknown case its findings stop it."""
    home = shutil.copytree(REPOSITORY / "tests/studies/small", folder / series)
    study, reactions = home / "study.yaml", home / "data/reactions.csv"
    study.write_text(study.read_text(encoding="utf-8").replace("series: small", f"series: {series}"), encoding="utf-8")
    reactions.write_text(reactions.read_text(encoding="utf-8").replace("C1", case), encoding="utf-8")
    return f"{series},{series}/study.yaml"


def test_a_series_that_its_findings_stop_ends_with_their_code_and_words(tmp_path, capsys):
    small(tmp_path, "lost", "C9")
    with pytest.raises(SystemExit) as ended:
        launch(tmp_path / "lost/study.yaml", in_order)
    assert ended.value.code == STOPPED_BY_FINDINGS
    assert "case_id: not found in cases (found 'C9')" in capsys.readouterr().err
    assert locks.held(tmp_path / "lost/data/processed/lost") == []


@pytest.mark.long
def test_a_failing_series_stops_no_other_and_products_are_those_of_make(tmp_path):
    path = listed(tmp_path, "series,config", small(tmp_path, "lost", "C9"), small(tmp_path, "sound"))
    command = [sys.executable, "-m", "workflow.command", "many", str(path)]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == USER_FAULT
    for words in (
        "sound: done",
        "lost: failed",
        "not found in cases (found 'C9')",
        "Not made: stopped by findings: lost.",
    ):
        assert words in done.stderr
    small(tmp_path / "alone", "sound")
    alone = run(tmp_path / "alone/sound", "sound")
    assert alone.code == 0
    made, expected = (
        {file.relative_to(home): file.read_bytes() for file in home.rglob("*") if file.is_file()}
        for home in (tmp_path / "sound/results", alone.home / "results")
    )
    assert made == expected


def test_the_overview_has_a_line_for_each_and_none_is_a_formula(tmp_path):
    results = tmp_path / "one/results/one"
    (results / "dataset").mkdir(parents=True)
    (results / "report.html").write_text("", encoding="utf-8")
    (results / "dataset/cases.csv").write_text(
        "case_id,counted,vital,rechallenge_reported,onset_state\n"
        "A,in,died_of_event,not_stated,observed\nB,in,alive,recurred,unknown\nC,inside,died_other,recurred,observed\n",
        encoding="utf-8",
    )
    for book, rows in (("findings", "rule\nQ01\nQ02\n"), ("changes", "kind\n")):
        (results / f"{book}.csv").write_text(rows, encoding="utf-8")
    for series, rule in (("three", "no_cases"), ("four", "unique_key")):
        (tmp_path / "data/processed" / series).mkdir(parents=True)
        (tmp_path / "data/processed" / series / "findings.csv").write_text(f"rule\n{rule}\n", encoding="utf-8")
    ended = [
        overview.Ended("one", Place(tmp_path / "one", "one"), 0),
        overview.Ended("=two<b>", Place(tmp_path, "two"), 2),
        overview.Ended("three", Place(tmp_path, "three"), 3),
        overview.Ended("four", Place(tmp_path, "four"), 3),
    ]
    page = overview.write(ended, tmp_path / "results")
    assert (tmp_path / "results/overview.csv").read_text(encoding="utf-8").splitlines()[1:] == [
        "one,done,2,1,0,1,1,1,2,0,../one/results/one/report.html",
        "'=two<b>,failed,,,,,,,,,",
        "three,no case,,,,,,,,,",
        "four,stopped by findings,,,,,,,,,",
    ]
    text = page.read_text(encoding="utf-8")
    assert '<a href="../one/results/one/report.html">report</a>' in text
    assert "=two&lt;b&gt;" in text
    assert "<b>" not in text


@pytest.mark.page
def test_the_page_sorts_by_any_heading_and_what_is_missing_comes_last(tmp_path):
    names = ("beta", "5-fu", "10-x", "Ärzte", "alpha")
    rows = [dict.fromkeys(overview.HEADINGS, "") | {"series": series, "cases": n}
            for series, n in zip(names, ("10", "9", "", "100", ""), strict=True)]  # fmt: skip
    (tmp_path / "overview.html").write_text(overview.page(rows), encoding="utf-8")
    with chromium() as opened:
        page = opened()
        page.open(tmp_path / "overview.html")
        sorted_by = {
            heading: [page.value(SORTED.format(column)) for _ in range(2)]
            for heading, column in (("series", 0), ("cases", 2))
        }
        assert (page.complaints, page.faults()) == ([], [])
    assert sorted_by["series"] == [
        ["5-fu", "10-x", "alpha", "Ärzte", "beta"],
        ["beta", "Ärzte", "alpha", "10-x", "5-fu"],
    ]
    assert sorted_by["cases"] == [
        ["5-fu", "beta", "Ärzte", "alpha", "10-x"],
        ["Ärzte", "beta", "5-fu", "alpha", "10-x"],
    ]
