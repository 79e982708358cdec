"""Tables. Each `table_<name>.py` has `TITLE` and `build(displays) -> Shown`. Tables never compute."""

from pathlib import Path


def names() -> list[str]:
    """The tables of this folder."""
    return sorted(file.stem.removeprefix("table_") for file in Path(__file__).parent.glob("table_*.py"))
