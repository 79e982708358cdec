"""The native reader: the same cells whatever program saved the file, the row as the spreadsheet shows it."""

import pytest

from scripts.commands.messages import UserError
from scripts.ingest.native.from_csv import read

HEADER = "cause,case_id,excluded,how,source_id,locator,status"
LINES = [
    HEADER,
    'infection,C1,yes,"lavage, two lobes",S1,p. 1,stated',
    "",
    'embolism,C1,unclear,"scan\nof the chest",S1,p. 2,stated',
    'naïve "cause",C2,no,,S1,p. 3,stated'.replace('naïve "cause"', '"naïve ""cause"""'),
]
WHOLE = [
    ("infection", "lavage, two lobes", 2),
    ("embolism", "scan\nof the chest", 4),
    ('naïve "cause"', "", 5),
]


def table(folder, content: bytes, file_name: str = "alternatives.csv"):
    (folder / file_name).write_bytes(content)
    reading = read(folder)
    return reading.tables["alternatives"], reading.findings


def rows(alternatives):
    return list(zip(alternatives["cause"], alternatives["how"], alternatives["at_row"], strict=True))


def text(separator: str = ",", end: str = "\n") -> str:
    whole = end.join(LINES) + end
    if separator == ",":
        return whole
    marked = whole.replace('"lavage, two lobes"', "lavage| two lobes").replace(",", separator)
    return marked.replace("lavage| two lobes", '"lavage, two lobes"')


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_encodings_and_separators_give_the_same_table(tmp_path, encoding, separator, end):
    alternatives, findings = table(tmp_path, text(separator, end).encode(encoding))
    assert [(cause, how.replace("\r", ""), row) for cause, how, row in rows(alternatives)] == WHOLE
    assert list(findings["what"]) == (["not UTF-8: read as Windows-1252"] if encoding == "cp1252" else [])


def test_both_ways_of_splitting_agree(tmp_path):
    quick, _ = table(tmp_path, text().encode())
    careful, findings = table(tmp_path, (text() + "short,row\n").encode())
    assert rows(quick) == rows(careful) == WHOLE
    assert list(zip(findings["row"], findings["what"], strict=True)) == [(6, "2 cells under 7 columns")]


def test_trailing_and_non_breaking_blanks_go(tmp_path):
    content = (
        f" {HEADER.replace(',', ' ,')},,\n" + "\u00a0infection ,C1\u200b,yes,two\u00a0lobes, S1,p.\u202f1,stated,,\n"
    )
    alternatives, findings = table(tmp_path, content.encode())
    assert alternatives.iloc[0].to_dict() | {"at_file": ""} == {
        "cause": "infection", "case_id": "C1", "excluded": "yes", "how": "two lobes", "source_id": "S1",
        "locator": "p. 1", "status": "stated", "at_file": "", "at_row": 2,
    }  # fmt: skip
    assert not len(findings)


def test_decimal_commas_become_points_only_where_the_separator_is_a_semicolon(tmp_path):
    (tmp_path / "cases.csv").write_text('case_id;weight;summary\nC1;62,5;"1,5"\nC2;not_stated;\n')
    reading = read(tmp_path)
    assert list(reading.tables["cases"]["weight"]) == ["62.5", "not_stated"]
    assert list(reading.tables["cases"]["summary"]) == ["1,5", ""]
    assert list(reading.findings["severity"]) == ["information"]
    (tmp_path / "cases.csv").write_text('case_id,weight,summary\nC1,"62,5",\n')
    assert list(read(tmp_path).tables["cases"]["weight"]) == ["62,5"]


def test_excels_separator_line_is_no_row(tmp_path):
    alternatives, _ = table(tmp_path, b"sep=;\r\n" + text(";", "\r\n").encode())
    assert [row for *_, row in rows(alternatives)] == [2, 4, 5]


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"PK\x03\x04rest", "workbook or zip archive"),
        (b"\xd0\xcf\x11\xe0rest", "Excel 97"),
        (b"%PDF-1.7", "PDF"),
        (b"case_id,cause\nC1,\0\0\0x\n", "zero bytes"),
        (b"case_id,cause\nC1,\x81\xff\n", "fits none"),
        (b"", "empty"),
        (b"\n \n", "empty"),
        (f"{HEADER}\nx,C1,yes,\"never closed,S1,p. 1,stated\n".encode(), "not a CSV table"),
    ],
)  # fmt: skip
def test_what_is_not_a_table_is_refused_with_its_reason(tmp_path, content, why):
    alternatives, findings = table(tmp_path, content)
    assert not len(alternatives)
    assert list(findings["severity"]) == ["contract"]
    assert why in findings["what"].iloc[0]


def test_cells_without_a_name_and_unknown_files_are_reported(tmp_path):
    (tmp_path / "kases.csv").write_text("case_id\nC1\n")
    (tmp_path / "notes.txt").write_text("anything")
    alternatives, findings = table(tmp_path, b"cause,,case_id\nx,lost,C1\n")
    assert len(alternatives) == 1
    assert sorted(findings["what"]) == ["column 2 has cells and no name", "no reported table has this name"]


def test_formulas_and_numbers_stay_as_typed(tmp_path):
    alternatives, findings = table(tmp_path, f'{HEADER}\n"=HYPERLINK(""x"")",007,yes,+1,@S1,-2,1e3\n'.encode())
    assert alternatives.iloc[0, :7].tolist() == ['=HYPERLINK("x")', "007", "yes", "+1", "@S1", "-2", "1e3"]
    assert not len(findings)


def test_a_header_without_rows_is_an_empty_table(tmp_path):
    alternatives, findings = table(tmp_path, HEADER.encode())
    assert alternatives.shape == (0, 9)
    assert not len(findings)


def test_a_folder_without_tables_ends_in_a_message(tmp_path):
    with pytest.raises(UserError, match="make template"):
        read(tmp_path)
    with pytest.raises(UserError, match="not a folder"):
        read(tmp_path / "nowhere")


def test_long_narratives_are_read_both_ways(tmp_path):
    long = "x" * 300_000
    for extra in ("", "short\n"):
        alternatives, _ = table(tmp_path, f"{HEADER}\n{long},C1,yes,,S1,,stated\n{extra}".encode())
        assert alternatives["cause"].str.len().tolist() == [300_000]


def test_what_takes_long_says_how_far_it_is(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr("scripts.commands.progress.SECONDS", -1)
    monkeypatch.setattr("scripts.ingest.native.separated.PART", 1)
    monkeypatch.delenv("DAHLIA_PROGRESS", raising=False)
    table(tmp_path, b"case_id,identity\nA,identified\nB,identified \n")
    printed_text = capsys.readouterr().err
    assert all(each in printed_text for each in ("files: 1 of 1", "rows: 1 of 2", "rows: 2 of 2", "columns: 2 of 2"))
    table(tmp_path, b'case_id,identity\nA,identified\nB,"identified\nB\n')
    assert "2 rows read" in capsys.readouterr().err
