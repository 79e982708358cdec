"""JADER: a cell with several values, of several dosages or judgements, and numbers with their thousands."""

import csv
import io

import pytest

from scripts.commands.reading import read
from tests.ingest import write_jader
from tests.ingest.five_cases import CASES


def told(tmp_path, **cells):
    """What is read of a report whose line of the drug holds these cells."""
    texts = write_jader.files(CASES[:1])
    head, line, *others = csv.reader(io.StringIO(texts["drug202311.csv"]))
    line = [cells.get(heading, cell) for heading, cell in zip(head, line, strict=True)]
    text = io.StringIO()
    csv.writer(text).writerows([head, line, *others])
    return read("jader", write_jader.folder(tmp_path, texts | {"drug202311.csv": text.getvalue()}))


@pytest.mark.parametrize(
    ("start", "amount", "unit", "times", "doses", "words"),
    [
        ("20220704", "1,000", "mg", "1", [("2022-07-04", "1000", "mg", "1")], {"amount": "1,000"}),
        ("２０２２０７０４；20220801", "12；１０.５", "mg；mL", "1；2",
         [("2022-07-04", "12", "mg", "1"), ("2022-08-01", "10.5", "mL", "2")],
         {"time": "２０２２０７０４；20220801", "amount": "12；１０.５", "unit": "mg；mL", "per_interval": "1；2"}),
        ("20220704,20220801", "1,200", "mg", "", [("2022-07-04", "1200", "mg", ""), ("2022-08-01", "", "mg", "")],
         {"time": "20220704,20220801", "amount": "1,200", "unit": "mg"}),
        ("不明", "不明", "", "頓用", [("unknown", "unknown", "", "", "頓用")], {}),
        ("20220704;20220801", "12;10", "mg;mL;g", "1;2;3", [("2022-07-04", "12", "", ""), ("2022-08-01", "10", "", "")],
         {"time": "20220704;20220801", "amount": "12;10", "unit": "mg;mL;g", "per_interval": "1;2;3"}),
    ],
)  # fmt: skip
def test_dosages(start, amount, unit, times, doses, words, tmp_path):
    """1,000 is a thousand and not 1 and then nothing; what does not pair is kept as words alone."""
    given = {"投与開始日": start, "投与終了日": "", "投与量": amount, "投与単位": unit, "分割投与回数": times}
    tables = told(tmp_path, **given).tables
    columns = ["time_date", "amount", "unit", "per_interval", "dosage_text"]
    read_doses = [*tables["doses"].query("course == '1'")[columns].itertuples(index=False, name=None)]
    assert read_doses == [dose if len(dose) == len(columns) else (*dose, "") for dose in doses]
    kept = tables["provenance"].query("table == 'doses'") if words else {"column": (), "words": ()}
    assert dict(zip(kept["column"], kept["words"], strict=True)) == words


@pytest.mark.parametrize(
    ("action", "again", "taken", "judged"),
    [
        ("投与中止;投与中止", "無、無", "withdrawn", ["not_recurred"]),
        ("投与中止;減量", "有;無", "", ["recurred", "not_recurred"]),
    ],
)
def test_several_actions_and_recurrences(action, again, taken, judged, tmp_path):
    reading = told(tmp_path, 医薬品の処置=action, 再投与による再発の有無=again)
    assert reading.tables["courses"]["action_taken"][0] == taken
    assert list(reading.tables["assessments"]["rechallenge"]) == judged
    assert reading.tables["assessments"]["assessor"].is_unique
    assert list(reading.findings["value"]) == ([] if taken else [action])
