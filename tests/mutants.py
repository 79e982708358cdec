"""`make mutants`: small faults put into scripts/derive one at a time; the fast tests of its decisions must notice them.

The mutants are those of mutmut, in a copy of the tracked files. MUTANTS of them are tried, chosen by a hash of their
names, so that the same code always means the same sample. A mutant that no test notices is either listed with its
reason in docs/mutants.md, or a test is missing.
"""

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[1]
REASONS = REPOSITORY / "docs/mutants.md"
GOAL = 0.9
SAMPLE = int(os.environ.get("MUTANTS", "150"))
UNNOTICED = (0, 33)
"""Exit codes where no test noticed the mutant, or none calls its function; others are a test that failed, or time that ran out."""


def main() -> None:
    """Try the sample, print the share that was noticed and every other mutant; exit code 1 below the goal."""
    with tempfile.TemporaryDirectory(prefix="mutants-of-derive-") as folder:
        copy(Path(folder))
        os.chdir(folder)
        chosen = sample(names(), SAMPLE)
        mutmut("run", *chosen)
        left = [mutant for mutant, code in codes().items() if mutant in set(chosen) and code in UNNOTICED]
        noticed = 1 - len(left) / len(chosen)
        print(f"{len(chosen) - len(left)} of {len(chosen)} mutants noticed, {noticed:.0%} (goal {GOAL:.0%})")
        for mutant in sorted(left):
            reason = "reason in docs/mutants.md" if mutant in listed() else "NOT in docs/mutants.md"
            print(f"\n{mutant}: {reason}\n{mutmut('show', mutant)}")
    sys.exit(noticed < GOAL or not set(left) <= listed())


def copy(folder: Path) -> None:
    """The tracked files as they stand in the working tree."""
    done = subprocess.run(["git", "ls-files", "-z"], cwd=REPOSITORY, check=True, capture_output=True, text=True)
    for file_name in filter(None, done.stdout.split("\0")):
        target = folder / file_name
        target.parent.mkdir(parents=True, exist_ok=True)
        if (REPOSITORY / file_name).exists():
            shutil.copy2(REPOSITORY / file_name, target, follow_symlinks=False)


def names() -> list[str]:
    """Every mutant of scripts/derive, made in the copy; mutmut finds them there and does not make them again."""
    from mutmut.__main__ import copy_also_copy_files, copy_src_dir, create_mutants

    copy_src_dir()
    copy_also_copy_files()
    create_mutants(os.cpu_count() or 1)
    return list(codes())


def sample(every: list[str], size: int) -> list[str]:
    """So many names, the same for the same code."""
    return sorted(every, key=lambda mutant: hashlib.sha256(mutant.encode()).hexdigest())[:size]


def mutmut(*arguments: str) -> str:
    """Run mutmut in this folder; what it said. Its progress goes to the terminal while it runs."""
    command = [sys.executable, "-m", "mutmut", *arguments]
    environment = {variable: value for variable, value in os.environ.items() if variable != "PYTHONPATH"}
    quiet = arguments[0] == "show"
    done = subprocess.run(command, check=True, text=True, env=environment, stdout=subprocess.PIPE if quiet else None)
    return done.stdout or ""


def codes() -> dict[str, int | None]:
    """Exit code of pytest by mutant; None for one that was not tried."""
    exit_codes: dict[str, int | None] = {}
    for file in Path("mutants/scripts/derive").rglob("*.meta"):
        exit_codes |= json.loads(file.read_text(encoding="utf-8"))["exit_code_by_key"]
    return exit_codes


def listed() -> set[str]:
    """The mutants that docs/mutants.md gives a reason for."""
    return set(re.findall(r"`(scripts\.\S+__mutmut_\d+)`", REASONS.read_text(encoding="utf-8")))


if __name__ == "__main__":
    main()
