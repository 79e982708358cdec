"""The commands around the native readers: one message and an exit code for whatever the user gave, never a traceback."""

import errno
import shutil
import subprocess

import pytest

from schemas.reported import TABLES
from scripts.commands import messages, progress
from scripts.figures import at_once
from tests.conftest import REPOSITORY
from tests.ingest.workbook.test_strange_workbooks import open_document
from tests.room import called

INVENTED = REPOSITORY / "tests/studies/invented/data"
LEDGER = "stage,source,record,records,decision,reason,rule\n"


def command(room, *given):
    done = called(room, *given)
    return done.returncode, done.stderr


@pytest.mark.parametrize(
    ("policy", "words"),
    [
        ("{error: ignore}", ["policy.error: Input should be 'stop', 'withhold_value', 'exclude_case' or 'warn'"]),
        ("{contract: warn}", ["policy.contract: Input should be 'stop'"]),
        ("{erors: warn, warning: 3}", ["policy.erors", "policy.warning: Input should be 'stop'"]),
        ("[]", ["policy: a section is wanted"]),
        ("{", ["not readable as YAML"]),
    ],
)
def test_a_wrong_policy_is_one_readable_message(tmp_path, policy, words):
    (tmp_path / "settings.yaml").write_text(f"policy: {policy}\n", encoding="utf-8")
    code, printed = command("validate", INVENTED, "--settings", tmp_path / "settings.yaml")
    assert code == 2
    assert [each for each in words if each not in printed] == []
    assert len(printed.splitlines()) == len(words)


def test_a_folder_of_ingest_is_known_by_what_only_ingest_writes(tmp_path):
    command("ingest", "csv", INVENTED, "--out", tmp_path / "reported")
    code, printed = command("validate", tmp_path / "reported")
    assert (code, "[readable" in printed, "at_file" in printed) == (0, False, False)
    copied_folder = tmp_path / "own"
    shutil.copytree(INVENTED, copied_folder)
    (copied_folder / "ledger.csv").write_text("date,amount\n2024-01-01,5\n")
    code, printed = command("validate", copied_folder)
    assert (code, printed.count("[readable")) == (3, 1)
    assert "ledger.csv: no reported table has this name (found text of 10 characters)" in printed


@pytest.mark.parametrize("spoil", ["case_id,identity\nC1,identified\n", "", "at_row,case_id\nx,C1\n"])
def test_a_changed_folder_of_ingest_is_one_message(tmp_path, spoil):
    command("ingest", "csv", INVENTED, "--out", tmp_path / "reported")
    (tmp_path / "reported" / "cases.csv").write_text(spoil)
    code, printed = command("validate", tmp_path / "reported")
    assert code == 2
    assert "written by `ingest` and changed since" in printed
    assert printed.count("\n") == 1


def test_copies_of_reported_tables_among_raw_ones_are_read_without_their_place(tmp_path):
    command("ingest", "csv", INVENTED, "--out", tmp_path / "reported")
    raw = tmp_path / "raw"
    shutil.copytree(INVENTED, raw)
    shutil.copy(tmp_path / "reported" / "cases.csv", raw)
    code, printed = command("validate", raw)
    assert code == 3
    assert "unknown column 'at_file'" in printed
    assert "unknown column 'at_row'" in printed


@pytest.mark.parametrize("content", [b"\x81\xff", b"%PDF-1.7", b""])
def test_cases_that_cannot_be_read_are_not_called_an_empty_series(tmp_path, content):
    raw = tmp_path / "raw"
    shutil.copytree(INVENTED, raw)
    (raw / "assessments.csv").unlink()
    (raw / "cases.csv").write_bytes(content)
    code, printed = command("validate", raw)
    assert code == 3
    assert "cases.csv: cannot be read" in printed
    assert "the series is empty" not in printed


def test_a_workbook_of_another_format_is_not_called_an_empty_series(tmp_path):
    open_document(tmp_path / "book.xlsx")
    code, printed = command("validate", tmp_path / "book.xlsx")
    assert code == 3
    assert "the series is empty" not in printed


@pytest.mark.parametrize(
    ("options", "words"), [("{", "not readable as YAML"), ("[1]", "holds a list instead of keys with values")]
)
def test_wrong_options_of_a_format_are_one_message(tmp_path, options, words):
    (tmp_path / "options.yaml").write_text(options, encoding="utf-8")
    code, printed = command("ingest", "csv", INVENTED, "--out", tmp_path / "x", "--options", tmp_path / "options.yaml")
    assert (code, words in printed, printed.count("\n")) == (2, True, 1)


