"""What must stand before a study is run or asked: its config and profile, the paths they name, folders to write in."""

import os
from pathlib import Path

from schemas import config as contract
from schemas import profile
from scripts.commands.messages import UserError, shown
from scripts.commands.program import typed
from workflow import publishing
from workflow.study import Place


def checked(path: Path) -> contract.Config:
    """The config and its profile, or one message with every fault."""
    if not path.exists():
        raise UserError(f"{path}: no such config. Give one with: {typed('make CONFIG=/path/to/study.yaml')}")
    try:
        return contract.load(path)
    except ValueError as fault:
        raise UserError(str(fault)) from None


def present(study: contract.Config, place: Place, config: Path) -> None:
    """Every path the config names exists, the profile keeps its contract, and results can be written."""
    named = [("profile", study.profile), *((f"source {source.name}", source.path) for source in study.sources)]
    lost = [
        f"{config}: {what}: {place.home / path} does not exist. Correct the path; it counts from {place.home}."
        for what, path in named
        if not (place.home / path).exists()
    ]
    if lost:
        raise UserError("\n".join(lost))
    try:
        profile.load(place.home / study.profile)
    except ValueError as fault:
        raise UserError(str(fault)) from None
    if publishing.foreign(place.results):
        raise UserError(publishing.FOREIGN.format(shown(place.results)))
    for top in (place.processed, place.results.parent):
        writable(top)


def writable(top: Path) -> None:
    """OSError, which becomes a message, where nothing can be written in a folder that the run needs."""
    top.mkdir(parents=True, exist_ok=True)
    trial = top / f".{os.getpid()}.trial"
    try:
        trial.touch()
    finally:
        trial.unlink(missing_ok=True)
