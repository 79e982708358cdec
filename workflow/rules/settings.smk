"""What the rules share: the checked config, the folders, and for every step its job sheet and its record.

This part runs in Snakemake's own Python, which under `--sdm conda` has neither pandas nor filelock.
"""

import sys
from importlib.metadata import PackageNotFoundError
from importlib.util import find_spec
from pathlib import Path

from snakemake.settings.types import DeploymentMethod

REPOSITORY = Path(str(workflow.current_basedir)).parents[1]
if not (REPOSITORY / "schemas/config.py").is_file():
    raise WorkflowError(
        f"{REPOSITORY}: Dahlia must lie on disk. Import it by its path, not by an address."
    )
sys.path.insert(0, str(REPOSITORY))

from schemas.config import Config
from scripts.commands.messages import UserError
from workflow import needs, publishing
from workflow.plan import plan, tidy, write_sheets
from workflow.command_lines import arguments
from workflow.study import (
    ENVIRONMENT,
    Place,
    faults_of_files,
    folder,
    packages,
    packages_of,
    problems,
)

MODULE = not workflow.modifier.is_main_snakefile()
"""Whether another workflow imports this one; the files of its config are then not ours to judge."""
CONDA = DeploymentMethod.CONDA in workflow.deployment_settings.deployment_method
HOME = (
    folder(Path(workflow.configfiles[-1]), REPOSITORY)
    if workflow.configfiles
    else Path.cwd()
)
if found := (not MODULE and faults_of_files(workflow.configfiles)) or problems(config):
    raise WorkflowError("\n".join(found))
STUDY = Config.model_validate(config)
# Paths count from the config's folder on every way in; --directory, which `make` gives, says the same and wins.
if not MODULE:

    workdir: HOME


TOP = f"{HOME.as_posix()}/" if MODULE else ""
"""Before every path, where the folder of work is another workflow's."""
PLACE = Place(HOME if MODULE else Path.cwd(), STUDY.series)
PROCESSED = f"{TOP}data/processed/{STUDY.series}"
BUILD = f"{PROCESSED}/build"
LOGS = f"{PROCESSED}/logs"
REPORTED = [f"{PROCESSED}/reported/{source.name}" for source in STUDY.sources]
try:
    TASKS = plan(STUDY, PLACE, packages_of(ENVIRONMENT) if CONDA else packages())
    write_sheets(TASKS, PLACE)
except PackageNotFoundError as lost:
    raise WorkflowError(
        f"{sys.executable} has no {lost.name}, which the rooms need. Add --sdm conda, or run the Snakemake that Dahlia was installed with."
    )
except OSError as fault:
    raise WorkflowError(f"{fault.filename}: {fault.strerror or fault}.")

# A job is `python workflow/start_job.py SHEET LOG -- ROOM ...`; the sheet holds its stamp and names the record it leaves.
JOB = [
    "python" if CONDA else sys.executable,
    str(REPOSITORY / "workflow" / "start_job.py"),
]
HELD = []  # the lock of the study, while this process lives


def sheet(step):
    """The one stamp of a step: the path of its job sheet, which changes with every ingredient."""
    return f"{PROCESSED}/sheets/{TASKS[step].record}"


def made(step):
    """The record a step leaves when it has ended well; it is there only while the products are current."""
    return f"{PROCESSED}/made/{TASKS[step].record}"


def room(step, processes=1):
    """The command line of a step's room, which works in the study's folder."""
    return arguments(TASKS[step].sheet.step, STUDY, processes=processes)


def memory(step):
    """MB of memory that a step asks of a cluster, by the size of what it reads."""
    kind = needs.kind(TASKS[step].sheet.step.room, raw(step))
    return lambda wildcards, input, attempt: needs.memory(
        kind, needs.size(input or raw(step)), attempt
    )


def runtime(step):
    """Minutes that a step asks of a cluster, likewise."""
    kind = needs.kind(TASKS[step].sheet.step.room, raw(step))
    return lambda wildcards, input, attempt: needs.runtime(
        kind, needs.size(input or raw(step)), attempt
    )


def raw(step):
    """The files of a source, which Snakemake does not know."""
    return [PLACE.home / name for name in TASKS[step].sheet.files]


onstart:
    try:
        if find_spec("filelock"):
            from workflow import locks

            HELD.append(locks.take_run(PLACE.processed))
            publishing.recover(PLACE.results)
            tidy(TASKS, PLACE)
        else:
            logger.info(
                "No lock is held for the run as a whole: filelock is missing beside Snakemake. Every step holds its own."
            )
    except UserError as fault:
        raise WorkflowError(str(fault))
