"""The process that does the jobs: its work is that of a job of its own, and nothing outlives who asked for it."""

import contextlib
import os
import subprocess
import sys
import time

import pytest

from tests.conftest import REPOSITORY
from workflow import warm

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="jobs are forked on Linux only")
START = [sys.executable, str(REPOSITORY / "workflow/start_job.py")]
ENVIRONMENT = os.environ | {"PYTHONPATH": str(REPOSITORY)}


@pytest.fixture(scope="module")
def environment():
    with warm.beside([], ENVIRONMENT) as given:
        until(lambda: os.path.exists(given[warm.ADDRESS].partition("\n")[2]))
        yield given


def job(environment: dict[str, str], folder, *arguments: str, **more) -> subprocess.CompletedProcess:
    return subprocess.run(
        [*START, *arguments], cwd=folder, env=environment, capture_output=True, text=True, check=False, **more
    )


def test_a_fault_is_told_where_the_job_was_started_and_with_its_exit_code(environment, tmp_path):
    """Done here and done by the warm process: the same words on the same stream, the same code."""
    given = ("series/sheets/none.json", "series/logs/none.log", "--", "ingest")
    warmly, alone = (job(variables, tmp_path, *given) for variables in (environment, ENVIRONMENT))
    assert (warmly.returncode, warmly.stdout, warmly.stderr) == (alone.returncode, alone.stdout, alone.stderr)
    assert warmly.returncode == 2
    assert warmly.stdout == "series/sheets/none.json: no such file or folder. Check the path.\n"


def test_a_job_asks_only_a_warm_process_of_its_own_interpreter(environment, monkeypatch):
    monkeypatch.delenv(warm.ADDRESS, raising=False)
    assert warm.asked([]) is None
    monkeypatch.setenv(warm.ADDRESS, "/another/python\n/tmp/none")
    assert warm.asked([]) is None
    monkeypatch.setenv(warm.ADDRESS, f"{sys.executable}\n/nowhere/jobs")
    assert warm.asked([]) is None


def until(happens) -> None:
    """Wait for it, a minute at most."""
    deadline = time.monotonic() + 60
    while not happens() and time.monotonic() < deadline:
        time.sleep(0.02)
    assert happens()


def test_a_job_ends_with_the_process_that_asked_for_it(environment, tmp_path):
    """The sheet is a pipe in which nothing is written: the job waits for it, until who asked is killed."""
    sheet = tmp_path / "sheet"
    os.mkfifo(sheet)
    asking = subprocess.Popen([*START, str(sheet), "x/y.log", "--", "ingest"], cwd=tmp_path, env=environment)
    ends: list[int] = []

    def read() -> bool:
        if not ends:
            with contextlib.suppress(OSError):  # nobody reads it yet
                ends.append(os.open(sheet, os.O_WRONLY | os.O_NONBLOCK))
        return bool(ends)

    def left() -> bool:
        try:
            os.write(ends[0], b" ")
        except BrokenPipeError:
            return True
        return False

    until(read)
    assert not left()
    asking.kill()
    asking.wait()
    until(left)


def test_what_libraries_load_at_first_use_follows_the_first_command():
    loaded = list(warm.modules(["ingest", "validate", "publish"]))
    assert loaded[:3] == ["workflow.job", "scripts.ingest.__main__", "workflow.first_use"]
    assert loaded.count("workflow.first_use") == 1
    assert not [module for module in loaded if module.startswith("scripts.publish")]
