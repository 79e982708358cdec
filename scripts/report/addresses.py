"""Where on the page a thing stands, and words turned into links to it: `[F1]`, case ids, source ids, `P1`."""

import re
from collections.abc import Iterable
from urllib.parse import quote

from lxml import etree, html
from markupsafe import Markup, escape

TOKEN = re.compile(r"\w(?:[\w.+-]*\w)?")
INSIDE_NOTHING = ("a", "title", "script", "style", "text")


def anchor(kind: str, name: object) -> str:
    """The id of a part of the page: `case-C1`, `finding-F1`, `source-S1`, `population-P1`, `row-12`."""
    return f"{kind}-{name}".replace(" ", "_")


class Links:
    """The words of a page that lead somewhere, each with the part it leads to; where two kinds share a word, the first
    that was added."""

    def __init__(self) -> None:
        self.to: dict[str, str] = {}

    def add(self, kind: str, names: Iterable[str], file: str = "") -> None:
        """Words of one kind; `file`: the page they stand on, blank for the one with the link."""
        for name in names:
            if TOKEN.fullmatch(name):
                self.to.setdefault(name, f"{file}#{quote(anchor(kind, name))}")

    def words(self, text: str) -> Markup:
        """The text, escaped, with its links."""
        return Markup("").join(Markup(piece) for piece in self._pieces(text))

    def _pieces(self, text: str) -> list[str]:
        pieces, at = [], 0
        for found in TOKEN.finditer(text):
            if target := self.to.get(found[0]):
                pieces += [str(escape(text[at : found.start()])), f'<a href="{target}">{escape(found[0])}</a>']
                at = found.end()
        return [*pieces, str(escape(text[at:]))]

    def fragment(self, markup: str, but: str = "") -> Markup:
        """A piece of HTML that Dahlia made, with the links in its words; headings of rows that are a finding become
        what its mark leads to. `but`: the part whose own name is no link in it."""
        root = html.fragment_fromstring(markup.strip())
        for heading in root.iter("th"):
            if self.to.get(heading.text or "") == f"#{quote(anchor('finding', heading.text))}" and but == "finding":
                heading.set("id", anchor("finding", heading.text))
        for element in list(root.iter(etree.Element)):
            if element.tag not in INSIDE_NOTHING and not element.get("id", "").startswith("finding-"):
                self._link_text(element)
        return Markup(html.tostring(root, encoding="unicode"))

    def _link_text(self, element: etree._Element) -> None:
        own = [child for child in element if isinstance(child.tag, str)]
        for child in reversed(own):
            if child.tail:
                child.tail = self._insert(element, element.index(child) + 1, child.tail)
        if element.text:
            element.text = self._insert(element, 0, element.text)

    def _insert(self, element: etree._Element, place: int, text: str) -> str:
        """Links of a text as children from `place` on; gives the words before the first of them."""
        found = [one for one in TOKEN.finditer(text) if one[0] in self.to]
        if not found:
            return text
        for one, following in zip(reversed(found), reversed([*found[1:], None]), strict=True):
            link = etree.Element("a", href=self.to[one[0]])
            link.text = one[0]
            link.tail = text[one.end() : following.start() if following else len(text)]
            element.insert(place, link)
        return text[: found[0].start()]
