"""A study's steps one after the other in this process, without Snakemake: where starting it would take longer than the work.

For many small series (workflow.many), and for tests. The same sheets, records and locks as in a run by Snakemake, and the
same products.
"""

import os
import shutil
import sys
from collections.abc import Iterable
from pathlib import Path

from schemas.config import Config
from scripts.commands.messages import run
from workflow import job, locks, publishing
from workflow.command_lines import arguments
from workflow.launcher import launch
from workflow.plan import Task, tidy, write_sheets
from workflow.snakemake_run import RUN, Ended
from workflow.study import Place


def in_order(study: Config, place: Place, tasks: dict[str, Task]) -> Ended:
    """Bring a study up to date; how it ended. UserError where another run of it is at work."""
    lock, before = locks.take_run(place.processed), os.getcwd()
    os.environ[RUN] = str(os.getpid())
    try:
        publishing.recover(place.results)
        tidy(tasks, place)
        write_sheets(tasks, place)
        os.chdir(place.home)
        late = (task for task in tasks.values() if task.why)
        return Ended(next(filter(None, (_code(task, study, place) for task in late)), 0), [])
    finally:
        os.chdir(before)
        lock.release()


def alone(config: Path, words: Path) -> None:
    """Bring a study up to date in this process, which was started for it; what is said goes to the file of words."""
    with words.open("wb") as output:
        for stream in (sys.stdout, sys.stderr):
            os.dup2(output.fileno(), stream.fileno())
    run(lambda: launch(config, in_order))


def _code(task: Task, study: Config, place: Place) -> int:
    """Do a step; its exit code."""
    step = task.sheet.step
    clear(place, step.products)
    processed = place.processed.relative_to(place.home)
    sheet, log = processed / "sheets" / task.record, processed / f"logs/{step.name}.log"
    return job.work([str(sheet), str(log), "--", *arguments(step, study)])


def clear(place: Place, products: Iterable[str]) -> None:
    """What Snakemake does before a job: its products are not there."""
    for product in products:
        path = place.processed / product
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)
