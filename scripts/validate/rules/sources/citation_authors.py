"""The authors of a citation in Vancouver style (`Doe JA, Roe B. Title.`) or APA style (`Doe, J. A., & Roe, B. (2020).`).

Names in full (`Jane Doe, Bob Roe`) are not read: a title with commas in it looks the same.
"""

import re
from typing import NamedTuple

_WORD, _CAPITAL = r"[^\W\d_][\w'’-]*", "[A-ZÀ-ÖØ-Þ]"
_SURNAME = rf"(?P<surname>(?:Ste?\. )?{_WORD}(?: {_WORD}){{0,3}}?)"
_YOUNGER = r"(?:,? (?:Jr|Sr|II|III|2nd|3rd)\b\.?)?"
VANCOUVER = re.compile(
    rf"{_SURNAME} (?P<initials>{_CAPITAL}(?:-?{_CAPITAL}){{0,3}}){_YOUNGER}(?=\s*(?:[,;.:&(]|$|and\b))"
)
APA = re.compile(rf"{_SURNAME}, (?P<initials>{_CAPITAL}\.(?:[ -]?{_CAPITAL}\.){{0,3}}){_YOUNGER}")
NEXT = re.compile(r"\s*(?:[,;]\s*(?:&|and\b)?|&|and\b)\s*")
PARTICLES = frozenset({
    "af", "al", "bin", "da", "de", "del", "della", "den", "der", "di", "do", "dos", "du", "el", "ibn", "la", "le", "ten",
    "ter", "van", "von", "y", "zu", "zur",
})  # fmt: skip
"""Small words within a surname."""


class Author(NamedTuple):
    """One author as printed, initials without points."""

    surname: str
    initials: str

    def may_be(self, other: "Author") -> bool:
        """The same surname without regard to case, and the same initials as far as both give them: J may be JA, not JB."""
        same = self.surname.casefold() == other.surname.casefold()
        return same and (self.initials.startswith(other.initials) or other.initials.startswith(self.initials))


def authors(citation: str) -> list[Author]:
    """The authors in their order; the list is read from the start, and ends at the first text that is no author."""
    text = citation.strip()
    style = APA if APA.match(text) else VANCOUVER
    author_list: list[Author] = []
    hit = style.match(text)
    while hit and _is_surname(hit["surname"]):
        author_list.append(Author(hit["surname"], re.sub(r"\W", "", hit["initials"])))
        more = NEXT.match(text, hit.end())
        hit = style.match(text, more.end()) if more else None
    return author_list


def _is_surname(text: str) -> bool:
    """Capitalised somewhere, and small words are particles such as `van`: a title runs through other small words."""
    small = [word for word in text.split() if word == word.lower()]
    return len(small) < len(text.split()) and PARTICLES.issuperset(small)
