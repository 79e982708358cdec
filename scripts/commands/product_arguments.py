"""The arguments that every room which makes products shares."""

import argparse

from scripts.commands import room_arguments
from scripts.files import bundle


def parser(room: str, help_text: str | None) -> argparse.ArgumentParser:
    """A parser with the inputs of a product and its folder."""
    names = ("results", "series", "findings", "profile", "settings", "out")
    return room_arguments.parser(room, help_text, *names, place=("derived",))


def add_rights(made: argparse.ArgumentParser) -> None:
    """What each file says of who may have it; the full set of a series is confidential, a copy to share is not."""
    made.add_argument(
        "--rights", default="", metavar="WORDS", help="who may have the files: said in each, as `Confidential`"
    )


def read(given: argparse.Namespace) -> bundle.Bundle:
    """The inputs named on the command line; a data lock point is wanted."""
    room_arguments.data_lock(given.settings)
    folders = {argument: getattr(given, argument) for argument in ("derived", "findings", "series", "results")}
    return bundle.read(given.profile, given.settings, **folders, ledger=getattr(given, "ledger", None))
