"""What only FAERS has: eras, quarters, versions, delete lists, letters, therapies, lines that do not fit."""

from copy import deepcopy

import pytest

from scripts.commands.messages import UserError
from scripts.ingest import selection
from scripts.ingest.faers import from_faers_ascii
from scripts.ingest.faers import lines as faers_lines
from scripts.ingest.faers import selection as faers_selection
from tests.ingest import write_faers
from tests.ingest.five_cases import CASES
from tests.ingest.write_faers import BEFORE_2012Q4, files, folder, zipped

BLEEDING = {"drugs": ["dahliumab", "lemdahlia"], "terms": ["invented lung bleeding"]}


def case(number, caseid, version="1", **changes):
    return deepcopy(CASES[number]) | {"caseid": caseid, "version": version} | changes


def read(path, **options):
    return from_faers_ascii.read(path, **options)


def steps(reading):
    return {line["reason"]: line["records"] for line in reading.ledger.to_dict("records")}


def test_highest_version_over_several_quarters(tmp_path):
    zipped(tmp_path / "a.zip", files([case(0, "7", "2"), case(1, "8", "1")], "22Q3"))
    zipped(tmp_path / "b.zip", files([case(0, "7", "10", narrative="x"), case(1, "8", "1")], "22Q4"))
    reading = read(tmp_path)
    assert reading.tables["reports"][["case_id", "version"]].values.tolist() == [["7", "10"], ["8", "1"]]
    assert steps(reading) == {"older version": 1, "the same report again in another extract": 1, "read": 2}
    assert len(reading.tables["reactions"]) == 2
    assert reading.ledger["records"].sum() == 4


def test_a_report_of_today_outdoes_one_of_the_old_era(tmp_path):
    folder(tmp_path / "old", files([case(0, "7", "9")], "08Q1", BEFORE_2012Q4))
    folder(tmp_path / "new", files([case(0, "7", "1")], "22Q3"))
    reading = read(tmp_path)
    assert list(reading.tables["reports"]["received"]) == ["2022-08-01"]
    assert steps(reading) == {"older version": 1, "read": 1}


def test_an_older_matching_version_never_stands_in_for_a_newer_one(tmp_path):
    other = case(0, "7", "2")
    other["reactions"][0]["term"] = "Invented nothing"
    reading = read(zipped(tmp_path / "q.zip", files([case(0, "7", "1"), other])), **BLEEDING)
    assert steps(reading) == {"older version": 1, "none of the event terms": 1, "read": 0}
    assert "cases" not in reading.tables


def test_selection_with_counts_per_step(tmp_path):
    reading = read(
        zipped(tmp_path / "q.zip", files(CASES)), **BLEEDING, period=["2018-01", "2021-12"], roles=["suspect"]
    )
    assert steps(reading) == {selection.PERIOD: 1, selection.DRUG: 1, "read": 3}
    assert set(reading.tables["reactions"]["role"]) == {"event", "other"}
    assert reading.findings.empty


def test_concomitant_drugs_do_not_select_unless_asked(tmp_path):
    path = zipped(tmp_path / "q.zip", files(CASES))
    assert steps(read(path, drugs=["aciclomida"]))["read"] == 0
    assert steps(read(path, drugs=["aciclomida"], roles=["concomitant"]))["read"] == 1


def test_names_that_match_nothing_are_said_loudly(tmp_path):
    reading = read(
        zipped(tmp_path / "q.zip", files(CASES)),
        drugs=["dahliumab", "nosuchdrug"],
        terms=["invented bleeding"],
    )
    assert list(reading.findings["value"]) == ["nosuchdrug", "invented bleeding"]
    assert "Nearest in the source: Invented lung bleeding" in reading.findings["cure"][1]


