"""The objects of an openFDA page one at a time: the members of `results` or of a bare list, the only object, or one per line.

One that is no JSON, no report, or holds bytes that are no UTF-8 is told as such where it can be seen where it ends; the others
are read.
"""

import json
import re
from codecs import getincrementaldecoder
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from scripts.commands.messages import UserError, shown
from scripts.ingest.e2b.xml_recovery import OTHER_SIGNS

CHUNK = HEAD = 1 << 20
LARGEST = 64 << 20
BLANK = " \t\r\n,"
NO_JSON = "not valid JSON"
NO_REPORT = "an object in it has neither safetyreportid nor patient"
PAIRS = re.compile(r'"(?:[^"\\]|\\.)*"|[{}]', re.DOTALL)
FOLLOWS = re.compile(r"\s*(?:,\s*\{|\])")
"""Behind an object: another one, or the end of the list."""
LINE = re.compile(r"[^\n]*\n(?=\s*\{)")
"""An object in a line of its own, and another one behind it."""
RESULTS = re.compile(r'"results"\s*:\s*(?=\[)')
STRAY = re.compile("[\udc80-\udcff]")
"""A byte that is no UTF-8, as the decoder lets it pass."""


@dataclass(frozen=True)
class Broken:
    """An object that cannot be read, by its text; sound ones stand around it."""

    text: str
    why: str


class Objects:
    """A window on a JSON text, never longer than one report and a chunk."""

    def __init__(self, handle: IO[bytes], file: Path) -> None:
        self.handle, self.file, self.window, self.at = handle, file, "", 0
        self.decoder = getincrementaldecoder("utf-8-sig")("surrogateescape")
        self.json = json.JSONDecoder(parse_constant=lambda _: None)
        self.listed = self.stray = False

    def __iter__(self) -> Iterator[dict | Broken]:
        """The objects in their order."""
        self._find_start()
        while self._another():
            yield self._next()
        self._check_end()

    def _more(self) -> bool:
        """Read another chunk; false at the end."""
        chunk = self.handle.read(CHUNK)
        if b"\0" in chunk:
            raise UserError(f"{shown(self.file)}: not UTF-8 (it holds zero bytes). Download it again.")
        text = self.decoder.decode(chunk, final=not chunk)
        self.stray = self.stray or bool(not text.isascii() and STRAY.search(text))
        self.window, self.at = self.window[self.at :] + text, 0
        if len(self.window) > LARGEST:
            raise UserError(f"{shown(self.file)}: one report holds more than {LARGEST >> 20} MB.")
        return bool(chunk)

    def _find_start(self) -> None:
        """Go past `"results": [`, or past the [ of a bare list."""
        while not RESULTS.search(self.window) and len(self.window) < HEAD and self._more():
            pass
        match = RESULTS.search(self.window)
        if match and '"safetyreportid"' not in self.window[: match.start()]:
            self.window = self.window[match.end() :]
        self.window = self.window.lstrip(BLANK)
        self.listed = self.window.startswith("[")
        self.window = self.window.removeprefix("[")

    def _another(self) -> bool:
        """Whether another object stands here, blanks passed over."""
        while True:
            while self.at < len(self.window) and self.window[self.at] in BLANK:
                self.at += 1
            if self.at < len(self.window):
                return self.window[self.at] not in "]}"
            if not self._more():
                return False

    def _check_end(self) -> None:
        """UserError where reports stand behind the end of the list, as where a bracket too many closes it."""
        while '"safetyreportid"' not in self.window[self.at :]:
            self.at = max(self.at, len(self.window) - len('"safetyreportid"'))
            if not self._more():
                return
        raise UserError(f"{shown(self.file)}: not complete JSON: reports stand behind its end. Download it again.")

    def _next(self) -> dict | Broken:
        failed = -1
        while True:
            begin = self.at
            try:
                sent, self.at = self.json.raw_decode(self.window, begin)
                return self._judged(sent, begin)
            except RecursionError as fault:
                raise UserError(f"{shown(self.file)}: nested too deeply to be an openFDA page.") from fault
            except json.JSONDecodeError as fault:
                again, failed = fault.pos - begin == failed, fault.pos - begin
                ended = not self._more()
                if (again or ended) and (broken := self._broken()):
                    return broken
                if ended:
                    raise UserError(f"{shown(self.file)}: not complete JSON ({fault}). Download it again.") from fault

    def _judged(self, sent: object, begin: int) -> dict | Broken:
        """What was read, unless it is no report or holds bytes of another encoding."""
        if not isinstance(sent, dict):
            return Broken("", NO_REPORT)
        if "error" in sent and "safetyreportid" not in sent:
            raise UserError(f"{shown(self.file)}: no report but openFDA's answer that it has none or failed.")
        if not sent.keys() & {"safetyreportid", "patient"}:
            return Broken("", NO_REPORT)
        if self.stray and STRAY.search(self.window, begin, self.at):
            return Broken(self.window[begin : self.at], OTHER_SIGNS)
        return sent

    def _broken(self) -> Broken | None:
        """The object that begins here, if it ends too: another one stands in the next line, or its braces pair and another object
        or the end of the list follows."""
        begin, end = self.at, self._end()
        if not end:
            return None
        self.at = end
        return Broken(self.window[begin:end], NO_JSON)

    def _end(self) -> int:
        """Where the object ends that begins here; 0 where that cannot be seen."""
        if not self.listed:
            line = LINE.match(self.window, self.at)
            return line.end() if line else 0
        depth = 0
        for match in PAIRS.finditer(self.window, self.at):
            depth += {"{": 1, "}": -1}.get(match[0], 0)
            if depth == 0 and match[0] == "}":
                return match.end() if FOLLOWS.match(self.window, match.end()) else 0
        return 0
