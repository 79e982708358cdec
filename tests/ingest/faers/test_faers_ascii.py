"""What only FAERS has: eras, quarters, versions, delete lists, letters, therapies, lines that do not fit."""

import pytest

from scripts.commands.messages import UserError
from scripts.ingest import selection
from scripts.ingest.faers import from_faers_ascii
from scripts.ingest.faers import selection as faers_selection
from tests.ingest import write_faers
from tests.ingest.faers.quarters import BLEEDING, case, read, steps
from tests.ingest.five_cases import CASES
from tests.ingest.write_faers import BEFORE_2012Q4, files, folder, zipped


def test_highest_version_over_several_quarters(tmp_path):
    again = files([case(0, "7", "10", narrative="x"), case(1, "8", "1"), case(3, "9", "1")], "22Q4")
    earlier = again["DEMO22Q4.txt"].replace("20191224", "20191201")  # the date of a report that came again went back
    zipped(tmp_path / "a.zip", files([case(0, "7", "2"), case(1, "8", "1"), case(3, "9", "1")], "22Q3"))
    zipped(tmp_path / "b.zip", again | {"DEMO22Q4.txt": earlier})
    reading = read(tmp_path)
    told = reading.tables["reports"][["case_id", "version", "latest_information"]].values.tolist()
    assert told == [["7", "10", "2022-08-15"], ["8", "1", "2021-06-01"], ["9", "1", "2019-12-01"]]
    assert steps(reading) == {"older version": 1, "the same report again in another extract": 2, "read": 3}
    assert len(reading.tables["reactions"]) == 3
    assert reading.ledger["records"].sum() == 6


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


def added(texts, table, *lines):
    """The quarter with lines more of a table, each `number$cell$...` behind the report and case 7."""
    (name,) = [name for name in texts if name.startswith(table)]
    width = texts[name].split("\r\n")[0].count("$")
    more = [f"71$7${line}" for line in lines]
    return texts | {name: texts[name] + "".join(f"{line}{'$' * (width - line.count('$'))}\r\n" for line in more)}


def test_drugs_of_one_number_are_drugs_of_their_own_and_lines_that_point_at_none_are_told(tmp_path):
    sound = files([case(0, "7")])
    twice = added(sound, "DRUG", "2$C$Aciclomida$aciclomida")  # the same line again is one line
    assert read(zipped(tmp_path / "s.zip", twice)).tables["courses"]["course"].tolist() == ["1", "2"]
    doubled = {name: text + text.split("\r\n", 1)[1] for name, text in sound.items()}
    both = [read(zipped(tmp_path / f"{n}.zip", texts)).tables for n, texts in enumerate((sound, doubled))]
    for table in both[0].keys() - {"sources"}:
        cells = [one[table].drop(columns=["source_id", "at_file", "at_row"]).values.tolist() for one in both]
        assert cells[0] == cells[1], table
    texts = added(sound, "DRUG", "1$C$Another$another", "$C$Nameless$nameless")
    texts = added(texts, "THER", "77$20220101", "3$20220102")
    reading = read(zipped(tmp_path / "q.zip", added(texts, "INDI", "78$Invented pain")))
    assert reading.tables["courses"][["course", "drug", "start_date", "indication"]].values.tolist() == [
        ["1", "LEMDAHLIA", "", ""], ["2", "Aciclomida", "", ""], ["3", "Another", "", ""], ["4", "Nameless", "", ""],
    ]  # fmt: skip
    told = reading.findings[reading.findings["rule"] == "readable"][["column", "value", "what"]].values.tolist()
    assert sorted(told) == [
        ["course", "", "1 without a number; each is read as one of its own"],
        ["course", "1", "2 lines share the number 1; each is read as one of its own"],
        ["indication", "Invented pain", "a line with the number 78 points at no drug of this report"],
        ["indication", "Invented sclerosis", "a line with the number 1 points at several drugs of this report"],
        ["start_date", "20220101", "a line with the number 77 points at no drug of this report"],
        ["start_date", "20220102", "a line with the number 3 points at no drug of this report"],
        ["start_date", "20220704, 20220705", "a line with the number 1 points at several drugs of this report"],
    ]


def test_one_event_date_for_several_reactions_is_an_assumption(tmp_path):
    two = case(0, "7")
    two["reactions"].append({"term": "Invented nausea", "serious": ()} | {"outcome": "unknown"})
    tables = read(zipped(tmp_path / "q.zip", files([two]))).tables
    assert list(tables["reactions"]["onset_date"]) == ["2022-07-06"] * 2
    assert list(tables["reports"]["event_date"]) == ["2022-07-06"]
    assert tables["provenance"][["key", "column", "status"]].values.tolist() == [
        ["7;1", "onset", "assumed"], ["7;2", "onset", "assumed"],
    ]  # fmt: skip
    twice = case(0, "7")
    twice["reactions"].append(twice["reactions"][0] | {"term": twice["reactions"][0]["term"].upper()})
    once = read(zipped(tmp_path / "r.zip", files([twice]))).tables
    assert len(once["reactions"]) == 1
    assert "provenance" not in once


