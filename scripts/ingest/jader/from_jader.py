"""JADER (PMDA): demo, drug, reac and hist as CSV, in a folder or zip; several downloads stand side by side.

A case is its 識別番号, and its highest 報告回数 is used. JADER tells no seriousness, no narrative and no dechallenge.
The layout is that of published loaders; no file of the publisher's was at hand.
"""

import re
import unicodedata
from functools import partial
from pathlib import Path

from scripts.e2b import ages
from scripts.e2b.hl7_times import edtf
from scripts.e2b.translation import ours
from scripts.ingest import Reading, csv_extract, numbering
from scripts.ingest.csv_extract import read_extract
from scripts.ingest.csv_layout import Layout, Row
from scripts.ingest.extract_files import Member
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
        "start": "投与開始日",
        "finish": "投与終了日",
        "amount": "投与量",
        "unit": "投与単位",
        "per_interval": "分割投与回数",
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
BETWEEN = re.compile(r"[;,、]\s*")
"""Between several values in one cell, of several dosages."""


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
        _drug(report, row, single)
    for row in numbering.apart(report, rows["HIST"], "item", "history")[0]:
        term = _plain(row["term"])
        report.add("history", "hist", item=f"condition {row['item']}", kind="condition", term=term, **place_of(row))


def _plain(words: str) -> str:
    """Words in one width of letters: JADER mixes full and half width."""
    return unicodedata.normalize("NFKC", words)


def _ours(code_list: str, words: str, missing: str = "") -> str:
    return ours(code_list, "jader", _plain(words), missing)


def _head(report: Report, demo: Row) -> None:
    report.add(
        "reports",
        "demo",
        sender="PMDA (JADER)",
        sender_case_id=demo["case_id"],
        version=demo["version"],
        report_type=_ours("report_type", demo["type"]),
        reporter_qualification=_ours("qualification", demo["qualification"], "jader"),
        narrative=f"報告年度・四半期: {demo['quarter_received']}" if demo["quarter_received"] else "",
        **place_of(demo),
    )
    report.add(
        "cases", "demo", identity="identified", sex=_ours("sex", demo["sex"], "jader"), **_age(demo), **place_of(demo)
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
    words = _plain(demo["age"])
    if words == UNDER_TEN:
        return {"age_lower": "0", "age_upper": "9", "age_as_reported": words}
    if match := DECADE.fullmatch(words):
        decade = ages.stated(f"{int(match[1]) / 10:g}", "DEC", "faers")
        return decade | {"age_as_reported": words}
    group = _ours("age_group", words, "jader")
    return {"age_group": group} if group != words else {"age_as_reported": words} if words else {}


def _reaction(report: Report, row: Row) -> None:
    report.add(
        "reactions",
        "reac",
        reaction=row["reaction"],
        term=row["term"],
        occurred="yes",
        onset_date=_day(row["onset"]),
        outcome=_ours("outcome", row["outcome"], "jader"),
        **place_of(row),
    )


def _day(words: str) -> str:
    """An ISO (part) date or a reason for having none; anything else as sent."""
    return edtf(_ours("missing", words))


def _drug(report: Report, row: Row, single: str) -> None:
    starts, ends, amounts = (BETWEEN.split(_plain(row[field])) for field in ("start", "finish", "amount"))
    known = sorted(day for day in map(_day, starts) if day[:4].isdigit())
    report.add(
        "courses",
        "drug",
        course=row["course"],
        drug=row["drug"] or row["substance"],
        substance=row["substance"],
        role=_ours("drug_role", row["role"]),
        indication=row["indication"],
        start_date=next(iter(known), _day(starts[0])),
        action_taken=_ours("action_taken", row["action"], "jader"),
        **place_of(row),
    )
    several = max(len(starts), len(ends), len(amounts))
    for number in range(several):
        dose = {
            "time_date": _day(_nth(starts, number, several)),
            "end_date": _day(_nth(ends, number, several)),
            "amount": _nth(amounts, number, several),
        }
        more = {"unit": _plain(row["unit"]), "per_interval": _plain(row["per_interval"]), "route": row["route"]}
        if any((dose | more).values()):
            report.add("doses", "drug", course=row["course"], dose=str(number + 1), **dose, **more, **place_of(row))
    if several > 1:
        _keep_words(report, row)
    if row["rechallenge"]:
        _rechallenge(report, row, single)


def _nth(cells: list[str], number: int, several: int) -> str:
    """The value of the n-th dosage; one value for several, or fewer than them, belongs to the first alone."""
    return cells[number] if len(cells) == several or (number == 0 and len(cells) == 1) else ""


def _keep_words(report: Report, row: Row) -> None:
    """Cells with several values, as sent: how they belong together is not said."""
    for column, field in (("time", "start"), ("end", "finish"), ("amount", "amount")):
        if row[field]:
            report.sent("doses", f"{row['course']};1", column, f"drug.{COLUMNS['DRUG'][field]}", row[field])


def _rechallenge(report: Report, row: Row, single: str) -> None:
    """The recurrence column is the drug's; a reaction is named where the report has one."""
    report.add(
        "assessments",
        "drug.再投与による再発の有無",
        assessor="report",
        course=row["course"],
        drug=row["substance"] or row["drug"],
        reaction=single,
        rechallenge=_ours("rechallenge", row["rechallenge"], "jader"),
        reason=row["rechallenge"],
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
