"""config/README.md: every key of a study's config and every option of a format, written from their contracts.

`make dictionary` writes it; a test fails when it drifts.
"""

import importlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from schemas.config import Config
from scripts.commands.reading import formats

PAGE = Path(__file__).resolve().parents[1] / "config/README.md"
HEAD = """# The config of a study

Written from `schemas/config.py` and the readers by `make dictionary`. A config is one YAML file; its paths count from its own folder, and results
appear beside it. `config.yaml` here is the default study, with comments; `make new` writes one for you. A key that is not below is refused with
its name, and so is a key that stands twice (but not where another workflow imports this one as a module: Snakemake has read the file by then).

## Keys

"""
OPTIONS = """
## Options of the formats

They stand beside `name`, `format` and `path` in a line of `sources`; a format that is not here has none. Keys of `table` may stand in a
column map beside the table instead: [formats](../docs/formats.md).

"""
HEADS = ("Key", "Meaning", "Values", "Left out")


def text() -> str:
    """The content of config/README.md."""
    return HEAD + _table(HEADS, _keys(Config)) + OPTIONS + _table(("Formats", *HEADS), _options())


def _keys(model: type[BaseModel], above: str = "") -> Iterator[list[str]]:
    """A row for every key, those of a section under its name."""
    described = model.model_json_schema(by_alias=False)
    for key, field in model.model_fields.items():
        inside = [kind for kind in (field.annotation, *get_args(field.annotation)) if _is_section(kind)]
        if inside:
            words = field.description or (inside[0].__doc__ or "").strip().splitlines()[0]
            yield [f"`{above}{key}`", words, "list of" if key == "sources" else "section", _default(field)]
            yield from _keys(inside[0], f"{above}{key}.")
        else:
            values = _values(described["properties"][key])
            yield [f"`{above}{key}`", field.description or "", values, _default(field)]


def _options() -> Iterator[list[str]]:
    """Options that several formats have in common stand there once."""
    shared: dict[tuple[str, ...], list[str]] = {}
    for format_name, module in sorted(formats().items()):
        for key in _keys(importlib.import_module(module).Options):
            shared.setdefault(tuple(key), []).append(f"`{format_name}`")
    for option, names in shared.items():
        yield [", ".join(names), *option]


def _is_section(kind: object) -> bool:
    return isinstance(kind, type) and issubclass(kind, BaseModel)


def _values(schema: dict[str, Any]) -> str:
    """What a key may hold, in words."""
    if "enum" in schema:
        return ", ".join(f"`{value}`" for value in schema["enum"])
    if "const" in schema:
        return f"`{schema['const']}`"
    if "anyOf" in schema:
        return " or ".join(word for choice in schema["anyOf"] if (word := _values(choice)))
    kind = schema.get("type", "")
    if kind == "array":
        return f"list of {_values(schema.get('items', {})) or 'values'}"
    words = {"string": "text", "boolean": "`true`, `false`", "integer": "whole number", "object": "section", "null": ""}
    limits = [f"{sign} {schema[key]}" for key, sign in LIMITS.items() if key in schema]
    return " ".join([words.get(kind, kind), *limits])


LIMITS = {"exclusiveMinimum": "above", "exclusiveMaximum": "below", "minimum": "from", "maximum": "to"}


def _default(field: FieldInfo) -> str:
    if field.is_required():
        return "must be there"
    value = field.get_default(call_default_factory=True)
    if isinstance(value, BaseModel) or value in (None, "", [], {}):
        return ""
    return f"`{str(value).lower() if isinstance(value, bool) else value}`"


def _table(heads: tuple[str, ...], rows: Iterator[list[str]]) -> str:
    lines = [list(heads), ["---"] * len(heads), *rows]
    return "".join(
        "| " + " | ".join(" ".join(cell.split()).replace("|", "\\|") for cell in line) + " |\n" for line in lines
    )
