"""The sub-command `store`: extracts into a store, what lies there, whether it is as it was written, and out of it again.

    python -m scripts.ingest store add faers_ascii_2017q2.zip --store extracts

A source of a config then has `path: extracts`, with the format's own options; what it reads is what it would read from the
extracts themselves.
"""

import argparse
import importlib
import re
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from hashlib import sha256
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory
from types import ModuleType

from scripts.commands import program
from scripts.commands.messages import UserError, say, shown
from scripts.commands.reading import formats
from scripts.files import source_files
from scripts.files.digests import beside, digest
from scripts.ingest.extract_files import Member
from scripts.ingest.store import catalogue, latest
from scripts.ingest.store.catalogue import Part
from scripts.ingest.store.damage import CURE, damages
from scripts.ingest.store.distribution import faults
from scripts.ingest.store.lock import alone

STORABLE = ("faers_ascii", "jader", "vaers")
"""Formats whose readers have `members`, `convert`, `note_keys` and `MUST`."""
ANYWAY = "added with --as-it-is"
Job = tuple[str, Path, str, dict, Path]
"""A table to convert: format, the path added, the member's name, its entry so far, the format's folder of the store."""


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
    DOES[given.what](given)


def add(given: argparse.Namespace) -> None:
    """Convert every extract that is not there yet; nothing of a path counts before all of it is sound."""
    if missing := [path for path in given.paths if not path.exists()]:
        raise UserError("\n".join(f"{path}: no such file or folder. Check the path." for path in missing))
    found = {path: _members(path, given.format) for path in given.paths}
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
    jobs = list(_jobs(form, path, members, top, there))
    if not jobs:
        return "in the store already"
    parts = _checked(_converted(jobs, given.cores), form, top, there, given.as_it_is)
    catalogue.write([*there, *parts], top)
    extracts = ", ".join(sorted({part.extract for part in parts}))
    lines, gone = sum(part.records for part in parts), sum(len(part.left_out) for part in parts)
    return f"{extracts} ({form}): {lines} lines, {gone} of them left out, in {shown(top)}"


def _renew(store: Path) -> None:
    """Find the latest reports of every format whose parts have changed, or which was written before they were kept."""
    for form, top in _formats(store):
        if catalogue.read(top).latest is None:
            latest.renew(top, _reader(form).note_keys)


def _members(path: Path, form: str | None) -> tuple[str, list[Member]]:
    """The format of an extract and its files."""
    refusals = []
    for format_name in [form] if form else STORABLE:
        try:
            return format_name, list(_reader(format_name).members(path))
        except UserError as fault:
            refusals.append(f"{format_name}: {fault}")
    raise UserError(f"{shown(path)}: an extract of none of the formats that can be stored.\n" + "\n".join(refusals))


def _reader(form: str) -> ModuleType:
    return importlib.import_module(formats()[form])


def _jobs(form: str, path: Path, members: list[Member], top: Path, there: list[Part]) -> Iterator[Job]:
    """The tables of a path that are to be converted; UserError where an extract is there from another source."""
    source = _source(path)
    named = {member.quarter for member in members if member.table != "DELETED"}
    place = f"{shown(path.resolve().parent)}/"
    for number, member in enumerate(members):
        of_all = next(iter(named)) if len(named) == 1 else path.stem
        extract = (of_all if member.table == "DELETED" else member.quarter) or "all"
        before = {part.source for part in there if part.extract == extract}
        if before - {source}:
            raise UserError(
                f"{shown(path)}: {extract} is in the store already, from other bytes. "
                f"Take it out first: dahlia store remove {extract} --store {shown(top.parent)}"
            )
        if not before:
            safe = re.sub(r"[^\w.-]", "_", extract)
            kept = f"{member.table}/extract={safe}/part-{number}.parquet"
            entry = {"extract": extract, "table": member.table, "file": member.shown.removeprefix(place)}
            yield form, path, member.shown, entry | {"source": source, "path": kept}, top


def _source(path: Path) -> str:
    """SHA-256 of an archive's bytes, or of the names and checksums of a folder's files."""
    if path.is_file():
        return digest(path)
    files = [f"{file.relative_to(path).as_posix()} {digest(file)}" for file in source_files.files(path)]
    return sha256("\n".join(files).encode()).hexdigest()


def _converted(jobs: list[Job], cores: int) -> list[Part]:
    """Every table converted, each in a job of its own."""
    if cores < 2:
        return [_convert(job) for job in jobs]
    with ProcessPoolExecutor(min(cores, len(jobs)), mp_context=get_context("spawn")) as workers:
        return list(workers.map(_convert, jobs))


def _convert(job: Job) -> Part:
    form, path, member_name, entry, top = job
    reader = _reader(form)
    (member,) = [member for member in reader.members(path) if member.shown == member_name]
    with TemporaryDirectory() as folder:
        return reader.convert(member, entry, top, Path(folder))


def _checked(parts: list[Part], form: str, top: Path, before: list[Part], as_it_is: bool) -> list[Part]:
    """The parts, where their columns hold what those of earlier extracts held; else UserError, and none of them stays."""
    must = _reader(form).MUST
    faults_by_path = {part.path: faults(part, before, must) for part in parts}
    told = [fault for several in faults_by_path.values() for fault in several]
    if told and not as_it_is:
        for part in parts:
            (top / part.path).unlink()
        cure = "Nothing of it was added. Download it again, or add it with --as-it-is where its publisher says so."
        raise UserError("\n".join([*told, cure]))
    return [replace(part, passed=ANYWAY if faults_by_path[part.path] else "") for part in parts]


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
