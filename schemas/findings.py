"""Contract of findings: what is wrong or noteworthy, where, why, and what would cure it."""

import pandas as pd
import pandera.pandas as pa

COLUMNS = {
    "finding": "F1, F2, ... in the order of the table; tables and figures quote it",
    "rule": "rule of the house, or Q01-Q37 of the statistics reference",
    "severity": "contract, error, warning or information",
    "action": "stop, withhold_value, exclude_case or warn, from the config's policy",
    "table": "reported table",
    "file": "the user's file, with the sheet in brackets where it is a workbook",
    "row": "row as the spreadsheet shows it (header = 1); 0 where the file as a whole is meant",
    "case_id": "the case, where there is one",
    "column": "the column, where there is one",
    "value": "the offending value as typed, shortened",
    "what": "what is wrong, in words",
    "cure": "what would mend it",
}

FINDINGS = pa.DataFrameSchema(
    {
        name: pa.Column(int if name == "row" else str, description=description, coerce=True)
        for name, description in COLUMNS.items()
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
