"""What can happen to a run on a real machine, done on purpose: `make test-faults`, or `python -m tests.faults NAME ...`.

Each fault ends with the same products as an undisturbed run, or with one message and the last results whole. Not part of
the tests of every change: it takes some minutes, and some faults need the right to start processes as another user.
"""

import getpass
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from tests.conftest import REPOSITORY
from tests.fault_runs import FAULTS, KILLS, RESTRAINED, check, finished, products, start, study, updated


def killed(home: Path, seconds: float) -> None:
    """Start a run and kill all of it, children included, after some time."""
    running = start(home)
    time.sleep(seconds)
    os.killpg(running.pid, signal.SIGKILL)
    running.communicate()


def kills(folder: Path) -> None:
    """Kills at seeded moments of a first run and of an update: the next run ends with the same bytes."""
    dice = random.Random(20261125)
    began = time.monotonic()
    first = study(folder / "reference")
    finished(first)
    took = time.monotonic() - began
    before = products(first)
    finished(updated(first))
    after = products(first)
    shutil.copytree(study(folder / "bare"), folder / "done")
    finished(folder / "done")
    for number in range(KILLS):
        moment = dice.uniform(0.2, took)
        home = folder / f"first{number}"
        shutil.copytree(folder / "bare", home)
        killed(home, moment)
        whole = products(home) in ({}, before)
        code, _ = finished(home)
        check(
            whole and code == 0 and products(home) == before, f"first run killed after {moment:.1f} s of {took:.1f} s"
        )
        shutil.rmtree(home)
    for number in range(KILLS):
        moment = dice.uniform(0.2, took)
        home = folder / f"update{number}"
        shutil.copytree(folder / "done", home, copy_function=shutil.copy2)
        updated(home)
        killed(home, moment)
        whole = products(home) in (before, after)
        code, _ = finished(home)
        check(whole and code == 0 and products(home) == after, f"update killed after {moment:.1f} s of {took:.1f} s")
        shutil.rmtree(home)


def parent_killed(folder: Path) -> None:
    """The launcher alone is killed, then Snakemake too: while anything of the run lives, a second run is refused."""
    home = study(folder / "study")
    running = start(home)
    time.sleep(4)
    running.kill()
    code, text = finished(home)
    refused = code == 2 and ("Another run" in text or "still at work" in text)
    check(refused or code == 0, f"after the launcher's death: {'refused' if refused else 'the run had ended'}")
    snakemakes = subprocess.run(
        ["pgrep", "-f", f"snakemake.*{home}"], capture_output=True, text=True, check=False
    ).stdout.split()
    for pid in snakemakes[:1]:
        os.kill(int(pid), signal.SIGKILL)
    code, text = finished(home)
    while code == 2 and "still at work" in text:
        check(True, "a job of the killed run keeps the next one away: " + text.strip().splitlines()[0])
        time.sleep(2)
        code, text = finished(home)
    check(code == 0 and bool(products(home)), "then the next run completes")


def warm_killed(folder: Path) -> None:
    """The process that does the jobs is killed: the jobs do themselves, or are refused while the lost one works."""
    plain = study(folder / "plain")
    finished(plain)
    for seconds in (3.0, 8.0):
        home = study(folder / f"after{seconds:g}")
        running = start(home)
        time.sleep(seconds)
        subprocess.run(["pkill", "-KILL", "-g", str(running.pid), "-f", "workflow.warm"], check=False)
        text = running.communicate()[1]
        right = running.returncode == 0 or "still at work" in text
        check(right and "Traceback" not in text, f"killed after {seconds:g} s: code {running.returncode}")
        while finished(home)[0]:
            time.sleep(1)
        check(products(home) == products(plain), "and the next run ends with the same bytes")


