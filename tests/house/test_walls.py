"""The walls: which module may import which, by whatever way of importing, and how many share a folder.

scripts/__init__.py says the same in words. An arrow that still crosses a wall stands in one of the tables below; a
table that lists an arrow which is gone fails too, so that the tables only grow shorter.
"""

import ast
import subprocess
import sys

import pytest

import scripts
from scripts.analyse import analyses
from scripts.commands.reading import formats
from scripts.documents import documents
from scripts.figures import names as figures
from scripts.tables import names as tables
from scripts.validate import every_rule
from tests.house.imports import (
    FLOORS,
    LEVEL,
    REPOSITORY,
    ROOMS,
    arrows,
    folder,
    modules,
    name_of,
    named,
    place,
)

MOST = 20
"""A folder with so many modules, its __init__ and __main__ apart, wants a wall."""
UPWARDS = {"scripts.commands.reading -> scripts.ingest"}
"""Floors that reach up: readers are found by the name of their format, for `ingest` and for `validate` on a raw source."""
STANDS_ON = {
    "analyse/results -> analyse/estimators",
    "documents/causality -> documents/words",
    "documents/cioms -> documents/words",
    "documents/e2b -> documents/words",
    "figures/cumulative -> figures/page",
    "figures/laboratory -> figures/page",
    "figures/swimmer -> figures/page",
    "ingest/faers -> ingest/store",
    "ingest/listing -> ingest/native",
    "ingest/openfda -> ingest/e2b",
    "ingest/workbook -> ingest/native",
    "ingest/workbook -> ingest/table",
}
"""Sub-rooms that stand on another one of their room, as rooms stand on floors (openFDA publishes elements of E2B R2; a
sheet of the entry workbook is a table with a row per patient, the others are native tables; a listing is saved
by the spreadsheets that save typed tables)."""
COUNTS_TIME = {
    "figures/figure_knowledge.py": "date_bounds: publication dates on an axis",
    "documents/document_summary_tabulation.py": "date_bounds: which reports fall into the period",
    "report/against.py": "lies_before: whether one patient's derived time lies before another's",
}
"""Product modules that count time themselves, and what for: dates of publication and receipt, which are no times of a
patient and which no derived table holds; and patients held against each other, for any that a reader names."""
PRODUCTS = ("tables", "figures", "documents", "report")


@pytest.mark.parametrize(
    "text",
    [
        "from scripts import words",
        "from scripts.words import wording",
        "from scripts.words.wording import cell",
        "import scripts.words.wording",
        "import scripts.words.wording as said",
        "from ..words import wording",
        "from .. import words",
        "def late():\n    from scripts.words import wording",
        "import importlib\nimportlib.import_module('scripts.words.wording')",
        "importlib.import_module(f'scripts.words.{name}')",
        "__import__('scripts.words.wording')",
        "import runpy\nrunpy.run_module('scripts.words.wording', run_name='__main__')",
        "runpy.run_path('scripts/words/wording.py')",
        "subprocess.run([sys.executable, '-m', 'scripts.words.wording'])",
        "monkeypatch.setattr('scripts.words.wording.cell', None)",
    ],
)
def test_every_way_of_importing_is_seen(text):
    modules_named = named(text)
    assert modules_named & {"scripts.words", "scripts.words.wording"}


def test_what_is_no_import_is_not_taken_for_one():
    assert named('"""See scripts.words."""\nprog = "python -m scripts.words"\nimport pandas') == set()


def test_a_package_counts_relative_imports_from_itself():
    assert named("from .wording import cell", "scripts.words", package=True) == {"scripts.words.wording"}
    assert named("from .wording import cell", "scripts.words.quantities") == {"scripts.words.wording"}


def test_every_folder_is_a_room_or_a_floor():
    folders = {file.parent.name for file in (REPOSITORY / "scripts").glob("*/*.py")}
    assert folders == ROOMS | set(LEVEL)
    assert not ROOMS & set(LEVEL)
    assert [file.name for file in (REPOSITORY / "scripts").glob("*.py")] == ["__init__.py"]


def test_the_order_of_floors_stands_in_words():
    lines = [line.strip() for line in (scripts.__doc__ or "").splitlines()]
    start = lines.index(", ".join(FLOORS[0]))
    assert lines[start : start + len(FLOORS)] == [", ".join(floors) for floors in FLOORS]


def test_rooms_import_floors_and_themselves():
    wrong = [
        f"{module} -> {other}"
        for module, other in arrows()
        if place(module) in ROOMS and place(other) not in {place(module), *LEVEL}
    ]
    assert wrong == []


def test_floors_import_lower_floors_and_themselves():
    wrong = {
        f"{module} -> {other}"
        for module, other in arrows()
        if place(module) in LEVEL
        and place(other) != place(module)
        and LEVEL.get(place(other), len(FLOORS)) >= LEVEL[place(module)]
    }
    assert wrong == UPWARDS


