"""A store that grows from 1 to 40 quarters: what a quarter and a pair cost on the way, and how much memory either needs.

The quarters are small. Whatever is measured runs in a process of its own, whose imports are not counted.
"""

import json
import sys
import tempfile
from pathlib import Path
from time import process_time

from scripts.commands.reading import read
from scripts.ingest.store import command
from scripts.words.wording import counted
from tests.bench.faers_quarter import generate_several
from tests.bench.goals import MOST_MEMORY, goal
from tests.bench.own_process import used
from tests.bench.store import PAIR, TIMES

GROWTH = (1, 12, 40)


def run(reports: int = 15_000) -> None:
    """Print the growth and the ratios of processor time."""
    converting, there = 0.0, 0
    pairs: dict[int, float] = {}
    with tempfile.TemporaryDirectory() as folder_name:
        folder, store = Path(folder_name), Path(folder_name) / "store"
        quarters = generate_several(folder, GROWTH[-1], reports)
        for number in GROWTH:
            took, adding = _measured(folder, "add", store, *quarters[there:number])
            pairs[number], reading = _measured(folder, "pair", store)
            converting, there, added = converting + took, number, number - there
            here = counted(number, "quarter")
            print(
                f"  {here} of {reports} reports: the last {added} {took / added:.2f} s each, a pair {pairs[number]:.2f} s",
                flush=True,
            )
            goal(f"memory of adding to a store of {here}", adding, MOST_MEMORY, "MB")
            goal(f"memory of one more pair from {here}", reading, MOST_MEMORY, "MB")
    few, many = GROWTH[-2:]
    goal(f"one more pair from a {many}-quarter store over converting the quarters", pairs[many] / converting, 0.05)
    goal(f"a pair from {many} quarters over one from {few}", pairs[many] / pairs[few], round(many / few, 2))


def _measured(folder: Path, *given: object) -> tuple[float, float]:
    """Seconds of the processor for the work itself, and the peak of memory of its process in MB."""
    kept = folder / "took.json"
    peak = used("-m", "tests.bench.quarters", str(kept), *map(str, given)).peak
    return json.loads(kept.read_text(encoding="utf-8")), peak


def _add(store: str, *quarters: str) -> float:
    start = process_time()
    command.command(["add", *quarters, "--cores", "1", "--store", store])
    return process_time() - start


def _pair(store: str) -> float:
    """The least of several; what is loaded at first use is no part of one more."""
    times = []
    for _ in range(TIMES + 1):
        start = process_time()
        read("faers_ascii", Path(store), **PAIR)
        times.append(process_time() - start)
    return min(times[1:])


if __name__ == "__main__":
    kept, what, *given = sys.argv[1:]
    took = {"add": _add, "pair": _pair}[what](*given)
    Path(kept).write_text(json.dumps(took), encoding="utf-8")
