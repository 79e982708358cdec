"""Contract of a column map: which column of a table of patients is what (format `table`).

A YAML file beside the table, `cases.map.yaml` beside `cases.csv`, or the same keys in the entry of the source. Nothing is
read before a person has set `confirmed: yes`. A proposed map holds its proposals as comments that begin with `#?`: the
confirmation at the top accepts all that are still there, as they then stand.
"""

import re
from pathlib import Path
from typing import Any, Literal

from pydantic import Field, field_validator, model_validator

from schemas.codes import codes, labels
from schemas.faults import no_such
from schemas.fields import is_date
from schemas.map_column import SEVERAL, TARGETS, Column, as_text, reasons
from schemas.profile import Closed, checked

PROPOSED = "#? "
"""What a proposed line begins with."""
MARK = re.compile(r"^#\? ?", re.MULTILINE)
SAME = ("text", "code", "dose", "counts", "whole")
"""Kinds of target that may have one text for every row."""


class OfSource(Closed):
    """The source that the table was taken from: defaults of every row."""

    source_id: str = Field(default="", description="short name; left out, that of the file")
    kind: str = Field(default="article", description="a code of the list `source_kind`")
    citation: str = ""
    doi: str = ""
    pmid: str = ""
    published: str = ""
    extent_read: str = Field(default="", description="a code of the list `extent_read`")
    evidence_level: str = ""
    note: str = ""
    locator: str = Field(default="", description="where the table stands, as Table 1, page 4")
    status: str = Field(default="stated", description="a code of the list `status`")

    @model_validator(mode="after")
    def _codes(self) -> "OfSource":
        lists = {
            "kind": "source_kind",
            "extent_read": "extent_read",
            "evidence_level": "evidence_level",
            "status": "status",
        }
        faults = [
            f"{field}: {no_such('code', given, codes(codelist))}"
            for field, codelist in lists.items()
            if (given := getattr(self, field)) and given not in codes(codelist)
        ]
        if self.published and not is_date(self.published):
            faults.append(f"published: '{self.published}' is no date such as 2019, 2019-03 or 2019-03-04")
        if faults:
            raise ValueError("\n".join(faults))
        return self

    @field_validator("published", mode="before")
    @classmethod
    def _year(cls, given: Any) -> Any:
        return str(given) if isinstance(given, int) and not isinstance(given, bool) else given


class ColumnMap(Closed):
    """A column map."""

    confirmed: bool = Field(
        default=False, description="yes, once a person has read every line below; nothing is read before"
    )
    sheet: str = Field(default="", description="sheet of a workbook; left out, the only one with cells")
    header_row: int = Field(default=1, ge=1, description="row that holds the headings")
    header_rows: int = Field(
        default=1, ge=1, le=3, description="how many rows the headings take; of two, `Patient: Age` is one heading"
    )
    decimal: Literal["point", "comma"] = Field(default="point", description="decimal sign of the file")
    dates: Literal["", "day_first", "month_first"] = Field(
        default="", description="what comes first in dates of numbers, such as 03/04/2019; left out, these are refused"
    )
    separator: str = Field(default="", description="what parts the cells of a CSV file; left out, it is looked for")
    source: OfSource = Field(default=OfSource(), description="the source, with locator and status of every row")
    case_prefix: str = Field(
        default="", description="put before every case number, so that two tables may both have a 1"
    )
    every: dict[str, str] = Field(
        default={}, description="target -> the one text that holds for every row, as drug, event"
    )
    missing: dict[str, str] = Field(
        default={}, description="tokens that stand for a reason for missing, in every column"
    )
    columns: dict[str, Column] = Field(
        default={}, description="heading -> target, or a section: target, unit, from, codes ..."
    )

    @field_validator("missing", mode="before")
    @classmethod
    def _tokens(cls, given: Any) -> Any:
        return as_text(given)

    @field_validator("missing")
    @classmethod
    def _reasons(cls, given: dict[str, str]) -> dict[str, str]:
        return reasons(given)

    @field_validator("every")
    @classmethod
    def _texts(cls, given: dict[str, str]) -> dict[str, str]:
        faults = []
        if blank := [f"'{target}'" for target, text in given.items() if target in TARGETS and not text.strip()]:
            has = "has" if len(blank) == 1 else "have"
            faults.append(f"{', '.join(blank)} {has} no text yet. Say which it is, or delete the line")
        faults += filter(None, (_fault_of_all(target, text) for target, text in given.items() if text.strip()))
        if faults:
            raise ValueError("\n".join(faults))
        return given

    @model_validator(mode="after")
    def _once(self) -> "ColumnMap":
        assignments = [
            (column_name, target)
            for column_name, column in self.columns.items()
            for target in (*column.targets, *column.others)
        ]
        given = [*(target for _, target in assignments), *self.every]
        if twice := next((target for target in given if given.count(target) > 1 and target not in SEVERAL), ""):
            named = [column_name for column_name, target in assignments if target == twice]
            raise ValueError(
                f"the target '{twice}' is assigned twice: {', '.join([*named, *(['every'] if twice in self.every else [])])}. Keep one"
            )
        return self


def _fault_of_all(target: str, text: str) -> str:
    """What is wrong with one text for every row; blank where nothing is."""
    if target not in TARGETS:
        return f"'{target}': {no_such('target', target, TARGETS)}"
    if TARGETS[target]["kind"] not in SAME:
        return f"'{target}' cannot be the same for every row; only texts, codes, doses and counts can"
    known = labels(TARGETS[target]["codelist"]) if TARGETS[target]["codelist"] else {}
    if known and text.casefold() not in {word.casefold() for pair in known.items() for word in pair}:
        return f"'{target}': {no_such('code', text, known)}"
    return ""


def load(path: Path) -> ColumnMap:
    """The map of a file, its proposals read too, so that all faults are told before it is confirmed. ValueError as `checked`."""
    return checked(ColumnMap, path, lambda text: MARK.sub("", text))
