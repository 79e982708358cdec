"""What is wrong with a config, a profile or a reader's options, in words: one line per fault, with place and cure."""

import difflib
from collections.abc import Iterable, Mapping, Sequence
from types import UnionType
from typing import Any, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError

from schemas.patterns import WANTED
from schemas.yaml_files import Document

ALIKE = 0.6
LONGEST_SHOWN = 60
LONGEST_LIST = 30
"""More names than this are not listed in a message."""


def lines(
    model: type[BaseModel], faults: ValidationError, document: Document | None = None, kind: str = "key"
) -> list[str]:
    """One line per fault: `line 4: analysis.level: reason`, the line only where the document is given.

    kind: what the names of this model are called: a key of a file, an option of a format. A check that finds several things
    wrong with one place says each on a line of its own.
    """
    return [line for fault in faults.errors() for line in _lines(model, dict(fault), document, kind)]


def _lines(model: type[BaseModel], fault: Mapping[str, Any], document: Document | None, kind: str) -> list[str]:
    place = tuple(fault["loc"])
    line = document.line(place) if document else 0
    at = f"line {line}: " if line else ""
    where = ".".join(map(str, place)) or "the file"
    return [f"{at}{where}: {reason}" for reason in _reason(model, fault, place, document, kind).split("\n")]


def _reason(
    model: type[BaseModel], fault: Mapping[str, Any], place: tuple, document: Document | None, kind: str
) -> str:
    if fault["type"] == "extra_forbidden":
        return no_such(kind, str(place[-1]), _known(model, place[:-1]))
    if fault["type"] == "missing":
        return "this key is missing. Add it."
    if fault["type"] == "string_type" and document and (why := document.misread(place)):
        return f"{why}."
    if fault["type"] in ("model_type", "dict_type"):
        return "a section is wanted: keys with values, indented below."
    wanted = WANTED.get(fault["ctx"]["pattern"], "") if fault["type"] == "string_pattern_mismatch" else ""
    message = wanted or str(fault["msg"]).removeprefix("Value error, ")
    if isinstance(fault["input"], dict):
        return "\n".join(each if each.endswith((".", "?")) else f"{each}." for each in message.split("\n"))
    return f"{message} (found '{str(fault['input'])[:LONGEST_SHOWN]}')"


def no_such(kind: str, unknown_name: str, known: Iterable[str]) -> str:
    """That a name is not known, with the nearest one that is, or all of them where none is near."""
    known = list(known)
    spelled = {each.casefold(): each for each in known}
    close = difflib.get_close_matches(unknown_name.casefold(), spelled, n=1, cutoff=ALIKE)
    near = f" Did you mean '{spelled[close[0]]}'?" if close else ""
    every = f" There are: {', '.join(known)}." if known and len(known) <= LONGEST_LIST else ""
    return f"there is no such {kind}.{near}{every}"


def _known(model: type[BaseModel], place: Sequence[str | int]) -> list[str]:
    """The keys that a section of a model may have; none where the place leads to no section."""
    section: Any = model
    for part in place:
        section = _section(_field(section, part))
        if section is None:
            return []
    return list(section.model_fields)


def _field(section: Any, part: str | int) -> Any:
    """What the contract says of one key of a section, or of any entry of a list or mapping."""
    if isinstance(section, type) and issubclass(section, BaseModel):
        field = section.model_fields.get(str(part))
        return field.annotation if field else None
    arguments = get_args(section)
    return arguments[-1] if arguments else None


def _section(annotation: Any) -> Any:
    """The model, list or mapping that an annotation speaks of, without `None` beside it."""
    if get_origin(annotation) in (Union, UnionType):
        annotation = next(
            (argument for argument in get_args(annotation) if isinstance(argument, type) or get_args(argument)), None
        )
    return annotation
