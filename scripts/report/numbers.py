"""What stands behind the numbers: the rows of results of the headline set and every row that is quoted, and the cases that
they speak of.

A row goes by its line in results.csv. Further rows of other sets and of leave-one-out runs stand there only.
"""

import math
from collections.abc import Collection

import pandas as pd

from schemas.endpoints import MAIN_SET
from schemas.fields import NO_VALUE
from schemas.plain_rows import plain_rows
from scripts.words.wording import NOTHING, count, name, number

SHOWN = ("characteristics", "onset", "resolution", "death", "rechallenge", "recurrence")
MOST_CASES = 200
"""Cases listed for one population; the others stand in populations.csv."""


def numbers(results: pd.DataFrame, quoted: Collection[int] = ()) -> list[dict]:
    """One group per analysis: `id`, `heading`, `rows` with line, what, number, of, method, note and the populations.

    quoted: lines that a headline, table or figure rests on, which are shown whatever their analysis and set.
    """
    by_default = results["analysis"].isin(SHOWN) & results["set"].isin(["", MAIN_SET])
    shown = results[by_default | results["line"].isin(quoted)]
    order = sorted(shown["analysis"].unique(), key=lambda each: SHOWN.index(each) if each in SHOWN else len(SHOWN))
    return [
        {
            "id": f"numbers-{analysis}",
            "heading": name(analysis).capitalize(),
            "rows": [_row(row) for row in plain_rows(shown[shown["analysis"] == analysis])],
        }
        for analysis in order
    ]


def _row(row: dict) -> dict:
    of_set = row["set"] if row["set"] != MAIN_SET else ""
    what = [row["endpoint"], row["clock"], row["coding"], row["group"], row["statistic"], row["level"], of_set]
    when = "" if math.isnan(row["at"]) else f"at {row['at']:g} {name(row['at_unit'])}".rstrip()
    populations = [row["population"], row["known_population"], row["counted_population"]]
    return {
        "line": row["line"],
        "what": ", ".join([name(part) for part in what if part] + ([when] if when else [])),
        "number": _number(row),
        "of": f"{count(row['n'])} of {count(row['n_total'])}",
        "how": ". ".join(part for part in (row["method"], row["note"]) if part),
        "populations": " ".join(dict.fromkeys(each for each in populations if each)),
    }


def _number(row: dict) -> str:
    if not math.isnan(row["value"]):
        return number(row["value"])
    if math.isnan(row["lower"]) and math.isnan(row["upper"]):
        return NOTHING
    return f"{number(row['lower'])} to {number(row['upper'])}"


def members(cases: pd.DataFrame) -> pd.DataFrame:
    """The patients known only as members of a group, as the book `populations` lists cases: `population` is the group."""
    known = cases[(cases["identity"] == "anonymous") & ~cases["aggregate_id"].isin(NO_VALUE)]
    return known[["aggregate_id", "case_id"]].rename(columns={"aggregate_id": "population"})


def populations(book: pd.DataFrame, wanted: set[str] | None = None) -> list[dict]:
    """`name`, `cases` (at most 200) and `more` for each population that is wanted, None for all, in the order of the book."""
    return [
        {"name": str(population), "cases": list(cases[:MOST_CASES]), "more": max(0, len(cases) - MOST_CASES)}
        for population, cases in book.groupby("population", sort=False)["case_id"]
        if wanted is None or population in wanted
    ]
