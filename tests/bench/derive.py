"""`derive` for 5,000, 10,000 and 20,000 cases: processor time as ratios within the run, and the peak of memory.

Linear means that twice the cases cost twice the time, apart from what starting costs. The series are those of the bench
of `validate`: about ten rows a case.
"""

import tempfile
from pathlib import Path

import pandas as pd

from schemas.findings import findings
from scripts.files.tablefiles import write, write_reported
from tests.bench.goals import goal
from tests.bench.own_process import Used, used
from tests.bench.validation import PROFILE, series

SIZES, PEAK_GOAL, LINEAR_GOAL = (5_000, 10_000, 20_000), 0.5, 1.2
"""Greatest peak in GiB, and the greatest ratio of the time per case of the largest series to that of the smallest."""


def run() -> None:
    """Print per size the processor seconds without the start, the time per case against the smallest, and the peak."""
    start = used("-m", "scripts.derive", "--help").processor
    took = {size: _derived(size) for size in SIZES}
    per_case = {size: (usage.processor - start) / size for size, usage in took.items()}
    for size, usage in took.items():
        print(
            f"{size:,} cases: {usage.processor - start:.1f} s of processor, per case "
            f"{per_case[size] / per_case[SIZES[0]]:.2f} times that of {SIZES[0]:,}, "
            f"peak {usage.peak / 1024:.2f} GiB"
        )
    goal(f"time per case, {SIZES[-1]} cases over {SIZES[0]}", per_case[SIZES[-1]] / per_case[SIZES[0]], LINEAR_GOAL)
    goal(f"memory for {SIZES[-1]} cases", took[SIZES[-1]].peak, 1024 * PEAK_GOAL, "MB")


def _derived(size: int) -> Used:
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        tables = series(size)
        _write(place, tables)
        return used("-m", "scripts.derive", str(place / "series"), "--findings", str(place / "findings.csv"),
                    "--profile", str(PROFILE), "--settings", str(place / "settings.yaml"),
                    "--out", str(place / "derived"))  # fmt: skip


def _write(place: Path, tables: dict[str, pd.DataFrame]) -> None:
    """What `assemble` and `validate` would hand over: a series in which every case counts, without findings."""
    placed = {key: table.assign(at_file=f"{key}.csv", at_row=range(2, len(table) + 2)) for key, table in tables.items()}
    (place / "series").mkdir()
    write_reported(placed, place / "series")
    members = pd.DataFrame(
        {"set": "series_plus_new", "case_id": tables["cases"]["case_id"], "replaces": "", "inside": ""}
    )
    write(members, place / "series/membership.csv")
    write(findings([]), place / "findings.csv")
    (place / "settings.yaml").write_text("{}\n", encoding="utf-8")
