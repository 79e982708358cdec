"""environment.yml for conda users, written from pyproject.toml: `python -m workflow.environment`.

A test fails when the two drift. Names that differ on conda-forge stand in CONDA_NAMES.
"""

import re
import tomllib
from pathlib import Path

from scripts.files.atomic import write_text

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


def text() -> str:
    """The content of environment.yml."""
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    dev = [line for line in project["optional-dependencies"]["dev"] if _split(line)[0] in FOR_TESTS]
    wanted = [_split(line) for line in [*project["dependencies"], *dev]]
    conda = sorted(f"{CONDA_NAMES.get(name, name)}{version}" for name, version in wanted if name not in NOT_ON_CONDA)
    pip = sorted(f"{name}{version}" for name, version in wanted if name in NOT_ON_CONDA)
    lines = [
        "# For conda users: conda env create -f environment.yml. Written from pyproject.toml by `make environment`;",
        "# `make` itself uses requirements.lock.",
        "name: dahlia",
        "channels:",
        "  - conda-forge",
        "  - bioconda",
        "dependencies:",
        f"  - python{project['requires-python']}",
        *(f"  - {line}" for line in conda),
        "  - pip",
        "  - pip:",
        *(f"      - {line}" for line in pip),
    ]
    return "\n".join(lines) + "\n"


def _split(line: str) -> tuple[str, str]:
    """`pandas>=2.3,<3` -> ("pandas", ">=2.3,<3")."""
    match = re.fullmatch(r"([A-Za-z0-9._\[\]-]+?)([<>=!~].*)?", line)
    if match is None:
        raise ValueError(f"pyproject.toml: {line!r} is not a requirement")
    return match[1], match[2] or ""


if __name__ == "__main__":
    write_text(text(), REPOSITORY / "environment.yml")
