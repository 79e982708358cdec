"""Wording of the documents, kept in YAML files under `texts/` that a physician can edit.

A text may hold {names}; values are put in as they are and never read as templates or markup.
"""

from functools import cache
from pathlib import Path
from typing import Any

import yaml

from scripts.commands.messages import UserError

FOLDER = Path(__file__).parent / "texts"


@cache
def texts(file_name: str) -> dict[str, Any]:
    """The texts of one document."""
    return yaml.safe_load((FOLDER / f"{file_name}.yaml").read_text(encoding="utf-8"))


def fill(template: str, values: dict[str, object], place: str) -> str:
    """Put values into a text. UserError names the file and the {name} that no value has."""
    try:
        return template.format_map(values)
    except (KeyError, ValueError, IndexError) as fault:
        known = ", ".join(sorted(values))
        raise UserError(f"texts/{place}: no value for {fault} in '{template}'. Use: {known}.") from None
