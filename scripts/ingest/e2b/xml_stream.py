"""Reports out of an XML file one at a time: nothing fetched, nothing expanded, memory bounded by one report.

Refused, each with one message: a DOCTYPE that declares anything (the road of entity bombs and of files read
from elsewhere), nesting beyond what libxml2 allows, a report larger than LARGEST, text not well formed.
A DOCTYPE that only names its DTD, as E2B(R2) has it, is tolerated; the DTD is never looked for.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from lxml import etree

from scripts.commands.messages import UserError, shown
from scripts.ingest.e2b.xml_recovery import Broken, one_by_one

CHUNK = 1 << 18
LARGEST = 128 << 20
MOST_TAGS = 1_000_000
DECLARES = re.compile(r"<!(ENTITY|ELEMENT|ATTLIST|NOTATION)|<!DOCTYPE[^>\[]*\[")
KINDS = {
    number: error.removeprefix("ERR_").replace("_", " ").lower()
    for error, number in vars(etree.ErrorTypes).items()
    if error.startswith("ERR_")
}
"""What libxml2 calls its errors, by number."""
TOO_DEEP = (etree.ErrorTypes.ERR_RESOURCE_LIMIT, etree.ErrorTypes.ERR_INTERNAL_ERROR)
"""Nesting beyond libxml2's limit: no slip of a sender's, and the whole file is refused."""
COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)


def elements(
    path: Path, tag: str, roots: tuple[str, ...], not_reports: dict[str, str]
) -> Iterator[etree._Element | Broken]:
    """Every element `tag`, whole, in the order of the file; each is emptied when the next is asked for. One that is not
    well-formed in a file that is otherwise whole is told as such.

    `roots` are the root elements of the format; `not_reports` names roots that are something else, in words.
    """
    _check_root(path, roots, not_reports)
    parser = _parser(events=("end",), tag=tag, huge_tree=True)
    read = 0
    try:
        for element in _pull(path, parser):
            read += 1
            yield element
    except etree.XMLSyntaxError as fault:
        deep = fault.code in TOO_DEEP
        left = [] if deep else list(one_by_one(path, tag, read, etree.XMLParser(**SAFE)))
        if not left:
            raise UserError(_malformed(path, fault)) from fault
        yield from left


SAFE: dict[str, Any] = {
    "resolve_entities": False,
    "no_network": True,
    "load_dtd": False,
    "dtd_validation": False,
    "attribute_defaults": False,
    "remove_comments": True,
    "remove_pis": True,
}


def _parser(**options: Any) -> etree.XMLPullParser:
    return etree.XMLPullParser(**SAFE, **options)


def _pull(path: Path, parser: etree.XMLPullParser) -> Iterator[etree._Element]:
    size = tags = 0
    with path.open("rb") as handle:
        for chunk in _pieces(handle, CHUNK):
            size, tags = size + len(chunk), tags + chunk.count(b"<")
            if size > LARGEST or tags > MOST_TAGS:
                raise UserError(
                    f"{shown(path)}: one report holds more than {LARGEST >> 20} MB or {MOST_TAGS} tags. "
                    "Take attachments out, or ask the sender for a sound file."
                )
            parser.feed(chunk)
            for _, element in parser.read_events():
                size = tags = 0
                if isinstance(element, etree._Element):
                    yield element
                    _forget(element)
    parser.close()


def _pieces(handle: IO[bytes], size: int) -> Iterator[bytes]:
    """The bytes of a file, without blanks before its first line, which XML forbids and some programs write."""
    begun = False
    while piece := handle.read(size):
        if not begun:
            piece = piece.lstrip()
        if piece:
            begun = True
            yield piece


def _forget(element: etree._Element) -> None:
    element.clear()
    parent = element.getparent()
    while parent is not None and parent[0] is not element:
        del parent[0]


def _check_root(path: Path, roots: tuple[str, ...], not_reports: dict[str, str]) -> None:
    """Look at the prolog with libxml2's own limits on, before anything large is allowed."""
    root, prolog = _prolog(path)
    dtd = root.getroottree().docinfo.internalDTD
    entities = list(dtd.iterentities()) if dtd is not None else []  # type: ignore[attr-defined]
    if entities or DECLARES.search(COMMENT.sub("", prolog)):
        raise UserError(
            f"{shown(path)}: the DOCTYPE declares entities or elements of its own. Such files are not read; "
            "ask the sender for the message without them."
        )
    root_tag = str(root.tag).rpartition("}")[2]
    if root_tag in not_reports:
        raise UserError(f"{shown(path)}: this is {not_reports[root_tag]} (root {root_tag}), not a case report.")
    if root.tag not in roots:
        allowed = [etree.QName(allowed_root).localname for allowed_root in roots]
        which = (
            f"{root_tag}, in another namespace" if root_tag in allowed else f"{root_tag}, not {' or '.join(allowed)}"
        )
        raise UserError(f"{shown(path)}: the root element is {which}. Check the format of the source.")


def _prolog(path: Path) -> tuple[etree._Element, str]:
    parser = _parser(events=("start",), huge_tree=False)
    read = b""
    try:
        with path.open("rb") as handle:
            for chunk in _pieces(handle, 512):  # little, lest the limits meet the report itself
                read += chunk
                parser.feed(chunk)
                for _, root in parser.read_events():
                    assert isinstance(root, etree._Element)
                    return root, read.decode(root.getroottree().docinfo.encoding or "utf-8", "replace")
                if len(read) > CHUNK:
                    raise UserError(f"{shown(path)}: no element within the first {CHUNK >> 10} kB; not a report.")
            parser.close()
    except (etree.XMLSyntaxError, LookupError) as fault:
        raise UserError(_malformed(path, fault)) from fault
    raise UserError(f"{shown(path)}: the file is empty.")


def _malformed(path: Path, fault: Exception) -> str:
    """The place and kind of a fault. libxml2's own words may quote the text at that place."""
    why = "the encoding that its first line names is not known"
    if isinstance(fault, etree.XMLSyntaxError):
        kind = KINDS.get(fault.code, "broken")
        line, column = fault.position
        why = f"line {line}, column {column}: {kind}" if line else "it ends too early"
    return (
        f"{shown(path)}: not well-formed XML, so nothing of it was used: {why}. "
        "Ask the sender for the complete file in the encoding that its first line names."
    )


def text(element: etree._Element | None) -> str:
    """All text inside an element, without blanks around it; a blank where there is no element."""
    if element is None:
        return ""
    inner_text = element.text
    if len(element):
        inner_text = "".join(map(str, element.itertext()))
    return inner_text.strip() if inner_text else ""
