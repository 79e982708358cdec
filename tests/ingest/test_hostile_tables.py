"""FAERS files and listings that are broken or mean harm."""

import pytest

from scripts.commands.messages import UserError
from scripts.ingest.faers import from_faers_ascii
from scripts.ingest.listing import from_eudravigilance_listing
from tests.ingest import write_faers, write_listing
from tests.ingest.five_cases import CASES
from tests.ingest.hostile import refused, written
from tests.ingest.write_faers import files, folder, zipped


def test_nul_bytes_in_tables(tmp_path):
    texts = files(CASES)
    texts["DRUG22Q3.txt"] = texts["DRUG22Q3.txt"].replace("LEMDAHLIA", "LEM\0DAHLIA")
    with pytest.raises(UserError, match=r"DRUG22Q3\.txt.*holds NUL bytes"):
        from_faers_ascii.read(zipped(tmp_path / "q.zip", texts))
    wide = {file_name: text.encode("utf-16") for file_name, text in files(CASES).items()}
    with pytest.raises(UserError, match="holds NUL bytes"):
        from_faers_ascii.read(folder(tmp_path / "wide", wide))


def test_names_with_quotes_and_sql_are_only_names(tmp_path):
    nasty = "x'); drop table keys; --"
    reading = from_faers_ascii.read(zipped(tmp_path / "q.zip", files(CASES)), drugs=[nasty], terms=[nasty, "100%", '"'])
    assert reading.ledger["records"].tolist()[-1] == 0
    assert len(reading.findings) == 4
    quoted = CASES[0] | {"id": 'it\'s "quoted"', "literature": "'\"; select 1"}
    table = from_faers_ascii.read(zipped(tmp_path / "r.zip", files([quoted]))).tables["reports"]
    assert list(table["literature"]) == ["'\"; select 1"]


def test_a_header_from_another_quarter_of_the_alphabet(tmp_path):
    texts = files(CASES)
    texts["DEMO22Q3.txt"] = "primaryid,caseid\r\n1,2\r\n"
    with pytest.raises(UserError, match="not a header with"):
        from_faers_ascii.read(zipped(tmp_path / "q.zip", texts))
    texts["DEMO22Q3.txt"] = "primaryid$caseid$caseid\r\n1$2$3\r\n"
    with pytest.raises(UserError, match="appears twice"):
        from_faers_ascii.read(zipped(tmp_path / "r.zip", texts))
    assert write_faers.BEFORE_2012Q4["REAC"] == "ISR$PT"


def test_listings_that_are_not(tmp_path):
    text = write_listing.listing(CASES)
    for content, words in (
        (text.encode("utf-16")[:-1], "neither UTF-8, UTF-16 nor Windows-1252"),
        (b"a,b,c\n1,2,3\n", "no column"),
        (
            text.replace('"EU Local Number"', '"EU Local Number","EU Local Number"')
            .replace("EU Local Number,", "EU Local Number,EU Local Number,", 1)
            .encode(),
            "appears twice",
        ),
        (text.replace("Invented rash", "Invented\0 rash").encode(), ""),
    ):
        file = written(tmp_path, content, "listing.csv")
        if words:
            refused(from_eudravigilance_listing, file, words)
        else:
            assert len(from_eudravigilance_listing.read(file).tables["cases"]) == 5
    slip = text.replace("Invented rash", '"Invented" rash').encode()
    reading = from_eudravigilance_listing.read(written(tmp_path, slip, "slip.csv"))
    assert len(reading.tables["cases"]) == 4
    assert list(reading.findings["what"]) == ["report set aside: quotation marks that do not pair"]
    ragged = f"{text.rstrip()},surplus\r\n{text}"
    reading = from_eudravigilance_listing.read(written(tmp_path, ragged.encode(), "ragged.csv"))
    assert list(reading.findings["what"]) == ["report set aside: the line has more or fewer cells than the header"]
    assert reading.ledger.query("decision == 'in'")["records"].tolist() == [5]
    assert reading.ledger["records"].sum() == 10
