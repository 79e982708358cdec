"""Broken and hostile files as a table of patients: refused in one message, or read with every fault as a finding."""

import pytest
import yaml

from scripts.commands.messages import UserError
from scripts.commands.reading import read
from tests.ingest.table.flat import EVERY

TABLE = "Case,Onset,Note\n1,3,quiet\n2,4,calm\n"
COLUMNS = {"Case": "case", "Onset": {"target": "onset", "unit": "d", "from": "first_dose"}, "Note": "note"}


def beside(folder, content, file_name="cases.csv"):
    file = folder / file_name
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    map_content = {"confirmed": True, "source": {"source_id": "S1"}, "every": EVERY, "columns": COLUMNS}
    file.with_name("cases.map.yaml").write_text(yaml.safe_dump(map_content, sort_keys=False), encoding="utf-8")
    return file


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (TABLE.replace("quiet", "qui\0et"), "cases.csv", "cannot be read"),
        ("Case,Onset,Note" + ",a" * 100_000 + "\n1,3,x\n", "cases.csv", "at most 1000 are read"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "cases.xlsx", "an Excel 97 workbook or one with a password"),
        (b"PK\x03\x04" + b"\0" * 200, "cases.xlsx", "cannot be read"),
        ("<html><table><tr><td>Case</td></tr></table></html>", "cases.csv", "there is no such column"),
    ],
)  # fmt: skip
def test_what_is_no_table_is_refused_in_words(tmp_path, content, name, said):
    file = beside(tmp_path, content, name)
    with pytest.raises(UserError) as fault:
        read("table", file)
    assert said in str(fault.value)
    assert all(line.startswith(str(file)) for line in str(fault.value).splitlines())
    assert len(str(fault.value)) < 600


@pytest.mark.parametrize(
    ("content", "cases", "faults"),
    [
        ("\ufeff" + TABLE, ["1", "2"], 0),
        (TABLE.encode("utf-16"), ["1", "2"], 0),
        (TABLE.replace("\n", "\r\n"), ["1", "2"], 0),
        (TABLE.replace("quiet", '=HYPERLINK(""http://x"")').replace("1,", "=1+1,", 1), ["=1+1", "2"], 0),
        (TABLE + "3,5\n", ["1", "2"], 1),
        (TABLE + "3,5,a,b\n", ["1", "2"], 1),
        (TABLE.replace("quiet", '"quiet') + '3,5,"calm"\n', [], 1),
        (TABLE.replace("Onset,Note", "Onset,Note,Onset").replace("3,", "3,3,"), ["1"], 1),
        (TABLE + "2,4,calm\n", ["1", "2"], 1),
    ],
)
def test_what_can_be_read_is_and_the_rest_is_a_finding(tmp_path, content, cases, faults):
    told = read("table", beside(tmp_path, content))
    findings = told.findings[told.findings["severity"] != "information"]
    assert [*told.tables.get("cases", {"case_id": []})["case_id"]] == cases
    assert (len(findings) > 0) == bool(faults)
    assert (findings["cure"] != "").all()
