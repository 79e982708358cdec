"""Each column of a public file is read, or stands in the code list `not_read` with the reason."""

import pytest

from schemas.codes import codes
from scripts.commands.reading import read
from tests.ingest import write_faers, write_jader, write_vaers
from tests.ingest.five_cases import CASES

ADDED = {"faers_ascii": "$unheard", "jader": ",unheard", "vaers": ",unheard"}


def written(form, folder, added=""):
    """The five cases, with a column more in every file where one is given."""
    writer = {"faers_ascii": write_faers, "jader": write_jader, "vaers": write_vaers}[form]
    texts = {}
    for file, text in writer.files(CASES).items():
        header, *lines = text.splitlines()
        texts[file] = "\r\n".join([header + added, *(f"{line}{added[:1]}x" if added else line for line in lines), ""])
    return writer.folder(folder, texts)


@pytest.mark.parametrize("form", ADDED)
def test_every_known_column_is_read_or_listed_and_another_is_told(form, tmp_path):
    assert not (read(form, written(form, tmp_path / "known")).findings["rule"] == "not_read").any()
    more = read(form, written(form, tmp_path / "more", ADDED[form]))
    lines = more.ledger.query("decision == 'not_read'").set_index("record")
    assert lines.loc["unheard", "reason"] == f"in {len(CASES)} reports: No reader knows this element."
    assert more.ledger["records"].sum() == len(CASES)
    findings = more.findings
    told = findings[findings["rule"] == "not_read"]
    assert set(told["column"]) == {"unheard"}
    assert told["file"].is_unique
    assert len(told) >= 3


def test_columns_of_a_quarter_of_before_2012q4_are_read_or_listed(tmp_path):
    texts = write_faers.files(CASES, "08Q1", write_faers.BEFORE_2012Q4)
    findings = read("faers_ascii", write_faers.folder(tmp_path, texts)).findings
    assert findings[findings["rule"] == "not_read"]["column"].tolist() == []
    assert len(set(codes("not_read"))) == len(codes("not_read"))
