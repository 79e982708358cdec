"""Many series in one go, from a list: one run for each, a failing one does not stop the others, and an overview of all.

    python -m workflow.many series.csv --config base.yaml

The list is a CSV file with a line per series: `series` (its name), and either `config` (a config of its own) or `drug` and
`event`; with these the sources and conventions are those of the base config, and the selection that the line gives takes
the place of the base's: `drugs` and `terms` (separated by semicolons, or a .txt or .csv file with one per line; left out, the
drug and the event, where the base asks for any), `period_from` and `period_to`, `profile` (left out: drug and event alone).
Each such series lies in a folder of its name beside the list.

The steps of a series are done one after the other in one process that has the libraries loaded: Snakemake plans one study,
and starting it for each of many small ones would take longer than the work. Products and records are those of a single run.
"""

import sys
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory

from schemas.config import Config, load
from scripts.commands.messages import UserError, run, say, shown
from scripts.commands.program import command_parser, cores
from workflow.fingerprints import Fingerprints
from workflow.freshness import programs
from workflow.in_order import alone
from workflow.overview import DONE, Ended, write
from workflow.plan import plan
from workflow.series_list import Wanted, read, studies
from workflow.study import Place
from workflow.study import folder as folder_of
from workflow.warm import INTERRUPTED

# The process of a series is forked from one that has the libraries loaded, which Windows cannot, and macOS not safely.
if sys.platform == "linux":
    PROCESSES = get_context("forkserver")
else:
    PROCESSES = get_context("spawn")


def main() -> None:
    parser = command_parser("workflow.many", __doc__)
    parser.add_argument("list", type=Path, metavar="FILE", help="the list of series (CSV)")
    parser.add_argument("--config", type=Path, metavar="FILE", help="config whose sources and conventions are shared")
    cores(parser, "series at work at the same time")
    given = parser.parse_args()
    every = studies(read(given.list), given.list, given.config)
    rooms = programs(Fingerprints(given.list.parent / "none"))
    late = [wanted for wanted in every if not up_to_date(wanted, rooms)]
    codes = run_all(late, given.cores) if late else {}
    ended = [Ended(each.series, place(each), codes.get(each, 0)) for each in every]
    made = write(ended, given.list.resolve().parent / "results")
    ways: dict[str, list[str]] = {}
    for each in ended:
        ways.setdefault(each.how, []).append(each.series)
    current = ways.pop(DONE, [])
    say(f"{len(current)} of {len(ended)} series are up to date; overview: {shown(made)}")
    if ways:
        told = "; ".join(f"{how}: {', '.join(names)}" for how, names in ways.items())
        raise UserError(f"Not made: {told}. What each of them said is shown above; the others are complete.")


def up_to_date(wanted: Wanted, rooms: dict[str, str]) -> bool:
    """Whether a run would have nothing to do; looked up here, since starting a run takes longer than the look.

    rooms: the program's fingerprints, which are those of all series (workflow.freshness).
    """
    study = loaded(wanted.config)
    try:
        return study is not None and not any(task.why for task in plan(study, place(wanted), rooms=rooms).values())
    except (ValueError, OSError):  # the run will say what is wrong
        return False


@cache
def loaded(config: Path) -> Config | None:
    """A config; None of one that a run will refuse."""
    try:
        return load(config)
    except (ValueError, OSError):
        return None


def place(wanted: Wanted) -> Place:
    """Where the study of a line lies: a config of its own may name its series otherwise than the list does."""
    study = loaded(wanted.config)
    return Place(folder_of(wanted.config), study.series if study else wanted.series)


def run_all(wanted: list[Wanted], cores: int) -> dict[Wanted, int]:
    """Run series, so many at a time; the exit code of each."""
    PROCESSES.set_forkserver_preload(["workflow.loaded"])
    pool = ThreadPoolExecutor(cores)
    try:
        return dict(zip(wanted, pool.map(run_series, wanted), strict=True))
    finally:
        pool.shutdown(cancel_futures=True)  # after the keyboard's interruption no other series begins


def run_series(wanted: Wanted) -> int:
    """Run one series in a process of its own; its exit code. What it said is told where it failed."""
    with TemporaryDirectory() as folder:
        words = Path(folder) / "said.txt"
        at_work = PROCESSES.Process(target=alone, args=(wanted.config, words))
        at_work.start()
        at_work.join()
        code = at_work.exitcode or 0
        output = words.read_text(encoding="utf-8", errors="replace").strip() if words.exists() else ""
    say(f"{wanted.series}: {'failed' if code else 'done'}")
    if code:
        lost = f"Its process was ended from outside, with code {code}. Run the list again."
        say("\n".join(f"  {line}" for line in (output if code > 0 else lost).splitlines()[-12:]))
    return code


if __name__ == "__main__":
    try:
        run(main)
    except KeyboardInterrupt:
        say("Interrupted. Series that are done are whole; the next run goes on with the others.")
        sys.exit(INTERRUPTED)
