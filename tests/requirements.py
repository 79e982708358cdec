"""docs/requirements.md: each promise of the README and each rule of the data, with the tests that hold it.

`python -m tests.requirements` writes the page; a test compares it. The promises and their tests stand in
requirements.yaml beside this file; the tests of a rule are those in whose source its code stands.
"""

import ast
import csv
import re
from functools import cache
from pathlib import Path

import yaml

REPOSITORY = Path(__file__).resolve().parents[1]
PAGE = REPOSITORY / "docs/requirements.md"
OF_RULES = ("tests/validate", "tests/ingest", "tests/assemble", "tests/decisions", "tests/workflow")
CODE = re.compile(r"\bQ\d\d\b|(?<=[\"'])[a-z_]+(?=[\"'])")
"""How a rule is named in a test: a number, or the word of a contract in quotation marks."""
HEAD = """# Requirements and the tests that hold them

Written by `make requirements` from `tests/requirements.yaml`, the code list of rules and the tests themselves. A test keeps it in step.
`make test` and `make test-long` run them, `make test-page` those of `report/test_page.py`; one alone: `python -m pytest PATH`.
"""


def promises() -> dict[str, list[str]]:
    """Words of the README -> paths of tests, each a folder, a file or `file::test`."""
    return yaml.safe_load((REPOSITORY / "tests/requirements.yaml").read_text(encoding="utf-8"))


def rules() -> dict[str, str]:
    """Code -> what the rule is called."""
    with (REPOSITORY / "schemas/codelists/rules.csv").open(encoding="utf-8", newline="") as handle:
        return {row["code"]: row["label"] for row in csv.DictReader(handle)}


def is_there(test: str) -> bool:
    """Whether a folder or file of tests, or a test function, exists."""
    path, _, function = test.partition("::")
    place = REPOSITORY / path
    return place.exists() if not function else place.is_file() and function in _functions(place)


def _functions(file: Path) -> dict[str, str]:
    """Test function -> its source, its table of cases included."""
    text = file.read_text(encoding="utf-8")
    functions = {}
    for part in ast.parse(text).body:
        if isinstance(part, ast.FunctionDef) and part.name.startswith("test_"):
            lines = text.splitlines()[
                min([part.lineno, *(decorator.lineno for decorator in part.decorator_list)]) - 1 : part.end_lineno
            ]
            functions[part.name] = "\n".join(lines)
    return functions


@cache
def _held_bys() -> dict[str, list[str]]:
    """Code -> the tests that name it; the file where the code stands in a table outside a function."""
    holders: dict[str, list[str]] = {}
    files = [file for folder in OF_RULES for file in sorted((REPOSITORY / folder).rglob("test_*.py"))]
    for file in [*files, REPOSITORY / "tests/test_bad_input.py"]:
        path, text = file.relative_to(REPOSITORY).as_posix(), file.read_text(encoding="utf-8")
        inside = {function: set(CODE.findall(source)) for function, source in _functions(file).items()}
        for code in dict.fromkeys(CODE.findall(text)):
            named = [f"{path}::{function}" for function, codes in inside.items() if code in codes]
            holders.setdefault(code, []).extend(named or [path])
    return holders


SAID_IN_WORDS = {
    "no_cases": ["tests/test_bad_input.py::test_an_empty_series_is_refused"],
    "bounds": [
        "tests/validate/test_properties.py::test_every_injected_fault_is_reported_and_nothing_else_is_called_broken"
    ],
    "cell": ["tests/validate/test_properties.py::test_tables_of_any_cells_end_in_findings_never_in_a_traceback"],
}
"""Rules whose tests look at the words of the finding, or at all rules alike."""


def held_by(code: str) -> list[str]:
    """Those among the tests of `validate`, or else wherever the code stands."""
    if code in SAID_IN_WORDS:
        return SAID_IN_WORDS[code]
    holders = _held_bys().get(code, [])
    rule_tests = [test for test in holders if test.startswith("tests/validate/")]
    return rule_tests or holders


def page() -> str:
    """The text of docs/requirements.md."""
    rows = [f"| {words} | {_listed(tests)} |" for words, tests in promises().items()]
    of_rules = [f"| {code} | {label} | {_listed(held_by(code))} |" for code, label in rules().items()]
    return "\n".join([
        HEAD, "## Promises of the README", "", "| In the words of the README | Held by |", "|---|---|", *rows, "",
        "## Rules of the data", "", "| Rule | What it finds | Held by |", "|---|---|---|", *of_rules, "",
    ])  # fmt: skip


def _listed(tests: list[str]) -> str:
    return "<br>".join(f"`{test.removeprefix('tests/')}`" for test in tests)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
