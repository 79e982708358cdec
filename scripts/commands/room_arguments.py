"""The arguments that rooms share, declared once: name, what it is, how it is checked.

    parser = room_arguments.parser("derive", __doc__, "series", "findings", "profile", "settings", "out")

A wrong profile, a wrong setting or a path that is not there gives the same message in every room.
"""

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import Any

from schemas import settings
from schemas.config import Settings
from schemas.profile import load as load_profile
from scripts.commands.messages import UserError
from scripts.commands.program import command_parser


def _checked(load: Callable[[str], object]) -> Callable[[str], object]:
    """A file that keeps a contract, as an argument: its faults are the user's, one line each."""

    def read(path: str) -> object:
        try:
            return load(path)
        except FileNotFoundError:
            raise UserError(f"{path}: no such file or folder. Check the path.") from None
        except ValueError as fault:
            raise UserError(str(fault)) from None

    return read


ARGUMENTS: dict[str, dict[str, Any]] = {
    "series": {"type": Path, "metavar": "SERIES", "help": "folder written by assemble"},
    "derived": {"type": Path, "metavar": "DERIVED", "help": "folder written by derive"},
    "results": {"type": Path, "metavar": "DIR", "help": "folder written by analyse"},
    "findings": {"type": Path, "metavar": "FILE", "help": "written by validate"},
    "profile": {"type": _checked(load_profile), "metavar": "FILE", "help": "series profile (YAML)"},
    "settings": {"type": _checked(settings.load), "metavar": "FILE"},
    "out": {"type": Path, "metavar": "DIR", "help": "folder for what is written"},
}


def parser(
    room: str, help_text: str | None, *names: str, place: tuple[str, ...] = (), optional: tuple[str, ...] = ()
) -> argparse.ArgumentParser:
    """A parser with these arguments: `place` by their position, the others by name; `optional` ones may be left out."""
    made = command_parser(f"scripts.{room}", help_text)
    add(made, room, *names, place=place, optional=optional)
    return made


def add(
    made: argparse.ArgumentParser,
    room: str,
    *names: str,
    place: tuple[str, ...] = (),
    optional: tuple[str, ...] = (),
) -> None:
    """Give a parser, or that of a subcommand, these arguments. Without settings the defaults of the config hold."""
    for argument in place:
        made.add_argument(argument, **ARGUMENTS[argument])
    for argument in names:
        words: dict[str, Any] = {"help": _settings_help(room), "default": Settings()} if argument == "settings" else {}
        made.add_argument(
            f"--{argument}", required=argument not in ("settings", *optional), **ARGUMENTS[argument], **words
        )


def _settings_help(room: str) -> str:
    return f"a study's config, or a part of it (YAML); read here: {', '.join(settings.READS.get(room, ()))}"


def data_lock(given: Settings) -> str:
    """The data lock point, which is never assumed."""
    if not given.data_lock:
        raise UserError('No data lock point. Give --settings FILE with `data_lock: "YYYY-MM-DD"` in it.')
    return given.data_lock
