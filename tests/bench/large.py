"""The whole line for 15 to 100,000 cases, each room in a process of its own: what a case costs as the series grows, how much
memory the greediest room needs, and how much of the work the engines do.

Engine work is the processor time in which the innermost line of Python is one of a library (pandas, numpy, pandera,
lifelines, matplotlib and so on), by looking every few milliseconds; a call from our own line straight into compiled
code counts as ours. The bare engines would do that work alone, so that the ratio is that of the whole to it. Importing
counts for neither.
"""

import json
import os
import shutil
import signal
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from time import process_time
from types import FrameType

from tests.bench.goals import MOST_MEMORY, goal
from tests.bench.validation import series, write
from tests.conftest import REPOSITORY
from tests.whole_line import Line
from workflow import job

SIZES = (15, 1_000, 10_000, 100_000)
STUDY = REPOSITORY / "tests/studies/invented"
OURS = tuple(f"{REPOSITORY / folder}{os.sep}" for folder in ("scripts", "schemas", "workflow"))
IMPORTING = "<frozen importlib"
EVERY = 0.005


@dataclass(frozen=True)
class Room:
    """What a room used: seconds of the processor in our own lines and in those of libraries, and its peak of memory in MB."""

    ours: float
    engines: float
    peak: float


def run(*sizes: int) -> None:
    """Print per size each room, then the goals."""
    per_case = {}
    for size in sizes or SIZES:
        with tempfile.TemporaryDirectory() as folder:
            rooms = _rooms(_study(Path(folder), size))
        ours, engines = (sum(getattr(room, part) for room in rooms.values()) for part in ("ours", "engines"))
        per_case[size] = (ours + engines) / size
        print(f"{size} cases: {ours + engines:.1f} s of processor, {1000 * per_case[size]:.2f} ms a case", flush=True)
        for room_name, room in rooms.items():
            print(f"  {room_name:12s}ours {room.ours:8.2f} s, engines {room.engines:8.2f} s, {room.peak:6.0f} MB")
        goal(
            f"memory of the greediest room for {size} cases",
            max(room.peak for room in rooms.values()),
            MOST_MEMORY,
            "MB",
        )
    goal(f"our code over bare engine work at {size} cases", (ours + engines) / engines, 2)
    if len(per_case) > 1:
        *_, before, last = per_case
        goal(f"time per case, {last} cases over {before}", per_case[last] / per_case[before], 1.2)


def _study(home: Path, cases: int) -> Path:
    for file in ("study.yaml", "profile.yaml"):
        shutil.copy(STUDY / file, home / file)
    study = home / "study.yaml"
    study.write_text(study.read_text(encoding="utf-8").replace("2024-12-31", "2026-01-31"), encoding="utf-8")
    write(series(cases), home / "data")
    return home


def _rooms(home: Path) -> dict[str, Room]:
    """Run the line, every room in a child of this process, which itself stays small."""
    rooms: dict[str, Room] = {}
    in_this_process = job.main

    def in_a_child(sheet: Path, log: Path, room_name: str, given: list[str]) -> None:
        kept = home / "took.json"
        child = os.fork()
        if not child:
            os._exit(_in_child(lambda: in_this_process(sheet, log, room_name, given), kept))
        _, status, spent = os.wait4(child, 0)
        if status:
            sys.exit(f"{room_name} failed")
        rooms[room_name] = Room(*json.loads(kept.read_text(encoding="utf-8")), spent.ru_maxrss / 1024)

    job.main = in_a_child
    try:
        Line(home).run()
    finally:
        job.main = in_this_process
    return rooms


def _in_child(work: Callable[[], None], kept: Path) -> int:
    looks: Counter[str] = Counter()

    def look(_: int, frame: FrameType | None) -> None:
        looks[_work_of(frame)] += 1

    signal.signal(signal.SIGPROF, look)
    signal.setitimer(signal.ITIMER_PROF, EVERY, EVERY)
    begun = process_time()
    try:
        work()
    except SystemExit as end:
        if end.code:
            return 1
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
    each = (process_time() - begun) / max(looks.total(), 1)
    kept.write_text(json.dumps([each * looks["ours"], each * looks["engines"]]), encoding="utf-8")
    return 0


def _work_of(frame: FrameType | None) -> str:
    """Whose work goes on in the innermost line; a blank while something is imported."""
    innermost = frame.f_code.co_filename if frame else ""
    while frame:
        if frame.f_code.co_filename.startswith(IMPORTING):
            return ""
        frame = frame.f_back
    return "ours" if innermost.startswith(OURS) else "engines"


if __name__ == "__main__":
    run(*map(int, sys.argv[1:]))
