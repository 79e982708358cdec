"""Contract of findings: what is wrong or noteworthy, where, why, and what would cure it."""

import pandas as pd
import pandera.pandas as pa

from schemas.plain_text import Text
from schemas.reported import TABLES

COLUMNS = {
    "finding": "F1, F2, ... in the order of the table; tables and figures quote it. The file is confidential: it holds "
    "words of patient tables as typed",
    "rule": "code of the list `rules`",
    "severity": "contract, error, warning or information",
    "action": "stop, exclude_record, withhold_value, exclude_case or warn, from the config's policy",
    "table": "reported table",
    "file": "the user's file, with the sheet in brackets where it is a workbook",
    "row": "row as the spreadsheet shows it (header = 1); 0 where the file as a whole is meant",
    "case_id": "the case, where there is one",
    "key": "the row's key, where it is known: in a message several rows stand at one place",
    "column": "the column, where there is one",
    "value": "the offending value as typed, shortened",
    "what": "what is wrong, in words",
    "cure": "what would put it right",
}

FINDINGS = pa.DataFrameSchema(
    {
        column: pa.Column(int if column == "row" else Text, description=description, coerce=True)
        for column, description in COLUMNS.items()
    },
    name="findings",
    title="One fault or remark",
    strict=True,
    ordered=True,
)


def findings(rows: list[dict]) -> pd.DataFrame:
    """Findings from dictionaries; columns not given are blank, `row` 0, ids are given later by `validate`."""
    blank = dict.fromkeys(COLUMNS, "") | {"row": 0}
    return pd.DataFrame([blank | row for row in rows], columns=list(COLUMNS)).astype({"row": int})


def withholdable(findings: pd.DataFrame) -> pd.Series:
    """Findings whose cell can be taken out of use: one cell of a patient's row that is no part of the row's key."""
    cells = pd.MultiIndex.from_frame(findings[["table", "column"]])
    return pd.Series(cells.isin(list(_cells())), index=findings.index) & (findings["row"] > 0)


def _cells() -> set[tuple[str, str]]:
    patients = {table_name: schema for table_name, schema in TABLES.items() if "case_id" in schema.metadata["key"]}
    return {
        (table_name, column)
        for table_name, schema in patients.items()
        for column in schema.columns
        if column not in schema.metadata["key"]
    }


def of_unit(findings: pd.DataFrame) -> pd.Series:
    """Findings about the unit of a test result, which stays as printed and is never converted."""
    return (findings["table"] == "tests") & (findings["column"] == "unit_as_printed")