@pytest.mark.parametrize(("letter", "told"), [("U", ["Invented rash"]), ("Y", [])])
def test_a_reaction_that_recurred_without_a_drug_that_was_given_again_is_told(letter, told, tmp_path):
    texts = files([case(2, "9")])
    texts["REAC22Q3.txt"] = texts["REAC22Q3.txt"].replace("Invented rash$", "Invented rash$Invented rash")
    texts["DRUG22Q3.txt"] = texts["DRUG22Q3.txt"].replace("$N$N$", f"$N${letter}$")
    reading = read(zipped(tmp_path / "q.zip", texts))
    assert list(reading.findings["value"]) == told
    assert list(reading.tables["assessments"]["rechallenge"]) == [{"U": "unknown", "Y": "recurred"}[letter]]


def test_letters_are_kept_beside_their_meaning(tmp_path):
    """Letters of either size, and under a heading of the years before 2014Q3."""
    texts = files([case(1, "8"), case(3, "9")])
    texts["DRUG22Q3.txt"] = texts["DRUG22Q3.txt"].replace("lot_num", "lot_nbr").replace("$Y$$", "$Y$L7$", 1)
    texts["DRUG22Q3.txt"] = texts["DRUG22Q3.txt"].replace("$PS$", "$ps$").replace("$D$Y$", "$d$y$")
    texts["OUTC22Q3.txt"] = texts["OUTC22Q3.txt"].replace("$DE", "$de")
    tables = read(zipped(tmp_path / "q.zip", texts)).tables
    assert tables["assessments"][["dechallenge", "rechallenge", "reason"]].values.tolist()[0] == [
        "not_applicable",
        "recurred",
        "dechal=d; rechal=y",
    ]
    assert set(tables["courses"]["role"]) == {"suspect"}
    assert set(tables["doses"]["lot"]) == {"L7", ""}
    assert list(tables["reports"]["serious_death"]) == ["", "yes"]


@pytest.mark.parametrize(
    ("age", "weight", "cells", "why", "words"),
    [
        ("34$", "100$LBS", ["", "34", "45.36"], "the age has no known unit", "100 LBS"),
        ("forty$YR", "3200$GMS", ["", "forty YR", "3.2"], "the age is no number", "3200 GMS"),
        ("3$DEC", "70$", ["30", "3 DEC", ""], None, "70"),
    ],
)
def test_ages_and_weights_in_other_units_or_none(age, weight, cells, why, words, tmp_path):
    texts = files([case(0, "7")])
    texts["DEMO22Q3.txt"] = texts["DEMO22Q3.txt"].replace("$34$YR$", f"${age}$").replace("$61.5$KG$", f"${weight}$")
    reading = read(zipped(tmp_path / "q.zip", texts))
    assert reading.tables["cases"].iloc[0][["age_lower", "age_as_reported", "weight"]].tolist() == cells
    assert list(reading.findings["what"]) == ([why] if why else [])
    assert list(reading.tables["provenance"]["words"]) == [words]


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


@pytest.mark.parametrize(
    "pt",
    [
        "INVENTED-LUNG  (BLEEDING)",
        "Invented lung bleeding",
        "Invented lung bleedin\uff47",
        "Invented lung bleedin\u0261",
        "Invented lungs bleeding",
    ],
)
def test_terms_are_found_whatever_their_capitals_signs_and_widths(tmp_path, pt):
    other = case(0, "7")
    other["reactions"][0]["term"] = pt
    reading = read(zipped(tmp_path / "q.zip", files([other])), terms=["invented lung bleeding"])
    assert steps(reading)["read"] == (0 if "\u0261" in pt or "lungs" in pt else 1)


def test_an_empty_extract_keeps_its_ledger(tmp_path):
    reading = read(zipped(tmp_path / "q.zip", files([])), **BLEEDING)
    assert steps(reading) == {"read": 0}
    assert write_faers.TODAY.keys() == {"DEMO", "DRUG", "REAC", "OUTC", "RPSR", "THER", "INDI"}


def test_an_outcome_code_that_nobody_knows_is_named(tmp_path):
    texts = write_faers.files(CASES)
    outcomes = next(file_name for file_name in texts if "OUTC" in file_name)
    texts[outcomes] = texts[outcomes].replace("$DE", "$XX", 1)
    reading = from_faers_ascii.read(write_faers.zipped(tmp_path / "q.zip", texts))
    assert reading.findings[["value", "what"]].values.tolist() == [
        ["XX", "not an outcome code of FAERS: no criterion is read from it"]
    ]
