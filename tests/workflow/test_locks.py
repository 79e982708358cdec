"""Two runs of one study never work at once, whatever was killed."""

import subprocess
import sys

import pytest

from scripts.commands.messages import UserError
from tests.conftest import REPOSITORY
from workflow import locks

HOLD = """
import sys
from pathlib import Path
from workflow import locks
name = sys.argv[2]
held = locks.step(Path(sys.argv[1]), name) if name != "run" else locks.take_run(Path(sys.argv[1]))
if name != "run":
    held.__enter__()
print("held", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def holder(tmp_path):
    """Start a process that holds a lock; it lets go when its input ends, or it is killed."""
    started = []

    def hold(lock_name: str) -> subprocess.Popen:
        other = subprocess.Popen(
            [sys.executable, "-c", HOLD, str(tmp_path), lock_name],
            cwd=REPOSITORY,
            text=True,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        assert other.stdout.readline() == "held\n"
        started.append(other)
        return other

    yield hold
    for other in started:
        other.kill()
        other.wait()


def test_a_second_run_is_refused_until_the_first_is_gone(tmp_path, holder):
    first = holder("run")
    with pytest.raises(UserError, match="Another run of this study is in progress"):
        locks.take_run(tmp_path)
    first.kill()
    first.wait()
    locks.take_run(tmp_path).release()


def test_a_job_whose_run_was_killed_keeps_the_next_run_away(tmp_path, holder):
    job = holder("derive")
    assert locks.held(tmp_path) == ["derive"]
    with pytest.raises(UserError, match="its step 'derive' is still at work"):
        locks.take_run(tmp_path)
    with pytest.raises(UserError, match="already running"), locks.step(tmp_path, "derive"):
        pass
    job.kill()
    job.wait()
    assert locks.held(tmp_path) == []
    with locks.step(tmp_path, "derive"):
        assert locks.held(tmp_path) == ["derive"]
