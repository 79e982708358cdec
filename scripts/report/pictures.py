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
    source_lines = LINES.search(file.read_text(encoding="utf-8"))
    return [int(line) for line in source_lines[1].split()] if source_lines else []


def _own_ids(element: etree._Element, prefix: str) -> None:
    for attribute, value in element.attrib.items():
        if attribute == "id":
            element.set(attribute, prefix + value)
        elif attribute in ("href", XLINK) and value.startswith("#"):
            element.set(attribute, f"#{prefix}{value[1:]}")
        elif "url(#" in value:
            element.set(attribute, URL.sub(rf"url(#{prefix}\1)", value))


def _enlarged(size: re.Match[str]) -> str:
    return f"{float(size[1]) * ON_SCREEN:.1f}{size[2]}"
