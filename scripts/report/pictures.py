"""A figure's SVG as a part of the page: parsed, given ids of its own, named for screen readers, enlarged for the screen."""

import re
from pathlib import Path

from lxml import etree
from markupsafe import Markup

SVG = "{http://www.w3.org/2000/svg}"
XLINK = "{http://www.w3.org/1999/xlink}href"
ON_SCREEN = 1.35
"""Print figures are small."""
LINES = re.compile(r"<dc:source>results\.csv, lines ([\d ]+)</dc:source>")
URL = re.compile(r"url\(#([^)]+)\)")
SIZE = re.compile(r"([\d.]+)(pt|mm)")


def picture(file: Path, alt: str) -> Markup:
    """The drawing of an SVG file that Dahlia made, `alt` as its accessible name.

    Ids and what refers to them get the file's name, since several pictures share a page; nothing else is changed, a
    colour such as "#c8c8c8" least of all. ValueError where the file is no SVG.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    root = etree.fromstring(file.read_bytes(), parser)
    if root.tag != f"{SVG}svg":
        raise ValueError(f"{file.name}: not an SVG drawing")
    for metadata in root.findall(f"{SVG}metadata"):
        root.remove(metadata)
    for element in root.iter(etree.Element):
        _own_ids(element, f"{file.stem}-")
    for side in ("width", "height"):
        root.set(side, SIZE.sub(_enlarged, root.get(side, "")))
    root.set("role", "img")
    root.set("aria-label", alt)
    etree.cleanup_namespaces(root)
    return Markup(etree.tostring(root, encoding="unicode", with_tail=False))


def lines_behind(file: Path) -> list[int]:
    """The lines of results.csv that a figure's SVG names as its source."""
    found = LINES.search(file.read_text(encoding="utf-8"))
    return [int(line) for line in found[1].split()] if found else []


def _own_ids(element: etree._Element, prefix: str) -> None:
    for name, value in element.attrib.items():
        if name == "id":
            element.set(name, prefix + value)
        elif name in ("href", XLINK) and value.startswith("#"):
            element.set(name, f"#{prefix}{value[1:]}")
        elif "url(#" in value:
            element.set(name, URL.sub(rf"url(#{prefix}\1)", value))


def _enlarged(size: re.Match[str]) -> str:
    return f"{float(size[1]) * ON_SCREEN:.1f}{size[2]}"
