"""Whether results are as their run wrote them, and still those of today's data, config and program: `make verify`.

Nothing is written but fingerprints. Exit codes: 0 both hold, 2 one does not, with a line for each file or first cause.
"""

import argparse
from pathlib import Path

from scripts.commands.messages import UserError, run, shown
from scripts.commands.program import command_parser
from workflow.closing import PUBLISH
from workflow.fingerprints import Fingerprints
from workflow.freshness import record
from workflow.plan import plan, reasons
from workflow.study import REPOSITORY, Place, folder
from workflow.study_checks import checked


def arguments() -> argparse.Namespace:
    parser = command_parser("workflow.verify", __doc__)
    parser.add_argument("--config", type=Path, default=REPOSITORY / "config/config.yaml", metavar="FILE")
    return parser.parse_args()


def main() -> None:
    given = arguments()
    study = checked(given.config)
    place = Place(folder(given.config), study.series)
    made = published(place)
    faults = harmed(place, made)
    faults += [f"not of today's data, config and program: {cause}" for cause in reasons(plan(study, place))]
    if faults:
        raise UserError("\n".join(f"{shown(place.results)}: {fault}" for fault in [*faults, "Run the study again."]))
    print(
        f"{shown(place.results)}: {len(made)} files are as the run wrote them, and are those of today's data, config and program."
    )


def published(place: Place) -> dict[str, str]:
    """The files that the last run published, with their SHA-256; UserError where no run has told."""
    last = record(place, PUBLISH)
    if not last:
        raise UserError(f"{shown(place.results)}: no finished run has left its list of files. Run the study first.")
    return last["files"]


def harmed(place: Place, made: dict[str, str]) -> list[str]:
    """What has happened to published files since, a line for each."""
    prints = Fingerprints(place.processed / "fingerprints.json")
    gone = [file for file in made if not (place.results / file).is_file()]
    changed = [file for file in made if file not in gone and prints.digest(place.results / file) != made[file]]
    return [*(f"{file} is missing" for file in gone), *(f"{file} was changed" for file in changed)]


if __name__ == "__main__":
    run(main)
