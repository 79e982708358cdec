"""Where on the page a thing stands, and words turned into links to it: `[F1]`, case ids, records, groups, source ids, `P1`."""

import re
from collections.abc import Iterable
from urllib.parse import quote

from lxml import etree, html
from markupsafe import Markup, escape

ROWS = re.compile(r'data-rows="([\d |]+)"')
CASES = "Case"
"""The heading of a column of cases."""
OF_RESULTS = "of results.csv"
TOKEN = re.compile(r"\w(?:[\w.+-]*\w)?")
OF_A_GROUP = re.compile(r"group \(?$", re.IGNORECASE)
"""What stands before the name of a group wherever it is one: a group may be named by a word of the language."""
NAMED_ONCE = ("finding", "record")
"""Kinds whose names head the rows of a table that they lead to."""
INSIDE_NOTHING = ("a", "title", "script", "style", "text")


def anchor(kind: str, part_name: object) -> str:
    """The id of a part of the page: `case-C1`, `finding-F1`, `source-S1`, `population-P1`, `row-12`."""
    return f"{kind}-{part_name}".replace(" ", "_")


class Links:
    """The words of a page that lead somewhere, each with the part it leads to; where two kinds share a word, the first
    that was added."""

    def __init__(self) -> None:
        self.to: dict[str, str] = {}

    def add(self, kind: str, names: Iterable[str], file: str = "") -> None:
        """Words of one kind; `file`: the page they stand on, blank for the one with the link."""
        for token in names:
            if TOKEN.fullmatch(token):
                self.to.setdefault(token, f"{file}#{quote(anchor(kind, token))}")

    def words(self, text: str) -> Markup:
        """The text, escaped, with its links; a number is none, though a case bears it."""
        return Markup("").join(Markup(piece) for piece in self._pieces(text))

    def heading(self, text: str) -> Markup:
        """The heading of a row, or an entry of a list of cases, which may begin with the number of one."""
        return Markup("").join(Markup(piece) for piece in self._pieces(text, heads_a_row=True))

    def _pieces(self, text: str, *, heads_a_row: bool = False) -> list[str]:
        pieces, at = [], 0
        for token_match in TOKEN.finditer(text):
            if (target := self.to.get(token_match[0])) and _is_name(token_match, heads_a_row, target):
                pieces += [
                    str(escape(text[at : token_match.start()])),
                    f'<a href="{target}">{escape(token_match[0])}</a>',
                ]
                at = token_match.end()
        return [*pieces, str(escape(text[at:]))]

    def fragment(self, markup: str, but: str = "") -> Markup:
        """A piece of HTML that Dahlia made, with the links in its words. `but`: the kind of things that this table is the
        place of: their names at the head of its rows become what their links lead to."""
        root = html.fragment_fromstring(markup.strip())
        for cell in list(root.iter("td")):
            _lead_to_rows(cell, cell.attrib.pop("data-rows", ""))
        if but:
            self._set_places(root, but)
        names = _of_cases(root)
        for element in list(root.iter(etree.Element)):
            if element.tag not in INSIDE_NOTHING and element.get("id", "").partition("-")[0] not in NAMED_ONCE:
                self._link_text(element, names_a_case=element in names)
        return Markup(html.tostring(root, encoding="unicode"))

    def _set_places(self, root: etree._Element, kind: str) -> None:
        """The names in the headings of rows, one or several, each with its id; the first where a name heads two rows."""
        placed: set[str] = set()
        for heading in list(root.iter("th")):
            for before in [None, *heading]:
                identity = anchor(kind, words := (heading.text if before is None else before.tail) or "")
                if self.to.get(words) == f"#{quote(identity)}" and identity not in placed:
                    placed.add(identity)
                    _into_part(heading, before, identity)

    def _link_text(self, element: etree._Element, *, names_a_case: bool) -> None:
        children = [child for child in element if isinstance(child.tag, str)]
        for child in reversed(children):
            if child.tail:
                child.tail = self._insert(element, element.index(child) + 1, child.tail)
        if element.text:
            heads = names_a_case or element.get("scope") == "row"
            element.text = self._insert(element, 0, element.text, heads_a_row=heads)

    def _insert(self, element: etree._Element, place: int, text: str, *, heads_a_row: bool = False) -> str:
        """Links of a text as children from `place` on; gives the words before the first of them."""
        matches = [
            token_match
            for token_match in TOKEN.finditer(text)
            if token_match[0] in self.to and _is_name(token_match, heads_a_row, self.to[token_match[0]])
        ]
        if not matches:
            return text
        for token_match, following in zip(reversed(matches), reversed([*matches[1:], None]), strict=True):
            link = etree.Element("a", href=self.to[token_match[0]])
            link.text = token_match[0]
            link.tail = text[token_match.end() : following.start() if following else len(text)]
            element.insert(place, link)
        return text[: matches[0].start()]


def _of_cases(root: etree._Element) -> set[etree._Element]:
    """The cells of every column that is headed Case; counted from the right, since the heading of a block stands once."""
    cells: set[etree._Element] = set()
    for table in root.iter("table"):
        headings = [heading.text for heading in table.iterfind("thead/tr/th")]
        if CASES in headings:
            place = headings.index(CASES) - len(headings)
            cells |= {row[place] for row in table.iterfind("tbody/tr") if len(row) >= -place}
    return cells


def _into_part(heading: etree._Element, before: etree._Element | None, identity: str) -> None:
    """The words of a heading behind one of its children, or before them all, in a part with an id."""
    part = etree.Element("span", id=identity)
    if before is None:
        part.text, heading.text = heading.text, None
        heading.insert(0, part)
    else:
        part.text, before.tail = before.tail, None
        before.addnext(part)


def _is_name(token_match: re.Match[str], heads_a_row: bool, target: str) -> bool:
    """A group goes by its name only where it is called one. Cases are often numbered 1, 2, 3: a number is the name of one
    only where it begins the heading of a row, or a cell of cases."""
    if "#group-" in target:
        return bool(OF_A_GROUP.search(token_match.string[: token_match.start()]))
    return not token_match[0].isdecimal() or (heads_a_row and token_match.start() == 0)


def lines_quoted(markup: str) -> set[int]:
    """The lines of results.csv that the cells of a table name as their source."""
    return {int(line) for row_numbers in ROWS.findall(markup) for line in re.findall(r"\d+", row_numbers)}


def _lead_to_rows(cell: etree._Element, behind: str) -> None:
    """Each line of a cell with numbers becomes a link to its row of results, the first of several; where the cell has more
    lines than sources, the whole cell does."""
    sources = behind.split("|") if behind else []
    breaks = list(cell.iter("br"))
    if not sources or len(sources) not in (1, len(breaks) + 1):
        return
    words = [cell.text or "", *((each.tail or "") for each in breaks)]
    for each in breaks:
        cell.remove(each)
    lines = words if len(sources) > 1 else ["\n".join(words)]
    cell.text = None
    for at, (line, source) in enumerate(zip(lines, sources, strict=True)):
        if at:
            cell.append(etree.Element("br"))
        _append_link(cell, line, source)


def _append_link(cell: etree._Element, words: str, source: str) -> None:
    if not source or not words:
        cell.append(etree.Element("span"))
        cell[-1].text = words
        return
    rows = source.split()
    link = etree.SubElement(cell, "a", {"class": "number", "href": f"#row-{rows[0]}"})
    link.set("title", f"row{'s' if len(rows) > 1 else ''} {', '.join(rows)} {OF_RESULTS}")
    first, *others = words.split("\n")
    link.text = first
    for other in others:
        etree.SubElement(link, "br").tail = other
