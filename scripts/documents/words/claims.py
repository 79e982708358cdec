"""What sources say of patients who are not in the series: a row of `statements` in words, with its source."""

from schemas.derived_sources import RECURRENCE
from schemas.plain_rows import plain_rows
from scripts.documents.case_file import Row, bracketed, has
from scripts.documents.dossier import Dossier
from scripts.documents.words.phrases import joined
from scripts.documents.words.references import Citations
from scripts.documents.words.texts import texts
from scripts.words import times, wording


def ends() -> tuple[str, ...]:
    """Variables of statements on how it ended in other patients, as the texts of the key table list them."""
    return tuple(texts("prac_signal_summary")["key"]["ended_elsewhere"])


def at_the_top() -> tuple[str, ...]:
    """Variables of statements that stand in the key table, and so in no list further down."""
    return (*RECURRENCE, *ends())


def elsewhere(data: Dossier, citations: Citations, variables: tuple[str, ...]) -> list[str]:
    """Sentences on these variables about patients who are not counted in the series."""
    inside = {case.aggregate for case in data.cases.values()} - {""}
    rows = plain_rows(data.bundle.series["statements"])
    statements = [
        row for row in rows if wording.name(row["variable"]) in variables and row["aggregate_id"] not in inside
    ]
    statements.sort(key=lambda row: variables.index(wording.name(row["variable"])))
    return [f"{_named(row, variables)}{claim(row, citations)}." for row in statements]


def _named(row: Row, variables: tuple[str, ...]) -> str:
    """`Fatal: ` where the line holds more than one thing."""
    variable = wording.name(row["variable"])
    return f"{variable[:1].upper()}{variable[1:]}: " if len(variables) > 1 else ""


def claim(row: Row, citations: Citations) -> str:
    """`an indication, 5 of 5, cases in a database [15, para 3]`."""
    denominator = f" of {row['of']}" if has(row["of"]) else ""
    number = f"{row['n']}{denominator}" if has(row["n"]) else ""
    stated = f"{row['lower']}-{row['upper']}" in row["words"]
    bounds = times.amount(row["lower"], row["upper"], row["scale"]) if has(row["lower"]) and not stated else ""
    group = row["group"] if has(row["group"]) else ""
    told = joined([group, number, bounds, citations.within(row["words"])], ", ")
    return f"{told}{bracketed(row['status'])} {citations.cite([row['source_id']], row['locator'])}"
