"""What the rules share: the checked config, the folders, and for every step its job sheet and its record."""

import os
import sys
from pathlib import Path

from schemas.config import Config
from scripts.commands.messages import UserError
from workflow import locks, publishing
from workflow.plan import plan, tidy, write_sheets
from workflow.study import Place, doubled, folder, problems

if found := doubled(workflow.configfiles) or problems(config):
    raise WorkflowError("\n".join(found))
STUDY = Config.model_validate(config)


# Paths count from the config's folder on every way in; --directory, which `make` gives, says the same and wins.
workdir: folder(Path(workflow.configfiles[-1]))


PLACE = Place(Path.cwd(), STUDY.series)
PROCESSED = f"data/processed/{STUDY.series}"
ACCEPTED = f"data/processed/accepted/{STUDY.series}"
RESULTS = f"results/{STUDY.series}"
BUILD = f"{PROCESSED}/build"
LOGS = f"{PROCESSED}/logs"
SOURCES = {source.name: source for source in STUDY.sources}
REPORTED = [f"{PROCESSED}/reported/{name}" for name in SOURCES]
try:
    TASKS = plan(STUDY, PLACE)
    write_sheets(TASKS, PLACE)
except OSError as fault:
    raise WorkflowError(f"{fault.filename}: {fault.strerror or fault}.")

# A job is `python workflow/start_job.py SHEET LOG -- ROOM ...`; the sheet holds its stamp and names the record it leaves.
JOB = [sys.executable, os.path.join(workflow.basedir, "workflow", "start_job.py")]
HELD = []  # the lock of the study, while this process lives


def sheet(step):
    """The one stamp of a step: the path of its job sheet, which changes with every ingredient."""
    return f"{PROCESSED}/sheets/{TASKS[step].record}"


def made(step):
    """The record a step leaves when it has ended well; it is there only while the products are current."""
    return f"{PROCESSED}/made/{TASKS[step].record}"


def handed(step, name="settings.yaml"):
    """What the config hands to a step, written by its job."""
    return f"{PROCESSED}/handed/{step}/{name}"


onstart:
    try:
        HELD.append(locks.take_run(PLACE.processed))
        publishing.recover(PLACE.results)
        tidy(TASKS, PLACE)
    except UserError as fault:
        raise WorkflowError(str(fault))
