"""Contracts of the books: what the rooms keep account of beside the series and the derived tables, by the file's name.

A book is validated where it is written and read through its contract (scripts.files.tablefiles).
"""

import pandera.pandas as pa

from schemas.findings import FINDINGS
from schemas.ledger import LEDGER, STAGES
from schemas.plain_text import Text
from schemas.reported import TABLES
from schemas.results import CURVES, RESULTS


def _book(
    book_name: str, title: str, columns: dict[str, str], numbers: tuple[str, ...] = (), whole: tuple[str, ...] = ()
) -> pa.DataFrameSchema:
    """A closed contract in this order of columns; `numbers` are floats, `whole` whole numbers, the others text."""
    kinds = dict.fromkeys(columns, Text) | dict.fromkeys(numbers, float) | dict.fromkeys(whole, int)
    fields = {column: pa.Column(kinds[column], description=words, coerce=True) for column, words in columns.items()}
    return pa.DataFrameSchema(fields, name=book_name, title=title, strict=True, ordered=True)


MEMBERSHIP = _book(
    "membership",
    "One case of one set of the series",
    {
        "set": "membership set; the main one stands first. counted_inside: cases that are among the members of a group already, "
        "and not added",
        "case_id": "the case",
        "replaces": "the anonymous row of an aggregate whose place it takes; blank elsewhere",
        "inside": "the group that it is counted inside of; blank elsewhere",
    },
)

WITHHELD = _book(
    "withheld",
    "One cell kept out of use",
    {
        "finding": "the finding that holds it back, the first of several",
        "case_id": "the case",
        "table": "reported table",
        "key": "key values of the row, separated by semicolons",
        "column": "the column",
        "printed": "the cell as printed",
    },
)

CORRECTIONS_APPLIED = _book(
    "corrections_applied",
    "One accepted repair that was applied",
    {
        "case_id": "the case whose cell it repairs",
        **{key: str(column.title) for key, column in TABLES["corrections"].columns.items()},
        "at_file": "the user's file with the row of `corrections`",
        "at_row": "the row there",
    },
    whole=("at_row",),
)

CONFLICTS = _book(
    "conflicts",
    "One cell of a record that left for a richer one of the same patient, where the one that stays says otherwise",
    {
        "kept": "the record that stays",
        "left": "the record that left",
        "table": "reported table",
        "key": "key values of the row without the case, in the record that stays where it has such a row",
        "column": "the column",
        "kept_value": "what the record that stays says; blank where only the other knows",
        "left_value": "what the record that left says",
    },
)

CANDIDATE_PAIRS = _book(
    "candidate_pairs",
    "Two records that may be one patient",
    {
        "a": "a record",
        "b": "the other record",
        "score": "bits of agreement less those of the conflicts; no probability",
        "agreeing": "what agrees, in words",
        "conflicting": "what conflicts, in words",
        "missing": "what is missing in one of them, in words",
        "verdict": "the verdict of `links`; blank where there is none",
        "confidence": "how sure the verdict is",
        "reason": "why, as the link says",
    },
    numbers=("score",),
)

NOT_SELECTED = _book(
    "not_selected",
    "One case of a message or extract whose latest version has the drug or the event asked for, and not both",
    {
        "case_id": "the case",
        "version": "its latest version in this source; blank where it has none",
        "latest_information": "the day of its latest information; blank where it has none",
        "reason": "what it lacks, as in the ledger",
    },
)

POPULATIONS = _book(
    "populations",
    "One case of one list of cases that results speak of",
    {"population": "P1, P2, ...: quoted by results", "case_id": "the case"},
)

HEADLINES = _book(
    "headlines",
    "One headline of the report",
    {
        "headline": "what it tells",
        "shown": "the number or words as printed",
        "numbers": "the rows of results that it tells, unrounded: a headline has moved where these differ",
    },
)

CHANGES = _book(
    "changes",
    "One difference from the accepted run",
    {
        "kind": "patient_in, patient_out, row_in, row_out, cell, conclusion, time, headline, wording, convention or version",
        "case_id": "the case, where there is one",
        "table": "reported or derived table, where there is one",
        "key": "key values of the row, separated by semicolons; the name of a headline, a key of the config or a program",
        "column": "the column; blank where a whole row is meant",
        "before": "what the accepted run had",
        "after": "what this run has",
    },
)

OPEN_ELEMENTS = _book(
    "open_elements",
    "One element of E2B(R3) that the message of a case leaves open",
    {
        "case_id": "the case",
        "element": "number of the element",
        "what": "what is missing or does not keep to the standard",
        "cure": "what to do about it",
    },
)

CODEBOOK = _book(
    "codebook",
    "One column of the dataset, or one code that it can hold",
    {
        "table": "file of the dataset, without its ending",
        "column": "the column",
        "type": "string or number",
        "meaning": "what the column says",
        "code": "a code of the column; blank in the line of the column itself",
        "label": "the code in words",
        "missing": "reasons for missing that can stand in place of a number, separated by blanks",
    },
)

KEY = _book(
    "key",
    "One pseudonym of a shared copy; never shared",
    {"case_id": "the case", "pseudonym": "its name in the copy"},
)

BOOKS: dict[str, pa.DataFrameSchema] = {
    schema.name: schema
    for schema in (
        MEMBERSHIP,
        LEDGER,
        STAGES,
        WITHHELD,
        CORRECTIONS_APPLIED,
        CONFLICTS,
        FINDINGS,
        CANDIDATE_PAIRS,
        NOT_SELECTED,
        RESULTS,
        CURVES,
        POPULATIONS,
        HEADLINES,
        CHANGES,
        OPEN_ELEMENTS,
        CODEBOOK,
        KEY,
    )
}
"""All books by the name of their file, without its ending; `documents_ledger.csv` is a ledger too."""
