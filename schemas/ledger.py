"""Contract of the ledger: where every record that entered went, and why."""

import pandas as pd
import pandera.pandas as pa

from schemas.plain_text import Text

NOT_READ = "not_read"
"""The decision on an element of a source that stands in reports that are kept, and is not read: no record left for it."""
DECISIONS = ("in", "out", "counted_inside", NOT_READ)
COLUMNS = {
    "stage": "ingest, assumed, version, validate, definition, link or series; in documents_ledger.csv documents",
    "source": "the source in the config",
    "record": "case id, report or row as named by the source; with not_read the name of the element",
    "records": "how many records this line stands for (1, or a count from a database selection); with not_read none: "
    "in how many reports the element stands is told in the reason",
    "decision": "in, out, counted_inside (a member of an aggregate that is itself in the series), or not_read (an element "
    "of reports that are kept)",
    "reason": "in words",
    "rule": "the rule or link behind the decision",
}

LEDGER = pa.DataFrameSchema(
    {
        column: pa.Column(int if column == "records" else Text, description=description, coerce=True)
        for column, description in COLUMNS.items()
    },
    checks=pa.Check(
        lambda lines: lines["decision"].isin(DECISIONS),
        name="decision",
        error="unknown decision",
    ),
    name="ledger",
    title="One decision about one record",
    strict=True,
    ordered=True,
)


def ledger(rows: list[dict]) -> pd.DataFrame:
    """Ledger lines from dictionaries; columns not given are blank, `records` 1."""
    blank = dict.fromkeys(COLUMNS, "") | {"records": 1}
    return pd.DataFrame([blank | row for row in rows], columns=list(COLUMNS)).astype({"records": int})


STAGE_COLUMNS = {
    "stage": "assumed, version, validate, definition, link or series",
    "table": "reported table",
    "entered": "rows that entered the stage",
    "reason": "why rows left, in words; blank where none did",
    "left": "rows that left for this reason",
    "remaining": "rows that go on",
}

STAGES = pa.DataFrameSchema(
    {
        column: pa.Column(
            int if column in ("entered", "left", "remaining") else Text, description=description, coerce=True
        )
        for column, description in STAGE_COLUMNS.items()
    },
    checks=pa.Check(
        lambda lines: lines["entered"] - lines["left"] == lines["remaining"],
        name="conservation",
        error="rows that entered are those that left and those that remain",
    ),
    name="stages",
    title="Rows of one table at one stage",
    strict=True,
    ordered=True,
)


def stages(rows: list[dict]) -> pd.DataFrame:
    """Lines of `stages` from dictionaries; columns not given are blank or 0. Conservation is part of the contract."""
    blank = dict.fromkeys(STAGE_COLUMNS, "") | {"entered": 0, "left": 0, "remaining": 0}
    return STAGES.validate(pd.DataFrame([blank | row for row in rows], columns=list(STAGE_COLUMNS)))
