"""No answer depends on the order of rows or columns: of the same study shuffled every product has the same bytes, but for the
addresses of rows and the fingerprints of files (definitions: R5, properties)."""

import csv
import io
import random
import re
from pathlib import Path

import pandas as pd

from tests.conftest import invented_study
from tests.whole_line import Line

ADDRESSED = {
    "findings.csv",
    "manifest.json",
    "report.html",
    "tables/data_quality.csv",
    "tables/data_quality.html",
    "tables/tables.docx",
    "tables/tables.xlsx",
}
"""Products that say in which row of which file a value stands."""


def shuffled(file: Path, chance: random.Random) -> None:
    head, *rows = csv.reader(io.StringIO(file.read_text(encoding="utf-8-sig")))
    chance.shuffle(rows)
    order = chance.sample(range(len(head)), len(head))
    with file.open("w", encoding="utf-8", newline="") as handle:
        csv.writer(handle, lineterminator="\n").writerows([[row[place] for place in order] for row in [head, *rows]])


def published(home: Path) -> dict[str, bytes]:
    top = home / "results/invented"
    return {file.relative_to(top).as_posix(): file.read_bytes() for file in top.rglob("*") if file.is_file()}


def test_shuffled_rows_and_columns_change_no_byte_but_addresses(invented_run, tmp_path):
    home, chance = invented_study(tmp_path / "study"), random.Random(20251231)
    for file in sorted((home / "data").glob("*.csv")):
        shuffled(file, chance)
    Line(home).run()
    there, here = published(invented_run.home), published(home)
    assert set(there) == set(here)
    assert {file_name for file_name in there if there[file_name] != here[file_name]} <= ADDRESSED
    findings = [
        pd.read_csv(run / "results/invented/findings.csv", dtype=str).drop(columns="row")
        for run in (invented_run.home, home)
    ]
    assert findings[0].equals(findings[1])
    quality = [re.sub(rb", row \d+", b"", products["tables/data_quality.csv"]) for products in (there, here)]
    assert quality[0] == quality[1]
