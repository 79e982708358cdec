"""A store of extracts: what a reader reads from it is what it reads from the extracts; what looks wrong does not get in."""

import io
import json
import subprocess
import sys
from copy import deepcopy

import pandas as pd
import pytest

from scripts.commands.messages import UserError
from scripts.commands.reading import read
from scripts.ingest.store import catalogue, command, converting, distribution
from scripts.ingest.store.catalogue import Part
from scripts.ingest.store.damage import damages
from scripts.ingest.store.lock import alone
from tests.conftest import REPOSITORY
from tests.ingest import write_faers, write_jader, write_vaers
from tests.ingest.five_cases import CASES

ASKED = {"drugs": ["dahliumab", "nothing of this name"], "terms": ["invented LUNG bleeding"]}
DRUGS = ["dahliumab", "lemdahlia"]
AGAIN = "the same version of this case came again and says something else; the last one is read"
LATER = deepcopy(CASES[:2])
LATER[1] |= {"age": ("61", "a")}
LATER[0] |= {"version": "2", "reactions": [LATER[0]["reactions"][0] | {"outcome": "fatal"}]}


def broken(texts: dict[str, str]) -> dict[str, str]:
    """Two lines of a table that do not fit, one blank line, and signs of another encoding where the writer keeps them."""
    file_name = next(file_name for file_name in texts if "DEMO" in file_name.upper() or "DATA" in file_name.upper())
    first, *lines = texts[file_name].splitlines()
    return texts | {file_name: "\n".join([first, "x,y$z", lines[0], "", *lines[1:], "1$2,3"]) + "\n"}


def extracts(form: str, top):
    """Two extracts of a format: the first with lines that do not fit, the second with a later version of a case."""
    if form == "faers_ascii":
        write_faers.zipped(top / "a.zip", broken(write_faers.files(CASES, "22Q3")) | {"DELETE22Q3.txt": "3\r\n"})
        write_faers.zipped(top / "b.zip", write_faers.files(LATER, "22Q4"))
        of_old = [deepcopy(CASES[0]) | {"caseid": "007"}]  # of the old era, with a number that is not written as one
        write_faers.zipped(top / "c.zip", write_faers.files(of_old, "08Q1", write_faers.BEFORE_2012Q4))
    elif form == "jader":
        write_jader.folder(top / "a", broken(write_jader.files(CASES, month="202311")))
        write_jader.folder(top / "b", write_jader.files(LATER, month="202402"))
    else:
        write_vaers.folder(top / "a", broken(write_vaers.files(CASES, year="2021")))
        write_vaers.folder(top / "b", write_vaers.files(LATER, year="2022"))
    return sorted(top.iterdir())


def told(table: pd.DataFrame) -> list[list[str]]:
    """The cells of a table, files named from the folder of the extracts."""
    return [[str(cell).replace("extracts/", "") for cell in row] for row in table.to_numpy().tolist()]


@pytest.mark.parametrize("form", converting.STORABLE)
def test_a_store_is_read_as_the_extracts_are(form, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "extracts").mkdir()
    paths = extracts(form, tmp_path / "extracts")
    command.command(["add", *map(str, paths), "--cores", "1"])
    for asked in (ASKED, {"case_ids": ["1", "GB-INVENTED-2"]}, {"drugs": DRUGS}):
        raw, stored = (
            read(form, where, source_id="s", **asked) for where in (tmp_path / "extracts", tmp_path / "store")
        )
        for table_name, table in raw.tables.items():
            if table_name != "sources":
                assert told(stored.tables[table_name]) == told(table), table_name
        assert told(stored.findings.replace({"file": {"store": "extracts"}})) == told(raw.findings)
        differing = raw.findings.loc[raw.findings["what"] == AGAIN, "case_id"]
        assert len(differing) == ("drugs" in asked) * (2 if form == "vaers" else 1)  # VAERS has no versions
        assert told(stored.ledger) == told(raw.ledger)
    assert stored.ledger["records"].sum() > 0
    assert ("007" in list(stored.tables["cases"]["case_id"])) == (form == "faers_ascii")
    ledger = pd.read_csv(tmp_path / "store" / form / "ledger.csv")
    assert (ledger["lines"] == ledger["stored"] + ledger["left_out"]).all()
    assert ledger["left_out"].sum() >= 2
    listed = tmp_path / "store" / form / "catalogue.json"
    before = listed.read_bytes()
    older = json.loads(before) | {"latest": None}  # as a store was before it kept the reports that count
    listed.write_text(json.dumps(older), encoding="utf-8")
    again = read(form, tmp_path / "store", source_id="s", drugs=DRUGS)
    assert told(again.ledger) == told(stored.ledger)
    command.command(["add", str(paths[0]), "--cores", "1"])
    assert "in the store already" in capsys.readouterr().err
    assert listed.read_bytes() == before


