"""The files of all cases out of the reported and the derived tables, in one pass over each table."""

from collections.abc import Iterable, Mapping

import pandas as pd

from scripts.documents.case_file import CaseFile, Withheld
from scripts.words import withheld_cells

OF_ONE_CASE = (
    "reports", "cases", "history", "courses", "doses", "reactions", "tests", "managements", "alternatives",
    "deaths", "assessments", "remarks",
)  # fmt: skip
OF_DERIVED = ("times", "rechallenges", "test_results", "exposures", "episodes", "signs", "judgements", "appraisals")


def case_files(
    reported: dict[str, pd.DataFrame], derived_tables: Mapping[str, pd.DataFrame], withheld: pd.DataFrame | None = None
) -> dict[str, CaseFile]:
    """The files of all cases of the series, members counted inside an aggregate among them; one pass per table."""
    by_case = {name: _by_case(reported[name]) for name in OF_ONE_CASE}
    made = {name: _by_case(derived_tables[name]) for name in OF_DERIVED}
    sources = {row["source_id"]: row for row in reported["sources"].to_dict("records")}
    inside, marks = _aggregates(reported["links"]), _marks(reported["provenance"])
    quotes = _quotes(reported["provenance"])
    held = _withheld(withheld)
    files = {}
    for derived in derived_tables["patients"].to_dict("records"):
        case_id = derived["case_id"]
        own = {name: rows[case_id] for name, rows in by_case.items() if case_id in rows}
        times = made["times"].get(case_id, [])
        named = dict.fromkeys(filter(None, derived["source_ids"].split("; ")))
        files[case_id] = CaseFile(
            case_id=case_id,
            derived=derived,
            tables=own,
            times=_own_times([row for row in times if row["of_index"] == "yes"], set(named)),
            further_times=_further_times([row for row in times if row["of_index"] == "no"], set(named)),
            rechallenges=made["rechallenges"].get(case_id, []),
            tests={row["result"]: row for row in made["test_results"].get(case_id, [])},
            exposures=made["exposures"].get(case_id, []),
            episodes=made["episodes"].get(case_id, []),
            signs={(row["kind"], row["key"]): row for row in made["signs"].get(case_id, [])},
            judgements=made["judgements"].get(case_id, []),
            appraisals=made["appraisals"].get(case_id, []),
            sources=[sources[name] for name in named if name in sources],
            aggregate=derived["aggregate_id"] or inside.get(case_id, ""),
            marks=marks,
            quotes=quotes,
            withheld=held.get(case_id, {}),
        )
    return files


def _marks(provenance: pd.DataFrame) -> dict[tuple[str, str, str], str]:
    """What single cells are; `stated` stands there too, since it overrides the row's own status."""
    told = provenance[provenance["status"] != ""]
    return dict(zip(zip(told["table"], told["key"], told["column"], strict=True), told["status"], strict=True))


def _quotes(provenance: pd.DataFrame) -> dict[tuple[str, str, str], str]:
    told = provenance[provenance["words"] != ""]
    return dict(zip(zip(told["table"], told["key"], told["column"], strict=True), told["words"], strict=True))


def _withheld(book: pd.DataFrame | None) -> dict[str, Withheld]:
    """Case -> what is kept out of use of its rows, from the book `withheld`."""
    rows = [] if book is None else book[book["table"].isin(OF_ONE_CASE)].to_dict("records")
    found: dict[str, dict] = {}
    for (table, key), cells in withheld_cells.by_row(rows).items():
        found.setdefault(key.partition(";")[0], {})[table, key] = cells
    return dict(found)


def _by_case(table: pd.DataFrame) -> dict[str, list[dict]]:
    found: dict[str, list[dict]] = {}
    for row in table.to_dict("records"):
        found.setdefault(row["case_id"], []).append(row)
    return found


def _own_times(rows: Iterable[dict], sources: set[str]) -> dict[tuple[str, str], dict]:
    """Times from the case's own sources. A sensitivity set may lend a case the interval of the row it replaces."""
    found: dict[tuple[str, str], dict] = {}
    for row in rows:
        if row["state"] in ("observed", "not_resolved") and row["source_id"] not in sources:
            continue
        found.setdefault((row["endpoint"], row["clock"]), row)
    return found


def _further_times(rows: list[dict], sources: set[str]) -> dict[str, dict[tuple[str, str], dict]]:
    numbers = dict.fromkeys(row["episode"] for row in rows)
    return {number: _own_times([row for row in rows if row["episode"] == number], sources) for number in numbers}


def _aggregates(links: pd.DataFrame) -> dict[str, str]:
    """Member -> the aggregate it is counted inside; the first link decides."""
    members = links[links["verdict"] == "member_of"]
    return dict(zip(members["a"][::-1], members["b"][::-1], strict=True))
