"""Every import of one module of ours by another, by whatever way of importing."""

import ast
import re
from functools import cache
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
FLOORS = (("clock",), ("records",), ("words",), ("files",), ("office", "e2b", "commands"))
"""From the lowest line of floors upwards; a floor imports the floors of lower lines."""
MODULE = re.compile(r"scripts(?:[./]\w+)+\.?")
LEVEL = {floor: level for level, floors in enumerate(FLOORS) for floor in floors}
ROOMS = {folder.parent.name for folder in (REPOSITORY / "scripts").glob("*/__main__.py")}


def name_of(file: Path) -> str:
    """scripts/words/wording.py -> scripts.words.wording; a package goes by the name of its folder."""
    return ".".join(file.relative_to(REPOSITORY).with_suffix("").parts).removesuffix(".__init__")


@cache
def modules() -> dict[str, Path]:
    return {name_of(file): file for file in sorted((REPOSITORY / "scripts").rglob("*.py"))}


@cache
def imported(file: Path) -> frozenset[str]:
    return frozenset(named(file.read_text(encoding="utf-8"), name_of(file), file.name == "__init__.py"))


def named(text: str, dotted: str = "scripts.here.module", package: bool = False) -> set[str]:
    """Our modules that a text imports or names in a string, from the file `dotted`; a member of a module is the module."""
    dotted_names: set[str] = set()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            dotted_names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            above = dotted.split(".")[: len(dotted.split(".")) - node.level + package] if node.level else []
            start = ".".join([*above, *([node.module] if node.module else [])])
            dotted_names |= {f"{start}.{alias.name}" for alias in node.names}
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and MODULE.match(node.value):
            dotted_names |= {MODULE.match(node.value)[0].replace("/", ".").removesuffix(".py").rstrip(".")}
    return {known(each) for each in dotted_names if each.partition(".")[0] in ("scripts", "tests", "workflow")}


def known(dotted: str) -> str:
    """The longest beginning that is a module."""
    parts = dotted.split(".")
    beginnings = [".".join(parts[:length]) for length in range(len(parts), 0, -1)]
    return next((beginning for beginning in beginnings if beginning in modules()), dotted)


def folder(module: str) -> str:
    """The folder of a module below scripts: `validate/rules/times`; of a name that is no module its first part."""
    file = modules().get(module)
    return file.parent.relative_to(REPOSITORY / "scripts").as_posix() if file else "/".join(module.split(".")[1:2])


def place(module: str) -> str:
    """The room or floor of a module."""
    return folder(module).partition("/")[0]


def arrows() -> list[tuple[str, str]]:
    return [(module, other) for module, file in modules().items() for other in sorted(imported(file))]