@pytest.mark.parametrize(
    ("file", "content", "words"),
    [
        ("kases.csv", "case_id\nC1\n", "kases.csv, row 0: no reported table has this name."),
        ("deaths.csv", "case_id,colour\nC1,red\n", "deaths: unknown columns: number 2. Rename"),
        ("deaths.csv", "case_id,cause,cause\nC1,a,b\n", "deaths: a column appears twice."),
        ("deaths.csv", "case_id,cause\nC1\n", "deaths.csv, row 2: 1 cells under 2 columns."),
    ],
)
def test_a_template_is_not_filled_where_rows_would_be_lost(tmp_path, file, content, words):
    raw = tmp_path / "raw"
    shutil.copytree(INVENTED, raw)
    (raw / file).write_text(content)
    code, printed = command("ingest", "template", "--series", "x", "--out", tmp_path / "x.xlsx", "--filled-from", raw)
    assert (code, words in printed) == (2, True)
    assert not (tmp_path / "x.xlsx").exists()


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        (FileNotFoundError(errno.ENOENT, "No such file", "x.csv"), "x.csv: no such file or folder. Check the path.\n"),
        (PermissionError(errno.EACCES, "Permission denied", "x.csv"),
         "x.csv: permission denied. Check that you may read or write there.\n"),
        (IsADirectoryError(errno.EISDIR, "Is a directory", "x"), "x: is a directory. Check the path.\n"),
        (OSError(errno.ENOSPC, "No space left on device"),
         "the disk: no space left on device. Make room, and start again.\n"),
    ],
)  # fmt: skip
def test_what_the_system_refuses_is_one_message(capsys, fault, said):
    def main():
        raise fault

    with pytest.raises(SystemExit) as end:
        messages.run(main)
    assert (end.value.code, capsys.readouterr().err) == (2, said)


@pytest.mark.parametrize("fault", [OSError("Mrs Doe"), ValueError("Mrs Doe"), KeyError("Mrs Doe")])
def test_a_fault_of_our_own_names_its_type_and_place_and_no_word_of_its_message(capsys, monkeypatch, tmp_path, fault):
    def main():
        try:
            int("born 1970")
        except ValueError:
            raise fault from None if isinstance(fault, KeyError) else ValueError("born 1970")

    monkeypatch.delenv("DAHLIA_DEBUG", raising=False)
    messages.keep_log(tmp_path / "x.log")
    with pytest.raises(SystemExit) as end:
        messages.run(main)
    messages.keep_log(None)
    log, printed = (tmp_path / "x.log").read_text(encoding="utf-8"), capsys.readouterr().err
    fault_type = type(fault).__name__
    assert end.value.code == 1
    assert printed.startswith(f"A fault of Dahlia itself: {fault_type} at tests/ingest/test_commands.py, line ")
    assert printed.endswith("Set DAHLIA_DEBUG=1 for the whole traceback; it may hold words of patient tables.\n")
    assert log.endswith(f", in main\n{fault_type}\n")
    assert not [word for word in ("Doe", "1970") if word in log + printed]


def test_debugging_shows_the_whole_traceback_on_the_terminal_and_none_of_its_words_in_the_log(monkeypatch, tmp_path):
    def main():
        raise messages.UserError("Mrs Doe", log="a case")

    monkeypatch.setenv("DAHLIA_DEBUG", "1")
    messages.keep_log(tmp_path / "x.log")
    with pytest.raises(messages.UserError, match="Mrs Doe"):
        messages.run(main)
    messages.keep_log(None)
    assert (tmp_path / "x.log").read_text(encoding="utf-8").endswith("in main\nUserError\n")


def test_a_log_is_begun_afresh_and_holds_what_is_meant_for_it(capsys, tmp_path):
    for _ in range(2):
        messages.keep_log(tmp_path / "logs" / "x.log")
        messages.say("3 cases")
        messages.say("case 7: 'Mrs Doe'", "case")
    messages.keep_log(None)
    messages.say("unheard")
    assert (tmp_path / "logs" / "x.log").read_text(encoding="utf-8") == "3 cases\ncase\n"
    assert capsys.readouterr().err == "3 cases\ncase 7: 'Mrs Doe'\n" * 2 + "unheard\n"


@pytest.mark.parametrize(
    ("seconds", "said"), [(0.4, ""), (0.9, "tables: 3 of 4\n"), (1.5, "tables: 2 of 4\ntables: 4 of 4\n")]
)
def test_work_of_more_than_two_seconds_says_how_far_it_is(monkeypatch, capsys, seconds, said):
    now = iter(seconds * step for step in range(10))
    monkeypatch.setattr(progress, "monotonic", lambda: next(now))
    monkeypatch.delenv("DAHLIA_PROGRESS")
    monkeypatch.setattr(progress, "SECONDS", 2.0)
    assert list(progress.counted("abcd", "tables")) == ["a", "b", "c", "d"]
    assert capsys.readouterr().err == said


def test_writing_and_drawing_say_how_far_they_are(monkeypatch, tmp_path, capsys):
    monkeypatch.delenv("DAHLIA_PROGRESS")
    monkeypatch.setattr(progress, "SECONDS", -1.0)
    printed = called("ingest", "csv", REPOSITORY / "data/raw/alemtuzumab-dah", "--out", tmp_path).stderr
    assert f"ingest: tables written: 1 of {len(TABLES)}\n" in printed
    at_once.each(lambda _: None, ["onset", "symptoms"], 1)
    assert capsys.readouterr().err == "figures: onset drawn\nfigures: symptoms drawn\n"


def test_make_clears_no_environment_behind_a_link(tmp_path):
    (tmp_path / "shared").mkdir()
    (tmp_path / "shared" / "precious").write_text("x")
    home = tmp_path / "clone"
    home.mkdir()
    for file_name in ("Makefile", "requirements.lock"):
        shutil.copy(REPOSITORY / file_name, home)
    (home / ".venv").symlink_to(tmp_path / "shared")
    done = subprocess.run(["make", ".venv/.ok"], cwd=home, capture_output=True, text=True, check=False)
    assert done.returncode != 0
    assert ".venv is a link" in done.stdout
    assert [file.name for file in (tmp_path / "shared").iterdir()] == ["precious"]
