"""The files of all cases out of the reported and the derived tables, in one pass over each table."""

from collections.abc import Mapping

import pandas as pd

from schemas.endpoints import OWN_SETS
from scripts.documents.case_file import CaseFile, Withheld
from scripts.words import withheld_cells

OF_ONE_CASE = (
    "reports", "cases", "history", "courses", "doses", "reactions", "tests", "managements", "alternatives",
    "deaths", "assessments", "remarks",
)  # fmt: skip
Times = dict[tuple[str, str], dict]
"""(endpoint, clock) -> the row of `times`."""
OF_DERIVED = ("rechallenges", "test_results", "exposures", "episodes", "signs", "judgements", "appraisals")


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
    own_times, further_times = _times(derived_tables["times"])
    files = {}
    for derived in derived_tables["patients"].to_dict("records"):
        case_id = derived["case_id"]
        own = {name: rows[case_id] for name, rows in by_case.items() if case_id in rows}
        named = dict.fromkeys(filter(None, derived["source_ids"].split("; ")))
        files[case_id] = CaseFile(
            case_id=case_id,
            derived=derived,
            tables=own,
            times=own_times.get(case_id, {}),
            further_times=further_times.get(case_id, {}),
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


def _times(table: pd.DataFrame) -> tuple[dict[str, Times], dict[str, dict[str, Times]]]:
    """The own times of each case: case -> those of its index episode; case -> episode -> those of each further episode."""
    index: dict[str, Times] = {}
    further: dict[str, dict[str, Times]] = {}
    for row in table[table["set"].isin(OWN_SETS)].to_dict("records"):
        case, at = row["case_id"], (row["endpoint"], row["clock"])
        of = index if row["of_index"] == "yes" else further.setdefault(case, {})
        of.setdefault(case if row["of_index"] == "yes" else row["episode"], {}).setdefault(at, row)
    return index, further


def _aggregates(links: pd.DataFrame) -> dict[str, str]:
    """Member -> the aggregate it is counted inside; the first link decides."""
    members = links[links["verdict"] == "member_of"]
    return dict(zip(members["a"][::-1], members["b"][::-1], strict=True))
