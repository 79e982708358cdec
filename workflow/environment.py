"""What is written from pyproject.toml: environment.yml and workflow/envs/rooms.yml for conda, and the Dockerfile.

    python -m workflow.environment

A test fails when they drift. Names that differ on conda-forge stand in CONDA_NAMES.
"""

import re
import tomllib
from collections.abc import Iterable
from pathlib import Path

from scripts.files.atomic import write_text
from workflow.study import ENVIRONMENT

REPOSITORY = Path(__file__).resolve().parents[1]
CONDA_NAMES = {
    "duckdb": "python-duckdb",
    "isal": "python-isal",
    "matplotlib": "matplotlib-base",
    "pandera[pandas]": "pandera-pandas",
    "snakemake": "snakemake-minimal",
}
FOR_TESTS = ("hatchling", "hypothesis", "pytest", "pytest-xdist", "pypdf", "surpyval")
NOT_ON_CONDA = ("surpyval",)
RUNS_THE_ROOMS = ("snakemake",)
"""What runs the rooms and is none of theirs: `--sdm conda` brings its own."""
PERSON = """# For conda users: conda env create -f environment.yml. Written from pyproject.toml by `make environment`;
# `make` itself uses requirements.lock.
name: dahlia
"""
ROOMS = """# What the rooms of the workflow need under `snakemake --sdm conda`. Written from pyproject.toml by `make environment`.
"""
DOCKERFILE = """# A container with the command `dahlia`: docker build -t dahlia . && docker run -v "$PWD:/study" dahlia run
# Written from pyproject.toml by `make environment`, and kept in step by a test. It has not been built by its authors.
FROM python:{python}-slim
COPY . /dahlia
RUN pip install --no-cache-dir --require-hashes -r /dahlia/requirements.lock \\
 && pip install --no-cache-dir --no-deps --no-build-isolation /dahlia
WORKDIR /study
ENTRYPOINT ["dahlia"]
"""


def files() -> dict[str, str]:
    """The content of each of the files, by its path in the repository."""
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    requirements = project["dependencies"]
    dev = [line for line in project["optional-dependencies"]["dev"] if _split(line)[0] in FOR_TESTS]
    rooms = [line for line in requirements if _split(line)[0] not in RUNS_THE_ROOMS]
    python = project["requires-python"]
    return {
        "environment.yml": PERSON + _conda(python, [*requirements, *dev]),
        ENVIRONMENT: ROOMS + _conda(python, rooms),
        "Dockerfile": DOCKERFILE.format(python=python.removeprefix(">=")),
    }


def _conda(python: str, lines: Iterable[str]) -> str:
    """Channels and dependencies of an environment that has these requirements."""
    wanted = [_split(line) for line in lines]
    conda = sorted(
        f"{CONDA_NAMES.get(package, package)}{version}" for package, version in wanted if package not in NOT_ON_CONDA
    )
    pip = sorted(f"{package}{version}" for package, version in wanted if package in NOT_ON_CONDA)
    listed = [
        "channels:",
        "  - conda-forge",
        "  - bioconda",
        "dependencies:",
        f"  - python{python}",
        *(f"  - {line}" for line in conda),
    ]
    if pip:
        listed += ["  - pip", "  - pip:", *(f"      - {line}" for line in pip)]
    return "\n".join(listed) + "\n"


def _split(line: str) -> tuple[str, str]:
    """`pandas>=2.3,<3` -> ("pandas", ">=2.3,<3")."""
    match = re.fullmatch(r"([A-Za-z0-9._\[\]-]+?)([<>=!~].*)?", line)
    if match is None:
        raise ValueError(f"pyproject.toml: {line!r} is not a requirement")
    return match[1], match[2] or ""


if __name__ == "__main__":
    for path, text in files().items():
        write_text(text, REPOSITORY / path)
