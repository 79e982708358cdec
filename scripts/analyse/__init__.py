"""From derived tables to results: numbers once, unrounded, with n, method and the cases behind them.

`estimators` are the statistics, pure functions on arrays. Each analysis is one file `results/of_<name>.py` with
`analyse(derived, conventions) -> (result rows, curve rows)`; the folder is the list. `standalone` offers the same
statistics for any CSV file. The rule: analyses never format, and bounds come before models.
"""

import importlib
from pathlib import Path

from schemas.results import Conventions
from scripts.commands.progress import counted
from scripts.files.bundle import Bundle


def analyses() -> list[str]:
    """Names of the analyses, read off the folder `results`."""
    return sorted(file.stem for file in (Path(__file__).parent / "results").glob("of_*.py"))


def run_all(derived: Bundle, conventions: Conventions) -> tuple[list[dict], list[dict]]:
    """Result rows and curve rows of every analysis."""
    rows, curves = [], []
    for analysis in counted(analyses(), "analyse: analyses"):
        results, steps = importlib.import_module(f"scripts.analyse.results.{analysis}").analyse(derived, conventions)
        rows += [{"analysis": analysis.removeprefix("of_")} | row for row in results]
        curves += [{"analysis": analysis.removeprefix("of_")} | step for step in steps]
    return rows, curves
