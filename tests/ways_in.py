"""One study by every way in: `make test-ways`. Every file of the results is the same, byte for byte.

`make`, plain Snakemake from another folder, under a stand-in for conda, as a module of another workflow, and the command of
a built wheel in an environment of its own, in the study's folder. Some minutes; not part of the tests of every change.
"""

import os
import shutil
import site
import subprocess
import sys
import tempfile
import venv
from collections.abc import Callable
from pathlib import Path

from tests.conftest import REPOSITORY
from tests.workflow import stand_in_conda

WORKFLOW = str(REPOSITORY / "workflow/Snakefile")
MODULE = """
configfile: "study/study.yaml"

module dahlia:
    snakefile: {!r}
    config: config

use rule * from dahlia as dahlia_*

rule all:
    default_target: True
    input: rules.dahlia_all.input
"""


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        top = Path(folder)
        made = {}
        for way, run in WAYS.items():
            home = shutil.copytree(REPOSITORY / "tests/studies/small", top / way / "study")
            run(home)
            made[way] = files(home)
            print(f"{way}: {len(made[way])} files", flush=True)
    first, *others = made
    if differ := [way for way in others if made[way] != made[first]]:
        sys.exit(f"not as by {first}: {', '.join(differ)}")
    print("the same, byte for byte")


def files(home: Path) -> dict[str, bytes]:
    top = home / "results/small"
    return {file.relative_to(top).as_posix(): file.read_bytes() for file in sorted(top.rglob("*")) if file.is_file()}


def started(command: list[str], folder: Path, **more: str) -> None:
    """A command in a folder, with nothing of the repository on any path; it must end well."""
    given = {variable: value for variable, value in os.environ.items() if variable != "PYTHONPATH"} | more
    done = subprocess.run(command, cwd=folder, env=given, capture_output=True, encoding="utf-8", check=False)
    if done.returncode:
        sys.exit(f"{' '.join(command)}\n{done.stdout[-3000:]}{done.stderr[-3000:]}")


def by_make(home: Path) -> None:
    command = [sys.executable, "-m", "workflow.run", "--config", str(home / "study.yaml")]
    started(command, REPOSITORY, PYTHONPATH=str(REPOSITORY))


def by_snakemake(home: Path, *more: str, **environment: str) -> None:
    elsewhere = home.parent / "elsewhere"
    elsewhere.mkdir()
    command = [
        sys.executable,
        "-m",
        "snakemake",
        "--snakefile",
        WORKFLOW,
        "--configfile",
        "../study/study.yaml",
        "--cores",
        "2",
    ]
    started([*command, *more], elsewhere, **environment)


def under_conda(home: Path) -> None:
    conda = stand_in_conda.installed(home.parent / "conda/bin")
    by_snakemake(home, "--sdm", "conda", PATH=os.pathsep.join([str(conda), os.environ["PATH"]]))


def as_a_module(home: Path) -> None:
    (home.parent / "Snakefile").write_text(MODULE.format(WORKFLOW), encoding="utf-8")
    started([sys.executable, "-m", "snakemake", "--cores", "2"], home.parent)


def by_the_wheel(home: Path) -> None:
    """The libraries are those at hand; the wheel is installed by pip, into an environment that has nothing else of ours."""
    place = home.parent
    started([sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(place)], REPOSITORY)
    (wheel,) = place.glob("*.whl")
    venv.create(place / "fresh", with_pip=False)
    python = next((place / "fresh").glob("bin/python*"))
    started([sys.executable, "-m", "pip", "--python", str(python), "install", "-q", "--no-deps", str(wheel)], place)
    (site_packages,) = (place / "fresh").glob("lib/python*/site-packages")
    (site_packages / "libraries.pth").write_text("\n".join(site.getsitepackages()) + "\n", encoding="utf-8")
    started([str(place / "fresh/bin/dahlia"), "run"], home)


WAYS: dict[str, Callable[[Path], None]] = {
    "make": by_make, "snakemake": by_snakemake, "conda": under_conda, "module": as_a_module, "wheel": by_the_wheel,
}  # fmt: skip

if __name__ == "__main__":
    main()
