"""Bad input: one readable message with place, value, reason and cure; non-zero exit; earlier results untouched."""

import csv
import hashlib
import shutil
from pathlib import Path

import pytest

from scripts.commands.messages import USER_FAULT
from tests.conftest import Run, default_study, invented_study, run
from tests.room import command
from tests.whole_line import Line
from workflow import launcher

CASES = "data/raw/alemtuzumab-dah/cases.csv"


def edit(path: Path, change) -> None:
    """Rewrite a CSV: `change` gets the header and the rows and returns both."""
    with path.open(encoding="utf-8", newline="") as handle:
        header, *rows = list(csv.reader(handle))
    header, rows = change(header, rows)
    with path.open("w", encoding="utf-8", newline="") as handle:
        csv.writer(handle, lineterminator="\n").writerows([header, *rows])


def set_cell(path: Path, row: int, column: str, value: str) -> None:
    """Change one cell; `row` as the spreadsheet shows it."""

    def change(header, rows):
        rows[row - 2][header.index(column)] = value
        return header, rows

    edit(path, change)


def digest(folder: Path) -> dict[str, str]:
    return {
        str(file.relative_to(folder)): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    }


def test_all_faults_at_once_and_results_untouched(default_run, tmp_path):
    home = tmp_path / "study"
    shutil.copytree(default_run.home, home, copy_function=shutil.copy2)
    raw = home / "data/raw/alemtuzumab-dah"
    before = digest(home / "results")
    set_cell(raw / "cases.csv", 16, "age_lower", "twenty-nine")
    set_cell(raw / "cases.csv", 17, "sex", "female")
    set_cell(raw / "doses.csv", 2, "given", "perhaps")
    edit(raw / "courses.csv", lambda header, rows: (header, [*rows, rows[0]]))
    edit(raw / "tests.csv", lambda header, rows: (["resultt" if head == "result" else head for head in header], rows))
    (raw / "history.csv").write_bytes(b"PK\x03\x04\x00\x00not a table")
    failed = run(home, default_run.series)
    assert failed.code != 0
    for words in (
        "cases.csv, row 16, case ZHAO-2025, age_lower: Age from: not a number",
        "(found text of 11 characters; see findings.csv)",
        "cases.csv, row 17, case MYRO-2018, sex: Sex: not a code", "(found text of 6 characters; see findings.csv)",
        "Use one of: M, F", "doses.csv, row 2", "(found text of 7 characters; see findings.csv)",
        "Use one of: yes, partial, no", "column 'result' is missing", "Did you mean 'result'?",
        "history.csv", "cannot be read",
    ):  # fmt: skip
        assert words in failed.err, words
    assert "Traceback" not in failed.err + failed.out
    assert digest(home / "results") == before
    words = (home / "data/processed/alemtuzumab-dah/findings.csv").read_text(encoding="utf-8")
    for typed in ("twenty-nine", "female", "perhaps", "resultt"):  # the words stand in the file, and only there
        assert typed in words
        assert typed not in failed.err + failed.out


@pytest.mark.long
def test_broken_keys_and_times(tmp_path):
    home = default_study(tmp_path / "study")
    raw = home / "data/raw/alemtuzumab-dah"
    edit(raw / "courses.csv", lambda header, rows: (header, [*rows, rows[0]]))
    set_cell(raw / "reactions.csv", 2, "case_id", "NOBODY")
    edit(raw / "reactions.csv", lambda header, rows: (header, [_reversed(header, row) for row in rows]))
    failed = run(home, "alemtuzumab-dah")
    assert failed.code != 0
    assert "same key as row 2" in failed.err
    assert "reactions.csv, row 2, case (text of 6 characters)" in failed.err
    assert "NOBODY" not in failed.err
    assert "not found in cases" in failed.err
    assert "the time ends before it starts" in failed.err
    assert "Traceback" not in failed.err


def _reversed(header: list[str], row: list[str]) -> list[str]:
    low, high = header.index("onset_lower"), header.index("onset_upper")
    if row[low] == "3" and row[high] == "4":
        row[low], row[high] = "4", "3"
    return row


@pytest.mark.long
def test_an_empty_series_is_refused(tmp_path):
    home = invented_study(tmp_path / "study")
    edit(home / "data/cases.csv", lambda header, rows: (header, []))
    failed = run(home, "invented")
    assert failed.code != 0
    assert "the series is empty" in failed.err
    assert "Traceback" not in failed.err


def test_a_series_whose_cases_all_miss_the_definition_is_refused(tmp_path, capsys):
    home = invented_study(tmp_path / "study")
    profile = (home / "profile.yaml").read_text(encoding="utf-8")
    (home / "profile.yaml").write_text(profile.replace("terms: [blue rash]", "terms: [no such term]"), encoding="utf-8")
    with pytest.raises(SystemExit) as failed:
        Line(home).run()
    assert failed.value.code == USER_FAULT
    printed = capsys.readouterr()
    assert "no case meets the case definition" in printed.err
    assert "Traceback" not in printed.err + printed.out


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("series: invented", "series: inven ted", "series: a name of letters a to z, digits, - and _ is wanted"),
        ('data_lock: "2024-12-31"', "data_lock: 31.12.2024", "data_lock: a day such as 2025-12-31 is wanted (found"),
        ("data_lock:", "datalock:", "datalock: there is no such key. Did you mean 'data_lock'?"),
        ("path: data", "path: nowhere", "nowhere does not exist"),
        ("profile: profile.yaml", "profile: lost.yaml", "lost.yaml does not exist"),
        ("series: invented", "series: [", "not readable as YAML"),
    ],
)
def test_a_broken_config_is_one_message(tmp_path, old, new, words):
    home = invented_study(tmp_path / "study")
    text = (home / "study.yaml").read_text(encoding="utf-8")
    (home / "study.yaml").write_text(text.replace(old, new), encoding="utf-8")
    failed = command("workflow.run", lambda: launcher.main(None), "--config", home / "study.yaml")
    assert failed.returncode == USER_FAULT == 2
    assert words in failed.stderr
    assert "Traceback" not in failed.stderr


def test_no_such_config(tmp_path):
    failed = run(tmp_path, "none")
    assert failed.code == 2
    assert "no such config" in failed.err


def _only(home: Path, keep: set[str]) -> None:
    for file in (home / "data").glob("*.csv"):
        edit(
            file,
            lambda header, rows: (
                header,
                [r for r in rows if "case_id" not in header or r[header.index("case_id")] in keep],
            ),
        )
    for file_name in ("statements.csv",):
        (home / "data" / file_name).unlink()


@pytest.mark.parametrize(
    "keep", [{"INV-5"}, *(pytest.param(keep, marks=pytest.mark.long) for keep in ({"INV-1"}, {"INV-2", "INV-5"}))]
)
def test_small_and_silent_series_are_valid(tmp_path, keep):
    home = invented_study(tmp_path / "study")
    _only(home, keep)
    Line(home).run()
    done = Run(home, "invented", 0, "", "")
    assert done.results().query("statistic == 'set_size'")["value"].tolist() == [len(keep)]
    made = {file.stem for file in (home / "results/invented/figures").glob("*.svg")}
    timed = {"onset"} if "INV-2" in keep else {"onset", "resolution"} if "INV-1" in keep else set()
    assert made & {"swimmer", "case_flow", "onset", "resolution"} == {"swimmer", "case_flow"} | timed
    if keep == {"INV-5"}:
        assert not made & {"onset", "resolution"}
        assert done.table("headlines.csv")["shown"].str.contains("no time known").any()
        assert ", 0 of 0" not in done.table("tables/times.csv").to_csv()
