"""Which kinds of competing cause a text names (event.competing of the series profile), and does not deny."""

import re

from schemas.profile import Competing

PIECES = re.compile(r"[;.]|\b(?:but|however|although|then)\b", re.IGNORECASE)
OPEN = re.compile(r"\b(?:not|never|cannot)\s+(?:\w+\s+){0,2}?(?:excluded?|ruled? out)\b", re.IGNORECASE)
"""`not excluded` denies nothing; it is taken out before a denial is looked for."""
DENIED_BEFORE = re.compile(
    r"\b(?:no|not|without|den(?:y|ies|ied)|negative for|absence of|never|free of|rather than|instead of|ruled out|"
    r"exclu(?:ded|ding|sion of)|family history of|risk of|allerg(?:y|ic) to|intoleran(?:ce|t) (?:of|to)|"
    r"contraindications? to|avoid(?:ed|ing|ance of)?|screen(?:ed|ing)? for|tests? for)\b|\bnon-?\s*$",
    re.IGNORECASE,
)  # fmt: skip
DENIED_AFTER = re.compile(
    r"^[\s-]*(?:(?:was|were|is|are|had been|has been|screen(?:ing)?|tests?)\s+)*"
    r"(?:not|never|excluded|ruled out|negative|unlikely|absent|withheld|avoided|omitted|declined|refused|"
    r"contraindicated|allergy|intolerance|induced)\b|^\s+screen(?:ing)?\b", re.IGNORECASE,
)  # fmt: skip
PREVENTED_BEFORE = re.compile(r"\b(?:prophyla\w+|prevent\w*|vaccin\w+|immuni[sz]\w+)\b", re.IGNORECASE)
PREVENTED_AFTER = re.compile(r"^\s+(?:prophyla\w+|prevention|vaccin\w+|immuni[sz]\w+)\b", re.IGNORECASE)
"""What is guarded against did not happen; a drug for prophylaxis was given, so this counts for conditions alone."""


class Names:
    """The names of every kind, looked for together: of two names at one place the longer one counts."""

    def __init__(self, competing: dict[str, Competing]):
        self.kinds = {name.casefold(): kind for kind, cause in competing.items()
                      for name in (*cause.drugs, *cause.conditions)}  # fmt: skip
        self.drugs = {name.casefold() for cause in competing.values() for name in cause.drugs}
        self.short = {name.casefold() for cause in competing.values() for name in cause.conditions if name.isupper()}
        longest_first = sorted(self.kinds, key=len, reverse=True)
        self.pattern = re.compile(rf"(?<!\w)({'|'.join(map(re.escape, longest_first))})s?(?!\w)", re.IGNORECASE)

    def named(self, text: str) -> set[str]:
        """Kinds a text names at all, denied or not; without names in the profile none."""
        return {self.kinds[hit[1].casefold()] for hit in self.pattern.finditer(text)} if self.kinds else set()

    def stated(self, text: str, *, of_treatment: bool) -> set[str]:
        """Kinds a text says to be there; an abbreviation of a condition does not count in the name of a treatment."""
        if not self.named(text):
            return set()
        return {
            self.kinds[hit[1].casefold()]
            for piece in PIECES.split(OPEN.sub(" ", text))
            for hit in self.pattern.finditer(piece)
            if not (of_treatment and hit[1].casefold() in self.short) and not self._denied(piece, hit)
        }

    def _denied(self, piece: str, hit: re.Match[str]) -> bool:
        """A denial goes before the name as far back as the last comma, or opens a whole list; or it follows at once."""
        before, after = piece[: hit.start()], piece[hit.end() :]
        if not re.match(rf"\s*(?:{DENIED_BEFORE.pattern})", before, re.IGNORECASE):
            before = before.rpartition(",")[2]
        if DENIED_BEFORE.search(before) or DENIED_AFTER.search(after):
            return True
        prevented = PREVENTED_BEFORE.search(before) or PREVENTED_AFTER.search(after)
        return bool(prevented) and hit[1].casefold() not in self.drugs
