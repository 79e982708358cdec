"""What the rules share: the checked config, the folders, and the code each room depends on."""

import json
import os
import sys

from schemas.config import Config
from workflow.study import problems
from workflow.study import room as code_of

REPOSITORY = os.path.relpath(workflow.basedir)
if found := problems(config):
    raise WorkflowError("\n".join(found))
STUDY = Config.model_validate(config)
PROCESSED = f"data/processed/{STUDY.series}"
RESULTS = f"results/{STUDY.series}"
LOGS = f"{PROCESSED}/logs"
SOURCES = {source.name: source for source in STUDY.sources}
REPORTED = [f"{PROCESSED}/reported/{name}" for name in SOURCES]

# Rules call `python`: the one that runs Snakemake, with the rooms on its path.
shell.prefix(
    f"export PATH={os.path.dirname(sys.executable)}:$PATH PYTHONPATH={REPOSITORY}:$PYTHONPATH; set -euo pipefail; "
)


def room(name):
    """The files a room is made of: a change in one of them makes its rule run again."""
    return code_of(REPOSITORY, name)


def raw_files(wildcards):
    """A source's files: its own if it is a file, those in it if it is a folder."""
    path = SOURCES[wildcards.source].path
    if not os.path.isdir(path):
        return [path]
    return sorted(
        entry.path
        for entry in os.scandir(path)
        if entry.is_file() and not entry.name.startswith(".")
    )