def test_contracts_import_nothing_of_ours_but_themselves():
    wrong = [
        f"{file.name} -> {other}"
        for file in (REPOSITORY / "schemas").glob("*.py")
        for other in named(file.read_text(encoding="utf-8"), f"schemas.{file.stem}")
    ]
    assert wrong == []


def test_sub_rooms_import_their_room_and_themselves():
    """The modules of a folder are for all folders inside it; what one of these has is not for the next."""
    crossings = set()
    for module, other in arrows():
        here, there = folder(module), folder(other)
        apart = not f"{here}/".startswith(f"{there}/") and not f"{there}/".startswith(f"{here}/")
        if place(module) == place(other) and apart:
            crossings.add(f"{here} -> {there}")
    assert crossings == STANDS_ON


def test_what_stands_on_another_is_not_stood_on_by_it():
    order = {tuple(arrow.split(" -> ")) for arrow in STANDS_ON}
    assert not {over for over, _ in order} & {under for _, under in order}


def test_rules_import_no_rule():
    crossings = [
        f"{module.rpartition('.')[2]} -> {other.rpartition('.')[2]}"
        for module, other in arrows()
        if ".rule_" in module and ".rule_" in other
    ]
    assert crossings == []


def test_products_count_no_time():
    """What a day is belongs to `derive`; a product prints the time it is given."""
    clock_modules = {
        module
        for module, other in arrows()
        if place(module) in PRODUCTS and (other == "scripts.clock" or place(other) == "clock")
    }
    files = {modules()[module].relative_to(REPOSITORY / "scripts").as_posix() for module in clock_modules}
    assert files == set(COUNTS_TIME)


def test_no_folder_is_crowded():
    folders = {file.parent for file in modules().values()}
    inside = {folder: [file for file in folder.glob("*.py") if not file.name.startswith("__")] for folder in folders}
    assert [f"{folder}: {len(files)}" for folder, files in inside.items() if len(files) >= MOST] == []


def test_every_folder_says_what_it_is():
    packages = [room for room, file in modules().items() if file.name == "__init__.py"]
    folders = {name_of(file.parent / "__init__.py") for file in modules().values()}
    assert set(packages) == folders
    words = {room: ast.get_docstring(ast.parse(modules()[room].read_text(encoding="utf-8"))) or "" for room in packages}
    assert [room for room in packages if "The rule" not in words[room] and room != "scripts"] == []


@pytest.mark.parametrize(
    ("room", "prefix", "found"),
    [
        ("ingest", "from_", [module.rpartition(".")[2] for module in formats().values()]),
        ("validate", "rule_", [rule.__name__.rpartition(".")[2] for rule in every_rule()]),
        ("analyse", "of_", analyses()),
        ("tables", "table_", [f"table_{member}" for member in tables()]),
        ("figures", "figure_", [f"figure_{member}" for member in figures()]),
        ("documents", "document_", [f"document_{member}" for member in documents()]),
    ],
)
def test_a_member_lies_where_its_kind_is_looked_for(room, prefix, found):
    there = [file.stem for file in (REPOSITORY / "scripts" / room).rglob(f"{prefix}*.py")]
    assert sorted(found) == sorted(there)
    assert len(set(there)) == len(there) > 1


def test_nothing_in_a_package_has_the_name_of_a_module_inside_it():
    """Importing the module would put it in the place of a function of that name, or not, as the order has it."""
    wrong = []
    for package, file in modules().items():
        inside = {module.removeprefix(f"{package}.") for module in modules() if module.rpartition(".")[0] == package}
        bound: set[str] = set()
        for node in ast.parse(file.read_text(encoding="utf-8")).body if file.name == "__init__.py" else []:
            if isinstance(node, ast.FunctionDef | ast.ClassDef):
                bound.add(node.name)
            elif isinstance(node, ast.Assign):
                bound |= {target.id for target in node.targets if isinstance(target, ast.Name)}
            elif isinstance(node, ast.Import | ast.ImportFrom) and getattr(node, "module", "") != package:
                bound |= {alias.asname or alias.name for alias in node.names}
        wrong += [f"{package}: {module}" for module in sorted(bound & inside)]
    assert wrong == []


def test_importing_the_floors_starts_no_room():
    floors = [module for module in modules() if place(module) in LEVEL]
    code = (
        "import importlib, sys\n"
        f"for name in {floors}: importlib.import_module(name)\n"
        "print(*(name for name in sys.modules if name.startswith('scripts.')))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=REPOSITORY, capture_output=True, text=True, check=True)
    assert {place(module) or module.partition(".")[2] for module in done.stdout.split()} == set(LEVEL)
