"""One batched call of LibreOffice opens every office file and prints it; the printed text is checked."""

import subprocess

import pytest
from pypdf import PdfReader

from scripts import documents
from tests.documents import opened

EXPECTED = {
    "causality": "Causality worksheet",
    "cioms_ii_line_listing": "counted inside the group DROP14",
    "narratives": "Known only as a group (DROP14)",
    "pneumotox_summary": "III.a",
    "prac_signal_summary": "The series at a glance",
    "summary_tabulation": "Counts are reactions, not cases",
}


MOST_PAGES = {"causality": 7, "cioms_ii_line_listing": 2, "narratives": 5, "pneumotox_summary": 1, "prac_signal_summary": 7,
              "summary_tabulation": 1}  # fmt: skip
LEAST_ON_A_PAGE = 1200
"""Letters on a page that is not the last, one with a figure among them."""


@pytest.mark.office
def test_office_files_open_and_print(default_dossier, tmp_path):
    documents.write_all(default_dossier, tmp_path, documents.documents())
    files = sorted([*tmp_path.glob("*.docx"), *tmp_path.glob("*.xlsx")])
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", tmp_path / "printed", *files]
    done = subprocess.run(list(map(str, command)), capture_output=True, text=True, timeout=240, check=False)
    assert done.returncode == 0, done.stderr
    printed = {path.stem: opened.pdf_text(path) for path in (tmp_path / "printed").glob("*.pdf")}
    assert sorted(printed) == sorted(path.stem for path in files)
    for document, words in EXPECTED.items():
        assert words in printed[document][0], document
    assert {document: pages for document, (_, pages) in printed.items() if pages > MOST_PAGES[document]} == {}
    for document in ("prac_signal_summary", "narratives"):
        *pages, _ = PdfReader(tmp_path / f"printed/{document}.pdf").pages
        assert min(len(page.extract_text()) for page in pages) > LEAST_ON_A_PAGE, f"{document} has a half-empty page"
