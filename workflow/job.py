"""One job of the workflow: a room at work, its lock, its log, and the record of what it made.

Snakemake starts it by workflow/start_job.py, from the study's folder. A room that fails leaves `failed.json` for the
launcher.
"""

import contextlib
import json
import os
import runpy
import sys
import traceback
from pathlib import Path

import yaml

from scripts.commands import messages
from scripts.commands.messages import UserError
from scripts.files import source_files
from scripts.files.atomic import write_text
from workflow import freshness, locks, publishing
from workflow.fingerprints import Fingerprints
from workflow.plan import LONGEST_WORD
from workflow.steps import Step
from workflow.study import Place
from workflow.warm import INTERRUPTED


def work(arguments: list[str]) -> int:
    """Do the job of the arguments SHEET LOG -- ROOM ...; its exit code. SHEET is a step's sheet (workflow.freshness)."""
    sheet, log, _, room, *rest = arguments
    code = 0
    if Path(sheet).is_absolute():  # Snakemake works in another workflow's folder (workflow/rules/settings.smk)
        os.chdir(Path(sheet).parents[4])
    try:
        messages.run(lambda: main(Path(sheet), Path(log), room, rest))
    except KeyboardInterrupt:
        return INTERRUPTED
    except SystemExit as ended:
        code = ended.code if isinstance(ended.code, int) else int(bool(ended.code))
    except BaseException:  # asked for by DAHLIA_DEBUG
        traceback.print_exc()
        code = messages.OUR_FAULT
    if code:
        _failed(room, code, log, Path(sheet).parents[1])
    return code


def main(sheet_path: Path, log: Path, room: str, arguments: list[str]) -> None:
    """Do the step of the sheet; ends with the room's exit code where that is not 0."""
    sheet = json.loads(sheet_path.read_text(encoding="utf-8"))
    processed = sheet_path.parents[1]
    with locks.step(processed, sheet["step"]):
        log.parent.mkdir(parents=True, exist_ok=True)
        messages.keep_log(log)
        _hand_over(sheet, processed)
        _work(room, arguments)
        _unchanged(sheet)
        _record(sheet, Place(Path.cwd(), processed.name))


def _hand_over(sheet: dict, processed: Path) -> None:
    """The files that the room reads beside the tables: its settings, or a source's options; for the report, all inputs."""
    kind = "options" if sheet["room"] == "ingest" else "settings"
    content = sheet["handed"]
    if kind == "options":
        content = {key: value for key, value in content.items() if key not in ("format", "path")}
    place = processed / "handed" / sheet["step"]
    write_text(yaml.safe_dump(content, sort_keys=False), place / f"{kind}.yaml")
    if "inputs" in sheet:
        write_text(json.dumps(sheet["inputs"], indent=1), place / "inputs.json")


def _work(room: str, arguments: list[str]) -> None:
    """Run the room in this process, as `python -m scripts.<room>` would."""
    if room == "publish":
        messages.run(lambda: publishing.publish(*map(Path, arguments)))
        return
    sys.argv = [f"scripts.{room}", *arguments]
    runpy.run_module(f"scripts.{room}", run_name="__main__", alter_sys=True)


def _unchanged(sheet: dict) -> None:
    """What the room has read is still what its sheet says; UserError where a file was changed meanwhile."""
    prints = Fingerprints(Path.cwd() / "none")
    changed = [
        path
        for path, digest in sheet["files"].items()
        if not Path(path).is_file() or prints.digest(Path(path)) != digest
    ]
    if sheet["room"] == "ingest":
        now = {freshness.shown(file, Path.cwd()) for file in source_files.files(Path.cwd() / sheet["handed"]["path"])}
        changed += sorted(now - set(sheet["files"]))
    if changed:
        raise UserError(f"{changed[0]}: changed while the run was reading it. Start the run again.")


def _record(sheet: dict, place: Place) -> None:
    """Say what was made of what; the records of earlier runs go."""
    step = Step(sheet["room"], (), tuple(sheet["products"]))
    prints = Fingerprints(place.processed / "fingerprints.json")
    publish = step.room == "publish"
    files = publishing.files(place.results, prints) if publish else freshness.products(place, step, prints)
    record = {"stamp": sheet["stamp"], "ingredients": sheet["ingredients"], "files": files}
    made = place.processed / "made" / sheet["record"]
    write_text(json.dumps(record, indent=1), made)
    for older in freshness.records(place, sheet["step"]):
        if older != made:
            older.unlink(missing_ok=True)


def _failed(room: str, code: int, log: str, processed: Path) -> None:
    """Note for the launcher that the room has said why it failed, in the space that the plan has kept free."""
    word = json.dumps({"room": room, "code": code, "log": log, "run": os.environ.get("DAHLIA_RUN")})
    with contextlib.suppress(OSError), (processed / "failed.json").open("r+", encoding="utf-8") as kept:
        kept.write(word.ljust(LONGEST_WORD))
        kept.truncate()
