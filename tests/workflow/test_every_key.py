"""Every key of the config contract, changed one at a time: which products change, and that no other does.

A key without an entry fails. `manifest.json` prints the whole config, so it changes always and is not named.
"""

import hashlib
import shutil
from pathlib import Path

import pandas as pd
import pytest

from schemas import settings
from tests.conftest import REPOSITORY, invented_study, once
from tests.kept import others_long
from tests.whole_line import Line
from tests.workflow.keys import keys, with_value

DAYS = {"lower": "3", "upper": "3", "scale": "d", "origin": "first_dose"}
"""An onset in whole days from a dose."""
MESSAGES = {"documents/e2b_r3"}
NUMBERS = {"results.csv", "report.html", "tables"}
DRAWN = {*NUMBERS, "headlines.csv", "figures"}
PATIENTS = "patients"
"""Drawings of single patients beside the report."""
WORDS = {"documents/narratives.docx", "documents/prac_signal_summary.docx"}
CURVES = {"curves.csv", "populations.csv"}
LEAVING = {"ledger.csv", "stages.csv", "documents/documents_ledger.csv"}
TABULATION = {"documents/summary_tabulation.xlsx"}

NOT_RUN = None
"""The series cannot be read under the other value; that the step would run is all there is to see."""

CHANGES: dict[str, tuple[object, set[str] | None]] = {
    "series": ("renamed", set()),
    "profile": ("other.yaml", {"dataset", "report.html", "tables", *WORDS, *TABULATION}),
    "sources.name": ("rack", set()),
    "sources.format": ("e2b_r3", NOT_RUN),
    "sources.path": ("other", {"dataset", "findings.csv", *NUMBERS, *WORDS, *MESSAGES}),
    "data_lock": ("2025-06-30", {"figures", *NUMBERS, *WORDS, *MESSAGES, *TABULATION}),
    "use_assumed": (False, {PATIENTS, "dataset", *DRAWN, *CURVES, *LEAVING, *WORDS, *MESSAGES, *TABULATION}),
    "policy.contract": ("stop", set()),
    "policy.error": (
        "warn",
        {PATIENTS, "dataset", "findings.csv", "figures", *NUMBERS, *WORDS, *MESSAGES},
    ),
    "policy.warning": (
        "withhold_value",
        {PATIENTS, "dataset", "findings.csv", "curves.csv", *DRAWN, *WORDS, *MESSAGES},
    ),
    "policy.information": (
        "exclude_case",
        {PATIENTS, "dataset", "findings.csv", *DRAWN, *CURVES, *LEAVING, *WORDS, *MESSAGES, *TABULATION},
    ),
    "analysis.onset": ("diagnosis", {PATIENTS, "dataset", *DRAWN, *WORDS, "populations.csv"}),
    "analysis.clock": ("last_dose", {PATIENTS, "dataset", *DRAWN, *WORDS}),
    "analysis.onset_days": ([2], DRAWN),
    "analysis.resolution_days": ([20], {*DRAWN, *WORDS}),
    "analysis.index": ("worst", {PATIENTS, "dataset", *DRAWN, *CURVES, *WORDS, *MESSAGES}),
    "analysis.whole_days": ("exact", {PATIENTS, "dataset", *DRAWN, "curves.csv", *WORDS, *MESSAGES}),
    "analysis.units": (
        {"first_symptom": "h"},
        {PATIENTS, "dataset", *DRAWN, *WORDS},
    ),
    "analysis.level": (0.9, {*DRAWN, "documents/prac_signal_summary.docx"}),
    "analysis.quantile_type": (7, {"results.csv", "report.html"}),
    "analysis.day_origin": ("plus_one", {"results.csv", "tables", "report.html"}),
    "analysis.same_day": ("excluded", {"report.html", "results.csv"}),
    "analysis.several_rows": ("first_row", {"report.html", "results.csv"}),
    "analysis.recurrence_threshold": (0.2, {"results.csv"}),
    "tables_also": (["crosswalk"], {"report.html", "tables"}),
    "figure_font": ("DejaVu Serif", {"report.html", "figures"}),
    "documents.write": (
        ["narratives"],
        {"documents/documents_ledger.csv", "documents/prac_signal_summary.docx", *MESSAGES, *TABULATION},
    ),
    "documents.sender.identifier": ("OTHER", MESSAGES),
    "documents.sender.receiver": ("OTHER", MESSAGES),
    "documents.sender.batch_receiver": ("OTHER", MESSAGES),
    "documents.sender.organisation": ("OTHER", MESSAGES),
    "documents.sender.country": ("FR", MESSAGES),
    "documents.sender.kind": ("regulator", MESSAGES),
    "documents.sender.documents_available": (True, {"documents/documents_ledger.csv", *MESSAGES}),
    "documents.sender.expedited": (True, MESSAGES),
    "documents.period.start": ("2024-02-01", TABULATION),
    "documents.period.end": ("2024-05-31", TABULATION),
    "documents.meddra_codes": ("codes.csv", {"documents/documents_ledger.csv", *MESSAGES, *TABULATION}),
    "documents.important_events": ("important.csv", TABULATION),
    "share": ("public", set()),  # made by the run itself, after its products
    "documents.figures": ("pictures", {"documents/prac_signal_summary.docx"}),
}

