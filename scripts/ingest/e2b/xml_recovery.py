"""Reports of a batch one of which is not well-formed: each is parsed by itself, so that one bad report loses one report.

Only for a file that is whole: closed by its root, and not larger than LARGEST. What was cut off in the middle is refused as
before, since nobody knows what is missing. A report with bytes that are not of the encoding that the file names is broken too;
where half of them are, the whole file is of another encoding, and refused.
"""

import re
from codecs import lookup
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

LARGEST = 64 << 20
OTHER_SIGNS = "a sign in it is not of the encoding that the file names"
DECLARED = re.compile(r"<\?xml[^>]*?encoding\s*=\s*[\"']([^\"']+)", re.ASCII)
CASE_IDS = (
    re.compile(r"<safetyreportid>\s*([^<\s]+)"),
    re.compile(r'<(?:[\w.-]+:)?id\b(?=[^>]*root="2\.16\.840\.1\.113883\.3\.989\.2\.1\.3\.2")[^>]*?extension="([^"]+)"'),
)


@dataclass(frozen=True)
class Broken:
    """A report that is not well-formed: the number of its case as far as it can be read, and where in the report it breaks."""

    case_id: str
    why: str


def one_by_one(path: Path, tag: str, skip: int, parser: etree.XMLParser) -> Iterator[etree._Element | Broken]:
    """The reports behind the first `skip` that are sound, each by itself, and those that are not; nothing where the file is
    not whole or has no sound report."""
    text = _whole(path)
    report_texts = _reports_of(text, tag.rpartition("}")[2])
    root = re.search(r"<([A-Za-z_][\w.:-]*)\b[^>]*>", re.sub(r"<!--.*?-->|<[?!][^>]*>", "", text, flags=re.DOTALL))
    if root is None or not re.search(rf"</{re.escape(root[1])}\s*>\s*$", text):
        return
    parsed = [_parsed(root[0], root[1], report_text, parser) for report_text in report_texts]
    sound = [report for report in parsed if isinstance(report, etree._Element)]
    if 2 * sum(isinstance(report, Broken) and report.why == OTHER_SIGNS for report in parsed) >= len(parsed):
        return
    passed_over = {id(report) for report in sound[:skip]}
    yield from (report for report in parsed if sound and id(report) not in passed_over)


def _reports_of(text: str, local_name: str) -> list[str]:
    """The texts of the reports in their order: one that does not close ends where the next begins, and one of which only the end
    stands begins where the one before it ended."""
    reports, begun, closed = [], -1, 0
    for mark in re.finditer(rf"<(/?)(?:[\w.-]+:)?{local_name}\b[^>]*>", text):
        if mark[1]:
            reports.append(text[begun if begun >= 0 else closed : mark.end()])
            begun, closed = -1, mark.end()
        else:
            reports += [text[begun : mark.start()]] if begun >= 0 else []
            begun = mark.start()
    return [*reports, text[begun:]] if begun >= 0 else reports


def _whole(path: Path) -> str:
    """The text of the file in the encoding it names, bytes that are none of UTF-8 marked; a blank where it is too large or in another."""
    if path.stat().st_size > LARGEST:
        return ""
    content = path.read_bytes()
    declared = DECLARED.match(content[:200].decode("ascii", "ignore").lstrip())
    try:
        encoding = lookup(declared[1] if declared else "utf-8").name
        text = content.decode(encoding, "surrogateescape" if encoding == "utf-8" else "strict")
    except (UnicodeDecodeError, LookupError):
        return ""
    return "" if "\0" in text else text


def _parsed(opening: str, root: str, report: str, parser: etree.XMLParser) -> etree._Element | Broken:
    try:
        return etree.fromstring(f"{opening}{report}</{root}>".encode(), parser)[0]
    except etree.XMLSyntaxError as fault:
        line, _ = fault.position
        return Broken(_case_id(report), f"not well-formed in its line {line}")
    except UnicodeEncodeError:
        return Broken(_case_id(report), OTHER_SIGNS)


def _case_id(report: str) -> str:
    return next((match[1] for pattern in CASE_IDS if (match := pattern.search(report))), "")
