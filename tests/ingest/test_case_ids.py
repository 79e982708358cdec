"""Selection by lists of case ids, drugs and terms in files: the same cases out of every format."""

import pandas as pd
import pytest

from scripts.commands.messages import UserError
from scripts.commands.reading import read
from scripts.ingest.store import command
from tests.ingest import write_faers, write_jader, write_listing, write_r2, write_r3, write_vaers
from tests.ingest.five_cases import CASES

ASKED = ("GB-INVENTED-1", "JP-INVENTED-4", "NOWHERE-9")
NOT_ASKED = "not among the case ids asked for"


def written(form, folder):
    """The five cases in a format, and what the two asked for are called in it."""
    trees = write_r2.trees(CASES)
    contents = {
        "e2b_r3": ("a.xml", lambda: write_r3.batch(*map(write_r3.message, CASES))),
        "e2b_r2": ("a.xml", lambda: write_r2.xml(trees)),
        "openfda": ("a.json", lambda: write_r2.page(trees).encode()),
        "eudravigilance_listing": ("a.csv", lambda: write_listing.listing(CASES).encode()),
    }
    if form in contents:
        file_name, content = contents[form]
        (folder / file_name).write_bytes(content())
        return folder / file_name, ASKED
    if form == "faers_ascii":
        return write_faers.zipped(folder / "q.zip", write_faers.files(CASES)), ("1", "42", "9")
    writer = {"jader": write_jader, "vaers": write_vaers}[form]
    return writer.folder(folder / form, writer.files(CASES)), ASKED


FORMS = ["e2b_r3", "e2b_r2", "openfda", "eudravigilance_listing", "faers_ascii", "jader", "vaers"]


@pytest.mark.parametrize("form", FORMS)
def test_a_list_of_case_ids_selects_in_every_format(form, tmp_path):
    path, ids = written(form, tmp_path)
    listed = tmp_path / "ids.csv"
    listed.write_text("\ufeff" + "".join(f'"{case_id}";a note\r\n' for case_id in ids) + "\n", encoding="utf-8")
    reading = read(form, path, case_ids=[str(listed)])
    lines = reading.ledger.query("decision != 'not_read'")
    reasons = dict(zip(lines["reason"], lines["records"], strict=True))
    assert reasons == {NOT_ASKED: 3, "read": 2}
    assert len(reading.tables["cases"]) == 2
    told = reading.findings[reading.findings["rule"] == "selection"]
    assert told[["file", "column", "value"]].values.tolist() == [
        [path.name, "case_ids", ids[2]]
    ]  # of several sources, which


@pytest.mark.parametrize(
    "content",
    [
        "GB-INVENTED-1\r\nJP-INVENTED-4\r\n".encode("utf-16"),  # as Excel saves "Unicode text"
        b'\xef\xbb\xbf\xef\xbb\xbf GB-INVENTED-1 ;;\r\n"JP-INVENTED-4","in Japan, 2019"\r\n;;\r\n',
        b"GB-INVENTED-1, JP-INVENTED-4",  # all in one line
        "GB-INVENTED-1;né\rDUPLICATE, 4;\r".replace("DUPLICATE, 4", '"DUPLICATE, 4"').encode(
            "cp1252"
        ),  # another id of it
    ],
)
def test_a_list_of_ids_is_read_however_it_was_saved(content, tmp_path):
    trees = write_r2.trees(CASES)
    trees[3]["reportduplicate"] = {"duplicatesource": "X", "duplicatenumb": "DUPLICATE, 4"}
    (tmp_path / "a.xml").write_bytes(write_r2.xml(trees))
    (tmp_path / "ids.csv").write_bytes(content)
    reading = read("e2b_r2", tmp_path / "a.xml", case_ids=[str(tmp_path / "ids.csv")])
    assert list(reading.tables["cases"]["case_id"]) == ["GB-INVENTED-1", "JP-INVENTED-4"]
    assert not (reading.findings["rule"] == "selection").any()


@pytest.mark.parametrize(
    ("file", "content", "said"),
    [
        ("ids.csv", b"\r\n;;\r\n", r"ids\.csv lists nothing"),  # it must not be taken for asking nothing
        ("ids.txt", b"PK\x03\x04", "is no list in text: a workbook"),
        ("ids.xlsx", b"", r"a list is read from a \.txt or \.csv file"),
    ],
)
def test_a_file_that_is_no_list_is_refused(file, content, said, tmp_path):
    path, _ = written("e2b_r2", tmp_path)
    (tmp_path / file).write_bytes(content)
    with pytest.raises(UserError, match=said):
        read("e2b_r2", path, case_ids=[str(tmp_path / file)])


