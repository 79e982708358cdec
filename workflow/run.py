"""What `make` runs: check the config, run the workflow, say what changed and name the files.

A killed run is completed by the next one. A second run at the same time on the same study is refused.
Exit codes: 0 done, 1 a room failed, 2 the config or a path is wrong, 3 findings stop the run.
"""

import argparse
import csv
import fcntl
import os
import subprocess
import sys
from pathlib import Path

from schemas import config as contract
from schemas import profile
from scripts.messages import STOPPED_BY_FINDINGS, UserError, run, say
from workflow.study import folder

REPOSITORY = Path(__file__).resolve().parents[1]


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m workflow.run", description=__doc__)
    parser.add_argument("--config", type=Path, default=REPOSITORY / "config/config.yaml", metavar="FILE")
    parser.add_argument("--cores", type=int, default=2, metavar="N")
    return parser.parse_args()


def main() -> None:
    given = arguments()
    study = checked(given.config)
    home = folder(given.config, REPOSITORY)
    present(study, home, given.config)
    results = home / "results" / study.series
    lock = alone(home / "data" / "processed" / study.series)
    before, stamp = headlines(results), _stamp(results)
    code = snakemake(given.config.resolve(), home, given.cores)
    lock.close()
    if code:
        say(f"\nNothing new under {_shown(results)}; earlier results are as they were.")
        sys.exit(STOPPED_BY_FINDINGS if stopped(home / "data/processed" / study.series) else code)
    if _stamp(results) == stamp:
        print(f"Nothing to do: {_shown(results)}/report.html is up to date.")
        return
    tell(before, headlines(results), results)


def checked(path: Path) -> contract.Config:
    """The config and its profile, or one message with every fault."""
    if not path.exists():
        raise UserError(f"{path}: no such config. Give one with: make CONFIG=/path/to/study.yaml")
    try:
        return contract.load(path)
    except ValueError as fault:
        raise UserError(str(fault)) from None


def present(study: contract.Config, home: Path, config: Path) -> None:
    """Every path the config names exists, and the profile keeps its contract."""
    named = [("profile", study.profile), *((f"source {source.name}", source.path) for source in study.sources)]
    lost = [f"{config}: {what}: {home / path} does not exist. Correct the path; it counts from {home}."
            for what, path in named if not (home / path).exists()]  # fmt: skip
    if lost:
        raise UserError("\n".join(lost))
    try:
        profile.load(home / study.profile)
    except ValueError as fault:
        raise UserError(str(fault)) from None


def alone(processed: Path):
    """Hold the study for this run; the system lets go of it however the run ends."""
    processed.mkdir(parents=True, exist_ok=True)
    handle = (processed / ".running").open("w")
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        raise UserError(f"Another run of this study is going on (in {processed}). Wait for it to end.") from None
    return handle


def snakemake(config: Path, home: Path, cores: int) -> int:
    """Run the workflow; its exit code."""
    command = [
        sys.executable, "-m", "snakemake", "--snakefile", REPOSITORY / "Snakefile", "--directory", home,
        "--configfile", config, "--cores", str(cores), "--quiet", "all",
        "--workflow-profile", REPOSITORY / "workflow/profiles/default",
    ]  # fmt: skip
    environment = os.environ | {"PYTHONPATH": str(REPOSITORY)}
    with subprocess.Popen(list(map(str, command)), env=environment, stderr=subprocess.PIPE, text=True) as running:
        for line in running.stderr or ():
            if not line.startswith("Using workflow specific profile"):
                say(line.rstrip("\n"))
    return running.returncode


def stopped(processed: Path) -> bool:
    """Whether the run ended because of a finding whose action is `stop`."""
    path = processed / "findings.csv"
    if not path.exists():
        return False
    with path.open(encoding="utf-8", newline="") as handle:
        return any(row["action"] == "stop" for row in csv.DictReader(handle))


def headlines(results: Path) -> dict[str, str]:
    """The headline numbers of the last completed run; none before the first."""
    path = results / "headlines.csv"
    if not path.exists():
        return {}
    with path.open(encoding="utf-8", newline="") as handle:
        return {row["headline"]: row["shown"] for row in csv.DictReader(handle)}


def _stamp(results: Path) -> int:
    path = results / "report.html"
    return path.stat().st_mtime_ns if path.exists() else 0


def tell(before: dict[str, str], after: dict[str, str], results: Path) -> None:
    """Headline numbers, with what they were before where that differs; then the files."""
    print("\nHeadline numbers")
    for name in dict.fromkeys([*after, *before]):
        new, old = after.get(name, "(no longer there)"), before.get(name)
        print(f"  {name}: {new}")
        if before and old != new:
            print(f"  {'':4}before: {old or '(not there)'}")
    print("\nFiles")
    for path in [results / "report.html", *(p for p in sorted(results.iterdir()) if p.name != "report.html")]:
        print(f"  {_shown(path)}{'/' if path.is_dir() else ''}")


def _shown(path: Path) -> str:
    relative = os.path.relpath(path)
    return str(path) if relative.startswith("..") else relative


if __name__ == "__main__":
    run(main)
