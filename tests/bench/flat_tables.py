"""A table with a row per patient beside pandas reading it, `read_csv(file)` as it comes; and how long proposing a map takes.

Processor time, and of each the least of ROUNDS. Nothing is asserted.
"""

import random
import tempfile
from collections.abc import Callable
from pathlib import Path
from time import process_time

import pandas as pd
import yaml

from scripts.ingest.flat_file import read_flat
from scripts.ingest.table import from_table
from scripts.ingest.table.proposal import propose
from tests.bench.goals import goal

ROWS, OF_A_MAP, ROUNDS = 100_000, 10_000, 7
EVERY = {"drug": "examplumab", "event": "blue rash"}
DAYS = {"unit": "d", "from": "first_dose"}
COLUMNS = {
    "Case": "case", "Sex": {"target": "sex", "codes": {"1": "M", "2": "F"}}, "Age": "age", "Country": "country",
    "Indication": "indication", "Cycle": "course_number", "Time to onset (days)": {"target": "onset", **DAYS},
    "Recovery": {"target": "resolution", "unit": "d", "from": "onset"}, "Outcome": "outcome", "Signs": "signs",
    "Ferritin": {"target": "test", "unit": "ug/L", "reference": "30-400"}, "Died": "died", "Treatment": "treatment",
}  # fmt: skip
CELLS = {
    "Sex": ["1", "2"], "Country": ["DE", "FR", "US"], "Indication": ["MS", "RA", "NR"], "Cycle": ["1", "2", "3"],
    "Recovery": ["2 wk", "3 d", "NR", "10 d"], "Outcome": ["recovered", "not recovered", "fatal"],
    "Signs": ["fever; cough", "cough", "fever; rash; cough"], "Died": ["yes", "no", ""],
    "Treatment": ["steroids", "none", "steroids; oxygen"], "Comment": ["", "seen late", "lost"],
}  # fmt: skip
PRINTED = ["{0}", "{0} d", "<{0}", "within {0} d", "~{0}", "{0}-{1} d"]


def run() -> None:
    """Print the ratio of reading, and the time of a proposal."""
    with tempfile.TemporaryDirectory() as folder:
        file = write(Path(folder), ROWS)
        plain = least(lambda: pd.read_csv(file))
        ours = least(lambda: from_table.read(file))
        print(f"table of {ROWS} rows: pandas {plain:.2f} s, ours {ours:.2f} s, ratio {ours / plain:.2f}")
        goal(f"a table of {ROWS} rows over pandas' reading", ours / plain, 5)
        few = read_flat(write(Path(folder), OF_A_MAP))
        goal(f"a map proposed for {OF_A_MAP} rows", least(lambda: propose(few, "cases")), 2, "s")


def write(folder: Path, rows: int) -> Path:
    """A plausible table with its map."""
    chance = random.Random(20251231)
    table = {"Case": [f"P{number}" for number in range(rows)]}
    table |= {column: chance.choices(cells, k=rows) for column, cells in CELLS.items()}
    table["Age"] = [str(chance.randint(18, 90)) for _ in range(rows)]
    table["Ferritin"] = [str(chance.randint(10, 900)) for _ in range(rows)]
    days = [chance.randint(1, 60) for _ in range(rows)]
    table["Time to onset (days)"] = [chance.choice(PRINTED).format(day, day + 3) for day in days]
    pd.DataFrame(table).to_csv(folder / "cases.csv", index=False)
    content = {"confirmed": True, "source": {"source_id": "S1"}, "every": EVERY, "columns": COLUMNS}
    (folder / "cases.map.yaml").write_text(yaml.safe_dump(content, sort_keys=False), encoding="utf-8")
    return folder / "cases.csv"


def least(work: Callable[[], object]) -> float:
    """Processor seconds, after one round that only warms up."""
    took = []
    for _ in range(ROUNDS + 1):
        before = process_time()
        work()
        took.append(process_time() - before)
    return min(took[1:])
