"""Whether a step's products are still those of its ingredients: by bytes and values, never by time.

Every step has a job sheet: its ingredients (files, settings, program, libraries, the steps before) each with a
fingerprint, and one stamp over them all. A step that ends well leaves a record, `made/<step>.<stamp>.<number>.json`, with
the sheet it worked from and the fingerprints of what it made. Its products are current where the record has the sheet's
stamp and the products lie there as they were made; else a record by another name is asked for, and the step runs.
"""

import json
from dataclasses import dataclass
from pathlib import Path

from schemas.config import Config
from workflow import publishing
from workflow.fingerprints import Fingerprints, combined
from workflow.steps import Step
from workflow.study import Place, all_steps, code, handed, keys, packages, read_files

MARK = ".snakemake_timestamp"
"""Of Snakemake's own, in folders that a rule makes."""
LENGTH = 16
"""Hexadecimal digits of a stamp in a file name."""


@dataclass(frozen=True)
class Sheet:
    """What a step works from.

    ingredients  what it is called to a person -> fingerprint; `after ...` stands for a step before it
    files        the study's files among them -> SHA-256, by path counted from the study's folder
    handed       what the config hands to the room
    """

    step: Step
    ingredients: dict[str, str]
    files: dict[str, str]
    handed: dict

    @property
    def stamp(self) -> str:
        return combined(self.ingredients)[:LENGTH]

    def text(self, record: str, inputs: dict[str, str]) -> str:
        """The sheet as the job reads it: it leaves `record`; `inputs` are all files of the study, for the manifest."""
        content = {"step": self.step.name, "room": self.step.room, "stamp": self.stamp, "record": record,
                   "ingredients": self.ingredients, "files": self.files, "handed": self.handed,
                   "products": self.step.products}  # fmt: skip
        return json.dumps(content | ({"inputs": inputs} if self.step.room == "report" else {}), indent=1)


def programs(prints: Fingerprints) -> dict[str, str]:
    """One fingerprint of the files that each room is made of."""
    return {room: combined([prints.digest(file) for file in files]) for room, files in code().items()}


def sheets(
    study: Config,
    place: Place,
    prints: Fingerprints,
    versions: dict[str, str] | None = None,
    rooms: dict[str, str] | None = None,
) -> dict[str, Sheet]:
    """The job sheet of every step, by its name, in the order of the run.

    versions: of the libraries; left out, of those here. rooms: as of `programs`; left out, of what lies there now.
    """
    made: dict[str, Sheet] = {}
    rooms = rooms or programs(prints)
    libraries = {f"version of {library}": version for library, version in (versions or packages()).items()}
    for step in all_steps(study):
        files = {shown(file, place.home): prints.digest(file) for file in read_files(study, step, place.home)}
        settings = {f"`{key}`": combined(value) for key, value in keys(study, step).items()}
        before = {f"after {step_name}": made[step_name].stamp for step_name in step.after}
        program = {"the program": rooms[step.room]}
        everything = {"after all files": combined(_inputs(made))} if step.room == "report" else {}
        ingredients = files | settings | program | libraries | everything | before
        made[step.name] = Sheet(step, ingredients, files, handed(study, step))
    return made


def _inputs(made: dict[str, Sheet]) -> dict[str, str]:
    return {path: digest for sheet in made.values() for path, digest in sheet.files.items()}


def inputs(made: dict[str, Sheet]) -> dict[str, str]:
    """Every file of the study that a step reads, with its SHA-256."""
    return dict(sorted(_inputs(made).items()))


def shown(file: Path, home: Path) -> str:
    """A path as it counts from the study's folder, links not followed."""
    return Path(file).relative_to(home).as_posix() if file.is_relative_to(home) else file.as_posix()


def record(place: Place, step: Step) -> dict | None:
    """What the step left when it last ended well; None where it never did, or where two records contradict."""
    record_files = records(place, step.name)
    if len(record_files) != 1:
        return None
    try:
        return json.loads(record_files[0].read_text(encoding="utf-8")) | {"name": record_files[0].name}
    except (OSError, ValueError):
        return None


def records(place: Place, step: str) -> list[Path]:
    """The records that a step has left; more than one only where a run was killed between writing and tidying."""
    return sorted((place.processed / "made").glob(f"{step}.{'[0-9a-f]' * LENGTH}.*.json"))


def products(place: Place, step: Step, prints: Fingerprints) -> dict[str, str]:
    """Fingerprints of what lies where the step's products belong, by path from data/processed/<series>."""
    tops = [place.processed / product for product in step.products]
    product_files = [file for top in tops for file in (sorted(top.rglob("*")) if top.is_dir() else [top])]
    return {
        file.relative_to(place.processed).as_posix(): prints.digest(file)
        for file in product_files
        if file.is_file() and file.name != MARK
    }


def touched_by_hand(place: Place, step: Step, last: dict, prints: Fingerprints) -> str:
    """What has happened to a step's products since they were made, in words; blank where nothing has."""
    published = step.room == "publish"
    made, now = last["files"], publishing.files(place.results, prints) if published else products(place, step, prints)
    for file_name in made:
        if now.get(file_name) != made[file_name]:
            return f"{file_name} was {'changed' if file_name in now else 'removed'} by hand"
    more = [] if published else [file_name for file_name in now if file_name not in made]
    return f"{more[0]} was put there by hand" if more else ""


def wanted_record(place: Place, sheet: Sheet, prints: Fingerprints) -> tuple[str, str]:
    """The name of the record that says the step's products are current, and why it is not there; blank where it is."""
    last = record(place, sheet.step)
    why = _why(place, sheet, last, prints)
    if last and not why:
        return last["name"], ""
    return _next_name(place, sheet), why


def _why(place: Place, sheet: Sheet, last: dict | None, prints: Fingerprints) -> str:
    if last is None:
        return "first run"
    if last["stamp"] != sheet.stamp:
        return changed(last["ingredients"], sheet.ingredients)
    return touched_by_hand(place, sheet.step, last, prints)


def _next_name(place: Place, sheet: Sheet) -> str:
    number = 1
    while (place.processed / "made" / (file_name := f"{sheet.step.name}.{sheet.stamp}.{number}.json")).exists():
        number += 1
    return file_name


def changed(before: dict[str, str], now: dict[str, str]) -> str:
    """The first ingredient that differs, in the order of the sheet, and how many more do; `after ...` where only a step before
    it ran."""
    new = [ingredient for ingredient in now if ingredient not in before]
    gone = [ingredient for ingredient in before if ingredient not in now]
    differs = [ingredient for ingredient in now if ingredient in before and before[ingredient] != now[ingredient]]
    differences = [
        *(ingredient for ingredient in differs if not ingredient.startswith("after ")),
        *(f"{ingredient} (new)" for ingredient in new),
        *(f"{ingredient} (no longer there)" for ingredient in gone),
    ]
    if differences:
        return f"{differences[0]} and {len(differences) - 1} more" if len(differences) > 1 else differences[0]
    return differs[0] if differs else "the order of its sheet"
