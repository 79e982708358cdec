"""No word of a patient table on the terminal, no value at all in a log: a secret goes into every column in turn."""

import sys
from pathlib import Path

import pandas as pd
import pytest

from schemas import profile
from schemas.reported import TABLES
from scripts.commands import messages
from scripts.files.tablefiles import empty
from scripts.ingest.native.from_csv import read
from scripts.validate import check, decide
from scripts.validate.contracts import keys, table_contracts
from scripts.validate.flags import together
from scripts.words import findings_text, privacy
from tests.conftest import REPOSITORY
from tests.kept import others_long
from tests.whole_line import room

SECRET = "Zyxwvutska"
RAW = REPOSITORY / "data/raw/alemtuzumab-dah"
PROFILE = REPOSITORY / "config/series/alemtuzumab-dah.yaml"
RULED = ("sources", "cases", "courses", "doses", "reactions", "tests", "assessments", "remarks")
"""Tables whose texts rules read."""
STOP = dict.fromkeys(("contract", "error", "warning", "information"), "stop")
REPAIR = {
    "table": "cases",
    "key": "ZHAO-2025",
    "column": "summary",
    "from": "x",
    "to": "y",
    "reason": "slip",
    "by": "AB",
}


@pytest.fixture(scope="module")
def raw() -> dict[str, pd.DataFrame]:
    """The default series with a repair, so that no table is without a row."""
    tables = read(RAW).tables
    repair = pd.DataFrame(
        [dict.fromkeys(TABLES["corrections"].columns, "") | REPAIR | {"at_file": "c.csv", "at_row": 2}]
    )
    return table_contracts.complete({table: empty(table) for table in TABLES} | tables | {"corrections": repair})


def told(findings: pd.DataFrame, monkeypatch) -> tuple[str, str]:
    """Every finding as terminal and log have it."""
    monkeypatch.setattr(findings_text, "SHOWN", len(findings))
    return findings_text.text(findings, "out/findings.csv"), findings_text.for_log(findings, "out/findings.csv")


def hidden(findings: pd.DataFrame, monkeypatch) -> bool:
    """Neither terminal nor log tells the secret; whether the findings hold it."""
    for printed in told(decide(findings, STOP), monkeypatch):
        assert SECRET.casefold() not in printed.casefold()
    return SECRET.casefold() in findings.to_csv().casefold()


@pytest.mark.parametrize("name", others_long(TABLES, {"sources", "reactions"}))
def test_a_secret_instead_of_any_cell_is_on_no_terminal_and_in_no_log(raw, name, monkeypatch):
    """Each column in turn: what a contract or a key says of it."""
    tables, held = table_contracts.complete(raw), 0
    for column, contract in TABLES[name].columns.items():
        seeded = tables | {name: tables[name].assign(**{column: SECRET})}
        parts = [table_contracts.find(seeded, {name: seeded[name]})]
        if contract.metadata["kind"] in ("key", "text"):
            parts += [keys.find(seeded)]
        held += hidden(together(parts), monkeypatch)
    assert held, "no finding holds the secret: the test proves nothing"


@pytest.mark.long
def test_a_secret_within_any_text_is_on_no_terminal_and_in_no_log(raw, monkeypatch):
    """The texts of each table in turn, with their own words before the secret, so that every rule still finds its own."""
    known, held = profile.load(PROFILE), 0
    for table in RULED:
        contract = TABLES[table]
        texts = [column for column, field in contract.columns.items() if field.metadata["kind"] == "text"]
        words = raw[table].assign(
            **{column: raw[table][column].map(lambda cell: f"{cell} {SECRET}") for column in texts}
        )
        held += hidden(check(raw | {table: words}, known), monkeypatch)
    assert held > len(RULED) / 2, "few findings hold the secret: the test proves little"


def test_a_log_holds_no_value_and_no_case(raw, monkeypatch):
    findings = decide(check(raw, profile.load(PROFILE)), STOP)
    terminal, log = told(findings, monkeypatch)
    values = {value for value in findings["value"] if value not in ("", *TABLES)}
    assert len(findings) > 15
    assert not [
        value for value in values | set(raw["cases"]["case_id"]) if f"'{value}'" in log or f"case {value}" in log
    ]
    assert "case ZHAO-2025" in terminal


@pytest.mark.parametrize(
    ("table", "column", "value", "shown"),
    [
        ("cases", "age_lower", "29", "'29'"),
        ("cases", "age_lower", "twenty-nine", "(text of 11 characters; see findings.csv)"),
        ("cases", "age_lower", "not_stated", "'not_stated'"),
        ("cases", "sex", "F", "'F'"),
        ("cases", "sex", "female", "(text of 6 characters; see findings.csv)"),
        ("cases", "case_id", "ZHAO-2025", "'ZHAO-2025'"),
        ("cases", "case_id", "Doe", "(text of 3 characters; see findings.csv)"),
        ("cases", "case_id", "Jane Doe 1970", "(text of 13 characters; see findings.csv)"),
        ("cases", "summary", "7", "(text of 1 character; see findings.csv)"),
        ("cases", "summary", "x" * 60, "(text of 60 or more characters; see findings.csv)"),
        ("doses", "time_date", "2022-07-04", "'2022-07-04'"),
        ("doses", "time_lower", "3 to 5", "'3 to 5'"),
        ("doses", "dose", "C-1;1;2", "'C-1;1;2'"),
        ("doses", "dose", "C-1;Doe;2", "(text of 9 characters; see findings.csv)"),
        ("doses", "unknown", "5", "(text of 1 character; see findings.csv)"),
    ],
)
def test_a_value_is_shown_only_where_it_is_of_its_kind_or_in_its_list(table, column, value, shown):
    assert privacy.value(value, table, column, "findings.csv") == shown


