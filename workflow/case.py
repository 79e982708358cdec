"""One patient against the others of a finished study: `make case ID=C-7`."""

import argparse
import os
import subprocess
import sys
from pathlib import Path

from scripts.commands.messages import UserError, run
from scripts.commands.program import command_parser, typed
from workflow.figure import arguments_of, finished
from workflow.study import REPOSITORY, Place, folder
from workflow.study_checks import checked


def arguments() -> argparse.Namespace:
    parser = command_parser("workflow.case", __doc__)
    parser.add_argument("--config", type=Path, default=REPOSITORY / "config/config.yaml", metavar="FILE")
    parser.add_argument("--id", required=True, help="the case, as the line listing names it")
    return parser.parse_args()


def main() -> None:
    given = arguments()
    if not given.id:
        raise UserError(f"Which patient? For example: {typed('make case ID=C-7')}")
    study = checked(given.config)
    place = Place(folder(given.config), study.series)
    finished(study, place)
    products = ["--tables", place.results, "--figures", place.results, "--out", place.results, "--case", given.id]
    command = [sys.executable, "-m", "scripts.report", *arguments_of(study, place, given.config), *products]
    done = subprocess.run(list(map(str, command)), env=os.environ | {"PYTHONPATH": str(REPOSITORY)}, check=False)
    if done.returncode:
        sys.exit(done.returncode)


if __name__ == "__main__":
    run(main)
