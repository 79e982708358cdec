"""results/<series>: published as a whole, so that a reader never finds half of one run and half of another.

The whole is copied beside its place and moved there by two renames; a run killed between them is mended by `recover` at
the next start. The list of what was published lies in the folder, in the file OURS. What is not on it, as the figures
that `make figure` made for an author, stays.
"""

import json
import shutil
from pathlib import Path

from scripts.commands.messages import UserError
from scripts.files.atomic import write_text
from scripts.files.source_files import OURS
from workflow.fingerprints import Fingerprints

FOREIGN = (
    "{}: this folder was not written by Dahlia, and nothing in it is touched. "
    "Move it away, or give the series another name in the config."
)


def beside(results: Path) -> tuple[Path, Path]:
    """Where the next results are put together, and where the last ones wait to be removed."""
    real = results.resolve()  # a link to a larger disk stays a link
    return real.with_name(f".{real.name}.new"), real.with_name(f".{real.name}.old")


def recover(results: Path) -> None:
    """After a killed run: the last results are back in their place, and nothing half-made is left."""
    new, old = beside(results)
    if old.exists() and not results.exists():
        old.rename(results.resolve())
    for rest in (new, old):
        shutil.rmtree(rest, ignore_errors=True)


def foreign(results: Path) -> bool:
    """Whether the folder holds something that no run of ours has published."""
    return results.is_dir() and any(results.iterdir()) and not (_list(results) or (results / "manifest.json").exists())


def publish(build: Path, results: Path) -> None:
    """Put what was built in the place of the last results."""
    recover(results)
    if foreign(results):
        raise UserError(FOREIGN.format(results))
    new, old = beside(results)
    try:
        shutil.copytree(build, new, ignore=shutil.ignore_patterns(".*"))
    except shutil.Error as faults:  # one line for each file, and each says the same
        why = str(faults.args[0][0][2])
        cure = "Make room, or check that you may write there, and start again."
        raise UserError(f"{results}: cannot be written: {why}. {cure}") from None
    names = [file.relative_to(new).as_posix() for file in sorted(new.rglob("*")) if file.is_file()]
    write_text(json.dumps({"published": names}, indent=1) + "\n", new / OURS)
    for file in _kept(results):
        target = new / file.relative_to(results)
        if not target.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(file, target)
    if results.exists():
        results.resolve().rename(old)
    new.rename(results.resolve())
    shutil.rmtree(old, ignore_errors=True)


def _list(results: Path) -> list[str]:
    """What was published here last; nothing where no list can be read."""
    try:
        return json.loads((results / OURS).read_text(encoding="utf-8"))["published"]
    except (OSError, ValueError, KeyError, TypeError):
        return []


def _kept(results: Path) -> list[Path]:
    """Files here that no run has published; without a list only those made for authors are known to be such."""
    if not results.is_dir():
        return []
    ours = set(_list(results))
    top = results if ours else results / "for_authors"
    all_files = [file for file in sorted(top.rglob("*")) if file.is_file() and file.name != OURS]
    return [file for file in all_files if file.relative_to(results).as_posix() not in ours]


def files(results: Path, prints: Fingerprints) -> dict[str, str]:
    """Fingerprints of the published files, the list included, by path within the folder."""
    published = [results / file_name for file_name in [*_list(results), OURS]]
    return {file.relative_to(results).as_posix(): prints.digest(file) for file in published if file.is_file()}
