"""A bad profile is the same one message in every room; a title of any length breaks no product."""

import os
import shutil
import sys

import docx
import openpyxl
import pypdf
import pytest

from tests.conftest import REPOSITORY
from tests.whole_line import room

GOOD = (REPOSITORY / "tests/studies/invented/profile.yaml").read_text(encoding="utf-8")
LOCK = ("--settings", "settings.yaml")
PRODUCT = ("x", "--results", "x", "--findings", "x", "--out", "out", *LOCK)
ROOMS = {
    "validate": ("x",),
    "assemble": ("x", "--findings", "x", "--out", "out", *LOCK),
    "derive": ("x", "--findings", "x", "--out", "out"),
    "analyse": ("series", "x", "--ledger", "x", "--findings", "x", "--out", "out"),
    "tables": (*PRODUCT, "--series", "x"),
    "figures": (*PRODUCT, "--series", "x"),
    "documents": ("x", *PRODUCT),
    "report": (*PRODUCT, "--series", "x", "--tables", "x", "--figures", "x"),
}


@pytest.mark.parametrize("name", ROOMS)
def test_a_bad_profile_is_the_same_message_in_every_room(name, tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "argv", sys.argv)
    (tmp_path / "settings.yaml").write_text("data_lock: '2024-12-31'\n", encoding="utf-8")
    for content, expected in (
        (GOOD + "title: again\n", "p.yaml: line 15: the key 'title' stands in line 1 already. Keep one of them.\n"),
        ("- x\n", "p.yaml: holds a list instead of keys with values, as in `name: value`.\n"),
        (GOOD.replace("  terms:", "  term:"), "p.yaml: line 7: event.term: there is no such key. Did you mean 'terms'?"),
        (GOOD.replace("  name: blue", "  abbreviation: blue"), "p.yaml: line 6: event.name: this key is missing. Add it.\n"),
        (None, "p.yaml: no such file or folder. Check the path.\n"),
    ):  # fmt: skip
        (tmp_path / "p.yaml").unlink(missing_ok=True)
        if content is not None:
            (tmp_path / "p.yaml").write_text(content, encoding="utf-8")
        assert room(name, *ROOMS[name], "--profile", "p.yaml") == 2
        told = capsys.readouterr().err
        assert told.startswith(expected)
        assert expected.endswith("'?") or told == expected


@pytest.mark.long
@pytest.mark.parametrize("word", ["A title that goes on ", "x"])
def test_a_title_of_two_thousand_characters_breaks_no_product(default_run, tmp_path, monkeypatch, capsys, word):
    monkeypatch.setattr(sys, "argv", sys.argv)
    title, text = (word * 2000)[:2000].strip(), (REPOSITORY / "config/series/alemtuzumab-dah.yaml").read_text()
    lines = [f"title: {title}" if line.startswith("title:") else line for line in text.splitlines()]
    (tmp_path / "p.yaml").write_text("\n".join(lines), encoding="utf-8")
    (tmp_path / "settings.yaml").write_text("data_lock: '2025-12-31'\n", encoding="utf-8")
    made, results = default_run.home / "data/processed/alemtuzumab-dah", default_run.home / "results/alemtuzumab-dah"
    shared = ("--results", results, "--findings", made / "findings.csv", "--profile", tmp_path / "p.yaml",
              "--settings", tmp_path / "settings.yaml")  # fmt: skip
    product = (made / "derived", *shared, "--series", made / "series")
    assert room("tables", *product, "--out", tmp_path / "tables") == 0
    assert room("documents", made / "series", made / "derived", *shared, "--out", tmp_path / "documents") == 0
    assert (
        room("report", *product, "--tables", results / "tables", "--figures", results / "figures", "--out", tmp_path)
        == 0
    )
    assert capsys.readouterr().err.count("\n") == 3
    assert title in (tmp_path / "report.html").read_text(encoding="utf-8")
    words, book = (
        docx.Document(tmp_path / "tables/tables.docx"),
        openpyxl.load_workbook(tmp_path / "tables/tables.xlsx"),
    )
    assert title in [paragraph.text for paragraph in words.paragraphs]
    head = words.sections[0].header.paragraphs[0].text
    assert head.endswith(" … · data lock point 2025-12-31 · draft for qualified review")
    assert len(head) < 255
    assert all("2025-12-31" in sheet.oddHeader.left.text for sheet in book)
    for file in [*tmp_path.rglob("*.docx"), *tmp_path.rglob("*.xlsx")]:
        core = (
            docx.Document(file).core_properties if file.suffix == ".docx" else openpyxl.load_workbook(file).properties
        )
        assert len(core.title or "") <= 255, file
    foot = pypdf.PdfReader(tmp_path / "documents/cioms_i/ZHAO-2025.pdf").pages[-1].extract_text()
    assert " … · data lock 2025-12-31" in foot


def test_no_log_is_kept_where_none_was_asked_for(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "argv", sys.argv)
    shutil.copytree(REPOSITORY / "tests/studies/invented/data", tmp_path / "raw")
    assert room("ingest", "csv", "raw", "--out", "out") == 0
    assert sorted(os.listdir(tmp_path)) == ["out", "raw"]
