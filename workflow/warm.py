"""Jobs that need not wait for libraries: a process that has loaded them, and forks a copy of itself for every job.

The launcher starts it beside Snakemake. A job that finds its address asks it for the work and waits for the exit code;
where there is none (Snakemake started by hand, another interpreter or machine, not Linux) it does the same work itself.
It takes no more jobs once the launcher is gone, and ends with the last of those at work. Only the user who started it can
reach it: its socket lies in a folder of theirs.
"""

import contextlib
import gc
import importlib
import json
import os
import select
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Iterator
from pathlib import Path

ADDRESS = "DAHLIA_WARM"
"""In the environment of the jobs: the interpreter of the warm process, a line break, and its socket."""
MOMENT = 10
"""Milliseconds between two looks at the jobs at work."""
LOST = 1
"""Exit code of a job whose process ended without one: killed from outside."""
INTERRUPTED = 130
PARTS = ("rule_", "of_", "table_", "figure_", "document_")
"""Beginnings of the names of modules that a room looks for when it runs."""
REPOSITORY = Path(__file__).resolve().parents[1]
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
"""Before a job, warm or not, loads numpy: its threads help nothing here, and a process that has threads must not fork."""


@contextlib.contextmanager
def beside(rooms: list[str], environment: dict[str, str]) -> Iterator[dict[str, str]]:
    """A warm process for the jobs of these rooms while the block lasts; the environment by which they find it."""
    try:
        folder = Path(tempfile.mkdtemp(prefix="dahlia-")) if sys.platform == "linux" else None
    except OSError:  # no room, or no place: the jobs do without
        folder = None
    if not folder:
        yield environment
        return
    command = [sys.executable, "-P", "-m", "workflow.warm", str(folder / "jobs"), *rooms]
    hearing = signal.signal(signal.SIGINT, signal.SIG_IGN)  # from its first moment it is deaf to the keyboard
    warm = subprocess.Popen(
        command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    signal.signal(signal.SIGINT, hearing)
    with warm:
        yield environment | {ADDRESS: f"{sys.executable}\n{folder / 'jobs'}"}


def asked(arguments: list[str]) -> int | None:
    """The exit code of the job done by the warm process; None where there is none to ask, or it ended before the job did.

    A job that then does the work itself is refused by the step's lock while the lost one is still at work.
    """
    interpreter, _, path = os.environ.get(ADDRESS, "").partition("\n")
    if interpreter != sys.executable:
        return None
    with socket.socket(socket.AF_UNIX) as connection:
        try:
            connection.connect(path)
            given = {"arguments": arguments, "folder": str(Path.cwd()), "environment": dict(os.environ)}
            socket.send_fds(connection, [b"\n"], [0, 1, 2])
            connection.sendall(json.dumps(given).encode() + b"\n")
            answer = connection.recv(8)
        except OSError:
            return None
        except KeyboardInterrupt:
            return INTERRUPTED
    return int(answer) if answer else None


def serve(path: str, rooms: list[str]) -> None:
    """Take jobs while and after the libraries of the rooms are loaded, and end when the launcher does."""
    with socket.socket(socket.AF_UNIX) as door:
        door.bind(path)
        door.listen()
        _serve(door, modules(rooms))
    shutil.rmtree(Path(path).parent, ignore_errors=True)


def modules(rooms: list[str]) -> Iterator[str]:
    """The modules of these rooms in the order of the run: their commands, and the parts that a command looks for.

    What libraries load at their first use comes behind the first command, which alone is asked for at once.
    """
    yield "workflow.job"
    with_libraries = [room for room in rooms if room != "publish"]
    for room in with_libraries:
        yield f"scripts.{room}.__main__"
        if room == with_libraries[0]:
            yield "workflow.first_use"
        for file in sorted((REPOSITORY / "scripts" / room).rglob("*.py")):
            if file.name.startswith(PARTS):
                yield ".".join(file.relative_to(REPOSITORY).with_suffix("").parts)


def load(module: str) -> None:
    importlib.import_module(module)
    if module.endswith(".__main__"):
        del sys.modules[module]  # its job runs it, which asks that it was not loaded before


def _serve(door: socket.socket, modules: Iterator[str]) -> None:
    """Take jobs at the door until standard input ends; then wait for those at work."""
    at_work: dict[socket.socket, int] = {}
    watched = select.poll()
    watched.register(sys.stdin, 0)  # its end is told unasked
    watched.register(door, select.POLLIN)
    taking = True
    while taking or at_work:
        module = next(modules, None) if taking else None
        if module:
            load(module)
        ready = {number for number, _ in watched.poll(0 if module else MOMENT if at_work else None)}
        if sys.stdin.fileno() in ready:
            taking = False
            watched.unregister(sys.stdin)
            watched.unregister(door)
        elif door.fileno() in ready:
            connection, _ = door.accept()
            at_work[connection] = _begun(connection, [door, *at_work])
            watched.register(connection, select.POLLRDHUP)
        for connection in [asker for asker in at_work if asker.fileno() in ready]:  # the asker is gone
            os.kill(at_work[connection], signal.SIGTERM)
        for connection in _ended(at_work):
            watched.unregister(connection)
            connection.close()
            del at_work[connection]


def _begun(connection: socket.socket, others: list[socket.socket]) -> int:
    """Fork the process of a job, which leaves the others' connections alone; its number."""
    gc.freeze()
    if number := os.fork():
        return number
    try:
        for other in others:
            other.close()
        os._exit(_work(connection))
    except BaseException:
        traceback.print_exc()
        os._exit(LOST)


def _work(connection: socket.socket) -> int:
    """Become the process that asked: its folder, environment, standard files and arguments."""
    signal.signal(signal.SIGINT, signal.default_int_handler)  # it hears the keyboard again
    _, files, _, _ = socket.recv_fds(connection, 1, 3)
    for number, file in enumerate(files):
        os.dup2(file, number)
    with connection.makefile("rb") as lines:
        given = json.loads(lines.readline())
    os.chdir(given["folder"])
    os.environ.clear()
    os.environ.update(given["environment"])
    from workflow.job import work

    code = work(given["arguments"])
    sys.stdout.flush()
    sys.stderr.flush()
    return code


def _ended(at_work: dict[socket.socket, int]) -> list[socket.socket]:
    """The connections whose job has ended; each is told its exit code."""
    over = []
    for connection, number in at_work.items():
        ended, status = os.waitpid(number, os.WNOHANG)
        if ended:
            code = os.waitstatus_to_exitcode(status)
            with contextlib.suppress(OSError):
                connection.sendall(str(code if code >= 0 else LOST).encode())
            over.append(connection)
    return over


if __name__ == "__main__":
    serve(sys.argv[1], sys.argv[2:])
