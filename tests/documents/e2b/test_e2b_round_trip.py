"""Reported tables -> message -> reader -> equal tables, on every field that E2B(R3) can carry.

The first tables come from messages themselves (the readers' five invented cases, written by the readers' own test
writer, and the publishers' samples where they are at hand): what a message said must come back unchanged.
"""

from copy import deepcopy
from pathlib import Path

import pandas as pd
import pytest

from schemas.codes import SERIOUSNESS, crosswalk
from schemas.config import Sender
from schemas.reported import TABLES
from scripts.documents.e2b.batch import written
from scripts.documents.e2b.message import Message
from scripts.documents.e2b.term_codes import TermCodes
from scripts.ingest.e2b import from_e2b_r3
from tests.documents import schema_set
from tests.documents.line import LOCK, SENDER, derived_cases, empty
from tests.ingest import write_r3
from tests.ingest.five_cases import CASES

SAMPLES = Path(__file__).parents[3] / "../shared/samples/e2b_r3"

NOT_CARRIED = {
    "reports": {"sender", "sender_case_id", "other_ids", "other_id_sources", "version"},
    "history": {"item"},
    "cases": {"age_as_reported"},
}
"""The sender's own number changes hands, and so does the sender (it becomes another identifier); items are numbered anew; an age that was
computed from a birth date comes back as the age."""


def complete(tables: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    return {table: tables.get(table, empty(table)) for table in TABLES}


def again(tables: dict[str, pd.DataFrame], folder: Path, source_id: str) -> dict[str, pd.DataFrame]:
    """Write every case as a message and read the folder back."""
    for number, (_, case) in enumerate(derived_cases(tables).items()):
        content, _ = written(Message(case, TermCodes(), LOCK, Sender.model_validate(SENDER)))
        assert schema_set.ENTRY.is_file() is False or schema_set.invalid(content) == ""
        (folder / f"{number:03}.xml").write_bytes(content)
    return complete(from_e2b_r3.read(folder, source_id=source_id).tables)


def carried(tables: dict[str, pd.DataFrame]) -> dict[str, list[dict[str, str]]]:
    """The tables without places, and with what E2B cannot say left out: a `no` on a seriousness criterion, reasons
    that have no nullFlavor, and the default of an outcome (0, unknown)."""
    carried_rows = {}
    for table_name, table in tables.items():
        if table_name in ("sources", "links", "statements", "corrections", "provenance"):
            continue
        columns = [column for column in TABLES[table_name].columns if column not in NOT_CARRIED.get(table_name, set())]
        rows = [row | _defaults(table_name, row) for row in table[columns].map(said).to_dict("records")]
        carried_rows[table_name] = sorted((row for row in rows if not _only_says_unknown(table_name, row)), key=str)
    return carried_rows


def said(cell: str) -> str:
    """A reason for missing that no nullFlavor stands for is nothing; NI is nothing too."""
    reasons = crosswalk("missing", "e2b_r3")
    known = {code for code, flavour in reasons.items() if flavour and code != "no_information"}
    return cell if cell in known or cell not in ("not_stated", "not_seen", "not_done", "no_information") else ""


def _defaults(table: str, row: dict[str, str]) -> dict[str, str]:
    if table == "reactions":
        return {criterion: "yes" if row[criterion] == "yes" else "" for criterion in SERIOUSNESS} | {
            "outcome": row["outcome"] or "unknown"
        }
    if table == "reports":
        return {"reporter_qualification": row["reporter_qualification"] or "unknown"}
    if table == "history" and row["kind"] == "past_drug":
        codes = {column: row[column] if row[column].isdecimal() else "" for column in ("indication", "reaction")}
        return {"term_code": "", "term_version": "", "locator": "", **codes}  # words of D.8.r.6 and .7 travel in D.7.2
    return {"locator": ""}


def _only_says_unknown(table: str, row: dict[str, str]) -> bool:
    """D.7.2: UNK where there is no history, or the words that D.8 has no element for."""
    return table == "history" and not row["term"] and (row["detail"] in ("", "unknown") or ": " in row["detail"])


def test_five_invented_cases_come_back_as_they_were(tmp_path):
    first = tmp_path / "first.xml"
    low_only = {"test": "Platelets", "date": "2022-07-07", "value": "90", "unit": "10*9/L", "reference": ("150",)}
    of_method_alone = deepcopy(CASES[0]) | {"tests": [*CASES[0]["tests"], low_only]}
    messages = [write_r3.message(case).replace(">Possible<", "><") for case in (of_method_alone, *CASES[1:])]
    first.write_bytes(write_r3.batch(*messages))
    tables = complete(from_e2b_r3.read(first, source_id="M").tables)
    folder = tmp_path / "again"
    folder.mkdir()
    back = again(tables, folder, "M")
    assert carried(back) == carried(tables)
    assert "" in set(back["assessments"].query("method != ''")["result"])
    assert ">=150" in set(back["tests"]["reference_as_printed"])
    past = tables["history"].query("kind == 'past_drug'").iloc[0]
    words = back["history"].query("case_id == @past.case_id and kind == 'condition'")["detail"]
    assert words.tolist() == [f"{past['term']}: {past['reaction']}"]


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the publishers' sample messages are not at hand")
@pytest.mark.parametrize("name", ["FAERS2022Scenario1.xml", "VAERS_EXAMPLE.xml"])
def test_the_publishers_samples_come_back_as_they_were(tmp_path, name):
    tables = complete(from_e2b_r3.read(SAMPLES / name, source_id="M").tables)
    folder = tmp_path / "again"
    folder.mkdir()
    assert carried(again(tables, folder, "M")) == carried(tables)
