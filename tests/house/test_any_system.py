"""Linux, macOS and Windows: nothing on the way is of one system alone, and every text says its encoding and line ends."""

import ast
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from functools import cache

import pytest

from tests.conftest import REPOSITORY

ONE_SYSTEM = ("_winapi", "crypt", "fcntl", "grp", "msvcrt", "nis", "posix", "pty", "pwd", "resource", "spwd", "syslog",
              "termios", "tty", "winreg")  # fmt: skip
"""Modules of Python that only some systems have."""
LINUX_NAMES = {"AF_UNIX", "WNOHANG", "fork", "getuid", "geteuid", "killpg", "mkfifo", "poll", "POLLIN", "POLLRDHUP", "recv_fds",
               "send_fds", "setsid", "SIGALRM", "SIGHUP", "SIGKILL", "SIGPIPE", "waitpid", "waitstatus_to_exitcode"}  # fmt: skip
"""Names in modules of Python that Windows does not have."""
ASKS_FIRST = {"workflow/warm.py": 'if sys.platform == "linux" else'}
"""Files that use such names, and the words with which they ask for the system before."""
FILES = [file for top in ("schemas", "scripts", "workflow") for file in sorted((REPOSITORY / top).rglob("*.py"))]
FILES.append(REPOSITORY / "tests/conftest.py")
MODES = ("r", "w", "a", "x", "r+", "w+", "a+", "wt", "rt")
WITHOUT = f"""
import os, select, signal, socket, sys
for name in {ONE_SYSTEM}:
    if name not in ("posix", "msvcrt"):  # by these Python knows on which system it is
        sys.modules[name] = None
for module in (os, select, signal, socket):
    for name in {sorted(LINUX_NAMES - {"waitpid", "waitstatus_to_exitcode", "WNOHANG"})}:
        if hasattr(module, name):
            delattr(module, name)
import importlib
from pathlib import Path
for top in ("schemas", "scripts", "workflow"):
    for file in sorted(Path(top).rglob("*.py")):
        if file.stem not in ("__main__", "start_job"):
            importlib.import_module(".".join(file.with_suffix("").parts))
sys.platform = "another"
from tests.whole_line import Line
from workflow import locks, warm
class Data(Line):
    def tasks(self):
        return {{name: task for name, task in super().tasks().items() if name in self.steps}}
    steps = ("ingest.typed", "validate", "assemble", "derive")
home = Path(sys.argv[1]).resolve()
assert Data(home).run() == list(Data.steps)
with warm.beside(["derive"], {{}}) as environment:
    assert environment == {{}}
held = locks.take_run(home / "data/processed/small")
from scripts.figures import at_once
drawn = []
at_once.each(drawn.append, ["onset", "swimmer"], 2)
assert drawn == ["onset", "swimmer"]
"""


@cache
def nodes() -> list[tuple[str, ast.AST]]:
    """Every import, attribute and call, with its file."""
    kinds = (ast.Import, ast.ImportFrom, ast.Attribute, ast.Call)
    return [
        (file.relative_to(REPOSITORY).as_posix(), node)
        for file in FILES
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, kinds)
    ]


def of_kind(kind: type[ast.AST]) -> Iterator[tuple[str, ast.AST]]:
    return ((file, node) for file, node in nodes() if isinstance(node, kind))


def test_no_module_of_one_system_is_imported():
    names = [(file, alias.name) for file, node in of_kind(ast.Import) for alias in node.names]
    names += [(file, node.module or "") for file, node in of_kind(ast.ImportFrom)]
    assert [(file, module) for file, module in names if module.partition(".")[0] in ONE_SYSTEM] == []


def test_what_linux_alone_has_is_used_only_where_the_system_was_asked_for():
    files = {file for file, node in of_kind(ast.Attribute) if node.attr in LINUX_NAMES}
    assert files == set(ASKS_FIRST)
    assert [file for file, words in ASKS_FIRST.items() if words not in (REPOSITORY / file).read_text("utf-8")] == []


def test_every_text_file_says_its_encoding_and_its_line_ends():
    """Windows would take another encoding, and write another line end."""
    assert [f"{file}: {ast.unparse(call)}" for file, call in of_kind(ast.Call) if wanting(call)] == []


def wanting(call: ast.Call) -> set[str]:
    """What a call that reads or writes text leaves to the system."""
    callee = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    given = {keyword.arg for keyword in call.keywords}
    mode = next((word.value for word in call.args if isinstance(word, ast.Constant) and word.value in MODES), "")
    if callee == "write_text" and isinstance(call.func, ast.Attribute):
        return {"encoding", "newline"} - given
    if callee == "read_text" and isinstance(call.func, ast.Attribute) and not call.args:
        return {"encoding"} - given
    if callee == "open" and (mode or "encoding" in given):
        return {"encoding", *(["newline"] if mode[:1] in ("w", "a", "x") else [])} - given
    if callee in ("run", "Popen") and given & {"text", "universal_newlines"}:
        return {"encoding"} - given
    return set()


@pytest.mark.long
def test_the_data_side_of_the_line_runs_without_what_one_system_alone_has(tmp_path):
    """Every module is loaded, a study goes as far as its derived tables, locks are taken, figures drawn one by one."""
    home = shutil.copytree(REPOSITORY / "tests/studies/small", tmp_path / "study")
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT, str(home)], cwd=REPOSITORY, capture_output=True, encoding="utf-8",
        env=os.environ | {"PYTHONPATH": str(REPOSITORY)}, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
