"""Benchmarks as ratios within one run: `make bench`, or `python -m tests.bench NAME`.

Each module of this folder with a `run()` is a bench, prints its ratios with their goals, and runs in a process of its
own, so that no bench inherits what another left in memory. The exit code is 1 where a goal is missed or a bench fails;
docs/performance.md is written anew. No test depends on a time.
"""

import importlib
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from scripts.files.atomic import write_text
from tests.bench import goals

FILES = sorted(Path(__file__).parent.glob("*.py"))
NAMES = [file.stem for file in FILES if "\ndef run(" in file.read_text(encoding="utf-8")]


def main(wanted: list[str]) -> None:
    """One bench here, several each in its own process; ends with the names of those that failed."""
    if unknown := [bench for bench in wanted if bench not in NAMES]:
        sys.exit(f"no such bench: {', '.join(unknown)}. There are: {', '.join(NAMES)}.")
    if len(wanted) == 1:
        print(f"\n{wanted[0]}", flush=True)
        importlib.import_module(f"tests.bench.{wanted[0]}").run()
        goals.end(wanted[0])
        return
    with tempfile.TemporaryDirectory() as folder:
        kept = Path(folder) / "goals.jsonl"
        kept.touch()
        given = os.environ | {goals.KEPT_IN: str(kept)}
        commands = {bench: [sys.executable, "-m", "tests.bench", bench] for bench in wanted or NAMES}
        failed = [bench for bench, command in commands.items() if subprocess.run(command, env=given).returncode]
        rows = [json.loads(line) for line in kept.read_text(encoding="utf-8").splitlines()]
    before = goals.PAGE.read_text(encoding="utf-8") if goals.PAGE.exists() else ""
    write_text(goals.page(rows, before), goals.PAGE)
    if failed:
        sys.exit(f"benches that failed or missed a goal: {', '.join(failed)}")


if __name__ == "__main__":
    main(sys.argv[1:])
