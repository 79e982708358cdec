"""A cluster of one machine: `make test-slurm`, as root, with Debian's slurm-wlm and munge and Snakemake's SLURM executor.

Twenty series (SERIES=n) run on it, of one of which a running job is killed; every file ends as in a local run, byte for byte.
Some minutes; not part of the tests of every change.
"""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from threading import Event

from tests.conftest import REPOSITORY

SETTINGS = Path("/etc/slurm/slurm.conf")
"""Where jobs look for them: the executor takes SLURM's variables out of their environment."""
AT_ONCE = 4
QUICK = ["--slurm-status-command", "squeue", "--slurm-init-seconds-before-status-checks", "5",
         "--seconds-between-status-checks", "3"]  # fmt: skip
CONF = """ClusterName=one
SlurmctldHost={host}(127.0.0.1)
AuthType=auth/munge
AuthInfo=socket={top}/munge/socket
SlurmUser=root
SlurmdUser=root
StateSaveLocation={top}/state
SlurmdSpoolDir={top}/spool
SlurmctldPidFile={top}/slurmctld.pid
SlurmdPidFile={top}/slurmd.pid
SlurmctldLogFile={top}/slurmctld.log
SlurmdLogFile={top}/slurmd.log
SlurmctldPort=16817
SlurmdPort=16818
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
ReturnToService=2
AccountingStorageType=accounting_storage/none
NodeName={host} NodeAddr=127.0.0.1 CPUs={cpus} RealMemory=4000 State=UNKNOWN
PartitionName=main Nodes=ALL Default=YES MaxTime=INFINITE State=UP
"""


def main() -> None:
    number = int(os.environ.get("SERIES", "20"))
    refuse()
    with tempfile.TemporaryDirectory() as folder:
        top = Path(folder)
        local, far = ([study(top / where, n) for n in range(number)] for where in ("local", "cluster"))
        for home in local:
            subprocess.run(command_here(home), cwd=REPOSITORY, env=environment(), check=True, capture_output=True)
        print(f"{number} series made here", flush=True)
        with cluster(top), ThreadPoolExecutor(AT_ONCE) as at_once:
            over = Event()
            killed = at_once.submit(kill, far[0], over)
            ended = list(at_once.map(on_cluster, far))
            over.set()
            told = killed.result()
        print(f"{number} series made on the cluster; killed on the way: job {told}")
        differ = [str(home) for home, other in zip(local, far, strict=True) if files(home) != files(other)]
        failed = [str(home) for home, code in zip(far, ended, strict=True) if code]
        if differ or failed or not told:
            sys.exit(f"failed: {failed}; not as made here: {differ}; killed: {told}")
        print(f"{sum(len(files(home)) for home in far)} files are the same, byte for byte")


def refuse() -> None:
    """End with what is missing, and how to get it."""
    wanted = {"slurmctld": "slurm-wlm", "slurmd": "slurm-wlm", "munged": "munge"}
    if missing := sorted({package for program, package in wanted.items() if not shutil.which(program)}):
        sys.exit(f"Not installed: {', '.join(missing)}. On Debian or Ubuntu: sudo apt install {' '.join(missing)}")
    if not find_spec("snakemake_executor_plugin_slurm"):
        sys.exit(
            "Snakemake's SLURM executor is missing: .venv/bin/python -m pip install 'snakemake-executor-plugin-slurm>=2.8,<3'"
        )
    if os.geteuid():
        sys.exit("To start a cluster on this machine one must be root: sudo make test-slurm")
    if SETTINGS.exists() or SETTINGS.is_symlink():
        sys.exit(f"{SETTINGS}: this machine belongs to a cluster already, which is left alone.")


@contextmanager
def cluster(top: Path) -> Iterator[None]:
    """munged, slurmctld and slurmd while the block lasts."""
    for part in ("munge", "state", "spool"):
        (top / part).mkdir()
    top.chmod(0o755)
    key = top / "munge/key"
    key.write_bytes(os.urandom(1024))
    key.chmod(0o400)
    (top / "munge").chmod(0o700)
    SETTINGS.write_text(
        CONF.format(host=socket.gethostname().split(".")[0], top=top, cpus=os.cpu_count()), encoding="utf-8"
    )
    munge = [f"--{part}={top}/munge/{file}" for part, file in (("key-file", "key"), ("socket", "socket"), ("pid-file", "pid"),
             ("log-file", "log"), ("seed-file", "seed"))]  # fmt: skip
    running = [subprocess.Popen(["munged", "--foreground", "--force", *munge], stderr=subprocess.DEVNULL)]
    try:
        until(lambda: (top / "munge/socket").exists())
        running += [subprocess.Popen([program, "-D"], stderr=subprocess.DEVNULL) for program in ("slurmctld", "slurmd")]
        until(lambda: "idle" in told("sinfo", "--noheader", "--format=%T"))
        yield
    finally:
        for process in reversed(running):
            process.terminate()
            process.wait()
        SETTINGS.unlink()


def told(*command: str) -> str:
    return subprocess.run(command, capture_output=True, encoding="utf-8", check=False).stdout


def until(happens, seconds: float = 120) -> None:
    deadline = time.monotonic() + seconds
    while not happens():
        if time.monotonic() > deadline:
            sys.exit("the cluster does not start; is something of it running already?")
        time.sleep(0.5)


def study(home: Path, number: int) -> Path:
    """A series of its own: the small study under another name, its first onset a day later for each."""
    shutil.copytree(REPOSITORY / "tests/studies/small", home / f"s{number}")
    for file_name, old, new in (("study.yaml", "series: small", f"series: s{number}"),
                           ("data/reactions.csv", "yes,2,3", f"yes,{number + 2},{number + 3}")):  # fmt: skip
        file = home / f"s{number}" / file_name
        file.write_text(file.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    return home / f"s{number}"


def environment() -> dict[str, str]:
    return os.environ | {"PYTHONPATH": os.pathsep.join([str(REPOSITORY), *filter(None, sys.path)])}


def command_here(home: Path) -> list[str]:
    return [sys.executable, "-m", "workflow.run", "--config", str(home / "study.yaml")]


def on_cluster(home: Path) -> int:
    """The exit code of the series on the cluster; its log lies beside it."""
    command = [sys.executable, "-m", "snakemake", "--snakefile", str(REPOSITORY / "workflow/Snakefile"), "--configfile",
               "study.yaml", "--workflow-profile", str(REPOSITORY / "workflow/profiles/slurm"), *QUICK]  # fmt: skip
    with (home / "snakemake.log").open("w", encoding="utf-8") as log:
        done = subprocess.run(command, cwd=home, env=environment(), stdout=log, stderr=log, check=False)
    if done.returncode:
        print((home / "snakemake.log").read_text(encoding="utf-8")[-3000:])
    return done.returncode


def kill(home: Path, over: Event) -> str:
    """Kill the job of a series that runs its rooms, while it runs; its number, blank where none was seen before all is over."""
    while not over.is_set():
        for line in told("squeue", "--noheader", "--states=RUNNING", "--format=%i %Z").splitlines():
            job, _, folder = line.partition(" ")
            if folder.strip() == str(home) and (home / "data/processed/s0/findings.csv").exists():
                subprocess.run(["scancel", "--signal=KILL", "--full", job], check=True)
                return job
        time.sleep(0.3)
    return ""


def files(home: Path) -> dict[str, bytes]:
    """What was published, by path."""
    top = home / "results"
    return {file.relative_to(top).as_posix(): file.read_bytes() for file in sorted(top.rglob("*")) if file.is_file()}


if __name__ == "__main__":
    main()
