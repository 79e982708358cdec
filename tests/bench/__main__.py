"""Benchmarks as ratios within one run: `make bench`, or `python -m tests.bench NAME`.

Each module of this folder with a `run()` is a bench, prints its ratios with their goals, and runs in a process of its
own, so that no bench inherits what another left in memory. No test depends on a time.
"""

import importlib
import subprocess
import sys
from pathlib import Path

FILES = sorted(Path(__file__).parent.glob("*.py"))
NAMES = [file.stem for file in FILES if "\ndef run(" in file.read_text(encoding="utf-8")]


def main(wanted: list[str]) -> None:
    """One bench here, several each in its own process; ends with the names of those that failed."""
    if unknown := [name for name in wanted if name not in NAMES]:
        sys.exit(f"no such bench: {', '.join(unknown)}. There are: {', '.join(NAMES)}.")
    if len(wanted) == 1:
        print(f"\n{wanted[0]}", flush=True)
        importlib.import_module(f"tests.bench.{wanted[0]}").run()
        return
    failed = [
        name for name in wanted or NAMES if subprocess.run([sys.executable, "-m", "tests.bench", name]).returncode
    ]
    if failed:
        sys.exit(f"benches that failed: {', '.join(failed)}")


if __name__ == "__main__":
    main(sys.argv[1:])
