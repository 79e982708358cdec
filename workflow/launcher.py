"""One run of a study, from its config to the last line on the terminal; `workflow.run` is its command."""

import argparse
import json
import os
from collections.abc import Callable
from pathlib import Path

from schemas import config as contract
from scripts.commands.messages import STOPPED_BY_FINDINGS, UserError, say, shown
from scripts.commands.program import command_parser, cores
from workflow import copies, locks
from workflow.closing import headlines, last_results, tell
from workflow.plan import Task, plan, reasons
from workflow.share import make
from workflow.snakemake_run import INTERRUPTED, Ended, snakemake
from workflow.study import REPOSITORY, Place, folder, option_problems
from workflow.study_checks import checked, present


def arguments(help_text: str | None) -> argparse.Namespace:
    parser = command_parser("workflow.run", help_text)
    parser.add_argument("--config", type=Path, default=REPOSITORY / "config/config.yaml", metavar="FILE")
    cores(parser, "steps at work at the same time")
    return parser.parse_args()


def main(help_text: str | None) -> None:
    given = arguments(help_text)

    def by_snakemake(study: contract.Config, place: Place, tasks: dict[str, Task]) -> Ended:
        if locks.held(place.processed):
            locks.take_run(place.processed)
        rooms = list(dict.fromkeys(task.sheet.step.room for task in tasks.values() if task.why))
        return snakemake(given.config.resolve(), place.home, given.cores, rooms)

    launch(given.config, by_snakemake)


def launch(config: Path, work: Callable[[contract.Config, Place, dict[str, Task]], Ended]) -> None:
    """Bring the study of a config up to date and say so. UserError or SystemExit where that fails.

    work: does what is not current; by Snakemake, or in this process (workflow.in_order).
    """
    study = checked(config)
    place = Place(folder(config), study.series)
    present(study, place, config)
    tasks = plan(study, place)
    if not any(task.why for task in tasks.values()):
        shared(study, place, config, copies.stamp(tasks))
        print(f"Nothing to do: {shown(place.results)}/report.html is up to date.")
        return
    if faults := option_problems(study):
        raise UserError("\n".join(f"{config}: {fault}" for fault in faults))
    before = headlines(place.results)
    say(f"{study.series}: {sum(bool(task.why) for task in tasks.values())} of {len(tasks)} steps to do")
    ended = work(study, place, tasks)
    if ended.code:
        raise SystemExit(failed(place, ended))
    now = copies.stamp(tasks)
    shared(study, place, config, now)
    tell(reasons(tasks), before, place, copies.mark(place, now))


def shared(study: contract.Config, place: Place, config: Path, now: str) -> None:
    """The copy to share that the config asks for, where it is not there or of an earlier run."""
    if study.share and not copies.is_current(place.results / copies.SHARED / study.share, study.share, now):
        make(study.share, study, place, config, now)


def failed(place: Place, ended: Ended) -> int:
    """Say how a run ended that did not end well, and what became of the results; the exit code."""
    told = _word_of_a_room(place)
    if ended.code == INTERRUPTED:
        say(f"Interrupted. {last_results(place)}")
        return ended.code
    refused = [line for line in ended.words if line.startswith(locks.REFUSED)]
    if refused:
        raise UserError(refused[0])
    if not told:
        say("\n".join(ended.words) or f"Snakemake ended with code {ended.code} and gave no reason.")
    elif told["code"] == STOPPED_BY_FINDINGS:
        say(f"\nEvery finding, in the words of the data (confidential): {shown(place.processed / 'findings.csv')}")
    else:
        say(f"\nThe step '{told['room']}' failed; its log: {shown(place.home / told['log'])}")
    say(last_results(place))
    return told.get("code", ended.code)


def _word_of_a_room(place: Place) -> dict:
    """What the room that failed in this run has left; nothing where none has said why."""
    word = place.processed / "failed.json"
    text = word.read_text(encoding="utf-8").strip() if word.exists() else ""
    failure = json.loads(text) if text else {}
    return failure if failure.get("run") == str(os.getpid()) else {}
