"""JADER (PMDA): demo, drug, reac and hist as CSV, in a folder or zip; several downloads stand side by side.

A case is its 識別番号, and its highest 報告回数 is used. JADER tells no seriousness, no narrative and no dechallenge.
The layout is that of published loaders; no file of the publisher's was at hand.
"""

import re
from functools import partial
from pathlib import Path

from scripts.e2b import ages
from scripts.ingest import Reading, csv_extract, numbering
from scripts.ingest.csv_extract import read_extract
from scripts.ingest.csv_layout import Layout, Row
from scripts.ingest.extract_files import Member
from scripts.ingest.jader.drugs import HEADINGS, drug
from scripts.ingest.jader.words import code, day, plain
from scripts.ingest.options import OfReports
from scripts.ingest.reports import Report, place_of
from scripts.records.terms import once

FORMAT = "JADER of PMDA: demo, drug, reac and hist as CSV, in a folder or zip"
Options = OfReports

NAME = re.compile(r"(demo|drug|reac|hist)(\d{6})?(?:-\d+)?\.csv", re.IGNORECASE)
COLUMNS = {
    "DEMO": {
        "case_id": "識別番号",
        "version": "報告回数",
        "sex": "性別",
        "age": "年齢",
        "weight": "体重",
        "height": "身長",
        "quarter_received": "報告年度・四半期",
        "type": "報告の種類",
        "qualification": "報告者の資格",
    },
    "DRUG": {
        "case_id": "識別番号",
        "version": "報告回数",
        "course": "医薬品連番",
        "role": "医薬品の関与",
        "substance": "医薬品（一般名）",
        "drug": "医薬品（販売名）",
        "route": "経路",
        **HEADINGS,
        "indication": "使用理由",
        "action": "医薬品の処置",
        "rechallenge": "再投与による再発の有無",
    },
    "REAC": {
        "case_id": "識別番号",
        "version": "報告回数",
        "reaction": "有害事象連番",
        "term": "有害事象",
        "outcome": "転帰",
        "onset": "有害事象の発現日",
    },
    "HIST": {"case_id": "識別番号", "version": "報告回数", "item": "原疾患等連番", "term": "原疾患等"},
}
DECADE = re.compile(r"(\d+)歳代")
UNDER_TEN = "10歳未満"


def read(path: Path, **options: object) -> Reading:
    """Read the selected reports of one or more downloads."""
    return read_extract(path, LAYOUT, options)


def _kind(file_name: str) -> tuple[str, str] | None:
    """Table and download (202311) in a file's name."""
    match = NAME.fullmatch(file_name)
    return (match[1].upper(), match[2] or "") if match else None


def _report(report: Report, demo: Row, rows: dict[str, list[Row]]) -> None:
    """Fill in a report from its rows of the four tables."""
    _head(report, demo)
    distinct = once(rows["REAC"], lambda row: " ".join((row["term"], row["onset"], row["outcome"])))
    reactions, _ = numbering.apart(report, distinct, "reaction", "reactions")
    for row in reactions:
        _reaction(report, row)
    single = reactions[0]["reaction"] if len(reactions) == 1 else ""
    for row in numbering.apart(report, rows["DRUG"], "course", "courses")[0]:
        drug(report, row, single)
    for row in numbering.apart(report, rows["HIST"], "item", "history")[0]:
        term = plain(row["term"])
        report.add("history", "hist", item=f"condition {row['item']}", kind="condition", term=term, **place_of(row))


def _head(report: Report, demo: Row) -> None:
    report.add(
        "reports",
        "demo",
        sender="PMDA (JADER)",
        sender_case_id=demo["case_id"],
        version=demo["version"],
        report_type=code("report_type", demo["type"]),
        reporter_qualification=code("qualification", demo["qualification"], "jader"),
        narrative=f"報告年度・四半期: {demo['quarter_received']}" if demo["quarter_received"] else "",
        **place_of(demo),
    )
    report.add(
        "cases", "demo", identity="identified", sex=code("sex", demo["sex"], "jader"), **_age(demo), **place_of(demo)
    )
    for column in ("weight", "height"):
        if demo[column]:
            report.sent("cases", "", column, f"demo.{COLUMNS['DEMO'][column]}", demo[column])


def _age(demo: Row) -> dict[str, str]:
    """Bounds of an age in decades, an age group, or the words alone.

    | sent     | from | to | group   |
    |----------|------|----|---------|
    | 30歳代   | 30   | 39 |         |
    | 10歳未満 | 0    | 9  |         |
    | 高齢者   |      |    | elderly |
    """
    words = plain(demo["age"])
    if words == UNDER_TEN:
        return {"age_lower": "0", "age_upper": "9", "age_as_reported": words}
    if match := DECADE.fullmatch(words):
        decade = ages.stated(f"{int(match[1]) / 10:g}", "DEC", "faers")
        return decade | {"age_as_reported": words}
    group = code("age_group", words, "jader")
    return {"age_group": group} if group != words else {"age_as_reported": words} if words else {}


def _reaction(report: Report, row: Row) -> None:
    report.add(
        "reactions",
        "reac",
        reaction=row["reaction"],
        term=row["term"],
        occurred="yes",
        onset_date=day(row["onset"]),
        outcome=code("outcome", row["outcome"], "jader"),
        **place_of(row),
    )


LAYOUT = Layout(
    name="JADER",
    columns=COLUMNS,
    kind=_kind,
    encoding="cp932",
    key=("case_id", "version"),
    latest="''",
    drugs=("DRUG", ("substance", "drug"), "jader"),
    events=("REAC", ("term",)),
    fill=_report,
)


def members(path: Path) -> list[Member]:
    """The files of every extract, for a store."""
    return csv_extract.members(path, LAYOUT)


convert = partial(csv_extract.convert, layout=LAYOUT)
note_keys = partial(csv_extract.note_keys, layout=LAYOUT)
MUST = csv_extract.must(LAYOUT)
