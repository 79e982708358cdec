"""The whole line in one process: the workflow's plan and jobs as a run has them, without Snakemake around them.

`Line(home).run()` brings the study in `home/study.yaml` up to date and tells which steps it did. Figures are drawn as SVG
only, since the other kinds are the same drawing.
"""

import os
import runpy
import sys
from dataclasses import dataclass
from pathlib import Path

from schemas import config as contract
from workflow import job
from workflow.command_lines import arguments
from workflow.in_order import clear
from workflow.plan import Task, plan, tidy, write_sheets
from workflow.study import Place, folder


@dataclass(frozen=True)
class Line:
    """A study in its folder, whose config is `study.yaml`."""

    home: Path

    @property
    def study(self) -> contract.Config:
        return contract.load(self.home / "study.yaml")

    @property
    def place(self) -> Place:
        return Place(folder(self.home / "study.yaml"), self.study.series)

    def tasks(self) -> dict[str, Task]:
        """Every step with why it would run; blank where its products are current."""
        return plan(self.study, self.place)

    def run(self) -> list[str]:
        """Do what is not current, in order; the names of the steps done. SystemExit where a room fails."""
        tasks, study, place, before = self.tasks(), self.study, self.place, Path.cwd()
        late = {step_name: task for step_name, task in tasks.items() if task.why}
        tidy(tasks, place)
        os.chdir(self.home)
        try:
            write_sheets(tasks, place)
            for step_name, task in late.items():
                step = task.sheet.step
                clear(place, step.products)
                sheet, log = place.processed / "sheets" / task.record, place.processed / f"logs/{step_name}.log"
                job.main(sheet, log, step.room, _as_svg(arguments(step, study)))
        finally:
            os.chdir(before)
        return list(late)


def _as_svg(given: list[str]) -> list[str]:
    """The arguments of a room; figures as SVG alone."""
    return [*given[1:], *(["--formats", "svg"] if given[0] == "figures" else [])]


def room(room_name: str, *given: object) -> int:
    """Run a room's command in this process; its exit code."""
    try:
        sys.argv = [f"scripts.{room_name}", *map(str, given)]
        runpy.run_module(f"scripts.{room_name}", run_name="__main__", alter_sys=True)
    except SystemExit as end:
        return int(end.code or 0)
    return 0
