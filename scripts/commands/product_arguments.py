"""The arguments that every room which makes products shares."""

import argparse

from scripts.commands import room_arguments
from scripts.files import displays


def parser(room: str, help_text: str | None) -> argparse.ArgumentParser:
    """A parser with the inputs of a product and its folder."""
    names = ("results", "series", "findings", "profile", "settings", "out")
    return room_arguments.parser(room, help_text, *names, place=("derived",))


def read(given: argparse.Namespace) -> displays.Displays:
    """The inputs named on the command line."""
    conventions = given.settings.analysis
    return displays.read(
        given.derived,
        given.results,
        given.series,
        given.findings,
        given.profile,
        room_arguments.data_lock(given.settings),
        conventions.onset,
        conventions.clock,
        conventions.level,
    )
