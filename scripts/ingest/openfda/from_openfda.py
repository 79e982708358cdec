"""openFDA `drug/event`: pages of the API or download files, as JSON or zipped JSON; one file or a folder.

openFDA has no date of a reaction, and of the report only `CASE EVENT DATE` in the narrative (e2b.r2_event_date). `drugadditional` is its dechallenge.
"""

import json
import re
import zipfile
from codecs import getincrementaldecoder
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from scripts.commands.messages import UserError, shown
from scripts.ingest import Reading
from scripts.ingest.e2b.r2_report import report
from scripts.ingest.e2b.r2_tree import Tree, keep
from scripts.ingest.extract_files import MOST_BYTES, MOST_TIMES
from scripts.ingest.messages_in import read_messages
from scripts.ingest.options import OfReports
from scripts.ingest.reports import Report
from scripts.ingest.zip_members import UNSOUND

FORMAT = "openFDA drug/event pages (*.json, *.zip), one or a folder"
Options = OfReports

CHUNK = HEAD = 1 << 20
LARGEST = 64 << 20
DEEPEST = 8
BLANK = " \t\r\n,"
OTHER = "an object in it has neither safetyreportid nor patient"
PAIRS = re.compile(r'"(?:[^"\\]|\\.)*"|[{}]', re.DOTALL)
FOLLOWS = re.compile(r"\s*(?:,\s*\{|\])")
"""Behind an object: another one, or the end of the list."""
OF_AERS = re.compile(r"(\d{7})-[\dX]")
RESULTS = re.compile(r'"results"\s*:\s*(?=\[)')


def read(path: Path, **options: object) -> Reading:
    """Read every report of the page(s); see `selection` for the options."""
    return read_messages(path, (".json", ".zip"), _reports, "database_listing", options)


def _reports(file: Path) -> Iterator[Report]:
    file_name = shown(file)
    with _opened(file) as handle:
        for number, sent in enumerate(_objects(handle, file), start=1):
            if isinstance(sent, str):
                yield Report(_case_id(sent), file_name, number, broken="not valid JSON")
            else:
                tree = _tree(sent)
                yield report(tree, file_name, number, _of_aers(tree.text("safetyreportid")))


def _of_aers(report_id: str) -> list[tuple[str, str]]:
    """The number that a quarter of before 2012Q4 has as ISR: openFDA's id of such a report is that number with a check digit."""
    match = OF_AERS.fullmatch(report_id)
    return [(match[1], "FDA (AERS)")] if match else []


@contextmanager
def _opened(file: Path) -> Iterator[IO[bytes]]:
    if file.suffix.lower() != ".zip":
        with file.open("rb") as handle:
            yield handle
        return
    try:
        with zipfile.ZipFile(file) as archive:
            (inside,) = [info for info in archive.infolist() if info.filename.endswith(".json")]
            if inside.file_size > min(MOST_BYTES, MOST_TIMES * max(file.stat().st_size, 1 << 14)):
                raise UserError(f"{shown(file)}: would unpack to {inside.file_size >> 20} MB; not unpacked.")
            with archive.open(inside) as handle:
                yield handle
    except UNSOUND as fault:
        raise UserError(
            f"{shown(file)}: not a complete zip with one JSON file ({fault}). Download it again."
        ) from fault


def _objects(handle: IO[bytes], file: Path) -> Iterator[dict | str]:
    """The members of `results` one at a time, or the only object, or one object per line; the text of one that is no JSON."""
    text = _Text(handle, file)
    text.find_start()
    while (json_object := text.next_object()) is not None:
        if isinstance(json_object, Broken):
            yield json_object.text
        elif isinstance(json_object, dict):
            if "error" in json_object and "safetyreportid" not in json_object:
                raise UserError(f"{shown(file)}: no report but openFDA's answer that it has none or failed.")
            if not json_object.keys() & {"safetyreportid", "patient"}:
                raise UserError(f"{shown(file)}: this is not an openFDA drug/event page: {OTHER}. Download it again.")
            yield json_object


def _case_id(text: str) -> str:
    """The number of the case in a report that is no JSON, as far as it can be read."""
    match = re.search(r'"safetyreportid"\s*:\s*"([^"]+)"', text)
    return match[1] if match else ""


@dataclass(frozen=True)
class Broken:
    """An object that is no JSON, by its text; its brackets pair, and sound ones stand around it."""

    text: str


class _Text:
    """A window on a JSON text, never longer than one report and a chunk."""

    def __init__(self, handle: IO[bytes], file: Path) -> None:
        self.handle, self.file, self.window, self.at = handle, file, "", 0
        self.decoder = getincrementaldecoder("utf-8-sig")()
        self.json = json.JSONDecoder(parse_constant=lambda _: None)

    def more(self) -> bool:
        """Read another chunk; false at the end."""
        chunk = self.handle.read(CHUNK)
        try:
            self.window, self.at = self.window[self.at :] + self.decoder.decode(chunk, final=not chunk), 0
        except UnicodeDecodeError as fault:
            raise UserError(f"{shown(self.file)}: not UTF-8 ({fault.reason}). Download it again.") from fault
        if len(self.window) > LARGEST:
            raise UserError(f"{shown(self.file)}: one report holds more than {LARGEST >> 20} MB.")
        return bool(chunk)

    def find_start(self) -> None:
        """Go past `"results": [`, or past the [ of a bare list."""
        while not RESULTS.search(self.window) and len(self.window) < HEAD and self.more():
            pass
        match = RESULTS.search(self.window)
        if match and '"safetyreportid"' not in self.window[: match.start()]:
            self.window = self.window[match.end() :]
        self.window = self.window.lstrip(BLANK).removeprefix("[")

    def next_object(self) -> object | None:
        """The next object, or None at the end of the list."""
        while True:
            self._skip_blanks()
            if self.window[self.at : self.at + 1] in ("]", "}") or self._at_end():
                return None
            try:
                json_object, self.at = self.json.raw_decode(self.window, self.at)
                return json_object
            except RecursionError as fault:
                raise UserError(f"{shown(self.file)}: nested too deeply to be an openFDA page.") from fault
            except ValueError as fault:
                if not self.more():
                    if broken := self._broken():
                        return broken
                    raise UserError(f"{shown(self.file)}: not complete JSON ({fault}). Download it again.") from fault

    def _broken(self) -> Broken | None:
        """The object that begins here, if it ends too: its braces pair, and another object or the end of the list follows."""
        depth, begin = 0, self.at
        for match in PAIRS.finditer(self.window, self.at):
            depth += {"{": 1, "}": -1}.get(match[0], 0)
            if depth == 0 and match[0] == "}":
                if not FOLLOWS.match(self.window, match.end()):
                    return None
                self.at = match.end()
                return Broken(self.window[begin : self.at])
        return None

    def _skip_blanks(self) -> None:
        while self.at < len(self.window) and self.window[self.at] in BLANK:
            self.at += 1

    def _at_end(self) -> bool:
        return self.at >= len(self.window) and not self.more() and self.at >= len(self.window)


def _tree(sent: dict, depth: int = 0) -> Tree:
    """What an object holds; numbers become text, null, objects in which nothing stands and anything deeper than R2 goes are left
    out."""
    tree = Tree()
    for tag, value in sent.items():
        for element in value if isinstance(value, list) else [value]:
            if isinstance(element, dict) and depth < DEEPEST:
                if (inner := _tree(element, depth + 1)).says_something:
                    tree.inside.setdefault(tag, []).append(inner)
            elif isinstance(element, str | int | float) and (leaf_text := str(element).strip()):
                keep(tree.texts, tag, leaf_text)
    return tree