def interrupted(*_):
    """As from the keyboard: the processes that pytest starts do not hear it."""
    raise KeyboardInterrupt


def test_what_happens_to_a_store_is_told(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    write_vaers.folder(tmp_path / "q", write_vaers.files(CASES, year="2021"))
    command.command(["add", "q", "--cores", "2"])
    command.command(["list"])
    assert capsys.readouterr().out == "vaers 2021: DATA 5, SYMPTOMS 5, VAX 6\n"
    command.command(["check"])
    (part,) = (tmp_path / "store/vaers/DATA").rglob("*.parquet")
    part.write_bytes(part.read_bytes() + b" ")
    with pytest.raises(UserError, match=r"part-0\.parquet: was changed"):
        command.command(["check"])
    part.write_bytes(part.read_bytes()[:-200])
    with pytest.raises(UserError, match=r"part-0\.parquet: was changed\nRemove the extract and add it again\."):
        read("vaers", tmp_path / "store", **ASKED)
    write_vaers.folder(tmp_path / "q", write_vaers.files(CASES[:3], year="2021"))
    with pytest.raises(UserError, match="2021 is in the store already, from other bytes"):
        command.command(["add", "q"])
    command.command(["remove", "2021"])
    assert list((tmp_path / "store/vaers").rglob("*.parquet")) == []
    command.command(["add", "q", "--cores", "1"])
    listed = tmp_path / "store/vaers/catalogue.json"
    now = listed.read_text(encoding="utf-8")
    listed.write_text(now.replace('"numdays"', '""'), encoding="utf-8")  # as one was written before it was read
    with pytest.raises(
        UserError, match=r"2021: DATA was stored without columns that are read now\. Remove the extract"
    ):
        read("vaers", tmp_path / "store", **ASKED)
    listed.write_text(now, encoding="utf-8")
    (latest,) = (tmp_path / "store/vaers/latest").glob("*.parquet")
    latest.unlink()
    with pytest.raises(UserError, match=r"latest/.*\.parquet: is missing"):
        command.command(["check"])
    with pytest.raises(UserError, match="no extract 2022"):
        command.command(["remove", "2022"])
    write_vaers.folder(tmp_path / "r", write_vaers.files(CASES, year="2022"))
    monkeypatch.setattr(command, "converted", interrupted)
    with pytest.raises(SystemExit) as ended:
        command.command(["add", "r"])
    assert (ended.value.code, "Interrupted. What was added before is whole" in capsys.readouterr().err) == (130, True)
    (tmp_path / "store/vaers/catalogue.json").write_text(json.dumps({"parts": [{}]}))
    with pytest.raises(UserError, match=r"catalogue\.json: no catalogue of a store"):
        command.command(["list"])


def test_commands_that_change_a_store_wait_for_each_other(tmp_path):
    for year in ("2021", "2022"):
        write_vaers.folder(tmp_path / year, write_vaers.files(CASES, year=year))
    add = [sys.executable, "-m", "scripts.ingest", "store", "add", "--cores", "1", "--store", str(tmp_path / "store")]
    with alone(tmp_path / "store"):
        both = [
            subprocess.Popen([*add, str(tmp_path / year)], cwd=REPOSITORY, stderr=subprocess.PIPE, text=True)
            for year in ("2021", "2022")
        ]
        said = [process.stderr.readline() for process in both]
    assert [process.communicate() and process.returncode for process in both] == [0, 0]
    assert all("another command is changing this store; waiting until it has ended" in line for line in said)
    here = catalogue.read(tmp_path / "store/vaers")
    assert [(part.extract, part.table) for part in here.parts] == [
        (year, table) for year in ("2021", "2022") for table in ("DATA", "SYMPTOMS", "VAX")
    ]
    command.command(["check", "--store", str(tmp_path / "store")])
    command.command(["remove", "2022", "--store", str(tmp_path / "store")])
    with pytest.raises(UserError, match=r"the store was changed while it was read\. Start again\."):
        damages(here)


def test_an_extract_whose_events_are_all_empty_is_refused_as_a_whole(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    texts = write_faers.files(CASES, "22Q3")
    head, *lines = texts["REAC22Q3.txt"].splitlines()
    blank = ["$".join([*line.split("$")[:2], "NA", ""]) for line in lines]
    write_faers.zipped(tmp_path / "a.zip", texts | {"REAC22Q3.txt": "\n".join([head, *blank, ""])})
    with pytest.raises(UserError, match=r"a\.zip \(.*REAC22Q3\.txt\), column pt: empty in every line\.") as refused:
        command.command(["add", "a.zip", "--cores", "1"])
    assert "Nothing of it was added." in str(refused.value)
    assert list((tmp_path / "store").rglob("*.parquet")) == []
    command.command(["add", "a.zip", "--cores", "1", "--as-it-is"])
    assert "added with --as-it-is" in (tmp_path / "store/faers_ascii/ledger.csv").read_text(encoding="utf-8")


def test_the_days_of_a_quarter_are_no_codes_and_a_shifted_column_is_told(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    def extract(year: str, **cells: str) -> None:
        texts = write_vaers.files([CASES[0]] * 120, year=year)
        table = pd.read_csv(io.StringIO(texts[f"{year}VAERSDATA.csv"]), dtype=str, keep_default_na=False)
        days = [f"{1 + number % 12:02}/{1 + number % 20:02}/{year}" for number in range(120)]
        texts[f"{year}VAERSDATA.csv"] = table.assign(RECVDATE=days, **cells).to_csv(index=False)
        write_vaers.folder(tmp_path / year, texts)
        command.command(["add", year, "--cores", "1"])

    extract("2021")
    extract("2022")
    with pytest.raises(UserError, match=r"2023VAERSDATA\.csv, column sex: 0% of its cells hold a code"):
        extract("2023", SEX="34")


def of(extract: str, records=1000, filled=None, common=None) -> Part:
    return Part(extract, "DEMO", f"{extract}.txt", "", "", "", records, [], [], {}, filled or {}, common or {})


SEX = {"sex": {"F": 0.6, "M": 0.4}}
OF_A_QUARTER = {"day": {f"201704{day:02}": 0.05 for day in range(10, 30)}}
DAYS = {"day": {str(day): 0.01 for day in range(60)}}


@pytest.mark.parametrize(
    ("now", "before", "wrong"),
    [
        (of("3", filled={"sex": 0.0}), [of("1", filled={"sex": 0.9})], ["3.txt, column sex: filled in 0.0% of the lines; before in 90%."]),
        (of("3", filled={"sex": 0.5}), [of("1", filled={"sex": 0.9})], []),
        (of("3", filled={"rare": 0.0}), [of("1", filled={"rare": 0.01})], []),
        (of("3", 50, {"sex": 0.0}), [of("1", filled={"sex": 0.9})], []),
        (of("3", filled={"new": 0.0}), [of("1", filled={"sex": 0.9})], []),
        (of("3", filled={"sex": 1}, common={"sex": {"YR": 0.7, "MON": 0.3}}), [of("1", filled={"sex": 1}, common=SEX)],
         ["3.txt, column sex: 0% of its cells hold a code of earlier extracts. Shifted?"]),
        (of("3", filled={"sex": 1}, common={"sex": {"F": 0.5, "M": 0.3, "UNK": 0.2}}), [of("1", filled={"sex": 1}, common=SEX)], []),
        (of("3", filled={"day": 1}, common={"day": {"x": 1}}), [of("1", filled={"day": 1}, common=DAYS)], []),
        (of("3", filled={"ref": 0.02}, common={"ref": {f"other {n}": 0.05 for n in range(20)}}),
         [of("1", filled={"ref": 0.02}, common={"ref": {f"text {n}": 0.05 for n in range(20)}})], []),
        (of("3", filled={"day": 1}, common={"day": {"a date": 1}}), [of("1", filled={"day": 1}, common=OF_A_QUARTER)], []),
        (of("3", filled={"day": 1}, common={"day": {"EXP": 1}}), [of("1", filled={"day": 1}, common=OF_A_QUARTER)],
         ["3.txt, column day: 0% of its cells hold a code of earlier extracts. Shifted?"]),
    ],
)  # fmt: skip
def test_a_column_is_compared_with_those_of_earlier_extracts(now, before, wrong):
    assert distribution.faults(now, before, ()) == wrong


def test_the_command_is_reached_from_the_room(tmp_path, monkeypatch):
    from scripts.ingest.__main__ import main

    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "argv", ["ingest", "store", "list"])
    with pytest.raises(UserError, match="store: no store"):
        main()
