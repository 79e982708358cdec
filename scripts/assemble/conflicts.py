"""What a record that leaves for a richer one of the same patient says differently, or alone.

Two analysts name the rows of one patient differently. Rows are therefore compared by what they are about (the same drug,
term, test, measure or cause, the first with the first), never by their short names.
"""

from collections.abc import Collection

import pandas as pd

from schemas.books import CONFLICTS
from schemas.codes import SERIOUSNESS
from schemas.contract import PLACE
from schemas.fields import NO_VALUE
from schemas.reported import TABLES
from scripts.clock.intervals import numbers
from scripts.words.countries import alpha_2
from scripts.words.quantities import analyte

COLUMNS = list(CONFLICTS.columns)
ABOUT = {
    "reports": [], "cases": [], "history": ["kind", "term"], "courses": ["substance"], "doses": ["course", "dose"],
    "reactions": ["term"], "tests": ["test"], "managements": ["measure"], "alternatives": ["cause"], "deaths": [],
    "assessments": ["assessor", "method"],
}  # fmt: skip
"""Table of a case's rows -> the columns that tell what a row is about."""
OF_THE_RECORD = {"case_id", "source_id", "locator", "status", "course", "reaction", "item", "result", "dose", *PLACE}
"""Columns that name the record, its rows or their place, and say nothing of the patient."""
OF_REPORTS = ["country", "event_date", *(f"serious_{criterion}" for criterion in SERIOUSNESS)]
"""Two reports differ in their senders, dates and words; these columns speak of the patient."""


def conflicts(tables: dict[str, pd.DataFrame], stays: dict[str, str], synonyms: Collection[list[str]]) -> pd.DataFrame:
    """Cells of the records that leave which the one that stays does not have: another value, or none.

    stays       record that leaves -> record that stays
    synonyms    lists of names that mean one thing (names of the drug, terms of the event), without regard to case
    kept_value  blank where only the leaving record knows
    key         of the row in the record that stays, without the case; of the other where it has no such row
    """
    if not stays:
        return pd.DataFrame(columns=COLUMNS, dtype=object)
    first_names = {synonym.casefold(): names[0].casefold() for names in synonyms for synonym in names}
    involved = tables["courses"][tables["courses"]["case_id"].isin({*stays, *stays.values()})]
    courses = pd.Series(
        _about(involved, "courses", first_names).to_numpy(), index=[involved["case_id"], involved["course"]]
    )
    parts = [_of_table(table_name, tables[table_name], stays, first_names, courses) for table_name in ABOUT]
    filled_parts = [part for part in parts if len(part)]
    return pd.concat([pd.DataFrame(columns=COLUMNS, dtype=object), *filled_parts], ignore_index=True)


def _of_table(
    table_name: str, table: pd.DataFrame, stays: dict[str, str], first_names: dict[str, str], courses: pd.Series
) -> pd.DataFrame:
    left, kept = table[table["case_id"].isin(stays)], table[table["case_id"].isin(stays.values())]
    if not len(left):
        return pd.DataFrame(columns=COLUMNS, dtype=object)
    left = left.assign(kept=left["case_id"].map(stays), about=_about(left, table_name, first_names, courses))
    kept = kept.assign(kept=kept["case_id"], about=_about(kept, table_name, first_names, courses))
    pairs = left.merge(kept, on=["kept", "about"], how="left", suffixes=("", "_kept"), indicator="found")
    place = _key(pairs, table_name, "_kept").where(pairs["found"] == "both", _key(pairs, table_name, ""))
    columns = (
        OF_REPORTS if table_name == "reports" else [c for c in TABLES[table_name].columns if c not in OF_THE_RECORD]
    )
    cells = [
        pd.DataFrame(
            {
                "kept": pairs["kept"],
                "left": pairs["case_id"],
                "table": table_name,
                "key": place,
                "column": column,
                "kept_value": pairs[f"{column}_kept"].fillna(""),
                "left_value": pairs[column],
            }
        )
        for column in columns
    ]
    every = pd.concat(cells)
    every["kept_value"] = every["kept_value"].where(~every["kept_value"].isin(NO_VALUE), "")
    same = _same(every["left_value"], every["kept_value"], first_names)
    same |= (every["column"] == "country") & _same_country(every["left_value"], every["kept_value"])
    return every[~every["left_value"].isin(NO_VALUE) & ~same]


def _key(pairs: pd.DataFrame, table_name: str, suffix: str) -> pd.Series:
    key = [
        f"{column}{suffix}" for column in TABLES[table_name].metadata["key"] if column not in ("case_id", "source_id")
    ]
    return pairs[key].fillna("").agg(";".join, axis=1) if key else pd.Series("", index=pairs.index, dtype=object)


def _about(
    rows: pd.DataFrame, table_name: str, first_names: dict[str, str], courses: pd.Series | None = None
) -> pd.Series:
    """What each row is about, with its place among the case's rows about the same."""
    about = pd.Series("", index=rows.index, dtype=object)
    for column in ABOUT[table_name]:
        words = rows[column]
        if table_name == "courses":
            words = words.where(~words.isin(NO_VALUE), rows["drug"])
        if table_name == "doses" and column == "course" and courses is not None:
            named = pd.MultiIndex.from_frame(rows[["case_id", "course"]])
            words = pd.Series(courses.reindex(named).to_numpy(), index=rows.index).fillna(words)
        if table_name == "tests":
            words = words.map(analyte).astype(object)
        about = about + words.map(lambda text: first_names.get(text.casefold(), text.casefold())).astype(object) + ";"
    place = about.groupby([rows["case_id"], about], sort=False).cumcount().astype(str)
    return about + place.astype(object)


def _same(left: pd.Series, kept: pd.Series, first_names: dict[str, str]) -> pd.Series:
    """Whether two cells say the same: in other letters, as another spelling of a number, under another known name.

    An origin `onset:<reaction>` names its reaction as the analyst does: only that it is an onset compares.
    """

    def plain(text: str) -> str:
        small = text.casefold()
        return first_names.get(small, "onset" if small.startswith("onset:") else small)

    return (left.map(plain) == kept.map(plain)) | (numbers(left) == numbers(kept))


def _same_country(left: pd.Series, kept: pd.Series) -> pd.Series:
    codes = left.map(alpha_2)
    return (codes == kept.map(alpha_2)) & (codes != "")
