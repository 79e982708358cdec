"""Many series in one go, from a list: one run for each, a failing one does not stop the others, and an overview of all.

    python -m workflow.many series.csv --config base.yaml

The list is a CSV file with a line per series: `series` (its name), and either `config` (a config of its own) or `drug` and
`event`; with these the sources and conventions are those of the base config, and the selection that the line gives takes
the place of the base's: `drugs` and `terms` (separated by semicolons, or a file with one per line; left out, the drug and
the event), `period_from` and `period_to`, `profile` (left out: drug and event alone). Each such series lies in a folder of its name beside the list.

The steps of a series are done one after the other in one process that has the libraries loaded: Snakemake plans one study,
and starting it for each of many small ones would take longer than the work. Products and records are those of a single run.
"""

import argparse
import csv
import os
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory

import yaml

from schemas.config import load
from schemas.faults import no_such
from scripts.commands.messages import UserError, run, say, shown
from scripts.commands.program import program
from scripts.files.atomic import write_text
from workflow.fingerprints import Fingerprints
from workflow.freshness import programs
from workflow.in_order import alone
from workflow.overview import Ended, write
from workflow.plan import plan
from workflow.study import Place
from workflow.study import folder as folder_of
from workflow.warm import INTERRUPTED

COLUMNS = ("series", "config", "drug", "event", "drugs", "terms", "period_from", "period_to", "profile")
# The process of a series is forked from one that has the libraries loaded, which Windows cannot.
if sys.platform == "win32":
    PROCESSES = get_context("spawn")
else:
    PROCESSES = get_context("forkserver")
SELECTION = {"drugs": "drug", "terms": "event"}
"""An option of a source -> the column that stands for it where the line leaves it out."""


@dataclass(frozen=True)
class Wanted:
    """A series of the list: its name and its config."""

    series: str
    config: Path


def main() -> None:
    parser = argparse.ArgumentParser(
        prog=program("workflow.many"), description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("list", type=Path, metavar="FILE", help="the list of series (CSV)")
    parser.add_argument("--config", type=Path, metavar="FILE", help="config whose sources and conventions are shared")
    parser.add_argument("--cores", type=int, default=2, metavar="N", help="series at work at the same time")
    given = parser.parse_args()
    lines = read(given.list)
    studies = [study(line, given.list, given.config) for line in lines]
    rooms = programs(Fingerprints(given.list.parent / "none"))
    late = [wanted for wanted in studies if not up_to_date(wanted, rooms)]
    codes = run_all(late, given.cores) if late else {}
    ended = [Ended(each.series, each.config.resolve().parent, codes.get(each, 0)) for each in studies]
    made = write(ended, given.list.resolve().parent / "results")
    failed = [each.series for each in ended if each.code]
    say(f"{len(ended) - len(failed)} of {len(ended)} series are up to date; overview: {shown(made)}")
    if failed:
        raise UserError(
            f"Not made: {', '.join(failed)}. What each of them said is shown above; the others are complete."
        )


def read(path: Path) -> list[dict[str, str]]:
    """The lines of the list; UserError with every fault."""
    if not path.is_file():
        raise UserError(f"{path}: no such list. {COLUMNS[0]} and {', '.join(COLUMNS[1:4])} are its first columns.")
    with path.open(encoding="utf-8-sig", newline="") as handle:
        reader = csv.DictReader(handle)
        lines = [{key: (value or "").strip() for key, value in row.items() if key} for row in reader]
        strange = [column for column in reader.fieldnames or [] if column not in COLUMNS]
    faults = [f"{path}: '{column}': {no_such('column', column, list(COLUMNS))}" for column in strange]
    names = [line.get("series", "") for line in lines]
    for number, line in enumerate(lines, start=2):
        faults += [f"{path}, row {number}: {fault}" for fault in _faults(line, names[: number - 2])]
    if not lines:
        faults.append(f"{path}: no series. Add a line for each.")
    if faults:
        raise UserError("\n".join(faults))
    return lines


def _faults(line: dict[str, str], before: list[str]) -> list[str]:
    series, config_path = line.get("series", ""), line.get("config")
    faults = [] if series else ["the series needs a name."]
    if series and series.casefold() in (earlier.casefold() for earlier in before):
        faults.append(f"series: '{series}' appears twice. Give one of them another name.")
    if not config_path and not (line.get("drug") and line.get("event")):
        faults.append("give either a config, or a drug and an event.")
    return faults


def study(line: dict[str, str], listed: Path, base: Path | None) -> Wanted:
    """The series with its config, which is written where the line has none of its own."""
    if line.get("config"):
        return Wanted(line["series"], listed.parent / line["config"])
    if base is None:
        raise UserError(
            f"{listed}: '{line['series']}' has no config of its own. Give the shared one with --config FILE."
        )
    folder = listed.resolve().parent / line["series"]
    config = _config(line, base, folder, listed.resolve().parent)
    if not line.get("profile"):
        named = {"drug": {"name": line["drug"]}, "event": {"name": line["event"]}}
        write_text(_yaml(named, listed), folder / "profile.yaml")
    write_text(_yaml(config, listed), folder / "study.yaml")
    return Wanted(line["series"], folder / "study.yaml")


def _config(line: dict[str, str], base: Path, folder: Path, top: Path) -> dict:
    """The base config with its paths counted from `folder`, and the selection of the line."""
    try:
        load(base)
    except (ValueError, OSError) as fault:
        raise UserError(str(fault)) from None
    config = yaml.safe_load(base.read_text(encoding="utf-8"))
    home = folder_of(base)
    chosen: dict[str, object] = {
        option: _listed(line.get(option) or line[meant], top) for option, meant in SELECTION.items()
    }
    if line.get("period_from") or line.get("period_to"):
        chosen["period"] = [line.get("period_from", ""), line.get("period_to", "")]
    for source in config["sources"]:
        source["path"] = os.path.relpath(home / source["path"], folder)
        source.update({option: value for option, value in chosen.items() if option in source})
    profile = os.path.relpath(top / line["profile"], folder) if line.get("profile") else "profile.yaml"
    return config | {"series": line["series"], "profile": profile}


def _listed(text: str, top: Path) -> list[str]:
    """The names of a cell: separated by semicolons, or one per line in the file that it names."""
    file = top / text
    names = file.read_text(encoding="utf-8").splitlines() if file.is_file() else text.split(";")
    return [entry.strip() for entry in names if entry.strip()]


def _yaml(content: dict, listed: Path) -> str:
    head = f"# Written from {listed.name}; change that list, and run it again.\n"
    return head + yaml.safe_dump(content, sort_keys=False, allow_unicode=True)


def up_to_date(wanted: Wanted, rooms: dict[str, str]) -> bool:
    """Whether a run would have nothing to do; looked up here, since starting a run takes longer than the look.

    rooms: the program's fingerprints, which are those of all series (workflow.freshness).
    """
    try:
        study = load(wanted.config)
        tasks = plan(study, Place(folder_of(wanted.config), study.series), rooms=rooms)
        return not any(task.why for task in tasks.values())
    except (ValueError, OSError):  # the run will say what is wrong
        return False


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
