"""A line of JADER's table of drugs: the drug, its dosages, what was done with it and whether the reaction came back."""

from schemas.fields import NO_VALUE, is_number
from scripts.ingest.csv_layout import Row
from scripts.ingest.jader.words import BETWEEN, THOUSANDS, code, codes, day, number, plain
from scripts.ingest.reports import Report, place_of

DOSAGES = {"start": "time", "finish": "end", "amount": "amount"}
"""Columns of which each value is a dosage, and the cells of one."""
OF_EACH = ("unit", "per_interval")
"""Columns with a value for every dosage, or one for all."""
HEADINGS = {
    "start": "投与開始日",
    "finish": "投与終了日",
    "amount": "投与量",
    "unit": "投与単位",
    "per_interval": "分割投与回数",
}
"""Columns of the table of drugs that tell of its dosages."""


def drug(report: Report, row: Row, single: str) -> None:
    """Add a drug; `single` is the reaction of a report with one, of which the recurrence is told."""
    parts = {column: BETWEEN.split(plain(row[column])) for column in HEADINGS}
    known = sorted(start for start in map(day, parts["start"]) if start[:4].isdigit())
    actions = codes("action_taken", row["action"], "jader")
    report.add(
        "courses",
        "drug",
        course=row["course"],
        drug=row["drug"] or row["substance"],
        substance=row["substance"],
        role=code("drug_role", row["role"]),
        indication=code("missing", row["indication"]),
        start_date=next(iter(known), day(parts["start"][0])),
        action_taken=actions[0] if len(actions) == 1 else "",
        **place_of(row),
    )
    if len(actions) > 1:
        report.sent("courses", row["course"], "action_taken", "drug.医薬品の処置", row["action"])
        what = "several actions that differ, and none is read"
        report.note("courses", "action_taken", row["action"], what, "Look at the line.")
    _dosages(report, row, parts)
    if row["rechallenge"]:
        _rechallenge(report, row, single)


def _dosages(report: Report, row: Row, parts: dict[str, list[str]]) -> None:
    several = max(len(parts[column]) for column in DOSAGES)
    for place in range(several):
        start, finish, amount = (_nth(parts[column], place, several) for column in DOSAGES)
        cells = {"time_date": day(start), "end_date": day(finish), "amount": amount, "route": row["route"]}
        cells |= {
            column: parts[column][0 if len(parts[column]) == 1 else place]
            for column in OF_EACH
            if _pairs(parts[column], several)
        }
        cells |= _numbers(cells)
        if any(cells.values()):
            report.add("doses", "drug", course=row["course"], dose=str(place + 1), **cells, **place_of(row))
    for column in HEADINGS:
        if row[column] and (several > 1 or len(parts[column]) > 1 or THOUSANDS.fullmatch(parts[column][0])):
            cell = DOSAGES.get(column, column)
            report.sent("doses", f"{row['course']};1", cell, f"drug.{HEADINGS[column]}", row[column])


def _numbers(cells: dict[str, str]) -> dict[str, str]:
    """Amount and times a day as numbers, or reasons for having none; other words are those of the dosage."""
    told = {column: number(cells.get(column, "")) for column in ("amount", "per_interval")}
    words = [words for words in told.values() if words not in NO_VALUE and not is_number(words)]
    return {column: "" if cell in words else cell for column, cell in told.items()} | {"dosage_text": "; ".join(words)}


def _pairs(values: list[str], several: int) -> bool:
    return len(values) in (1, several)


def _nth(values: list[str], place: int, several: int) -> str:
    """The value of the n-th dosage; one value for several belongs to the first alone, and fewer than them to none: how they pair
    is not said."""
    return values[place] if len(values) == several or (place == 0 and len(values) == 1) else ""


def _rechallenge(report: Report, row: Row, single: str) -> None:
    """The recurrence column is the drug's; a reaction is named where the report has one. Values that differ are judgements of
    their own."""
    for place, result in enumerate(codes("rechallenge", row["rechallenge"], "jader"), start=1):
        report.add(
            "assessments",
            "drug.再投与による再発の有無",
            assessor="report" if place == 1 else f"report #{place}",
            course=row["course"],
            drug=row["substance"] or row["drug"],
            reaction=single,
            rechallenge=result,
            reason=row["rechallenge"],
            **place_of(row),
        )
