"""Benchmarks as ratios within one run: `make bench`, or `python -m tests.bench NAME`.

Each module of this folder has `run()`, which prints its ratios. No test depends on a time.
"""

import importlib
import sys
from pathlib import Path

NAMES = sorted(file.stem for file in Path(__file__).parent.glob("[a-z]*.py"))

if __name__ == "__main__":
    for name in sys.argv[1:] or NAMES:
        print(f"\n{name}", flush=True)
        importlib.import_module(f"tests.bench.{name}").run()
