"""Each cell of a full report of JADER, VAERS or the listing, told otherwise or left out, changes a table or a finding.

Else its column stands in `not_read`. All changes of a format are reports of one file.
"""

import csv
import io

import pytest

from schemas.codes import codes
from scripts.commands.reading import read
from tests.ingest import write_listing, write_vaers
from tests.ingest.hostile import written

VAERS = {
    "2022VAERSDATA.csv": dict(zip(write_vaers.DATA.split(","), (
        "", "01/05/2022", "CA", "34", "34", ".5", "F", "01/04/2022", "Words.", "Y", "01/03/2022", "Y", "Y", "Y", "3", "Y", "Y",
        "N", "01/01/2022", "01/02/2022", "1", "tests", "PVT", "PUB", "other drug", "illness", "history", "prior", "SPL1", "2",
        "01/05/2022", "Y", "Y", "Y", "allergy"), strict=True)),
    "2022VAERSVAX.csv": dict(zip(write_vaers.VAX.split(","), ("", "DAH", "MAKER", "L1", "2", "IM", "LA", "DAHLIA"), strict=True)),
    "2022VAERSSYMPTOMS.csv": {"VAERS_ID": ""} | {
        f"SYMPTOM{kind}{n}": f"{cell}{n}" for n in range(1, 6) for kind, cell in (("", "Term "), ("VERSION", "25."))},
}  # fmt: skip
JADER = {
    "demo202311.csv": {"識別番号": "", "報告回数": "1", "性別": "女性", "年齢": "30歳代", "体重": "60kg台", "身長": "160cm台",
                       "報告年度・四半期": "2022・第二", "報告の種類": "自発報告", "報告者の資格": "医師", "状況": "x", "E2B": "R3"},
    "drug202311.csv": {"識別番号": "", "報告回数": "1", "医薬品連番": "1", "医薬品の関与": "被疑薬", "医薬品（一般名）": "ダリア",
                       "医薬品（販売名）": "ダリア錠", "経路": "経口", "投与開始日": "20220101", "投与終了日": "20220103",
                       "投与量": "5", "投与単位": "mg", "分割投与回数": "2", "使用理由": "痛み", "医薬品の処置": "投与中止",
                       "再投与による再発の有無": "有", "リスク区分等": "1"},
    "reac202311.csv": {"識別番号": "", "報告回数": "1", "有害事象連番": "1", "有害事象": "出血", "転帰": "回復",
                       "有害事象の発現日": "20220102"},
    "hist202311.csv": {"識別番号": "", "報告回数": "1", "原疾患等連番": "1", "原疾患等": "痛風"},
}  # fmt: skip
LISTING = {
    "listing.csv": dict(zip(write_listing.HEADER, (
        "", "Spontaneous", "2022-08-01 00:00:00", "Healthcare Professional", "European Economic Area", "Nobody A. J 2022",
        "18-64 Years", "Adult", "No", "Female", "Bleeding (2d - Fatal - Disabling)",
        "BRAND [DAHLIUMAB] (S - Pain - Drug withdrawn - [5d - 12mg - Oral use], [7d - 10mg - Oral use - More])",
        "[OTHER] (C - n/a - Unknown - [n/a - n/a - n/a])", "form"), strict=True)),
}  # fmt: skip
FORMS = {"vaers": (VAERS, "cp1252"), "jader": (JADER, "cp932"), "eudravigilance_listing": (LISTING, "utf-8")}
NUMBERS = ("VAERS_ID", "識別番号", "EU Local Number")
KEYS = (*NUMBERS, "報告回数")
"""They say which report a line belongs to."""


def otherwise(cell):
    """Other words: another last digit, so that a date stays a date, or a letter more."""
    at = max((place for place, sign in enumerate(cell) if sign.isdigit()), default=-1)
    return f"{cell[:at]}{(int(cell[at]) + 1) % 10}{cell[at + 1 :]}" if at >= 0 else f"{cell}X"


def parts(cell):
    """A cell told otherwise and left out; of a cell with several entries each of its words."""
    if "(" not in cell:
        return [otherwise(cell), ""]
    words = cell.split(" ")
    return [
        " ".join([*words[:at], otherwise(word), *words[at + 1 :]]) for at, word in enumerate(words) if word != "-"
    ] + [""]


def changes(files):
    """The whole report, and then one for each change: file, column, cell."""
    cells = [(file, column, cell) for file, row in files.items() for column, cell in row.items() if column not in KEYS]
    return [("", "", ""), *((file, column, other) for file, column, cell in cells for other in parts(cell))]


def texts(files, changed):
    """File name -> text, with a report per change."""
    made = {}
    for file_name, row in files.items():
        text = io.StringIO()
        lines = csv.DictWriter(text, list(row), lineterminator="\r\n")
        lines.writeheader()
        for number, (file, column, cell) in enumerate(changed):
            lines.writerow(
                row
                | {key: f"N-{1001 + number}" for key in NUMBERS if key in row}
                | ({column: cell} if file == file_name else {})
            )
        made[file_name] = text.getvalue()
    return made


def said(reading, number):
    """What is said of a report, without its places and number."""
    case, csv_parts = f"N-{1001 + number}", []
    for table_name, table in (*reading.tables.items(), ("findings", reading.findings)):
        of_case = table["key"].str.split(";").str[0] if table_name == "provenance" else table.get("case_id")
        if of_case is not None:
            rows = table[of_case == case].drop(columns=["at_row", "row"], errors="ignore")
            csv_parts.append(rows.to_csv(index=False).replace(case, "N"))
    return "\n".join(csv_parts)


@pytest.mark.parametrize(("form", "not_read"), [("vaers", 12), ("jader", 3), ("eudravigilance_listing", 2)])
def test_every_cell_is_read_or_listed(form, not_read, tmp_path):
    files, encoding = FORMS[form]
    changed = changes(files)
    for file_name, text in texts(files, changed).items():
        place = written(tmp_path, text.encode(encoding), file_name)
    reading = read(form, place if form == "eudravigilance_listing" else tmp_path)
    assert len(reading.tables["cases"]) == len(changed)
    whole = said(reading, 0)
    silent = [column for number, (_, column, _) in enumerate(changed) if number and said(reading, number) == whole]
    listed = {column.casefold() for column in codes("not_read")}
    unlisted = [column for column in silent if column.casefold() not in listed]
    # that the patient was in hospital is told twice, as are the days to onset; the hour of receipt is no part of a date
    assert set(unlisted) <= {"HOSPITAL", "NUMDAYS", "EV Gateway Receipt Date"}
    assert len(set(silent) - set(unlisted)) == not_read
