"""Goals of the benches: each is printed under its bench, a missed one ends the bench with exit code 1, and docs/performance.md
has them all, beside the figures that stood there before.
"""

import json
import os
import platform
import re
import sys
from dataclasses import asdict, dataclass
from importlib import metadata
from pathlib import Path

from schemas.packages import PACKAGES

PAGE = Path(__file__).resolve().parents[2] / "docs/performance.md"
KEPT_IN = "DAHLIA_BENCH"
"""In the environment of a bench: the file to which its goals are added, a line each."""
MOST_MEMORY = 2048
"""MB, everywhere."""
HEAD = """# Performance

Written by `make bench`, each bench in a process of its own, which ends with an error where a goal is missed. A ratio is taken within one run, so that it
tells of the program and not of the machine; MB are peaks of resident memory. "Before" is what stood here when the bench was run.

"""
ROW = re.compile(r"^\| (?P<bench>[^|]+) \| (?P<what>[^|]+) \| (?P<figure>[^|]+) \| (?P<most>[^|]+) \|", re.MULTILINE)
_told: list["Goal"] = []


@dataclass(frozen=True)
class Goal:
    """A figure and the most that it may be. unit: `x` for a ratio, `MB`, or `s` of the machine at hand."""

    what: str
    figure: float
    most: float
    unit: str = "x"

    @property
    def met(self) -> bool:
        return self.figure <= self.most


def goal(what: str, figure: float, most: float, unit: str = "x") -> None:
    """Print a figure beside its goal."""
    aim = Goal(what, round(figure, 3), most, unit)
    _told.append(aim)
    print(f"  goal: {what}: {figure:.3g} {unit}, at most {most:g}{'' if aim.met else ': MISSED'}", flush=True)


def end(bench: str) -> None:
    """Keep the goals of a bench; exit code 1 where one is missed."""
    if file := os.environ.get(KEPT_IN):
        with open(file, "a", encoding="utf-8", newline="\n") as handle:
            handle.writelines(json.dumps({"bench": bench, **asdict(aim)}) + "\n" for aim in _told)
    if not all(aim.met for aim in _told):
        sys.exit(1)


def page(rows: list[dict], before: str) -> str:
    """docs/performance.md with the figures of this run; those of benches that were not run stay as they stood."""
    earlier = {(match["bench"], match["what"]): match for match in ROW.finditer(before)}
    run = {row["bench"] for row in rows}
    lines = {key: match[0] for key, match in earlier.items() if key[0] not in run | {"Bench", "---"}}
    for row in rows:
        key = (row["bench"], row["what"])
        last = earlier[key]["figure"] if key in earlier else ""
        told = f"{row['figure']:.3g} {row['unit']}{'' if row['figure'] <= row['most'] else ' (missed)'}"
        lines[key] = f"| {key[0]} | {key[1]} | {told} | {row['most']:g} {row['unit']} | {last} |"
    head = ["| Bench | What | Figure | At most | Before |", "| --- | --- | --- | --- | --- |"]
    return HEAD + _machine() + "\n".join([*head, *(_five(lines[key]) for key in sorted(lines))]) + "\n"


def _five(line: str) -> str:
    """A row that stayed has no figure before it."""
    return line if line.count("|") == 6 else f"{line}  |"


def _machine() -> str:
    names = ("python", *PACKAGES, "snakemake")
    versions = ", ".join(
        f"{tool} {platform.python_version() if tool == 'python' else metadata.version(tool)}" for tool in names
    )
    system = f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores"
    return f"The last run: {system}; {versions}.\n\n"
