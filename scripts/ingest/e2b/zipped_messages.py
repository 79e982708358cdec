"""Messages in a zip archive, as FAERS publishes its XML quarters and openFDA its pages: each unpacked for as long as it is read."""

from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from scripts.commands.messages import UserError, shown
from scripts.ingest.extract_files import MOST_HELD, Member, faults_of, members_of
from scripts.ingest.reports import Report

SUFFIXES = (".xml", ".zip")


def reports(file: Path, of_one: Callable[[Path, str], Iterator[Report]], ending: str = ".xml") -> Iterator[Report]:
    """The reports of a file, or of each file with the ending at any depth of an archive; `of_one` reads one under its name for
    people.

    A small file of an archive of several that cannot be read is set aside, as it is in a folder.
    """
    if file.suffix.lower() != ".zip":
        yield from of_one(file, shown(file))
        return
    members = members_of(file, lambda name: (ending, "") if name.lower().endswith(ending) else None)
    if not members:
        raise UserError(f"{shown(file)}: no *{ending} in this archive. Check the path and the format.")
    with TemporaryDirectory() as folder:
        apart: list[Report] = []
        for number, member in enumerate(members):
            copy = Path(folder) / f"{number}{ending}"
            held = len(members) > 1 and member.size <= MOST_HELD
            try:
                _unpack(member, copy)
                yield from list(of_one(copy, member.shown)) if held else of_one(copy, member.shown)
            except UserError as fault:
                why = str(fault).replace(shown(copy), member.shown)
                if not held:
                    raise UserError(why) from None
                apart.append(Report("", member.shown, 0, broken=why.removeprefix(f"{member.shown}: ")))
            copy.unlink()
    if len(apart) == len(members):
        raise UserError("\n".join(f"{report.at_file}: {report.broken}" for report in apart))
    yield from apart


def _unpack(member: Member, copy: Path) -> None:
    with faults_of(member.shown), copy.open("wb") as handle:
        for piece in member.pieces():
            handle.write(piece)
