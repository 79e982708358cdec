"""Every abbreviation of a document is explained in it, once."""

import re
from collections import Counter
from pathlib import Path

import pytest

from scripts.words.references import reference
from tests.documents import opened

TOKEN = re.compile(r"(?<![\w-])[A-Z]\w*(?:-\w+)*")
PLAIN = {"I", "II", "III", "IV", "IX", "EU", "UK", "US"}
"""Numerals of headings, and places that everybody knows."""
INSTRUMENTS = {"BMJ", "CA", "MH"}
"""A journal, and initials of authors, in the references of the instruments of causality."""
IN_FULL_BESIDE = {"CIOMS", "NPMLE", "EMEA"}
"""Explained where they stand, beside the title of the form or in the caption; and part of the number of a procedure."""


def printed(path: Path) -> str:
    read = {".docx": opened.docx_text, ".xlsx": opened.xlsx_text, ".pdf": lambda file: opened.pdf_text(file)[0]}
    return " ".join(read[path.suffix](path).split())


@pytest.mark.parametrize(
    "name",
    ["prac_signal_summary.docx", "pneumotox_summary.docx", "narratives.docx", "causality.xlsx", "summary_tabulation.xlsx",
     "cioms_ii_line_listing.xlsx", "cioms_i/ZHAO-2025.pdf", "cioms_i/MYRO-2018.pdf", "cioms_i/TAHIR-LEEDS.pdf"],
)  # fmt: skip
def test_abbreviations_are_explained_once(folder, default_dossier, name):
    """Names of sources, records and patients apart, no word of two capitals or more is left unexplained or explained twice."""
    text, series = printed(folder / name), default_dossier.bundle.series
    lists = re.findall(r"Abbreviations: (.+?)\.(?= |$)", text)
    explained = Counter(re.findall(r"(?:^|; )([^,;]+), ", "; ".join(lists)))
    assert len(lists) <= 1
    assert set(explained.values()) <= {1}
    for source in series["sources"].to_dict("records"):
        text = text.replace(reference(source).removesuffix("."), "")
    records = {*default_dossier.bundle.ledger["record"], *series["links"]["b"], *default_dossier.cases}
    used = {word for word in TOKEN.findall(text) if len(re.findall(r"[A-Z](?![a-z])|[a-z][A-Z]", word)) > 1}
    assert used - set(explained) - PLAIN - INSTRUMENTS - IN_FULL_BESIDE - records == set()
