"""One figure of a finished study for an author: `make figure NAME=onset WIDTH=84 FORMAT=tiff`."""

import argparse
import os
import subprocess
import sys
from pathlib import Path

from schemas.config import Config
from schemas.faults import no_such
from scripts.commands.messages import UserError, run, shown
from scripts.commands.program import command_parser, typed
from workflow import copies
from workflow.plan import plan
from workflow.steps import BUILD
from workflow.study import REPOSITORY, Place, folder
from workflow.study_checks import checked

NEEDED = ("validate", "assemble", "derive", "analyse")
"""The steps whose products a figure is drawn from."""


def arguments() -> argparse.Namespace:
    parser = command_parser("workflow.figure", __doc__)
    parser.add_argument("--config", type=Path, default=REPOSITORY / "config/config.yaml", metavar="FILE")
    parser.add_argument("--name", required=True, help=f"one of: {', '.join(names())}")
    parser.add_argument("--width", default="", metavar="MM", help="width in mm, or the name of a journal's column")
    parser.add_argument("--format", default="pdf", help="svg, pdf, png or tiff")
    parser.add_argument("--font", default="", metavar="NAME", help="a TrueType face of this machine, such as Arial")
    return parser.parse_args()


def main() -> None:
    given = arguments()
    study = checked(given.config)
    place = Place(folder(given.config), study.series)
    if not given.name:
        raise UserError(f"Which figure? For example: {typed('make figure NAME=onset WIDTH=84 FORMAT=tiff')}")
    if given.name not in names():
        raise UserError(f"{given.name}: {no_such('figure', given.name, names())}")
    now = finished(study, place)
    out = place.results / copies.FOR_AUTHORS
    command = [
        sys.executable,
        "-m",
        "scripts.figures",
        *arguments_of(study, place, given.config),
        "--only",
        given.name,
        "--formats",
        given.format,
        "--out",
        out,
        *(["--width", given.width] if given.width else []),
        *(["--font", given.font] if given.font else []),
    ]
    done = subprocess.run(list(map(str, command)), env=os.environ | {"PYTHONPATH": str(REPOSITORY)}, check=False)
    if done.returncode:
        sys.exit(done.returncode)
    copies.sign(out, given.name, now)
    copies.mark(place, now)
    for file in sorted(out.glob(f"{given.name}.*")):
        print(shown(file))


def names() -> list[str]:
    """Names of the figures, read off the folder of their room, which takes long to load."""
    return sorted(file.stem.removeprefix("figure_") for file in (REPOSITORY / "scripts/figures").glob("figure_*.py"))


def finished(study: Config, place: Place) -> str:
    """The stamp of the run; UserError where the numbers of the study are not those of today's data and config."""
    tasks = plan(study, place)
    if any(task.why for step_name, task in tasks.items() if step_name in NEEDED):
        raise UserError(
            f"{shown(place.results)}: no results yet, or they are of another config or other data. Run `{typed('make')}` first."
        )
    return copies.stamp(tasks)


def arguments_of(study: Config, place: Place, config: Path) -> list[Path | str]:
    """The inputs of a product of a finished study."""
    processed = place.processed
    inputs: list[Path | str] = [
        "--results",
        processed / BUILD,
        "--series",
        processed / "series",
        "--findings",
        processed / "findings.csv",
    ]
    return [processed / "derived", *inputs, "--profile", place.home / study.profile, "--settings", config]


if __name__ == "__main__":
    run(main)
