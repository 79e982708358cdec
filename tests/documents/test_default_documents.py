"""What every document of the default series must show and keep, each opened by its own library."""

import csv
import re
import subprocess
import sys
from pathlib import Path

from scripts import documents
from tests.documents import opened
from tests.documents.line import REPOSITORY, arguments, with_options
from tests.whole_line import room


def test_every_document_keeps_the_contract():
    assert documents.documents() == [
        "causality", "cioms_i", "cioms_ii_line_listing", "e2b_r3", "narratives", "pneumotox_summary",
        "prac_signal_summary", "summary_tabulation",
    ]  # fmt: skip
    for document in documents.documents():
        assert documents.title(document).endswith((")", "."))
        assert callable(documents.module(document).write)


def test_the_files_that_are_written(folder):
    cases = ["DROP-2021-INDEX", "MYRO-2018", "TAHIR-LEEDS", "ZHAO-2025"]
    assert sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()) == sorted(
        [
            "causality.xlsx",
            "cioms_ii_line_listing.xlsx",
            "narratives.docx",
            "pneumotox_summary.docx",
            "pneumotox_summary.pdf",
            "prac_signal_summary.docx",
            "summary_tabulation.xlsx",
            "e2b_r3/open_elements.csv",
            *(f"cioms_i/{case}.pdf" for case in cases),
            *(f"e2b_r3/{case}.xml" for case in cases),
        ]
    )


def test_every_document_says_what_it_is_and_its_data_lock(folder):
    for path in folder.rglob("*.docx"):
        assert "Draft for qualified review; data lock 2025-12-31" in opened.docx_text(path), path.name
    for path in folder.rglob("*.xlsx"):
        assert "Draft for qualified review; data lock 2025-12-31" in opened.xlsx_text(path), path.name
    for path in folder.rglob("*.pdf"):
        assert "Draft for qualified review; data lock 2025-12-31" in opened.pdf_text(path)[0], path.name


WORDS = [
    line
    for line in (Path(__file__).parent / "not_for_readers.txt").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]


INTERVAL = re.compile(r"\([\d.]+, [\d.]+\]")
CODE = re.compile(r"\b[a-z]+_[a-z_]*[a-z]\b")


def test_no_reader_meets_our_words(folder):
    """Nor an interval in brackets, nor a code with an underscore, unless it is quoted as something to type."""
    our_words = []
    for path in sorted(folder.rglob("*.*")):
        text = READ[path.suffix](path) if path.suffix in READ else ""
        text = re.sub("`[^`]*`", "", text)
        our_words += [(path.name, word) for word in WORDS if word.casefold() in text.casefold()]
        our_words += [(path.name, code) for code in [*CODE.findall(text), *INTERVAL.findall(text)]]
    assert our_words == []


READ = {".docx": opened.docx_text, ".xlsx": opened.xlsx_text, ".pdf": lambda path: opened.pdf_text(path)[0]}


def test_the_ledger_says_that_anonymous_rows_are_not_exportable(default_dossier, folder):
    book = default_dossier.books.table()
    messages = book[book["source"] == "e2b_r3"]
    assert messages["decision"].value_counts().to_dict() == {"out": 14, "counted_inside": 3, "in": 1}
    assert set(messages.loc[messages["decision"] == "out", "reason"]) == {
        "an anonymous member of a group is no identifiable patient: not exportable as an ICSR"
    }
    with (folder / "e2b_r3/open_elements.csv").open(encoding="utf-8") as handle:
        assert {row["case_id"] for row in csv.DictReader(handle)} == set(
            messages.loc[messages["decision"] != "out", "record"]
        )


def test_same_input_same_bytes_by_the_command_line(default_dossier, default_paths, folder, tmp_path):
    """A second run, in another process and folder."""
    command = [sys.executable, "-m", "scripts.documents", *arguments(default_paths, tmp_path)]
    done = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr.strip()) == (0, "documents: 8 kinds, 16 files")
    for path in folder.rglob("*"):
        if path.is_file():
            assert path.read_bytes() == (tmp_path / path.relative_to(folder)).read_bytes(), path.name


def test_one_document_alone_and_one_that_does_not_exist(default_paths, tmp_path, capsys):
    command = ["documents", *arguments(default_paths, tmp_path, {"write": ["cioms_1"]})]
    assert room(*command) == 2
    told = capsys.readouterr().err
    assert told.startswith("documents: there is no document cioms_1. There are: causality, cioms_i,")
    assert room(*command, "--only", "narratives") == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["documents_ledger.csv", "narratives.docx"]


def test_a_large_series_does_without_a_part_per_case(default_dossier, tmp_path, monkeypatch):
    """Nothing gives way here; with room for one line the documents of single cases do, and tables and prose count."""
    assert documents.given_way(with_options(default_dossier), documents.documents()) == []
    monkeypatch.setattr("scripts.documents.words.groups.MOST", 1)
    monkeypatch.setattr("scripts.documents.words.groups.MOST_TOLD", 1)
    monkeypatch.setattr("scripts.documents.document_prac_signal_summary.MOST_ROWS", 1)
    data = with_options(default_dossier)
    assert documents.given_way(data, documents.documents()) == ["causality", "cioms_i", "e2b_r3", "narratives"]
    assert {line["decision"] for line in data.books.lines} == {"out"}
    assert len(data.books.lines) == 4 * len(data.cases)
    documents.write_all(data, tmp_path, ["prac_signal_summary", "pneumotox_summary"])
    told = opened.docx_text(tmp_path / "prac_signal_summary.docx")
    assert "2 lines, more than the 1 that fit a table in Word" in told
    assert "5 patients or groups, more than the 1 described individually here" in opened.docx_text(
        tmp_path / "pneumotox_summary.docx"
    )