def test_delete_lists_of_the_extract_and_of_the_config(tmp_path):
    texts = files([case(0, "7"), case(1, "8"), case(3, "9")]) | {"DELETE22Q3.txt": "caseid\r\n7\r\n"}
    assert steps(read(zipped(tmp_path / "q.zip", texts), deleted=["8"])) == {
        "deleted by the publisher": 2,
        "read": 1,
    }
    more = tmp_path / "mine.txt"
    more.write_text("9\n")
    assert steps(read(tmp_path / "q.zip", deleted=[str(more)])) == {"deleted by the publisher": 2, "read": 1}
    with pytest.raises(UserError, match="neither a case id nor a file"):
        read(tmp_path / "q.zip", deleted=["nowhere.txt"])


def test_several_therapies_are_doses_of_one_course_and_no_rechallenge(tmp_path):
    twice = case(1, "8")
    twice["drugs"][0]["judged"] = []
    tables = read(zipped(tmp_path / "q.zip", files([twice]))).tables
    assert list(tables["courses"]["start_date"]) == ["2020-03-02"]
    assert tables["doses"][["time_date", "end_date"]].values.tolist() == [
        ["2020-03-02", "2020-03-06"],
        ["2021-03-01", "2021-03"],
    ]
    assert "assessments" not in tables


def test_one_event_date_for_several_reactions_is_an_assumption(tmp_path):
    two = case(0, "7")
    two["reactions"].append({"term": "Invented nausea", "serious": ()} | {"outcome": "unknown"})
    tables = read(zipped(tmp_path / "q.zip", files([two]))).tables
    assert list(tables["reactions"]["onset_date"]) == ["2022-07-06"] * 2
    assert list(tables["reports"]["event_date"]) == ["2022-07-06"]
    assert tables["provenance"][["key", "column", "status"]].values.tolist() == [
        ["7;1", "onset", "assumed"], ["7;2", "onset", "assumed"],
    ]  # fmt: skip
    assert "provenance" not in read(zipped(tmp_path / "r.zip", files([case(0, "7")]))).tables


def test_letters_are_kept_beside_their_meaning(tmp_path):
    table = read(zipped(tmp_path / "q.zip", files([case(1, "8")]))).tables["assessments"]
    assert table[["dechallenge", "rechallenge", "reason"]].values.tolist() == [
        ["not_applicable", "recurred", "dechal=D; rechal=Y"]
    ]


def test_pounds_and_ages_without_unit(tmp_path):
    texts = files([case(0, "7")])
    texts["DEMO22Q3.txt"] = texts["DEMO22Q3.txt"].replace("$34$YR$", "$34$$").replace("$61.5$KG$", "$100$LBS$")
    reading = read(zipped(tmp_path / "q.zip", texts))
    assert reading.tables["cases"].iloc[0][["age_lower", "age_as_reported", "weight"]].tolist() == [
        "",
        "34",
        "45.36",
    ]
    assert list(reading.findings["value"]) == ["34"]
    assert list(reading.tables["provenance"]["words"]) == ["100 LBS"]


def test_lines_that_do_not_fit_are_named_and_counted(tmp_path):
    texts = files([case(0, "7"), case(1, "8"), case(3, "9")])
    demo = texts["DEMO22Q3.txt"].split("\r\n")
    demo[1] = demo[1].replace("GB-INVENTED", "GB$INVENTED")
    drug = texts["DRUG22Q3.txt"].split("\r\n")
    drug[2] = drug[2].rsplit("$", 3)[0]
    texts |= {"DEMO22Q3.txt": "\r\n".join(demo), "DRUG22Q3.txt": "\r\n".join(drug)}
    reading = read(zipped(tmp_path / "q.zip", texts))
    assert steps(reading) == {"line that does not fit its header": 1, "read": 2}
    found = reading.findings[["row", "what"]].values.tolist()
    assert [2, "line left out: too many columns (25 expected)"] in found
    assert [3, "line left out: missing columns (20 expected)"] in found
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


