"""Selection by lists of case ids, drugs and terms in files: the same cases out of every format."""

import pandas as pd
import pytest

from scripts.commands.messages import UserError
from scripts.commands.reading import read
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
    assert told[["column", "value"]].values.tolist() == [["case_ids", ids[2]]]


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
    for file_name, text in (("drugs.txt", "Dahliumab\n\notherdahl\n"), ("terms.txt", "Invented rash\n")):
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
