"""Lines of a FAERS quarter that do not fit, in whatever encoding, number or length."""

import pytest

from scripts.commands.messages import UserError
from scripts.ingest.faers import lines as faers_lines
from tests.ingest.faers.quarters import BLEEDING, case, read, steps
from tests.ingest.five_cases import CASES
from tests.ingest.write_faers import BEFORE_2012Q4, files, folder, zipped


def test_lines_that_do_not_fit_are_named_and_counted(tmp_path):
    texts = files([case(0, "7"), case(1, "8"), case(3, "9")])
    demo = texts["DEMO22Q3.txt"].split("\r\n")
    demo[1] = demo[1].replace("GB-INVENTED", "GB$INVENTED")
    drug = texts["DRUG22Q3.txt"].split("\r\n")
    drug[2] = drug[2].rsplit("$", 3)[0]
    texts |= {"DEMO22Q3.txt": "\r\n".join(demo), "DRUG22Q3.txt": "\r\n".join(drug)}
    reading = read(zipped(tmp_path / "q.zip", texts))
    assert steps(reading) == {"line that does not fit its header": 1, "read": 2}
    findings = reading.findings[["row", "what"]].values.tolist()
    assert [2, "line left out: too many columns (25 expected)"] in findings
    assert [3, "line left out: missing columns (20 expected)"] in findings
    assert "DRUG22Q3.txt" in " ".join(reading.findings["file"])
    rows = dict(reading.tables["courses"][["case_id", "at_row"]].values.tolist())
    assert rows == {"8": 4, "9": 5}  # lines of the user's file, the one left out counted


def test_blank_lines_do_not_move_the_line_numbers(tmp_path):
    texts = files([case(0, "7"), case(1, "8")])
    lines = texts["REAC22Q3.txt"].split("\r\n")
    texts["REAC22Q3.txt"] = "\r\n".join([lines[0], "", lines[1], "", "", lines[2], ""])
    assert list(read(zipped(tmp_path / "q.zip", texts)).tables["reactions"]["at_row"]) == [3, 6]


def test_old_encodings_are_read_and_said(tmp_path):
    texts = files([case(0, "7", literature="M\u00fcller A.")])
    texts["DEMO22Q3.txt"] = texts["DEMO22Q3.txt"].encode("cp1252")
    reading = read(folder(tmp_path, texts))
    assert list(reading.tables["reports"]["literature"]) == ["M\u00fcller A."]
    assert list(reading.findings["what"]) == ["not UTF-8 throughout; read as Windows-1252"]
    assert read(folder(tmp_path, files([case(0, "7", literature="M\u00fcller A.")]))).findings.empty


def test_a_header_of_another_table_or_era_in_a_file(tmp_path):
    texts = files([case(0, "7")])
    old = files([case(0, "7")], "22Q3", BEFORE_2012Q4)
    mixed = read(folder(tmp_path / "mixed", texts | {"DEMO22Q3.txt": old["DEMO22Q3.txt"]}))
    assert len(mixed.tables["cases"]) == 1
    swapped = texts | {"DRUG22Q3.txt": texts["REAC22Q3.txt"]}
    with pytest.raises(UserError, match="no column drug_seq, role_cod, drugname"):
        read(folder(tmp_path / "swapped", swapped))


def test_small_pieces_give_the_same_as_large_ones(tmp_path, monkeypatch):
    texts = files(CASES)
    texts["DRUG22Q3.txt"] = texts["DRUG22Q3.txt"].replace("LEMDAHLIA", "LEMDÄHLIA")
    large = read(zipped(tmp_path / "q.zip", texts), **BLEEDING)
    for size in (1, 7, 64):
        monkeypatch.setattr("scripts.ingest.zip_members.PIECE", size)
        small = read(tmp_path / "q.zip", **BLEEDING)
        for table_name, table in large.tables.items():
            assert table.equals(small.tables[table_name]), (size, table_name)
        assert small.findings.equals(large.findings)


def test_a_dollar_in_a_field_is_refused_even_where_the_last_cells_are_blank(tmp_path):
    texts = files([case(0, "7"), case(1, "8")])
    lines = texts["DRUG22Q3.txt"].split("\r\n")
    assert lines[1].endswith("$solution$QD")
    lines[1] = lines[1].removesuffix("QD").replace("dahliumab", "dahliu$mab")
    texts["DRUG22Q3.txt"] = "\r\n".join(lines)
    reading = read(zipped(tmp_path / "q.zip", texts))
    told = reading.findings[["row", "what", "column", "case_id"]].values.tolist()
    alone = "a line with the number 1 points at no drug of this report"  # what its drug was given for, and when
    assert sorted(told) == [
        [2, alone, "indication", "7"],
        [2, alone, "start_date", "7"],
        [2, "line left out: too many columns (20 expected); its case is read without it", "", "7"],
    ]
    assert reading.tables["courses"][["case_id", "drug"]].values.tolist() == [["7", "Aciclomida"], ["8", "LEMDAHLIA"]]


def test_lines_with_hundreds_of_dollars_too_many_are_counted_right(tmp_path):
    texts = files([case(0, "7"), case(1, "8")])
    lines = texts["REAC22Q3.txt"].split("\r\n")
    lines[1] += "$" * 256  # as many as a byte wraps around
    texts["REAC22Q3.txt"] = "\r\n".join(lines)
    assert list(read(zipped(tmp_path / "q.zip", texts)).findings["row"]) == [2]


def test_an_unreadable_line_of_a_case_that_is_read_is_named_before_all_others(tmp_path, monkeypatch):
    """Its death may stand in it; the others are those of cases that left, and are counted."""
    monkeypatch.setattr("scripts.ingest.extract_files.MOST_SHOWN", 2)
    texts = files([*(case(2, f"{n}") for n in range(1, 5)), case(3, "7")])
    texts["OUTC22Q3.txt"] = texts["OUTC22Q3.txt"].replace("OT\r", "OT$x\r").replace("$DE\r", "$DE$x\r")
    told = read(zipped(tmp_path / "q.zip", texts), **BLEEDING).findings
    assert told[["row", "case_id"]].values.tolist() == [[6, "7"], [2, ""], [0, ""]]
    assert told["what"].iloc[-1] == "3 more lines left out"


def test_more_lines_than_memory_should_hold(tmp_path, monkeypatch):
    monkeypatch.setattr(faers_lines, "MOST_KEPT", 3)
    path = zipped(tmp_path / "q.zip", files(CASES))
    with pytest.raises(UserError, match="more than 3 lines are selected"):
        read(path)
    assert steps(read(path, terms=["invented rash"]))["read"] == 1


def test_a_line_without_end_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(faers_lines, "LONGEST", 1000)
    texts = files([case(0, "7", literature="x" * 5000)])
    monkeypatch.setattr("scripts.ingest.zip_members.PIECE", 10)
    with pytest.raises(UserError, match=r"DEMO22Q3\.txt.*a line of more than"):
        read(zipped(tmp_path / "q.zip", texts))