def test_the_name_of_an_unknown_column_is_not_told(raw, monkeypatch):
    """The header of a file without one is a row of values."""
    findings = decide(check(raw | {"deaths": raw["deaths"].rename(columns={"cause": SECRET})}, None), STOP)
    terminal, log = told(findings, monkeypatch)
    assert SECRET in findings.to_csv()
    assert SECRET not in terminal + log


def through(commands: list[tuple], log: Path, capsys) -> list[int]:
    """Run rooms one after the other, each with its log; their exit codes. No secret is told or logged."""
    codes = []
    for command in commands:
        messages.keep_log(log)
        codes.append(room(*command))
        messages.keep_log(None)
        printed, logged = capsys.readouterr(), log.read_text(encoding="utf-8")
        assert logged
        assert SECRET.casefold() not in (printed.err + printed.out + logged).casefold(), command[0]
    return codes


def first_rooms(folder: Path, made: Path, policy: str) -> list[tuple]:
    settings = made / "settings.yaml"
    settings.write_text(f"data_lock: '2025-12-31'\npolicy: {policy}\n", encoding="utf-8")
    return [
        ("ingest", "csv", folder, "--out", made / "reported"),
        ("validate", folder, "--profile", PROFILE),
        ("validate", made / "reported", "--profile", PROFILE, "--settings", settings, "--out", made / "findings.csv"),
        ("assemble", made / "reported", "--findings", made / "findings.csv", "--profile", PROFILE,
         "--settings", settings, "--out", made / "series"),
    ]  # fmt: skip


@pytest.mark.parametrize("name", others_long(["cases", "reactions", "tests", "corrections"], {"cases"}))
def test_rooms_tell_no_cell_of_a_broken_table(raw, name, tmp_path, capsys, monkeypatch):
    monkeypatch.setattr(sys, "argv", sys.argv)
    _write(raw | {name: raw[name].assign(**dict.fromkeys(TABLES[name].columns, SECRET))}, tmp_path / "raw")
    codes = through(first_rooms(tmp_path / "raw", tmp_path, "{warning: stop}"), tmp_path / "x.log", capsys)
    assert codes == [0, 3, 0, 3]


@pytest.mark.long
def test_rooms_tell_no_term_of_a_series_whose_cases_all_miss_the_definition(raw, tmp_path, capsys, monkeypatch):
    monkeypatch.setattr(sys, "argv", sys.argv)
    terms = raw["reactions"].assign(term=SECRET)
    _write(raw | {"reactions": terms, "corrections": empty("corrections")}, tmp_path / "raw")
    assert through(first_rooms(tmp_path / "raw", tmp_path, "{}"), tmp_path / "x.log", capsys) == [0, 0, 0, 2]


def test_no_room_tells_the_words_of_a_sound_series(raw, tmp_path, capsys, monkeypatch):
    """Every text but those that decide whether a case is one: through the rooms that make tables and documents too."""
    monkeypatch.setattr(sys, "argv", sys.argv)
    deciding = ("drug", "substance", "term", "indication", "course", "reaction", "rule", "about", "summarises")
    seeded = {}
    for table_name, table in (raw | {"corrections": empty("corrections")}).items():
        texts = [column for column, field in TABLES[table_name].columns.items() if field.metadata["kind"] == "text"]
        left = (*deciding, *TABLES[table_name].metadata["key"])
        texts = [column for column in texts if column not in left and not column.endswith("_id")]
        seeded[table_name] = table.assign(**{c: table[c].map(lambda cell: f"{cell} {SECRET}".strip()) for c in texts})
    for table_name in ("provenance", "links"):
        seeded[table_name] = raw[table_name]
    _write(seeded, tmp_path / "raw")
    shared = ["--findings", tmp_path / "findings.csv", "--profile", PROFILE]
    product = [
        tmp_path / "derived",
        "--results",
        tmp_path / "results",
        *shared,
        "--settings",
        tmp_path / "settings.yaml",
    ]
    commands = [
        *first_rooms(tmp_path / "raw", tmp_path, "{}"),
        ("derive", tmp_path / "series", *shared, "--out", tmp_path / "derived"),
        ("analyse", "series", tmp_path / "derived", "--ledger", tmp_path / "series/ledger.csv", *shared, "--out", tmp_path / "results"),
        ("tables", *product, "--series", tmp_path / "series", "--out", tmp_path / "tables"),
        ("documents", tmp_path / "series", *product, "--out", tmp_path / "documents"),
    ]  # fmt: skip
    assert through(commands, tmp_path / "x.log", capsys) == [0] * len(commands)
    assert SECRET in (tmp_path / "tables/line_listing.csv").read_text(encoding="utf-8")


def _write(tables: dict[str, pd.DataFrame], folder: Path) -> None:
    folder.mkdir()
    for table_name, table in tables.items():
        if len(table):
            table.drop(columns=["at_file", "at_row"]).to_csv(folder / f"{table_name}.csv", index=False)
