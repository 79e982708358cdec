"""Contract of a column map: which column of a table of patients is what (format `table`).

A YAML file beside the table, `cases.map.yaml` beside `cases.csv`, or the same keys in the entry of the source. Nothing is
read before a person has set `confirmed: yes`. A proposed map holds its proposals as comments that begin with `#?`: the
confirmation at the top accepts all that are still there, as they then stand.
"""

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Literal

from pydantic import ConfigDict, Field, field_validator, model_validator

from schemas.codes import MISSING, codes, labels, rows
from schemas.faults import no_such
from schemas.fields import is_date
from schemas.profile import Closed, checked

TARGETS: dict[str, dict[str, str]] = {row["code"]: row for row in rows("flat_targets")}
"""What a column may be: code -> its row of the code list `flat_targets`."""
SEVERAL = ("sign", "test", "sentinel_sign", "causality", "signs", "note")
"""Targets that several columns may have."""
PROPOSED = "#? "
"""What a proposed line begins with."""
MARK = re.compile(r"^#\? ?", re.MULTILINE)
DOSES = ("first_dose", "last_dose")
SAME = ("text", "code", "dose", "counts", "whole")
"""Kinds of target that may have one text for every row."""
TIMED = ("time", "sign", "gap")


class Column(Closed):
    """One column: its target, and what its cells need to be understood."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)
    target: str = Field(description="what the column is: a code of `flat_targets`")
    unit: str = Field(
        default="", description="what bare numbers count: min, h, d, wk, mo, a, study_day; date; of a test: its unit"
    )
    counted_from: str = Field(
        default="",
        alias="from",
        description="where a time starts: first_dose, last_dose, onset, diagnosis, not_stated ...",
    )
    codes: dict[str, str] = Field(default={}, description="what each code of the column means: a code of our list")
    others: dict[str, dict[str, str]] = Field(
        default={}, description="what codes of the column say of other targets: target -> code -> a code of our list"
    )
    missing: dict[str, str] = Field(default={}, description="tokens of this column that stand for a reason for missing")
    separator: str | list[str] = Field(
        default="", description="what parts the entries of a list, one or several; left out, a semicolon or a comma"
    )
    name: str = Field(default="", description="name of the sign or test; left out, the heading")
    order: str = Field(default="", description="of signs without a time: first, with_first, later")
    reference: str = Field(default="", description="reference range of a test, as printed")
    method: str = Field(default="", description="method of a causality assessment")
    assessor: str = Field(default="", description="who judged; left out, authors")

    @model_validator(mode="before")
    @classmethod
    def _target_alone(cls, given: Any) -> Any:
        """`Age: age` is short for `Age: {target: age}`; codes and tokens may be numbers, or yes and no without quotes.

        A code with meanings for several targets, `"1": {outcome: recovered, died: no}`, is parted into `codes` and `others`.
        """
        if not isinstance(given, dict):
            return {"target": given}
        given = {key: _as_text(value) if key in ("codes", "missing") else value for key, value in given.items()}
        codes, target = given.get("codes"), given.get("target")
        if not isinstance(codes, dict) or not any(isinstance(meaning, dict) for meaning in codes.values()):
            return given
        several = {word: _as_text(meaning) for word, meaning in codes.items() if isinstance(meaning, dict)}
        others: dict[str, dict] = dict(given.get("others") or {})
        for word, meaning in several.items():
            for other in [other for other in meaning if other != target]:
                others[other] = others.get(other, {}) | {word: meaning[other]}
        own = {word: meaning.get(target, "") for word, meaning in several.items()}
        return given | {"codes": codes | own, "others": others}

    @field_validator("target")
    @classmethod
    def _known(cls, target: str) -> str:
        if target not in TARGETS:
            raise ValueError(no_such("target", target, TARGETS))
        return target

    @field_validator("missing")
    @classmethod
    def _reasons(cls, given: dict[str, str]) -> dict[str, str]:
        return reasons(given)

    @model_validator(mode="after")
    def _fits_its_target(self) -> "Column":
        if fault := next(filter(None, (self._unit(), self._origin(), self._meanings(), self._other_meanings())), ""):
            raise ValueError(fault)
        return self

    @property
    def kind(self) -> str:
        return TARGETS[self.target]["kind"]

    @property
    def targets(self) -> tuple[str, ...]:
        """What the column says something of: its target, or the two of a column of both."""
        return ("age", "sex") if self.kind == "age_sex" else (self.target,)

    def _unit(self) -> str:
        known = (
            (*codes("scale"), "date")
            if self.kind in TIMED
            else ("a", "mo", "wk", "d")
            if self.kind in ("age", "age_sex")
            else ()
        )
        if known and self.unit and self.unit not in known:
            return f"unit: {no_such('unit of time', self.unit, known)}"
        return ""

    def _origin(self) -> str:
        """A count needs an origin, and study days are counted from the first dose."""
        if self.kind not in TIMED:
            return "from: only a time is counted from something" if self.counted_from else ""
        known = ("previous_start", "previous_end") if self.kind == "gap" else (*codes("origin"), "onset")
        if self.counted_from and self.counted_from not in known and not self.counted_from.startswith("onset:"):
            return f"from: {no_such('origin', self.counted_from, known)}"
        if self.unit not in ("", "date") and not self.counted_from and self.kind != "gap":
            return "from: say what the time is counted from, as first_dose; not_stated where the source does not say"
        if self.unit == "study_day" and self.counted_from != "first_dose":
            return "unit: study days are counted from the first dose"
        return ""

    def _meanings(self) -> str:
        known = codes(TARGETS[self.target]["codelist"]) if TARGETS[self.target]["codelist"] else ()
        if self.target in ("sign", "test"):
            known = codes("occurred") if self.target == "sign" else codes("reading")
        if self.codes and not known:
            return f"codes: the target {self.target} has none"
        if blank := [f"'{word}'" for word, meaning in self.codes.items() if meaning == ""]:
            have = (
                "has no meaning yet. Say which it is" if len(blank) == 1 else "have no meaning yet. Say which each is"
            )
            return f"codes: {', '.join(blank)} {have}: {', '.join(known)}"
        for word, meaning in self.codes.items():
            if meaning not in known and meaning not in MISSING:
                return f"codes: '{word}' means '{meaning}': {no_such('code', meaning, known)}"
        if self.order and self.order not in codes("onset_order"):
            return f"order: {no_such('order', self.order, codes('onset_order'))}"
        return ""

    def _other_meanings(self) -> str:
        if self.others and self.kind != "code":
            return f"codes: the target {self.target} has none, and says nothing of another"
        for target, meanings in self.others.items():
            coded = {code: row for code, row in TARGETS.items() if row["kind"] == "code" and code != self.target}
            if target not in coded:
                return f"codes: {no_such('target with codes', target, coded)}"
            known = codes(coded[target]["codelist"])
            for word, meaning in meanings.items():
                if meaning not in known and meaning not in MISSING:
                    return f"codes: '{word}' means '{meaning}' as {target}: {no_such('code', meaning, known)}"
        return ""


def _as_text(given: Any) -> Any:
    """Keys and values of a mapping as the text that was typed; YAML makes truth values and numbers of some."""
    if not isinstance(given, dict):
        return given
    return {_word(key): _word(value) for key, value in given.items()}


def _word(value: Any) -> Any:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(value) if isinstance(value, int | float) else value


def reasons(given: dict[str, str]) -> dict[str, str]:
    """Tokens with the reasons for missing they stand for; ValueError where one is no reason."""
    if blank := [f"'{token}'" for token, reason in given.items() if not reason]:
        raise ValueError(f"{', '.join(blank)}: say which reason: {', '.join(MISSING)}")
    for token, reason in given.items():
        if reason not in MISSING:
            raise ValueError(f"'{token}': {no_such('reason for missing', reason, labels('missing'))}")
    return given


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
        for name, codelist in lists.items():
            given = getattr(self, name)
            if given and given not in codes(codelist):
                raise ValueError(f"{name}: {no_such('code', given, codes(codelist))}")
        if self.published and not is_date(self.published):
            raise ValueError(f"published: '{self.published}' is no date such as 2019, 2019-03 or 2019-03-04")
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
        return _as_text(given)

    @field_validator("missing")
    @classmethod
    def _reasons(cls, given: dict[str, str]) -> dict[str, str]:
        return reasons(given)

    @field_validator("every")
    @classmethod
    def _texts(cls, given: dict[str, str]) -> dict[str, str]:
        if blank := [f"'{target}'" for target, text in given.items() if target in TARGETS and not text.strip()]:
            has = "has" if len(blank) == 1 else "have"
            raise ValueError(f"{', '.join(blank)} {has} no text yet. Say which it is, or delete the line")
        for target in given:
            if target not in TARGETS:
                raise ValueError(no_such("target", target, TARGETS))
            if TARGETS[target]["kind"] not in SAME:
                raise ValueError(
                    f"'{target}' cannot be the same for every row; only texts, codes, doses and counts can"
                )
            known = labels(TARGETS[target]["codelist"]) if TARGETS[target]["codelist"] else {}
            if known and given[target].casefold() not in {word.casefold() for pair in known.items() for word in pair}:
                raise ValueError(f"'{target}': {no_such('code', given[target], known)}")
        return given

    @model_validator(mode="after")
    def _once(self) -> "ColumnMap":
        own = [(name, target) for name, column in self.columns.items() for target in (*column.targets, *column.others)]
        given = [*(target for _, target in own), *self.every]
        if twice := next((target for target in given if given.count(target) > 1 and target not in SEVERAL), ""):
            named = [name for name, target in own if target == twice]
            raise ValueError(
                f"the target '{twice}' is assigned twice: {', '.join([*named, *(['every'] if twice in self.every else [])])}. Keep one"
            )
        return self


def headings(given: Iterable[str]) -> dict[str, str]:
    """Headings as they are compared: blanks and line ends as one blank, capitals aside -> as typed."""
    return {" ".join(name.split()).casefold(): name for name in given}


def load(path: Path) -> ColumnMap:
    """The map of a file, its proposals read too, so that all faults are told before it is confirmed. ValueError as `checked`."""
    return checked(ColumnMap, path, lambda text: MARK.sub("", text))
