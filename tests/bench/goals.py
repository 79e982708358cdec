"""Goals of the benches: each is printed as `goal: ...`, and a bench that misses one ends with exit code 1."""

import json
import os
import sys
from dataclasses import asdict, dataclass

KEPT_IN = "DAHLIA_BENCH"
"""In the environment: the file to which figures are added, a line each, for docs/performance.md."""


@dataclass(frozen=True)
class Goal:
    """A figure and the most that it may be. unit: `x` for a ratio, MB for memory."""

    what: str
    figure: float
    most: float
    unit: str = "x"

    @property
    def met(self) -> bool:
        return self.figure <= self.most


def close(*goals: Goal) -> None:
    """Print the goals of a bench and keep them; exit code 1 where one is missed."""
    for goal in goals:
        print(
            f"  goal: {goal.what}: {goal.figure:.3g} {goal.unit}, at most {goal.most:g}{'' if goal.met else ': MISSED'}"
        )
    if file := os.environ.get(KEPT_IN):
        with open(file, "a", encoding="utf-8", newline="\n") as handle:
            handle.writelines(json.dumps(asdict(goal)) + "\n" for goal in goals)
    if not all(goal.met for goal in goals):
        sys.exit(1)
