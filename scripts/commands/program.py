"""How a command names itself and others, in its help and in what it advises: as the user can type it."""

import argparse
import re
import sys
from pathlib import Path
from typing import Any

INSTALLED = not (Path(__file__).resolve().parents[2] / "Makefile").is_file()
"""Whether this is the installed package, which has the command `dahlia` and no `make`."""
BY_PLACE = ("FILE", "LIST")
"""What stands behind a command of `dahlia` without a name."""


def program(module: str) -> str:
    """`dahlia run` where the installed command started it, else `python -m workflow.run`."""
    return sys.argv[0] if sys.argv[0].startswith("dahlia ") else f"python -m {module}"


def typed(command: str) -> str:
    """A command of `make` as it can be typed here: `make case ID=C-7`, or `dahlia case --id C-7` of the installed package."""
    if not INSTALLED:
        return command
    words = re.sub(
        r"\b([A-Z]+)=", lambda found: "" if found[1] in BY_PLACE else f"--{found[1].lower()} ", command
    ).removeprefix("make")
    return f"dahlia{words}" if re.match(r" [a-z]", words) else f"dahlia run{words}"


def as_typed(text: str) -> str:
    """A text whose commands of `make`, each between backticks, are as they can be typed here."""
    return re.sub(r"(?<=`)make[^`]*(?=`)", lambda found: typed(found[0]), text)


def command_parser(module: str, help_text: str | None, **more: Any) -> argparse.ArgumentParser:
    """The parser of a command, whose help has the lines of its text as they are, and names commands as they can be typed."""
    return argparse.ArgumentParser(
        prog=program(module),
        description=as_typed(help_text or "").replace(f"python -m {module}", program(module)),
        formatter_class=argparse.RawDescriptionHelpFormatter,
        **more,
    )


def cores(parser: argparse.ArgumentParser, meaning: str) -> None:
    """Give a parser the argument --cores."""
    parser.add_argument("--cores", type=_from_one, default=2, metavar="N", help=meaning)


def _from_one(text: str) -> int:
    if not text.isascii() or not text.isdigit() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"'{text}' is no number of cores. Give 1 or more")
    return int(text)
