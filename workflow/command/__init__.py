"""The command `dahlia`, for those who installed the package: the same code as `make`, from any folder.

In the wheel this file is the package `dahlia`, and what the repository holds lies beside it in `dahlia/line`, which comes
first on the path of this process and of every room that it starts.
"""

import os
import runpy
import shutil
import sys
from importlib import metadata
from pathlib import Path
from typing import NoReturn

import yaml

HERE = Path(__file__).resolve().parent
LINE = HERE / "line" if (HERE / "line").is_dir() else HERE.parents[1]
STUDY = "study.yaml"
INTERRUPTED = 130
COMMANDS: dict[str, tuple[tuple[str, ...], str]] = {
    "run": (("workflow.run",), "make everything that is not up to date, and say what ran and why"),
    "many": (("workflow.many",), "run a list of series (CSV), and write an overview of all"),
    "new": (("workflow.new_study",), "begin a study: config, profile, entry workbook and README"),
    "map": (("scripts.ingest", "map"), "propose a column map for a table with a row per patient"),
    "store": (("scripts.ingest", "store"), "convert public extracts once, so that a series is a query"),
    "template": (("scripts.ingest", "template"), "write an empty entry workbook"),
    "validate": (("scripts.validate",), "check a workbook, a table or a folder of CSV files before any run"),
    "figure": (("workflow.figure",), "draw one figure as a journal wants it"),
    "case": (("workflow.case",), "say how a patient compares with the others"),
    "accept": (("workflow.accept",), "keep this run; the next report says what differs from it"),
    "verify": (("workflow.verify",), "say whether results are as their run wrote them, and of today's data"),
    "share": (("workflow.share",), "write a copy that may be shared: pseudonymous, or counts alone"),
}
OF_A_STUDY = ("run", "figure", "case", "accept", "verify", "share")
"""Commands about the study of the present folder, unless --config names another."""


def main() -> None:
    """Do what the command line says; every command has its own --help."""
    command, *rest = sys.argv[1:] or ["--help"]
    if command in ("version", "--version"):
        print(f"dahlia {metadata.version('dahlia')}")
    elif command in ("help", "--help", "-h"):
        print(usage())
    elif command in COMMANDS:
        module, *fixed = COMMANDS[command][0]
        _start(module, f"dahlia {command}", [*fixed, *rest, *_of_this_folder(command, rest)])
    else:
        _refuse(f"dahlia: '{command}' is no command.\n\n{usage()}")


def usage() -> str:
    """The commands, a line each."""
    lines = [f"  {command:10}{words}" for command, (_, words) in COMMANDS.items()]
    return "\n".join(
        [
            "usage: dahlia COMMAND [...]",
            "",
            *lines,
            "  version   the version installed",
            "",
            f"run, figure, case, accept, verify and share work on {STUDY} in this folder, or on --config FILE.",
        ]
    )


def _of_this_folder(command: str, rest: list[str]) -> list[str]:
    """--config for the study of this folder; an empty folder gets the default study to run."""
    given = any(word.split("=")[0] in ("--config", "--help", "-h") for word in rest)
    if command not in OF_A_STUDY or given:
        return []
    if not Path(STUDY).is_file():
        if command != "run" or any(Path().iterdir()):
            _refuse(
                f"No {STUDY} in this folder. Go to the folder of a study or give --config FILE; begin one with "
                "`dahlia new`; or try the default study with `dahlia run` in an empty folder."
            )
        print(f"An empty folder: the default study was laid out here ({', '.join(_lay_out())}).", file=sys.stderr)
    return ["--config", STUDY]


def _refuse(text: str) -> NoReturn:
    """One message, and the exit code of a user's fault."""
    print(text, file=sys.stderr)
    sys.exit(2)


def _lay_out() -> list[str]:
    """Copy the default study here: its config, its profile and its sources, at the paths that the config gives them."""
    ours = LINE / "config/config.yaml"
    config = yaml.safe_load(ours.read_text(encoding="utf-8"))
    named = [config["profile"], *(source["path"] for source in config["sources"])]
    for path in named:
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        (shutil.copytree if (LINE / path).is_dir() else shutil.copyfile)(LINE / path, path)
    shutil.copyfile(ours, STUDY)
    return [STUDY, *named]


def _start(module: str, program: str, words: list[str]) -> None:
    """Run a module of the line under the program's name, in this process."""
    sys.path.insert(0, str(LINE))
    os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, (str(LINE), os.environ.get("PYTHONPATH"))))
    sys.argv = [program, *words]
    try:
        runpy.run_module(module, run_name="__main__", alter_sys=False)
    except KeyboardInterrupt:
        print("Interrupted.", file=sys.stderr)
        sys.exit(INTERRUPTED)
