"""The files: user text stays inert, numbers are numbers, the same tables give the same bytes, they open elsewhere."""

import io
import subprocess
import zipfile
from datetime import date
from html.parser import HTMLParser

import docx
import openpyxl
import pytest
from pypdf import PdfReader

from scripts.tables.formats.as_docx import word_file
from scripts.tables.formats.as_html import fragment
from scripts.tables.formats.as_xlsx import workbook
from scripts.tables.shown import shown

LOCK = date(2025, 12, 31)
HOSTILE = ["<script>alert(1)</script>", "=HYPERLINK(\"http://x\")", "&amp; <w:p/>", "{{ 7*7 }}", "@SUM(A1)", "http://x.example",
           "a\x00b", "héé 漢字 ⟨⟩", "]]>", "12", "\"' onload='x"]  # fmt: skip
TABLE = shown(
    "Table <b>&",
    [{"=Case": text, "Text": text, "value: n": number} for text, number in zip(HOSTILE, range(11), strict=True)],
    ["=Case", "Text"],
    footnotes=("=note <i>",),
)
WIDE = shown("Wide", [{f"column {k}": "word " * 30 for k in range(9)}], [f"column {k}" for k in range(9)], wide=True)
BOTH = {"hostile": (1, TABLE), "wide": (2, WIDE)}
SAFE = [text.replace("\x00", "[U+0000]") for text in HOSTILE]


class Elements(HTMLParser):
    """Every element of a fragment with its attributes, and the text of its cells."""

    def __init__(self, page: str):
        super().__init__()
        self.tags: list[str] = []
        self.attributes: set[str] = set()
        self.text: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes |= {attribute for attribute, _ in attrs}

    def handle_data(self, data):
        self.text.append(data)


def test_html_holds_user_text_as_text():
    page = Elements(fragment(TABLE, "hostile", 1))
    assert set(page.tags) == {"figure", "figcaption", "div", "table", "colgroup", "col", "thead", "tbody", "tr", "th", "td",
                              "ul", "li"}  # fmt: skip
    assert page.attributes == {"class", "id", "tabindex", "scope", "style"}
    assert [text for text in SAFE if text not in page.text] == []
    assert fragment(TABLE, "hostile").isascii()


def test_blocks_span_their_rows_and_every_row_is_headed():
    table = shown("t", [{"Block": "one", "x": "1"}, {"Block": "one", "x": "2"}, {"Block": "two", "x": "3"}],
                  ["Block", "x"], block="Block")  # fmt: skip
    page = fragment(table, "t")
    assert page.count("<tbody>") == 2
    assert '<th scope="rowgroup" rowspan="2">one</th><td>1</td>' in page
    plain = fragment(shown("t", [{"x": "1"}, {"x": "2"}], ["x"]), "t")
    assert plain.count('<th scope="row">') == 2


def test_word_file_has_real_tables_with_repeated_heads_captions_and_notes():
    file = docx.Document(io.BytesIO(word_file(BOTH, "Title <&>", LOCK)))
    first, second = file.tables
    assert [[cell.text for cell in row.cells] for row in first.rows][1:] == [[text, text] for text in SAFE]
    for table in (first, second):
        assert table.rows[0]._tr.xpath("./w:trPr/w:tblHeader")
    paragraphs = [paragraph.text for paragraph in file.paragraphs]
    assert "Title <&>" in paragraphs
    assert "=note <i>" in paragraphs
    captions = [p._p.xpath("string(.)") for p in file.paragraphs if p.style.name == "Caption"]
    assert captions == ["Table 1. Table <b>&", "Table 2. Wide"]


def test_word_file_turns_the_page_for_wide_tables_and_numbers_pages():
    file = docx.Document(io.BytesIO(word_file(BOTH, "Title", LOCK)))
    shapes = [section.page_width > section.page_height for section in file.sections]
    assert shapes == [False, False, True]
    footer = file.sections[0].footer._element.xml
    assert "PAGE" in footer
    assert "NUMPAGES" in footer
    assert "data lock point 2025-12-31" in file.sections[0].header.paragraphs[0].text


def test_workbook_has_strings_and_real_numbers_and_no_formula():
    book = openpyxl.load_workbook(io.BytesIO(workbook(BOTH, "Title", LOCK)))
    assert book.sheetnames == ["hostile", "wide"]
    sheet = book["hostile"]
    assert sheet["A1"].value == "Table 1. " + BOTH["hostile"][1].title
    assert [cell.value for cell in sheet[2]] == ["=Case", "Text", "value: n"]
    rows = list(sheet.iter_rows(min_row=3, max_row=13))
    assert [row[1].value for row in rows] == SAFE
    assert {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value is not None} == {"s", "n"}
    assert [row[2].value for row in rows] == list(range(11))
    assert {row[2].data_type for row in rows} == {"n"}
    assert not sheet._hyperlinks
    assert sheet.freeze_panes == "B3"
    assert rows[0][0].alignment.wrap_text


