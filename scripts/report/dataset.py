"""The dataset: cases, times and re-exposures as plain CSV, with a codebook and a Frictionless data package.

For people who go on in R, Stata or a spreadsheet: codes and bounds, nothing formatted. A cell of a number may hold a
reason for missing instead, which the package declares as a missing value of that field; an open bound is INF.
"""

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pandera.pandas as pa

from schemas.books import CODEBOOK
from schemas.codes import MISSING, labels
from schemas.derived_course import RECHALLENGES, TIMES
from schemas.derived_patients import PATIENTS
from scripts.files.bundle import Bundle
from scripts.files.tablefiles import write, write_book, write_bytes
from scripts.words.printable import printable

NUMBERS = (
    "age_lower",
    "age_upper",
    "exposures",
    "ordinal",
    "planned_doses",
    "given_lower",
    "given_upper",
    "episodes",
    "completeness",
)
"""Columns of `patients` that hold numbers as text, or a reason for having none."""
BOUNDS = {
    "onset_lower": "onset: days after `onset_clock`, not included unless exact",
    "onset_upper": "onset: days, included; INF open",
    "onset_state": "onset: what is known",
    "onset_clock": "onset: what it is counted from",
    "resolution_lower": "resolution: days after `resolution_clock`, not included unless exact",
    "resolution_upper": "resolution: days, included; INF open",
    "resolution_state": "resolution: what is known",
    "resolution_clock": "resolution: what it is counted from",
}
"""What `cases` has beyond `patients`: the primary onset and resolution of the index episode."""
NO_TIME = {"lower": np.nan, "upper": np.nan, "state": "", "clock": ""}
"""The same of a patient of whom the times have no row."""
KEYS = {"cases": ["case_id"], "times": [], "rechallenges": []}
PACKAGE = "https://datapackage.org/profiles/2.0/datapackage.json"


def write_dataset(bundle: Bundle, folder: Path, rights: str = "") -> None:
    """Write the five files of the folder; the same inputs give the same bytes. `rights`: who may have them."""
    tables = {"cases": cases(bundle), "times": bundle.derived["times"], "rechallenges": bundle.rechallenges}
    fields = {table_name: described(table_name) for table_name in tables}
    for table_name, table in tables.items():
        write(_plain(table), folder / f"{table_name}.csv")
    write_book(codebook(fields), "codebook", folder)
    content = json.dumps(package(bundle.profile.title, fields, rights), indent=2, ensure_ascii=False) + "\n"
    write_bytes(content.encode("utf-8"), folder / "datapackage.json")


def cases(bundle: Bundle) -> pd.DataFrame:
    """The patients with the bounds, the state and the clock of their primary onset and resolution."""
    table, onset = bundle.cases, bundle.conventions.onset
    wanted = {
        "onset": [bundle.onsets.get((case, onset), NO_TIME) for case in table["case_id"]],
        "resolution": [bundle.ends.get(case, NO_TIME) for case in table["case_id"]],
    }
    return table.assign(
        **{
            f"{endpoint}_{part}": [time[part] for time in times]
            for endpoint, times in wanted.items()
            for part in NO_TIME
        }
    )


def _plain(table: pd.DataFrame) -> pd.DataFrame:
    """Open bounds as INF, which R, pandas and Frictionless read as such; hidden characters of texts made visible."""
    texts = table.select_dtypes("object")
    table = table.assign(**{column: texts[column].map(printable, na_action="ignore") for column in texts})
    numbers = table.select_dtypes("number").columns
    return table.assign(
        **{column: table[column].astype(object).where(~np.isposinf(table[column]), "INF") for column in numbers}
    )


def described(table_name: str) -> list[dict]:
    """The fields of a table: name, type, description, its codes, and what stands for missing."""
    contract = {"cases": PATIENTS, "times": TIMES, "rechallenges": RECHALLENGES}[table_name]
    fields = [
        _field(column, str(column.name) in NUMBERS and table_name == "cases") for column in contract.columns.values()
    ]
    if table_name == "cases":
        fields += [
            {"name": field, "type": "number" if field.endswith(("lower", "upper")) else "string", "description": words}
            for field, words in BOUNDS.items()
        ]
    return fields


def _field(column: pa.Column, number: bool) -> dict:
    field: dict = {"name": str(column.name), "description": column.description or ""}
    if number or str(column.dtype) in ("float64", "int64"):
        return field | {"type": "number", "missingValues": ["", *(MISSING if number else ())]}
    allowed = _codes(column)
    return (
        field | {"type": "string"} | ({"constraints": {"enum": [*allowed]}, "categories": allowed} if allowed else {})
    )


def _codes(column: pa.Column) -> dict[str, str]:
    """code -> label, of the code list or of what the contract allows; none for free text."""
    if codelist := (column.metadata or {}).get("codelist"):
        return labels(codelist)
    listed = [check.statistics["allowed_values"] for check in column.checks if "allowed_values" in check.statistics]
    return {str(code): str(code).replace("_", " ") for code in (listed[0] if listed else ()) if code}


def codebook(fields: dict[str, list[dict]]) -> pd.DataFrame:
    """One row per column, and one per code of it."""
    rows = []
    for table, columns in fields.items():
        for field in columns:
            column_row = {
                "table": table,
                "column": field["name"],
                "type": field["type"],
                "meaning": field["description"],
            }
            rows.append(column_row | {"missing": " ".join(filter(None, field.get("missingValues", [])))})
            rows += [column_row | {"code": code, "label": label} for code, label in field.get("categories", {}).items()]
    return pd.DataFrame(rows, columns=list(CODEBOOK.columns)).fillna("")


def package(title: str, fields: dict[str, list[dict]], rights: str = "") -> dict:
    """The descriptor of the folder (Data Package 2.0): a resource for each table and for the codebook."""
    resources = [_resource(table_name, columns) for table_name, columns in fields.items()]
    text = [{"name": column, "type": "string"} for column in CODEBOOK.columns]
    return {
        "$schema": PACKAGE,
        "name": "dataset",
        "title": title,
        **({"description": f"{rights}. Draft for qualified review."} if rights else {}),
        "resources": [*resources, _resource("codebook", text)],
    }


def _resource(table_name: str, columns: list[dict]) -> dict:
    fields = [_listed(field) for field in columns]
    schema: dict = {"fields": fields, "missingValues": [""]}
    if KEYS.get(table_name):
        schema["primaryKey"] = KEYS[table_name]
    elif table_name in KEYS:
        reference = {"resource": "cases", "fields": ["case_id"]}
        schema["foreignKeys"] = [{"fields": ["case_id"], "reference": reference}]
    return {
        "name": table_name,
        "path": f"{table_name}.csv",
        "type": "table",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": schema,
    }


def _listed(field: dict) -> dict:
    categories = [{"value": code, "label": label} for code, label in field.get("categories", {}).items()]
    return {key: value for key, value in field.items() if key != "categories"} | (
        {"categories": categories} if categories else {}
    )
