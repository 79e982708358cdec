"""What the reporter of a VAERS report wrote of other drugs, conditions and laboratory data: a text each, and often that there is none."""

from scripts.ingest.csv_layout import Row
from scripts.ingest.reports import Report, place_of
from scripts.records.terms import plain

HISTORY = {
    "cur_ill": ("condition", "illness at vaccination"),
    "history": ("condition", "history"),
    "allergies": ("condition", "allergies"),
    "prior_vax": ("past_drug", "event after a prior vaccination"),
}
TEXTS = ("other_meds", *HISTORY, "lab_data")
NOTHING = frozenset(
    [
        "n a",
        "na",
        "nil",
        "nka",
        "nkda",
        "no",
        "no known allergies",
        "no known drug allergies",
        "no other medications",
        "none",
        "none given",
        "none known",
        "none noted",
        "none reported",
        "none stated",
        "not applicable",
        "not known",
        "not provided",
        "not reported",
        "unk",
        "unknown",
    ]
)
"""Texts, in comparable form, that name no drug and no condition."""


def _says_nothing(words: str) -> bool:
    return plain(words) in NOTHING


def nothing_told(data: Row) -> list[str]:
    """A line for each text that names nothing, so that what was asked and answered is not lost."""
    return [f"{column.upper()}: {data[column]}" for column in TEXTS if data[column] and _says_nothing(data[column])]


def beside(report: Report, data: Row, course: int) -> None:
    """Other drugs, conditions and laboratory data, each a text of its reporter; one that names nothing is no row."""
    place = place_of(data)
    texts = {column: "" if _says_nothing(data[column]) else data[column] for column in TEXTS}
    if drugs := texts["other_meds"]:
        report.add("courses", "VAERSDATA.OTHER_MEDS", course=str(course), drug=drugs, role="concomitant", **place)
    for column, (kind, item) in HISTORY.items():
        if texts[column]:
            report.add("history", f"VAERSDATA.{column.upper()}", item=item, kind=kind, term=texts[column], **place)
    if results := texts["lab_data"]:
        report.add("tests", "VAERSDATA.LAB_DATA", result="1", test="laboratory data", finding=results, **place)
