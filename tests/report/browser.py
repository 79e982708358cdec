"""A page in headless Chromium, the one that Debian installs, driven by Playwright.

A page is opened without a network, and everything the browser noted on the way is kept: requests, errors, warnings.
"""

import contextlib
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from playwright.sync_api import Page as Opened

INLINE = ("data:", "blob:", "about:")
SERIOUS = ("serious", "critical")


@dataclass(repr=False)
class Page:
    """An open page: what it asked the network for, and what stands in its console."""

    opened: "Opened"
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.opened.on("request", lambda asked: self._asked(asked.url))
        self.opened.on("console", lambda told: self._told(told.type, told.text))
        self.opened.on("pageerror", lambda fault: self.complaints.append(str(fault)))

    def _asked(self, address: str) -> None:
        if not address.startswith(INLINE):
            self.requests.append(address)

    def _told(self, kind: str, words: str) -> None:
        if kind in ("error", "warning", "assert"):
            self.complaints.append(words)

    def open(self, file: Path) -> None:
        """Load the file and wait until it is drawn."""
        self.opened.goto(file.as_uri())

    def width(self, pixels: int) -> None:
        """Give the window this width, as a telephone or a screen has it."""
        self.opened.set_viewport_size({"width": pixels, "height": 800})

    def theme(self, scheme: Literal["light", "dark"] | None) -> None:
        """Show it as a reader who prefers light or dark pages sees it; None: as before."""
        self.opened.emulate_media(color_scheme=scheme or "null")

    def value(self, expression: str) -> Any:
        """What a JavaScript expression gives in the page."""
        return self.opened.evaluate(expression)

    def press(self, key: str) -> None:
        """A key of the keyboard, down and up."""
        self.opened.keyboard.press(key)

    def printed(self) -> bytes:
        """The page as PDF, on the paper its style sheet asks for."""
        return self.opened.pdf(prefer_css_page_size=True)

    def faults(self) -> list[str]:
        """What axe calls serious or critical: its rule, its words, and the first place."""
        from axe_playwright_python.sync_playwright import Axe

        hits = Axe().run(self.opened).response["violations"]
        return [
            f"{hit['id']}: {hit['help']}: {hit['nodes'][0]['html'][:200]}" for hit in hits if hit["impact"] in SERIOUS
        ]


@contextlib.contextmanager
def chromium() -> Iterator[Callable[[], Page]]:
    """A browser with a fresh profile and no network, as what opens a page in it; closed at the end."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        yield lambda: Page(browser.new_context(offline=True).new_page())
        browser.close()
