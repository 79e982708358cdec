"""What one command used: a small process starts it and asks the system about that child alone.

The system counts a child's peak of memory from the parent it was forked from, and of several children keeps the
largest: started from a bench that holds a big series, every command would seem as big as the bench.
"""

import json
import os
import subprocess
import sys
from dataclasses import dataclass

from tests.conftest import REPOSITORY

STARTER = """
import json, os, sys
quiet = [(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)]
child = os.posix_spawn(sys.argv[1], sys.argv[1:], os.environ, file_actions=quiet)
_, status, used = os.wait4(child, 0)
print(json.dumps([os.waitstatus_to_exitcode(status), used.ru_utime + used.ru_stime, used.ru_maxrss]))
"""


@dataclass(frozen=True)
class Used:
    """Seconds of the processor and the peak of resident memory in MB."""

    processor: float
    peak: float


def used(*arguments: str) -> Used:
    """Run Python with these arguments from the repository; raises RuntimeError with what it said if it fails."""
    start = [sys.executable, "-S", "-c", STARTER, sys.executable, *arguments]
    done = subprocess.run(
        start,
        check=True,
        capture_output=True,
        text=True,
        cwd=REPOSITORY,
        env=os.environ | {"PYTHONPATH": str(REPOSITORY)},
    )
    code, processor, peak = json.loads(done.stdout)
    if code:
        raise RuntimeError(f"{' '.join(arguments)}: exit code {code}\n{done.stderr}")
    return Used(processor, peak / 1024 / (1024 if sys.platform == "darwin" else 1))
