"""Programs from outside the environment that some tests need: their marker, what to look for, what to install."""

import shutil
import subprocess
from dataclasses import dataclass
from importlib.util import find_spec


@dataclass(frozen=True)
class Program:
    """A program: what it is called, how to see that it is there, and the Debian packages that bring it."""

    name: str
    proof: tuple[str, ...]
    packages: str
    driver: str = ""
    """The Python package that drives it, where the environment does not hold it from the start."""

    def is_here(self) -> bool:
        if shutil.which(self.proof[0]) is None:
            return False
        return len(self.proof) == 1 or subprocess.run(self.proof, capture_output=True, check=False).returncode == 0


MARKERS = {
    "office": Program("LibreOffice", ("soffice",), "libreoffice-writer libreoffice-calc"),
    "page": Program("Chromium", ("chromium",), "chromium", driver="playwright"),
    "r": Program("R with its package survival", ("Rscript", "-e", "library(survival)"), "r-base-core r-cran-survival"),
}


def left_out(expression: str) -> list[str]:
    """A line for every marker that the expression leaves out."""
    why = {marker: f"what needs {program.name}" for marker, program in MARKERS.items()}
    why["long"] = "the checks repeated over every key, room, figure and fault"
    return [
        f"not run: {what}; make test-{marker} runs it" for marker, what in why.items() if f"not {marker}" in expression
    ]


def refusal(marker: str) -> str:
    """Why the tests with this marker cannot run here; empty if they can."""
    program = MARKERS[marker]
    if not program.is_here():
        return f"{program.name} is not installed. On Debian or Ubuntu: sudo apt install {program.packages}"
    return f"make test-{marker} installs {program.driver}." if program.driver and not find_spec(program.driver) else ""