def two_at_once(folder: Path) -> None:
    """`make` twice, and `make` beside a direct `snakemake`: one works, the other is refused in words."""
    home = study(folder / "study")
    pair = [start(home), start(home)]
    ends = [(run.communicate()[1], run.returncode) for run in pair]
    check(sorted(code for _, code in ends) == [0, 2], f"two runs: codes {sorted(code for _, code in ends)}")
    check(any("Another run of this study" in text for text, _ in ends), "the refused one says why")
    updated(home)
    direct = [sys.executable, "-m", "snakemake", "--snakefile", str(REPOSITORY / "Snakefile"), "--directory", str(home),
              "--configfile", str(home / "study.yaml"), "--cores", "2", "--nolock"]  # fmt: skip
    other = subprocess.Popen(
        direct,
        env=os.environ | {"PYTHONPATH": str(REPOSITORY)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    time.sleep(4)
    code, text = finished(home)
    check(code == 2 and "Another run" in text, f"make beside snakemake: code {code}")
    other.communicate()
    check(
        other.returncode == 0 and finished(home)[1].startswith("Nothing to do"),
        "and what snakemake made is current for make",
    )


def unwritable(folder: Path) -> None:
    """A study, a home, a cache or a results folder that cannot be written in."""
    home = study(folder / "study")
    finished(home)
    before = products(home)
    updated(home)
    if getpass.getuser() == "root" and not shutil.which("setpriv"):
        check(True, "not tried: root may write everywhere, and setpriv, which forbids it, is not installed")
        return
    under = RESTRAINED if getpass.getuser() == "root" else []
    subprocess.run(["chmod", "-R", "a-w", str(home)], check=True)
    code, text = finished(home, under=under)
    right = code == 2 and "may read or write" in text and "Traceback" not in text
    check(right, f"read-only study: {text.strip().splitlines()[-1]}")
    check(products(home) == before, "the last results are whole")
    subprocess.run(["chmod", "-R", "u+w", str(home)], check=True)
    nowhere = folder / "nowhere"
    nowhere.mkdir(mode=0o555)
    code, text = finished(home, under=under, environment={"HOME": str(nowhere), "XDG_CACHE_HOME": str(nowhere)})
    check(code == 0, f"no HOME to write in: code {code}")
    cases = home / "data/cases.csv"
    cases.write_text(cases.read_text(encoding="utf-8").replace("NO,F,41,41", "NO,F,42,42"), encoding="utf-8")
    before = products(home)
    (home / "results").chmod(0o555)
    code, text = finished(home, under=under)
    check(code == 2 and "Traceback" not in text, f"results that may not be written: {text.strip().splitlines()[-1]}")
    check(products(home) == before, "the last results are whole")
    (home / "results").chmod(0o755)


def foreign(folder: Path) -> None:
    """A results folder that holds something else."""
    home = study(folder / "study")
    (home / "results/invented").mkdir(parents=True)
    (home / "results/invented/thesis.docx").write_text("mine", encoding="utf-8")
    code, text = finished(home)
    check(code == 2 and "not written by Dahlia" in text, f"foreign results: {text.strip()}")
    check(list(products(home)) == ["thesis.docx"], "and nothing in it is touched")


def full_disk(folder: Path) -> None:
    """A disk that fills up: the reason on the terminal, the last results whole, the next run completes."""
    disk = folder / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=24m", "none", str(disk)], capture_output=True, text=True, check=False
    )
    if mounted.returncode:
        check(True, f"not tried: {mounted.stderr.strip()}")
        return
    try:
        home = study(disk / "study")
        finished(home)
        before = products(home)
        updated(home)
        free = shutil.disk_usage(disk).free
        (disk / "filler").write_bytes(b"x" * max(free - 300_000, 0))
        code, text = finished(home)
        check(
            code not in (0, 1) and "Make room" in text, f"full disk: code {code}, {[*text.strip().splitlines(), ''][0]}"
        )
        check(products(home) == before, "the last results are whole")
        (disk / "filler").unlink()
        check(finished(home)[0] == 0 and products(home) != before, "with room again the run completes")
    finally:
        subprocess.run(["umount", str(disk)], check=False)


def interrupted(folder: Path) -> None:
    """The keyboard's interruption reaches the whole group: one line, code 130."""
    home = study(folder / "study")
    for seconds in (1.0, 5.0):
        running = start(home)
        time.sleep(seconds)
        os.killpg(running.pid, signal.SIGINT)
        err = running.communicate()[1]
        lines = [line for line in err.splitlines() if line.startswith("Interrupted")]
        check(running.returncode == 130 and len(lines) == 1 and "Traceback" not in err, f"after {seconds} s: {lines}")
    check(finished(home)[0] == 0, "and the next run completes")


def surroundings(folder: Path) -> None:
    """Odd paths, another locale, another time zone, one core, another checkout: the same bytes."""
    plain = study(folder / "plain")
    finished(plain)
    right = products(plain)
    odd = study(folder / 'Anna\'s "case series" für Zoë $HOME')
    code, _ = finished(odd)
    check(code == 0 and products(odd) == right, "a path with blanks, quotes, umlauts and a dollar")
    for setting, more in {
        "LANG=C": {"environment": {"LANG": "C", "LC_ALL": "C"}},
        "another time zone": {"environment": {"TZ": "Pacific/Kiritimati"}},
        "one core": {"cores": 1},
    }.items():
        home = study(folder / setting.replace(" ", "_"))
        code, _ = finished(home, **more)
        check(code == 0 and products(home) == right, f"{setting}: code {code}")
    clone = folder / "another checkout"
    subprocess.run(["git", "clone", "-q", str(REPOSITORY), str(clone)], check=True)
    home = study(folder / "of_clone")
    code, _ = finished(home, repository=clone)
    check(code == 0 and products(home) == right, "another checkout path")


NAMES: dict[str, Callable[[Path], None]] = {
    "kills": kills, "parent_killed": parent_killed, "warm_killed": warm_killed, "two_at_once": two_at_once,
    "unwritable": unwritable, "foreign": foreign, "full_disk": full_disk, "interrupted": interrupted, "surroundings": surroundings,
}  # fmt: skip

if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.default_int_handler)  # runs started here hear the keyboard, also under nohup
    for name in sys.argv[1:] or NAMES:
        print(f"{name}: {NAMES[name].__doc__}", flush=True)
        with tempfile.TemporaryDirectory() as folder:
            NAMES[name](Path(folder))
    print(f"{len(FAULTS)} wrong" if FAULTS else "all right")
    sys.exit(bool(FAULTS))
