"""Converting extracts: which tables a path holds, each of them in a job of its own, and whether what came of it may be added."""

import importlib
import re
import signal
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from hashlib import sha256
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory
from types import ModuleType

from scripts.commands.messages import UserError, shown
from scripts.commands.reading import formats
from scripts.files import source_files
from scripts.files.digests import digest
from scripts.ingest.extract_files import Member
from scripts.ingest.store.catalogue import Part
from scripts.ingest.store.distribution import faults

STORABLE = ("faers_ascii", "jader", "vaers")
"""Formats whose readers have `members`, `convert`, `note_keys` and `MUST`."""
ANYWAY = "added with --as-it-is"
Job = tuple[str, Path, str, dict, Path]
"""A table to convert: format, the path added, the member's name, its entry so far, the format's folder of the store."""


def members_of(path: Path, form: str | None) -> tuple[str, list[Member]]:
    """The format of an extract and its files."""
    refusals = []
    for format_name in [form] if form else STORABLE:
        try:
            return format_name, list(reader_of(format_name).members(path))
        except UserError as fault:
            refusals.append(f"{format_name}: {fault}")
    raise UserError(f"{shown(path)}: an extract of none of the formats that can be stored.\n" + "\n".join(refusals))


def reader_of(form: str) -> ModuleType:
    return importlib.import_module(formats()[form])


def jobs_of(form: str, path: Path, members: list[Member], top: Path, there: list[Part]) -> Iterator[Job]:
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


def converted(jobs: list[Job], cores: int) -> list[Part]:
    """Every table converted, each in a job of its own."""
    if cores < 2:
        return [_convert(job) for job in jobs]
    with ProcessPoolExecutor(min(cores, len(jobs)), mp_context=get_context("spawn")) as workers:
        # the workers, which start now, leave the keyboard to this process
        heard = signal.signal(signal.SIGINT, signal.SIG_IGN)
        try:
            parts = workers.map(_convert, jobs)
        finally:
            signal.signal(signal.SIGINT, heard)
        return list(parts)


def _convert(job: Job) -> Part:
    form, path, member_name, entry, top = job
    reader = reader_of(form)
    (member,) = [member for member in reader.members(path) if member.shown == member_name]
    with TemporaryDirectory() as folder:
        return reader.convert(member, entry, top, Path(folder))


def checked(parts: list[Part], form: str, top: Path, before: list[Part], as_it_is: bool) -> list[Part]:
    """The parts, where their columns hold what those of earlier extracts held; else UserError, and none of them stays."""
    must = reader_of(form).MUST
    faults_by_path = {part.path: faults(part, before, must) for part in parts}
    told = [fault for several in faults_by_path.values() for fault in several]
    if told and not as_it_is:
        for part in parts:
            (top / part.path).unlink()
        cure = "Nothing of it was added. Download it again, or add it with --as-it-is where its publisher says so."
        raise UserError("\n".join([*told, cure]))
    return [replace(part, passed=ANYWAY if faults_by_path[part.path] else "") for part in parts]
