"""One figure of a finished study for an author: `make figure NAME=onset WIDTH=84 FORMAT=tiff`."""

import argparse
import os
import subprocess
import sys
from pathlib import Path

from scripts.messages import UserError, run
from workflow.run import REPOSITORY, checked
from workflow.study import folder


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m workflow.figure", description=__doc__)
    parser.add_argument("--config", type=Path, default=REPOSITORY / "config/config.yaml", metavar="FILE")
    parser.add_argument("--name", required=True, help="for example onset; `python -m scripts.figures --help` lists all")
    parser.add_argument("--width", default="", metavar="MM", help="width in mm, or the name of a journal's column")
    parser.add_argument("--format", default="pdf", help="svg, pdf, png or tiff")
    parser.add_argument("--font", default="", metavar="NAME", help="a TrueType face of this machine, such as Arial")
    return parser.parse_args()


def main() -> None:
    given = arguments()
    study, home = checked(given.config), folder(given.config, REPOSITORY)
    processed, results = home / "data/processed" / study.series, home / "results" / study.series
    if not given.name:
        raise UserError("Which figure? For example: make figure NAME=onset WIDTH=84 FORMAT=tiff")
    if not (results / "results.csv").exists():
        raise UserError(f"{results}: no results yet. Run `make` with the same CONFIG first.")
    command = [
        sys.executable, "-m", "scripts.figures", processed / "derived", "--results", results,
        "--series", processed / "series", "--findings", processed / "findings.csv", "--profile", home / study.profile,
        "--data-lock", study.data_lock, "--onset", study.analysis.onset, "--clock", study.analysis.clock,
        "--only", given.name, "--formats", given.format, "--out", results / "for_authors",
        *(["--width", given.width] if given.width else []), "--font", given.font or study.figure_font,
    ]  # fmt: skip
    done = subprocess.run(list(map(str, command)), env=os.environ | {"PYTHONPATH": str(REPOSITORY)}, check=False)
    if done.returncode:
        sys.exit(done.returncode)
    for file in sorted((results / "for_authors").glob(f"{given.name}.*")):
        print(os.path.relpath(file))


if __name__ == "__main__":
    run(main)