def test_incomplete_or_doubled_quarters_are_refused(tmp_path):
    texts = files([case(0, "7")])
    del texts["THER22Q3.txt"]
    with pytest.raises(UserError, match="2022Q3 has no THER"):
        read(folder(tmp_path / "a", texts))
    zipped(tmp_path / "b.zip", files([case(0, "7")]))
    zipped(tmp_path / "c.zip", files([case(0, "7")]))
    (tmp_path / "a" / "ascii" / "DEMO22Q3.txt").unlink()
    with pytest.raises(UserError, match="has a table twice"):
        read(tmp_path)


def test_nothing_to_select_by_in_a_large_extract(tmp_path, monkeypatch):
    monkeypatch.setattr(faers_selection, "MOST_UNSELECTED", 2)
    with pytest.raises(UserError, match="nothing to select them by"):
        read(zipped(tmp_path / "q.zip", files(CASES)))


def test_small_pieces_give_the_same_as_large_ones(tmp_path, monkeypatch):
    texts = files(CASES)
    texts["DRUG22Q3.txt"] = texts["DRUG22Q3.txt"].replace("LEMDAHLIA", "LEMDÄHLIA")
    large = read(zipped(tmp_path / "q.zip", texts), **BLEEDING)
    for size in (1, 7, 64):
        monkeypatch.setattr("scripts.ingest.zip_members.PIECE", size)
        small = read(tmp_path / "q.zip", **BLEEDING)
        for name, table in large.tables.items():
            assert table.equals(small.tables[name]), (size, name)
        assert small.findings.equals(large.findings)


def test_a_dollar_in_a_field_is_refused_even_where_the_last_cells_are_blank(tmp_path):
    texts = files([case(0, "7"), case(1, "8")])
    lines = texts["DRUG22Q3.txt"].split("\r\n")
    assert lines[1].endswith("$solution$")
    lines[1] = lines[1].replace("dahliumab", "dahliu$mab")
    texts["DRUG22Q3.txt"] = "\r\n".join(lines)
    reading = read(zipped(tmp_path / "q.zip", texts))
    assert reading.findings[["row", "what"]].values.tolist() == [[2, "line left out: too many columns (20 expected)"]]
    assert reading.tables["courses"][["case_id", "drug"]].values.tolist() == [["7", "Aciclomida"], ["8", "LEMDAHLIA"]]


def test_lines_with_hundreds_of_dollars_too_many_are_counted_right(tmp_path):
    texts = files([case(0, "7"), case(1, "8")])
    lines = texts["REAC22Q3.txt"].split("\r\n")
    lines[1] += "$" * 256  # as many as a byte wraps around
    texts["REAC22Q3.txt"] = "\r\n".join(lines)
    assert list(read(zipped(tmp_path / "q.zip", texts)).findings["row"]) == [2]


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


@pytest.mark.parametrize(
    "pt",
    ["INVENTED-LUNG  (BLEEDING)", "Invented lung bleeding", "Invented lung bleedin\uff47", "Invented lungs bleeding"],
)
def test_terms_are_found_whatever_their_capitals_and_signs(tmp_path, pt):
    other = case(0, "7")
    other["reactions"][0]["term"] = pt
    reading = read(zipped(tmp_path / "q.zip", files([other])), terms=["invented lung bleeding"])
    assert steps(reading)["read"] == (0 if "\uff47" in pt or "lungs" in pt else 1)


def test_an_empty_extract_keeps_its_ledger(tmp_path):
    reading = read(zipped(tmp_path / "q.zip", files([])), **BLEEDING)
    assert steps(reading) == {"read": 0}
    assert write_faers.TODAY.keys() == {"DEMO", "DRUG", "REAC", "OUTC", "RPSR", "THER", "INDI"}


def test_an_outcome_code_that_nobody_knows_is_named(tmp_path):
    texts = write_faers.files(CASES)
    outcomes = next(name for name in texts if "OUTC" in name)
    texts[outcomes] = texts[outcomes].replace("$DE", "$XX", 1)
    reading = from_faers_ascii.read(write_faers.zipped(tmp_path / "q.zip", texts))
    assert reading.findings[["value", "what"]].values.tolist() == [
        ["XX", "not an outcome code of FAERS: no criterion is read from it"]
    ]
