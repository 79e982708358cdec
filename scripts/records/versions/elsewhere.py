"""Cases of the series of which another source holds a later version that lacks the drug or the event asked for.

A case is judged by its latest version. Within a source an older one never stands in for it; across sources nobody can decide it
but the user, since each source may be asked for other drugs and terms: so it is told.
"""

from collections.abc import Collection, Mapping, Sequence

import pandas as pd

from scripts.records.versions.of_cases import Part, Tables
from scripts.records.versions.order import in_time, is_later, ranks

Later = dict[str, str]
"""Case -> the later version and what it lacks, in words."""


def find(
    parts: Sequence[Part], stay: Sequence[Tables], books: Mapping[str, pd.DataFrame], data_lock: str = ""
) -> Later:
    """books: of each source by its name the cases that it holds and were not selected (book `not_selected`).

    stay: tables of the records that stay, in the order of the parts. A version of after the data lock point outdates none.
    """
    told: Later = {}
    for part, tables in zip(parts, stay, strict=True):
        for source_name, book in books.items():
            if source_name == part.name or not part.received or not len(book):
                continue
            here = ranks(_of(tables, set(book["case_id"])))
            lines = book[book["case_id"].isin(here)]
            for case, rank in ranks({"reports": lines.assign(received="")}).items():
                if in_time(rank[1], data_lock) and is_later(rank, here[case]):
                    told[case] = _words(source_name, lines[lines["case_id"] == case].iloc[-1])
    return told


def of_after_lock(parts: Sequence[Part], stay: Sequence[Tables], data_lock: str) -> Later:
    """Cases whose record that stays is a version of after the data lock point, in words."""
    told: Later = {}
    for part, tables in zip(parts, stay, strict=True):
        if not (part.received and data_lock and "reports" in tables):
            continue
        # most are of before the lock, which is seen of all at once
        beyond = (tables["reports"][["latest_information", "received"]] > data_lock).any(axis=1)
        cases = set(tables["reports"].loc[beyond, "case_id"])
        late = {case: day for case, (_, day) in ranks(_of(tables, cases)).items() if not in_time(day, data_lock)}
        for case in _received_before(tables, late, data_lock):
            told[case] = f"a version of {late[case]}, after the data lock point: no earlier one is here"
    return told


def _of(tables: Tables, cases: Collection[str]) -> Tables:
    """The reports of some cases."""
    reports = tables.get("reports")
    return {} if reports is None else {"reports": reports[reports["case_id"].isin(cases)]}


def _received_before(tables: Tables, cases: Collection[str], data_lock: str) -> list[str]:
    """Of some cases those that were received before the data lock point: the others leave the series for it."""
    if not cases:
        return []
    reports = tables["reports"][tables["reports"]["case_id"].isin(cases) & (tables["reports"]["received"] != "")]
    return [*reports.loc[[in_time(day, data_lock) for day in reports["received"]], "case_id"].unique()]


def _words(source_name: str, line: "pd.Series[str]") -> str:
    version = f"version {line['version']}" if line["version"] else "a later version"
    return f"outdated: source {source_name} holds {version}, of {line['latest_information'] or 'no date'}, with {line['reason']}"
