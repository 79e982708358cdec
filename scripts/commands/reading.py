"""What a reader gives, and which readers there are: shared by `ingest` and by `validate` on a raw source."""

import importlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import pandas as pd
from pydantic import BaseModel, ValidationError

from schemas.books import NOT_SELECTED
from schemas.faults import lines, no_such
from schemas.findings import findings
from schemas.ledger import ledger
from scripts.commands.messages import UserError, shown


@dataclass(frozen=True)
class Reading:
    """What a reader found in one source.

    tables    reported tables by name, all cells text, with `at_file` and `at_row`; missing tables are empty
    findings  what could not be read, with place, reason and cure
    ledger    what entered, was selected or refused, with counts (stage `ingest`)
    not_selected  cases whose latest version has only a part of what was asked for: another source may hold an older one
    """

    tables: dict[str, pd.DataFrame]
    findings: pd.DataFrame = field(default_factory=lambda: findings([]))
    ledger: pd.DataFrame = field(default_factory=lambda: ledger([]))
    not_selected: pd.DataFrame = field(default_factory=lambda: not_selected([]))


def not_selected(rows: Sequence[dict[str, str]]) -> pd.DataFrame:
    """The book `not_selected` of a source."""
    return pd.DataFrame(list(rows), columns=list(NOT_SELECTED.columns), dtype=object)


def formats() -> dict[str, str]:
    """Format name -> module name, read off the folders of `ingest`, in the order of the names."""
    folders = Path(__file__).parents[1] / "ingest"
    modules = sorted(folders.glob("*/from_*.py"), key=lambda file: file.stem)
    return {file.stem.removeprefix("from_"): f"scripts.ingest.{file.parent.name}.{file.stem}" for file in modules}


def option_faults(form: str, options: Mapping[str, object]) -> list[str]:
    """What is wrong with a source's format and options, one line each; none where they can be used."""
    if form not in formats():
        return [f"format: {form}: {no_such('format', form, formats())}"]
    try:
        _options(form).model_validate(options)
    except ValidationError as faults:
        asked = _options(form)
        none = "" if asked.model_fields else f" The format {form} has none."
        return [line + none for line in lines(asked, faults, kind="option")]
    return []


def options_of(form: str) -> frozenset[str]:
    """The options that a format has; none of an unknown one."""
    return frozenset(_options(form).model_fields) if form in formats() else frozenset()


def _options(form: str) -> type[BaseModel]:
    return importlib.import_module(formats()[form]).Options


def read(form: str, path: Path, **options: object) -> Reading:
    """Read one source in the format `form`; UserError where the format has no such option or it is of a wrong kind."""
    if faults := option_faults(form, options):
        raise UserError("\n".join(f"{shown(path)}: {fault}" for fault in faults))
    asked = _options(form).model_validate(options).model_dump(exclude_unset=True)
    reading: Reading = importlib.import_module(formats()[form]).read(path, **asked)
    return replace(reading, findings=_placed(reading.findings, Path(path).name))


def _placed(found: pd.DataFrame, name: str) -> pd.DataFrame:
    """Findings on a source as a whole, as on what is asked of it, stand in none of its files: they name the source."""
    return found.assign(file=found["file"].where(found["file"] != "", name))
