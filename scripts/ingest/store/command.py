"""The sub-command `store`: extracts into a store, what lies there, whether it is as it was written, and out of it again.

    python -m scripts.ingest store add faers_ascii_2017q2.zip --store extracts

A source of a config then has `path: extracts`, with the format's own options; what it reads is what it would read from the
extracts themselves.
"""

import argparse
from collections.abc import Callable
from pathlib import Path

from scripts.commands import program
from scripts.commands.messages import UserError, say, shown
from scripts.files.digests import beside
from scripts.ingest.extract_files import Member
from scripts.ingest.store import catalogue, latest
from scripts.ingest.store.converting import ANYWAY, STORABLE, checked, converted, jobs_of, members_of, reader_of
from scripts.ingest.store.damage import CURE, damages
from scripts.ingest.store.lock import alone

INTERRUPTED = 130


def command(words: list[str]) -> None:
    parser = program.command_parser("scripts.ingest store", __doc__)
    does = parser.add_subparsers(dest="what", required=True, metavar="add | list | check | remove")
    add = does.add_parser("add", help="convert extracts; what is there already stays as it is")
    add.add_argument("paths", type=Path, nargs="+", metavar="QUARTER", help="zip or folder of one or more extracts")
    program.cores(add, "tables converted at the same time")
    add.add_argument("--as-it-is", action="store_true", help="take an extract whose columns look unlike earlier ones")
    remove = does.add_parser("remove", help="take extracts out")
    remove.add_argument("names", nargs="+", metavar="EXTRACT", help="as `list` names them, for example 2017Q2")
    for subparser in (add, remove):
        subparser.add_argument("--format", choices=STORABLE, help="left out, it is seen from the names of the files")
    both = [
        does.add_parser("list", help="say what lies in the store"),
        does.add_parser("check", help="compare checksums"),
    ]
    for subparser in (add, remove, *both):
        subparser.add_argument("--store", type=Path, default=Path("store"), metavar="DIR", help="folder of the store")
    given = parser.parse_args(words)
    try:
        DOES[given.what](given)
    except KeyboardInterrupt:
        say("Interrupted. What was added before is whole; the same command goes on with the rest.")
        raise SystemExit(INTERRUPTED) from None


def add(given: argparse.Namespace) -> None:
    """Convert every extract that is not there yet; nothing of a path counts before all of it is sound."""
    if missing := [path for path in given.paths if not path.exists()]:
        raise UserError("\n".join(f"{path}: no such file or folder. Check the path." for path in missing))
    found = {path: members_of(path, given.format) for path in given.paths}
    with alone(given.store):
        try:
            for path, (form, members) in found.items():
                say(f"{shown(path)}: {_added(path, form, members, given)}")
        finally:
            _renew(given.store)


def _added(path: Path, form: str, members: list[Member], given: argparse.Namespace) -> str:
    """Convert what of a path is not there yet; what is to be said of it."""
    top = given.store / form
    there = catalogue.read(top).parts
    jobs = list(jobs_of(form, path, members, top, there))
    if not jobs:
        return "in the store already"
    parts = checked(converted(jobs, given.cores), form, top, there, given.as_it_is)
    catalogue.write([*there, *parts], top)
    extracts = ", ".join(sorted({part.extract for part in parts}))
    lines, gone = sum(part.records for part in parts), sum(len(part.left_out) for part in parts)
    return f"{extracts} ({form}): {lines} lines, {gone} of them left out, in {shown(top)}"


def _renew(store: Path) -> None:
    """Find the latest reports of every format whose parts have changed, or which was written before they were kept."""
    for form, top in _formats(store):
        if catalogue.read(top).latest is None:
            latest.renew(top, reader_of(form).note_keys)


def show(given: argparse.Namespace) -> None:
    """A line for each extract."""
    for form, top in _tops(given.store):
        parts = catalogue.read(top).parts
        for extract in sorted({part.extract for part in parts}):
            here = [part for part in parts if part.extract == extract]
            tables = ", ".join(f"{part.table} {part.records}" for part in here)
            print(f"{form} {extract}: {tables}{'; ' + ANYWAY if any(part.passed for part in here) else ''}")


def check(given: argparse.Namespace) -> None:
    """UserError with every part that is not as it was written."""
    listed = [catalogue.read(top) for _, top in _tops(given.store)]
    if told := [damage for here in listed for damage in damages(here)]:
        raise UserError("\n".join([*told, CURE]))
    print(f"{shown(given.store)}: {sum(len(here.parts) for here in listed)} parts are as they were written.")


def remove(given: argparse.Namespace) -> None:
    """Take extracts out."""
    _tops(given.store)  # nothing is made where there is no store
    with alone(given.store):
        _remove(given)
        _renew(given.store)
    say(f"{shown(given.store)}: {', '.join(given.names)} removed")


def _remove(given: argparse.Namespace) -> None:
    """Take extracts out: first out of the catalogue, then their files."""
    chosen_parts = [
        (top, part)
        for form, top in _tops(given.store)
        if given.format in (None, form)
        for part in catalogue.read(top).parts
        if part.extract in given.names
    ]
    if missing := [extract for extract in given.names if extract not in {part.extract for _, part in chosen_parts}]:
        raise UserError(f"{shown(given.store)}: no extract {', '.join(missing)}. `dahlia store list` names them.")
    for top in {top for top, _ in chosen_parts}:
        gone = [part for part_top, part in chosen_parts if part_top == top]
        catalogue.write([part for part in catalogue.read(top).parts if part not in gone], top)
        for part in gone:
            (top / part.path).unlink(missing_ok=True)
            beside(top / part.path).unlink(missing_ok=True)


def _tops(store: Path) -> list[tuple[str, Path]]:
    """The formats that a store holds."""
    tops = _formats(store)
    if not tops:
        raise UserError(f"{shown(store)}: no store. Begin one with: dahlia store add QUARTER --store {shown(store)}")
    return tops


def _formats(store: Path) -> list[tuple[str, Path]]:
    return [(form, store / form) for form in STORABLE if (store / form / catalogue.CATALOGUE).is_file()]


DOES: dict[str, Callable[[argparse.Namespace], None]] = {"add": add, "list": show, "check": check, "remove": remove}