ALWAYS = {"series", "sources.format", "analysis.level", "tables_also", "documents.period.end"}
"""Keys that are changed in every run of the tests: of each room one."""


def study(home: Path) -> Line:
    """A few of the invented cases, with what makes every key tell: an assumed row, a competing cause, another profile."""
    invented_study(home)
    (home / "study.yaml").write_text(with_value("series", "invented"), encoding="utf-8")
    _few(home / "data", ("INV-1", "INV-2", "INV-3", "INV-5"))
    profile = (home / "profile.yaml").read_text(encoding="utf-8")
    (home / "other.yaml").write_text(profile.replace("Examplumab and", "Examplumab or"), encoding="utf-8")
    shutil.copytree(home / "data", home / "other")
    cases = home / "other/cases.csv"
    cases.write_text(cases.read_text(encoding="utf-8").replace("NO,F,40,40", "NO,F,41,41"), encoding="utf-8")
    (home / "codes.csv").write_text("term,code,version\nblue rash,10000001,27.0\n", encoding="utf-8")
    (home / "important.csv").write_text("term\nblue rash\n", encoding="utf-8")
    (home / "pictures").mkdir()
    shutil.copy(REPOSITORY / "docs/onset.png", home / "pictures/onset.png")
    return Line(home)


def _few(data: Path, kept: tuple[str, ...]) -> None:
    for file in data.glob("*.csv"):
        header, *rows = file.read_text(encoding="utf-8").splitlines(keepends=True)
        mine = rows if not header.startswith("case_id") else [row for row in rows if row.startswith(kept)]
        if file.name == "reactions.csv":
            mine = [row.replace(",stated\n", ",assumed\n") if row.startswith("INV-2") else row for row in mine]
            mine = [
                row.replace(",recovered,", ",not_recovered,") if row.startswith("INV-1,rash_2") else row for row in mine
            ]
        file.write_text(header + "".join(mine), encoding="utf-8")
    reactions = pd.read_csv(data / "reactions.csv", dtype=str, keep_default_na=False)
    reactions.loc[reactions["case_id"] == "INV-5", [f"onset_{part}" for part in DAYS]] = tuple(DAYS.values())
    reactions.to_csv(data / "reactions.csv", index=False)
    (data / "statements.csv").unlink()
    (data / "alternatives.csv").write_text(
        "case_id,cause,excluded,how,source_id,locator,status\nINV-3,paint,no,,SHELF-A,p. 1,stated\n", encoding="utf-8"
    )


def products(line: Line) -> dict[str, str]:
    top = line.place.results
    return {
        file.relative_to(top).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in sorted(top.rglob("*"))
        if file.is_file() and not file.name.startswith(".")
    }


def product(file: str) -> str:
    """A file under results/<series> as the table above names it."""
    first, _, rest = file.partition("/")
    return f"{first}/{rest.partition('/')[0]}" if first == "documents" else first


@pytest.fixture(scope="session")
def base(tmp_path_factory) -> Path:
    """The study under its first config, done once."""

    def make(home: Path) -> Path:
        study(home).run()
        return home

    return once(tmp_path_factory, "every-key", make)


def test_every_key_of_the_contract_has_an_entry():
    assert sorted(CHANGES) == sorted(keys())


def test_every_key_is_read_by_a_room_or_by_the_workflow():
    read = {key for room, wanted in settings.READS.items() if room != "report" for key in wanted}
    by_rooms = {key for key in keys() if key in read or key.partition(".")[0] in read}
    assert set(keys()) - by_rooms == {"series", "profile", "sources.name", "sources.format", "sources.path", "share"}


@pytest.mark.parametrize("key", others_long(CHANGES, ALWAYS))
def test_a_changed_key_changes_its_products_and_no_other(base, tmp_path, key):
    value, expected = CHANGES[key]
    line = Line(shutil.copytree(base, tmp_path / "study", symlinks=True))
    before = products(line)
    (line.home / "study.yaml").write_text(with_value(key, value), encoding="utf-8")
    if expected is NOT_RUN:
        assert "sources: shelf.format" in line.tasks()["ingest.shelf"].why
        return
    line.run()
    after = products(line)
    changed = {product(file) for file in before.keys() | after.keys() if before.get(file) != after.get(file)}
    assert changed - {"manifest.json"} == expected
    assert "manifest.json" in changed
