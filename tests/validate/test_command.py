"""`python -m scripts.validate`: exit codes, the summary, what it writes."""

from pathlib import Path

import pandas as pd

from scripts.ingest.native.from_csv import read
from scripts.ingest.workbook.template import write_template
from tests.room import Ended, called

DEFAULT, PROFILE = "data/raw/alemtuzumab-dah", "config/series/alemtuzumab-dah.yaml"


def command(*given: object) -> Ended:
    return called("validate", *given)


def written(folder: Path, **files: str) -> Path:
    folder.mkdir(exist_ok=True)
    for table, content in files.items():
        (folder / f"{table}.csv").write_text(content, encoding="utf-8")
    return folder


def test_a_folder_and_its_workbook_say_the_same(tmp_path):
    write_template(tmp_path / "full.xlsx", "x", read(Path(DEFAULT)).tables)
    told = {}
    for path in (DEFAULT, tmp_path / "full.xlsx"):
        done = command(path, "--profile", PROFILE, "--out", tmp_path / "findings.csv")
        assert done.returncode == 0
        findings = pd.read_csv(tmp_path / "findings.csv", keep_default_na=False)
        told[str(path)] = findings.drop(columns="file").to_dict("records")
        assert (tmp_path / "candidate_pairs.csv").exists()
    folder_findings, other = told.values()
    assert folder_findings == other


def test_exit_codes_and_a_summary_by_table(tmp_path):
    assert command(DEFAULT).returncode == 0
    broken = written(
        tmp_path / "broken",
        cases="case_id,identity,sex,source_id,status\n"
        + "".join(f"C{k},identified,woman,S1,stated\n" for k in range(9)),
    )
    done = command(broken)
    assert done.returncode == 3
    assert (
        "cases.csv, row 2, case C0, sex: Sex: not a code of the list 'sex' (found text of 5 characters) [code, contract]"
        in done.stderr
    )
    assert "... and " in done.stderr
    assert command(tmp_path / "nowhere").returncode == 2
    assert command(DEFAULT, "--profile", tmp_path / "none.yaml").returncode == 2
    (tmp_path / "bad.yaml").write_text("title: x\ndrug: 7\n")
    assert command(DEFAULT, "--profile", tmp_path / "bad.yaml").returncode == 2


def test_cells_that_look_like_formulas_are_written_as_text(tmp_path):
    formulas = [f"{start}cmd|' /C calc'!A0" for start in "=+-@"]
    rows = "".join(f"C{at},identified,{cell},S1,stated\n" for at, cell in enumerate(formulas))
    folder = written(tmp_path / "raw", cases=f"case_id,identity,sex,source_id,status\n{rows}")
    command(folder, "--out", tmp_path / "findings.csv")
    cells = pd.read_csv(tmp_path / "findings.csv", keep_default_na=False, dtype=str).to_numpy().ravel()
    assert not [each for each in cells if each.startswith(("=", "+", "-", "@"))]
    assert {f"'{cell}" for cell in formulas} <= set(cells)


def test_a_policy_is_taken_and_an_unknown_one_refused(tmp_path):
    out, settings = tmp_path / "f.csv", tmp_path / "settings.yaml"
    settings.write_text("policy: {error: exclude_case, warning: stop}\n", encoding="utf-8")
    command(DEFAULT, "--profile", PROFILE, "--out", out, "--settings", settings)
    findings = pd.read_csv(out, keep_default_na=False)
    assert dict(zip(findings["severity"], findings["action"], strict=True)) == {
        "error": "exclude_case", "warning": "stop", "information": "warn",
    }  # fmt: skip
    for policy in ("{error: ignore}", "{", "{erors: warn}"):
        settings.write_text(f"policy: {policy}\n", encoding="utf-8")
        assert command(DEFAULT, "--out", out, "--settings", settings).returncode == 2


def test_no_narrative_and_nothing_that_steers_a_terminal_is_printed(tmp_path):
    story = "Mrs Doe, born 1970, came to the clinic with a cough. " * 3
    where = ",S1,p. 1,stated\n"
    broken = written(
        tmp_path / "broken",
        sources="source_id,kind\nS1,article\n",
        cases='case_id,identity,sex,source_id,locator,status\nC1,identified,"M\x1b[2J\n0 findings."' + where,
        reports="case_id,version,narrative,source_id,locator,status\nC1,1," + '"' + story + '"' + where,
        corrections=f'table,key,column,from,to,reason,by\nreports,C1;S1;1,narrative,"another {story}",x,slip,AB\n',
    )
    done = command(broken)
    assert done.returncode == 3
    assert "corrections.csv, row 2, from: the cell holds another value (found a long text)" in done.stderr
    assert "Mrs Doe" not in done.stderr
    assert "(found text of 17 characters)" in done.stderr
    assert "\x1b" not in done.stderr
