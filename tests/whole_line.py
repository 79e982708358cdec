"""The whole line in one process: the workflow's plan and jobs as a run has them, without Snakemake around them.

`Line(home).run()` brings the study in `home/study.yaml` up to date and tells which steps it did. Figures are drawn as SVG
only, since the other kinds are the same drawing.
"""

import os
import runpy
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

from schemas import config as contract
from workflow import job
from workflow.plan import Task, plan, tidy, write_sheets
from workflow.steps import BUILD
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
        late = {name: task for name, task in tasks.items() if task.why}
        tidy(tasks, place)
        os.chdir(self.home)
        try:
            write_sheets(tasks, place)
            for name, task in late.items():
                _clear(place, task)
                sheet, log = place.processed / "sheets" / task.record, place.processed / f"logs/{name}.log"
                job.main(sheet, log, task.sheet.step.room, _arguments(task, study, place))
        finally:
            os.chdir(before)
        return list(late)


def _arguments(task: Task, study: contract.Config, place: Place) -> list[str]:
    """The command line of a room, as the rules of the workflow give it."""
    step, done = task.sheet.step, place.processed
    room, handed = step.room, done / "handed" / step.name
    findings = [
        "--findings",
        done / "findings.csv",
        "--profile",
        study.profile,
        "--settings",
        handed / "settings.yaml",
    ]
    source = [text for one in study.sources if one.name == step.source for text in (one.format, one.path)]
    sources = [done / "reported" / source.name for source in study.sources]
    results = ["--results", done / BUILD]
    by_room = {
        "ingest": [*source, "--options", handed / "options.yaml", "--out", done / "reported" / step.source],
        "validate": [*sources, *findings[2:], "--out", done / "findings.csv"],
        "assemble": [*sources, *findings, "--out", done / "series"],
        "derive": [done / "series", *findings, "--out", done / "derived"],
        "analyse": ["series", done / "derived", "--ledger", done / "series/ledger.csv", *findings, "--out", done / BUILD],
        "documents": [done / "series", done / "derived", *results, *findings, "--figures", done / BUILD / "figures",
                      "--out", done / BUILD / "documents"],
        "publish": [done / BUILD, place.results],
    }  # fmt: skip
    product = [done / "derived", *results, "--series", done / "series", *findings, "--out"]
    folders = ["--tables", done / BUILD / "tables", "--figures", done / BUILD / "figures"]
    by_room |= {
        "tables": [*product, done / BUILD / "tables"],
        "figures": [*product, done / BUILD / "figures", "--formats", "svg"],
        "report": [*product, done / BUILD, *folders, "--inputs", handed / "inputs.json", "--accepted", place.accepted],
    }
    return list(map(str, by_room[room]))


def _clear(place: Place, task: Task) -> None:
    """What Snakemake does before a job: its products are not there."""
    for product in task.sheet.step.products:
        path = place.processed / product
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)


def room(name: str, *given: object) -> int:
    """Run a room's command in this process; its exit code."""
    try:
        sys.argv = [f"scripts.{name}", *map(str, given)]
        runpy.run_module(f"scripts.{name}", run_name="__main__", alter_sys=True)
    except SystemExit as end:
        return int(end.code or 0)
    return 0