def test_workbook_writes_open_ends_in_words_and_gaps_blank():
    table = shown(
        "t", [{"a": "x", "b": "", "value: v": float("inf")}, {"a": "y", "b": "", "value: v": float("nan")}], ["a", "b"]
    )
    sheet = openpyxl.load_workbook(io.BytesIO(workbook({"t": (1, table)}, "T", LOCK)))["t"]
    assert [sheet["C3"].value, sheet["C4"].value] == ["inf", None]


def test_a_large_workbook_is_written_row_by_row_and_holds_the_same(monkeypatch):
    def cells() -> list[list]:
        book = openpyxl.load_workbook(io.BytesIO(workbook(BOTH, "Title", LOCK)))
        return [[cell.value for cell in row] for sheet in book for row in sheet.iter_rows()]

    small = cells()
    monkeypatch.setattr("scripts.tables.formats.as_xlsx.LARGE", 1)
    assert cells() == small


def test_no_column_of_a_workbook_is_sixty_lines_tall():
    table = shown("t", [{"a": "word " * 400, "b": "y"}], ["a", "b"])
    sheet = openpyxl.load_workbook(io.BytesIO(workbook({"t": (1, table)}, "T", LOCK)))["t"]
    assert sheet.row_dimensions[3].height < 30 * 12.5


def test_columns_squeezed_onto_a_page_are_one_page_broad():
    """Also where their widths add up to a hair more than the page."""
    for number in (7, 8, 9):
        table = shown("t", [{str(at): "w" * 60 for at in range(number)}], list(map(str, range(number))))
        sheet = openpyxl.load_workbook(io.BytesIO(workbook({"t": (1, table)}, "T", LOCK)))["t"]
        assert sheet.page_setup.fitToWidth in (None, 1), number


def test_a_cell_longer_than_a_workbook_holds_says_so():
    table = shown("t", [{"a": "x" * 40_000, "b": "y"}], ["a", "b"])
    sheet = openpyxl.load_workbook(io.BytesIO(workbook({"t": (1, table)}, "T", LOCK)))["t"]
    assert sheet["A3"].value.endswith("… (cut; whole in the CSV file)")
    assert len(table.as_csv()["a"][0]) == 40_000


def test_the_same_tables_give_the_same_bytes_without_the_day_of_the_run():
    for make in (word_file, workbook):
        content = make(BOTH, "Title", LOCK)
        assert make(BOTH, "Title", LOCK) == content
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            assert {entry.date_time[0] for entry in archive.infolist()} == {1980}
            core = archive.read("docProps/core.xml").decode()
        assert str(date.today().year) not in core.replace("2025-12-31", "") or date.today().year == 2025


def chinese_fonts() -> str:
    """The fonts of this machine that have Chinese letters, one per line."""
    return subprocess.run(["fc-list", ":lang=zh"], check=False, capture_output=True, text=True).stdout


@pytest.mark.office
def test_files_open_in_libreoffice(tmp_path):
    (tmp_path / "word.docx").write_bytes(word_file(BOTH, "Title", LOCK))
    (tmp_path / "book.xlsx").write_bytes(workbook(BOTH, "Title", LOCK))
    command = ["soffice", "--headless", f"-env:UserInstallation=file://{tmp_path}/profile", "--convert-to", "pdf",
               "--outdir", str(tmp_path), str(tmp_path / "word.docx"), str(tmp_path / "book.xlsx")]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    word, book = PdfReader(tmp_path / "word.pdf"), PdfReader(tmp_path / "book.pdf")
    assert [page.mediabox.width > page.mediabox.height for page in word.pages] == [False, False, True]
    pages = [" ".join(page.extract_text().split()) for page in word.pages]
    assert "Page 1 of 3" in pages[0]
    assert "Page 3 of 3" in pages[2]
    assert "Table 1. Table <b>&" in pages[1]
    assert "<script>alert(1)</script>" in pages[1]
    # Which letters can be drawn is a matter of the machine's fonts; that the file holds them is tested above.
    assert ("漢字" if chinese_fonts() else "héé") in pages[1]
    assert "Table 2. Wide" in pages[2]
    text = " ".join(" ".join(page.extract_text().split()) for page in book.pages)
    assert "=HYPERLINK" in text
    assert "Err:" not in text
    assert "#NAME?" not in text
    assert len(book.pages) == 2  # the wide sheet, a little too broad, is squeezed onto one page