@pytest.mark.parametrize("form", FORMS)
def test_a_long_list_of_terms_selects_as_its_terms_do(form, tmp_path):
    """Of a list as of a dictionary most terms occur nowhere: the first are named, without what is most like each of them."""
    path, _ = written(form, tmp_path)
    listed = tmp_path / "terms.txt"
    listed.write_text("\n".join(["Invented rash", *(f"Invented term {n}" for n in range(60))]), encoding="utf-8")
    few, many = (read(form, path, terms=terms) for terms in (["invented RASH"], [str(listed)]))
    assert len(few.tables["cases"]) > 0
    for table_name, table in few.tables.items():
        pd.testing.assert_frame_equal(many.tables[table_name], table)
    told = many.findings[many.findings["rule"] == "selection"]
    assert [*told["value"]] == [*(f"Invented term {n}" for n in range(50)), ""]
    assert told["what"].iloc[-1] == "10 more terms occur nowhere in this source"
    assert not told["cure"].str.contains("Nearest").any()


def test_drugs_and_terms_may_stand_in_files(tmp_path):
    path, _ = written("e2b_r2", tmp_path)
    for file_name, text in (("drugs.txt", "Dahliumab;\n\notherdahl\n"), ("terms.txt", "Invented rash\n")):
        (tmp_path / file_name).write_text(text, encoding="utf-8")
    given = {option: [str(tmp_path / f"{option}.txt")] for option in ("drugs", "terms")}
    assert list(read("e2b_r2", path, **given).tables["cases"]["case_id"]) == ["DE-INVENTED-3"]
    with pytest.raises(UserError, match=r"terms: .*nowhere\.txt is not there"):
        read("e2b_r2", path, terms=[str(tmp_path / "nowhere.txt")])


def test_an_id_that_no_report_bears_is_told_also_beside_a_report_without_one(tmp_path):
    files = write_faers.files(CASES)
    (demo,) = [file_name for file_name in files if file_name.startswith("DEMO")]
    head, first, *others = files[demo].splitlines()
    place, cells = head.split("$").index("caseid"), first.split("$")
    cells[place] = ""
    path = write_faers.zipped(tmp_path / "q.zip", files | {demo: "\r\n".join([head, "$".join(cells), *others, ""])})
    told = read("faers_ascii", path, case_ids=["42", "9"]).findings
    assert told.loc[told["rule"] == "selection", "value"].tolist() == ["9"]


def later(case, **cells):
    return case | {"version": str(int(case["version"]) + 1)} | cells


@pytest.mark.parametrize("stored", [False, True])
def test_numbers_of_company_and_authority_and_of_an_older_version_ask_for_the_case_in_quarters(stored, tmp_path):
    """Who has the number of a company finds the case, also where a later version bears another one."""
    first, second, third, fourth, _ = [case | {"caseid": 101 + at} for at, case in enumerate(CASES)]
    quarter = write_faers.files([first, second, third, fourth], "22Q2")
    demo = quarter["DEMO22Q2.txt"]
    quarter["DEMO22Q2.txt"] = demo.replace("$$FR-INVENTED-2$", "$FR-AUTHORITY-2$FR-INVENTED-2$")
    path = tmp_path / "faers"
    write_faers.folder(path / "a", quarter)
    write_faers.folder(path / "b", write_faers.files([later(first, id="GB-RENAMED-1"), later(third)], "22Q3"))
    if stored:
        command.command(["add", str(path), "--cores", "1", "--as-it-is", "--store", str(tmp_path / "store")])
        path = tmp_path / "store"
    asked = ["GB-INVENTED-1", "FR-AUTHORITY-2", "1031", "NOWHERE"]
    reading = read("faers_ascii", path, case_ids=asked)
    versions = dict(reading.tables["reports"][["case_id", "version"]].itertuples(index=False))
    assert versions == {"101": "2", "102": "3", "103": "2"}
    assert reading.findings.loc[reading.findings["rule"] == "selection", "value"].tolist() == ["NOWHERE"]


def test_the_manufacturers_number_of_a_vaccine_report_asks_for_it(tmp_path):
    texts = write_vaers.files(CASES[:2])
    head, first, *others = texts["2022VAERSDATA.csv"].splitlines()
    first = first.removesuffix(",,,,,,") + "GB-MAKER-1,,,,,,"
    path = write_vaers.folder(tmp_path, texts | {"2022VAERSDATA.csv": "\r\n".join([head, first, *others, ""])})
    tables = read("vaers", path, case_ids=["GB-MAKER-1"]).tables
    assert tables["reports"][["case_id", "other_ids"]].values.tolist() == [["GB-INVENTED-1", "GB-MAKER-1"]]


@pytest.mark.parametrize(("form", "undated"), [("jader", "5 reports"), ("e2b_r2", ""), ("vaers", "")])
def test_reports_without_a_date_are_kept_in_a_period_and_told(form, undated, tmp_path):
    """No report of JADER has a date: all of them entered a study of a period, and nothing said that it looked at nothing."""
    path, _ = written(form, tmp_path)
    reading = read(form, path, period=["2019-01", "2021-12"], drugs=["dahliumab", "otherdahl"])
    told = reading.findings[reading.findings["column"] == "period"]
    words = [f"no date in {undated} read: whether in the period is not known"] if undated else []
    assert (told["what"].tolist(), len(reading.tables["cases"])) == (words, 5 if undated else 3)
