"""A stand-in for conda: what Snakemake asks of it, with an environment that is a Python of its own and keeps a list of what
it ran. `python stand_in_conda.py ...` is the command; `installed` puts it into a folder.
"""

import json
import sys
from pathlib import Path

ACTIVATE = 'PATH="$1/bin:$PATH"; CONDA_PREFIX="$1"; export PATH CONDA_PREFIX\n'


def installed(folder: Path) -> Path:
    """Make `conda` and `activate` in a folder that is to stand first on PATH; the folder."""
    folder.mkdir(parents=True)
    command = folder / "conda"
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" "{__file__}" "{folder}" "$@"\n', encoding="utf-8")
    command.chmod(0o755)
    (folder / "activate").write_text(ACTIVATE, encoding="utf-8")
    return folder


def main(folder: str, *asked: str) -> None:
    answers = {
        "info": json.dumps({"conda_prefix": str(Path(folder).parent), "platform": "linux-64"}),
        "--version": "conda 25.1.0",
        "config": json.dumps({"get": {"channel_priority": "strict"}}),
        "clean": "",
    }
    if asked[:2] == ("env", "create"):
        python = Path(asked[asked.index("--prefix") + 1]) / "bin/python"
        python.parent.mkdir(parents=True)
        kept = f'echo "$@" >> "{python.parents[1]}/ran"\n'
        python.write_text(f'#!/bin/sh\n{kept}exec "{sys.executable}" "$@"\n', encoding="utf-8")
        python.chmod(0o755)
    else:
        print(answers[asked[0]])


if __name__ == "__main__":
    main(*sys.argv[1:])
