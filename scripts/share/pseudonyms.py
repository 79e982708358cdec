"""Derived tables as a copy one may share: pseudonyms for cases, bands of age, regions for countries, no date, no words of a source."""

import csv
import hashlib
import math
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

import pandas as pd

from schemas.codes import MISSING, labels
from schemas.derived import DERIVED
from schemas.profile import Profile
from scripts.words.countries import alpha_2

MASKED = "masked"
"""The reason for missing that stands in place of what is not shared."""
BAND = 10
"""Years of a band of ages."""


def rules() -> dict[str, dict[str, str]]:
    """table -> column -> keep, band, region or known; what is not listed is not shared."""
    table_rules: dict[str, dict[str, str]] = {}
    with (Path(__file__).parent / "columns.csv").open(encoding="utf-8", newline="") as handle:
        for row in csv.DictReader(handle):
            table_rules.setdefault(row["table"], {}).update(dict.fromkeys(row["columns"].split(), row["rule"]))
    return table_rules


def numbered(names: Iterable[str], letter: str) -> dict[str, str]:
    """name -> P01, P02, ...: in the order of their SHA-256, so that a number tells neither name nor place in a list."""
    ordered = sorted(set(names) - {""}, key=lambda identifier: hashlib.sha256(identifier.encode()).hexdigest())
    digits = max(2, len(str(len(ordered))))
    return {identifier: f"{letter}{number:0{digits}}" for number, identifier in enumerate(ordered, start=1)}


def vocabulary(profile: Profile) -> frozenset[str]:
    """The words that say nothing of a person: those of the profile and the codes of origins, in small letters."""
    drug, event = profile.drug, profile.event
    groups = [*profile.groups, *(member for names in profile.groups.values() for member in names)]
    words = [drug.name, *drug.substances, event.name, *event.terms, *event.sentinel_signs, *groups, *labels("origin")]
    return frozenset(word.casefold() for word in words)


def shared(tables: Mapping[str, pd.DataFrame], known: frozenset[str]) -> tuple[dict[str, pd.DataFrame], dict[str, str]]:
    """The derived tables to share, in the order of their pseudonyms, and case -> pseudonym, which stays here.

    A table without rules is left without rows.
    """
    allowed, patients = rules(), tables["patients"]
    cases = numbered(patients["case_id"], "P")
    names = {"case_id": cases, "aggregate_id": numbered(patients["aggregate_id"], "A")}
    made = {}
    for table_name, contract in DERIVED.items():
        table = tables[table_name] if table_name in allowed else tables[table_name].iloc[:0]
        columns = {
            column: _column(table[column], names.get(column), allowed.get(table_name, {}).get(column, ""), known)
            for column in contract.columns
        }
        copy = pd.DataFrame(columns, index=table.index)
        made[table_name] = copy.sort_values("case_id", kind="stable").reset_index(drop=True) if len(copy) else copy
    return made, cases


def _column(cells: pd.Series, names: Mapping[str, str] | None, rule: str, known: frozenset[str]) -> pd.Series:
    if names is not None:
        return cells.map(lambda identifier: names.get(identifier, ""))
    if rule == "keep":
        return cells
    if rule == "band":
        return cells.map(lambda age: _band(age, upper=str(cells.name).endswith("upper")))
    if rule == "region":
        return cells.map(_region)
    if cells.dtype != object and not pd.api.types.is_string_dtype(cells):
        return (
            cells.map(lambda _: math.nan)
            if pd.api.types.is_float_dtype(cells)
            else cells.map(lambda _: cells.dtype.type())
        )
    return cells.map(lambda text: text if _may_stay(text, rule, known) else MASKED)


@cache
def regions() -> dict[str, str]:
    """Country (ISO 3166-1 alpha-2) -> its region (United Nations M49)."""
    with (Path(__file__).parent / "regions.csv").open(encoding="utf-8", newline="") as handle:
        return {code: row["region"] for row in csv.DictReader(handle) for code in row["countries"].split()}


def _region(country: str) -> str:
    """GB or United Kingdom -> Europe; a reason for missing stays, what is no country is masked."""
    return country if country in ("", *MISSING) else regions().get(alpha_2(country), MASKED)


def _may_stay(text: str, rule: str, known: frozenset[str]) -> bool:
    """Nothing, a reason for missing, or, under the rule `known`, a word of the vocabulary."""
    return text in ("", *MISSING) or (rule == "known" and text.casefold() in known)


def _band(age: str, *, upper: bool) -> str:
    """29 -> 20 as the lower and 29 as the upper end of its band; a reason for missing stays."""
    try:
        years = int(float(age))
    except ValueError:
        return age if age in ("", *MISSING) else MASKED
    start = years // BAND * BAND
    return str(start + BAND - 1 if upper else start)
