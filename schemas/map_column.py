"""Contract of one column of a column map: its target, and what its cells need to be understood."""

from typing import Any

from pydantic import ConfigDict, Field, field_validator, model_validator

from schemas.codes import MISSING, codes, labels, rows
from schemas.faults import no_such
from schemas.profile import Closed

TARGETS: dict[str, dict[str, str]] = {row["code"]: row for row in rows("flat_targets")}
"""What a column may be: code -> its row of the code list `flat_targets`."""
SEVERAL = ("sign", "test", "sentinel_sign", "causality", "signs", "note")
"""Targets that several columns may have."""
DOSES = ("first_dose", "last_dose")
TIMED = ("time", "sign", "gap")
OF_PATIENT = "patient"
"""What the code of a visit means whose row tells of the patient; the others mean the number of an exposure."""


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
        given = {key: as_text(value) if key in ("codes", "missing") else value for key, value in given.items()}
        codes, target = given.get("codes"), given.get("target")
        if not isinstance(codes, dict) or not any(isinstance(meaning, dict) for meaning in codes.values()):
            return given
        several = {word: as_text(meaning) for word, meaning in codes.items() if isinstance(meaning, dict)}
        others: dict[str, dict] = dict(given.get("others") or {})
        for word, meaning in several.items():
            for other in [other for other in meaning if other != target]:
                others[other] = others.get(other, {}) | {word: meaning[other]}
        target_codes = {word: meaning.get(target, "") for word, meaning in several.items()}
        return given | {"codes": codes | target_codes, "others": others}

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
        if faults := [*filter(None, (self._unit(), self._origin(), self._order())), *self._meanings(), *self._others()]:
            raise ValueError("\n".join(faults))
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

    def _order(self) -> str:
        known = codes("onset_order")
        return f"order: {no_such('order', self.order, known)}" if self.order and self.order not in known else ""

    def _meanings(self) -> list[str]:
        known = codes(TARGETS[self.target]["codelist"]) if TARGETS[self.target]["codelist"] else ()
        if self.target in ("sign", "test"):
            known = codes("occurred") if self.target == "sign" else codes("reading")
        if self.target == "visit":
            known = (OF_PATIENT, *sorted({meaning for meaning in self.codes.values() if is_place(meaning)} | {"1"}))
        if self.codes and not known:
            return [f"codes: the target {self.target} has none"]
        faults = []
        if blank := [f"'{word}'" for word, meaning in self.codes.items() if meaning == ""]:
            have = (
                "has no meaning yet. Say which it is" if len(blank) == 1 else "have no meaning yet. Say which each is"
            )
            faults.append(f"codes: {', '.join(blank)} {have}: {', '.join(known)}")
        return faults + _unknown_meanings(self.codes, known)

    def _others(self) -> list[str]:
        if self.others and self.kind != "code":
            return [f"codes: the target {self.target} has none, and says nothing of another"]
        coded = {code: row for code, row in TARGETS.items() if row["kind"] == "code" and code != self.target}
        faults = []
        for target, meanings in self.others.items():
            if target not in coded:
                faults.append(f"codes: {no_such('target with codes', target, coded)}")
            else:
                faults += _unknown_meanings(meanings, codes(coded[target]["codelist"]), f" as {target}")
        return faults


def is_place(text: str) -> bool:
    """Whether a text is the number of an exposure: 1, 2, ..."""
    return text.isascii() and text.isdigit() and not text.startswith("0")


def _unknown_meanings(given: dict[str, str], known: tuple[str, ...], target: str = "") -> list[str]:
    """What codes are said to mean that is no code of ours and no reason for missing."""
    return [
        f"codes: '{word}' means '{meaning}'{target}: {no_such('code', meaning, known)}"
        for word, meaning in given.items()
        if meaning != "" and meaning not in known and meaning not in MISSING
    ]


def as_text(given: Any) -> Any:
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
    faults = []
    if blank := [f"'{token}'" for token, reason in given.items() if not reason]:
        faults.append(f"{', '.join(blank)}: say which reason: {', '.join(MISSING)}")
    faults += [
        f"'{token}' stands for '{reason}': {no_such('reason for missing', reason, labels('missing'))}"
        for token, reason in given.items()
        if reason and reason not in MISSING
    ]
    if faults:
        raise ValueError("\n".join(faults))
    return given
