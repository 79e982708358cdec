"""A page in headless Chromium, spoken to over a pair of pipes: DevTools messages are JSON, each ended by a zero byte.

A page is opened without a network, and everything the browser noted on the way is kept: requests, errors, warnings.
"""

import base64
import contextlib
import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update", "--remote-debugging-pipe",
]  # fmt: skip
INLINE = ("data:", "blob:", "about:")


@dataclass(repr=False)
class Page:
    """An open page: what it asked the network for, and what stands in its console."""

    _out: int
    _in: int
    session: str = ""
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    _last: int = 0
    _rest: bytes = b""
    _seen: set[str] = field(default_factory=set)

    def open(self, file: Path) -> None:
        """Load the file and wait until it is drawn; raises ValueError if it cannot be shown."""
        self._seen.clear()
        if problem := self.call("Page.navigate", url=file.as_uri()).get("errorText"):
            raise ValueError(f"{file}: Chromium cannot show it: {problem}")
        while "Page.loadEventFired" not in self._seen:
            self._receive()

    def width(self, pixels: int) -> None:
        """Give the window this width, as a telephone or a screen has it."""
        narrow = pixels < 600
        self.call("Emulation.setDeviceMetricsOverride", width=pixels, height=800, deviceScaleFactor=1, mobile=narrow)

    def value(self, expression: str):
        """What a JavaScript expression gives in the page; raises ValueError if it fails there."""
        answer = self.call("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in answer:
            raise ValueError(f"{expression}: {answer['exceptionDetails']}")
        return answer["result"].get("value")

    def printed(self) -> bytes:
        """The page as PDF, on the paper its style sheet asks for."""
        return base64.b64decode(self.call("Page.printToPDF", preferCSSPageSize=True)["data"])

    def call(self, method: str, **parameters) -> dict:
        """Send one command and wait for its answer; raises ValueError if the browser refuses it."""
        self._last += 1
        message = {"id": self._last, "method": method, "params": parameters}
        message |= {"sessionId": self.session} if self.session else {}
        os.write(self._out, json.dumps(message).encode() + b"\0")
        while (answer := self._receive()).get("id") != self._last:
            pass
        if "error" in answer:
            raise ValueError(f"{method}: {answer['error']['message']}")
        return answer["result"]

    def _receive(self) -> dict:
        while b"\0" not in self._rest:
            part = os.read(self._in, 1 << 20)
            if not part:
                raise ConnectionError("Chromium ended before it answered")
            self._rest += part
        whole, _, self._rest = self._rest.partition(b"\0")
        message = json.loads(whole)
        self._note(message.get("method", ""), message.get("params", {}))
        return message

    def _note(self, event: str, told: dict) -> None:
        self._seen.add(event)
        if event == "Network.requestWillBeSent" and not told["request"]["url"].startswith(INLINE):
            self.requests.append(told["request"]["url"])
        if event == "Runtime.exceptionThrown":
            self.complaints.append(told["exceptionDetails"]["text"])
        if event == "Runtime.consoleAPICalled" and told["type"] in ("error", "warning", "assert"):
            self.complaints.append(str([each.get("value") for each in told["args"]]))
        if event == "Log.entryAdded" and told["entry"]["level"] in ("error", "warning"):
            self.complaints.append(told["entry"]["text"])


@contextlib.contextmanager
def chromium(home: Path) -> Iterator[Page]:
    """A page in a browser of its own, with a fresh profile under `home` and no network; closed at the end."""
    to_browser, ours_out = os.pipe()
    ours_in, from_browser = os.pipe()
    # The browser reads from descriptor 3 and writes to 4; a shell puts ours there.
    start = f'exec "$@" 3<&{to_browser} 4>&{from_browser}'
    command = ["bash", "-c", start, "chromium", shutil.which("chromium") or "chromium", *FLAGS]
    with (
        (home / "chromium.log").open("w") as log,
        subprocess.Popen(
            [*command, f"--user-data-dir={home}/profile"], pass_fds=(to_browser, from_browser), stderr=log, stdout=log
        ) as browser,
    ):
        os.close(to_browser)
        os.close(from_browser)
        page = Page(ours_out, ours_in)
        try:
            _attach(page)
            yield page
        finally:
            page.session = ""
            with contextlib.suppress(ConnectionError, BrokenPipeError):
                page.call("Browser.close")
            os.close(ours_out)
            os.close(ours_in)
            browser.wait(timeout=30)


def _attach(page: Page) -> None:
    target = page.call("Target.createTarget", url="about:blank")["targetId"]
    page.session = page.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
    for domain in ("Page", "Runtime", "Log", "Network"):
        page.call(f"{domain}.enable")
    page.call("Network.emulateNetworkConditions", offline=True, latency=0, downloadThroughput=0, uploadThroughput=0)
