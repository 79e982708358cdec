"""The arguments that every room which makes products shares."""

import argparse
from pathlib import Path

from scripts import displays


def parser(room: str, help_text: str) -> argparse.ArgumentParser:
    """A parser with the inputs of a product and its folder."""
    made = argparse.ArgumentParser(prog=f"python -m scripts.{room}", description=help_text)
    made.add_argument("derived", type=Path, metavar="DERIVED", help="folder written by derive")
    made.add_argument("--results", type=Path, required=True, metavar="DIR", help="folder written by analyse")
    made.add_argument("--series", type=Path, required=True, metavar="DIR", help="folder written by assemble")
    made.add_argument("--findings", type=Path, required=True, metavar="FILE", help="written by validate")
    made.add_argument("--profile", type=Path, required=True, metavar="FILE", help="series profile")
    made.add_argument("--data-lock", required=True, metavar="YYYY-MM-DD", help="data lock point")
    made.add_argument("--out", type=Path, required=True, metavar="DIR", help="folder for the products")
    return made


def read(given: argparse.Namespace) -> displays.Displays:
    """The inputs named on the command line."""
    return displays.read(given.derived, given.results, given.series, given.findings, given.profile, given.data_lock)
