"""What a run of a study has to do: every step's job sheet, and the record that says its products are current."""

from dataclasses import dataclass

from schemas.config import Config
from scripts.files.atomic import write_text
from scripts.files.source_files import OURS
from workflow import freshness
from workflow.fingerprints import Fingerprints
from workflow.freshness import Sheet
from workflow.study import Place

LONGEST_WORD = 512
"""Characters kept free for the note of a room that fails, so that there is space for it even on a full disk."""


@dataclass(frozen=True)
class Task:
    """A step with its sheet; `record` is the file name of the record asked for, `why` blank where it lies there."""

    sheet: Sheet
    record: str
    why: str


def mark(place: Place) -> None:
    """What lies under data/processed/<series> is ours, even where a source is the folder around it."""
    if not (place.processed / OURS).exists():
        write_text("Written by Dahlia; made again by the next run.\n", place.processed / OURS)


def plan(
    study: Config, place: Place, libraries: dict[str, str] | None = None, rooms: dict[str, str] | None = None
) -> dict[str, Task]:
    """The tasks of a study by the name of their step, in the order of the run. OSError where a file cannot be read.

    libraries: what the jobs' own Python has, by name; left out, what this one has. rooms: as of `freshness.programs`, for
    many studies at once.
    """
    mark(place)
    prints = Fingerprints(place.processed / "fingerprints.json")
    tasks = {
        step_name: Task(sheet, *freshness.wanted_record(place, sheet, prints))
        for step_name, sheet in freshness.sheets(study, place, prints, libraries, rooms).items()
    }
    prints.save()
    return tasks


def write_sheets(tasks: dict[str, Task], place: Place) -> None:
    """Lay out the sheets of what is to be done, each under the name of the record it will leave."""
    inputs = freshness.inputs({step_name: task.sheet for step_name, task in tasks.items()})
    for task in tasks.values():
        path = place.processed / "sheets" / task.record
        if task.why and not path.exists():
            write_text(task.sheet.text(task.record, inputs), path)


def tidy(tasks: dict[str, Task], place: Place) -> None:
    """Remove the sheets of earlier plans, and the word of a failure before; only for the holder of the study's lock."""
    for file in (place.processed / "sheets").glob("*.json"):
        if file.name not in {task.record for task in tasks.values()}:
            file.unlink(missing_ok=True)
    write_text(" " * LONGEST_WORD, place.processed / "failed.json")


def reasons(tasks: dict[str, Task]) -> list[str]:
    """What runs and why, a line for each first cause: `analyse and what follows: `level``."""
    if all(task.why == "first run" for task in tasks.values()):
        return ["everything: first run"]
    told: dict[str, list[str]] = {}
    for step_name, task in tasks.items():
        if task.why and not task.why.startswith("after ") and task.why not in told:
            told[task.why] = [step_name, *(["and what follows"] if _followed(step_name, tasks) else [])]
    return [f"{' '.join(steps).replace('.', ' ', 1)}: {why}" for why, steps in told.items()]


def _followed(step_name: str, tasks: dict[str, Task]) -> bool:
    return any(step_name in task.sheet.step.after for task in tasks.values())
