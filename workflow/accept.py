"""Keep the present run as the one that later reports are compared with: `make accept WHO="A. Reviewer"`.

What is kept lies in data/processed/accepted/<series>, an input of the report with checksums like any other; `make clean`
spares it. Who, when and the remark are the reviewer's own words and go into the manifest.
"""

import argparse
import json
import shutil
from datetime import date
from pathlib import Path

from schemas.config import Config
from scripts.commands.messages import UserError, run, shown
from scripts.commands.program import command_parser, typed
from scripts.files.atomic import write_text
from scripts.files.source_files import OURS
from workflow import locks
from workflow.plan import plan
from workflow.study import REPOSITORY, Place, folder
from workflow.study_checks import checked

EXAMPLE = 'make accept WHO="A. Reviewer" REMARK="as in the signal meeting"'
LONGEST = 500
"""Characters of a reviewer's words."""


def arguments() -> argparse.Namespace:
    parser = command_parser("workflow.accept", __doc__)
    parser.add_argument("--config", type=Path, default=REPOSITORY / "config/config.yaml", metavar="FILE")
    parser.add_argument("--who", default="", help="who accepts the run")
    parser.add_argument("--when", default="", metavar="DAY", help="YYYY-MM-DD; left out, today")
    parser.add_argument("--remark", default="", help="why, in a sentence")
    return parser.parse_args()


def main() -> None:
    given = arguments()
    study = checked(given.config)
    place = Place(folder(given.config), study.series)
    who, when, remark = words("WHO", given.who), day(given.when), words("REMARK", given.remark, may_be_blank=True)
    lock = locks.take_run(place.processed)
    try:
        current(study, place)
        keep(place, {"who": who, "when": when, "remark": remark})
    finally:
        lock.release()
    print(f"Accepted by {who} on {when}: {shown(place.accepted)}. The next report says what differs from it.")


def words(argument: str, given: str, *, may_be_blank: bool = False) -> str:
    """A reviewer's words on one line; UserError where they are missing or longer than a remark."""
    text = " ".join(given.split())
    if not text and not may_be_blank:
        raise UserError(f"{argument} is missing. For example: {typed(EXAMPLE)}")
    if len(text) > LONGEST:
        raise UserError(f"{argument}: {len(text)} characters; give {LONGEST} at most.")
    return text


def day(given: str) -> str:
    """The day in ISO 8601; today where none is given."""
    if not given:
        return date.today().isoformat()
    try:
        return date.fromisoformat(given).isoformat()
    except ValueError:
        raise UserError(f"WHEN: '{given}' is not a date. Give YYYY-MM-DD, or leave it out for today.") from None


def current(study: Config, place: Place) -> None:
    """UserError where the results are not those of today's data and config: only a finished run can be accepted."""
    if any(task.why for task in plan(study, place).values()):
        raise UserError(
            f"{shown(place.results)}: no results yet, or they are of another config or other data. Run `{typed('make')}` first, and read them."
        )


def keep(place: Place, review: dict[str, str]) -> None:
    """Put the run in the place of the one accepted before; killed on the way, one of the two is there as a whole."""
    new, old = (place.accepted.with_name(f".{place.series}.{part}") for part in ("new", "old"))
    if old.exists() and not place.accepted.exists():
        old.rename(place.accepted)
    for rest in (new, old):
        shutil.rmtree(rest, ignore_errors=True)
    shutil.copytree(place.processed / "series", new / "series")
    (new / "derived").mkdir()
    for file_name in ("patients", "times"):
        shutil.copy2(place.processed / f"derived/{file_name}.csv", new / "derived")
    for file_name in ("headlines.csv", "manifest.json"):
        shutil.copy2(place.results / file_name, new)
    write_text("A run that was accepted; kept until another one is.\n", new / OURS)
    write_text(json.dumps(review, indent=1, ensure_ascii=False) + "\n", new / "accepted.json")
    if place.accepted.exists():
        place.accepted.rename(old)
    new.rename(place.accepted)
    shutil.rmtree(old, ignore_errors=True)


if __name__ == "__main__":
    run(main)
