"""Which kinds of competing cause a text names (event.competing of the series profile), and does not deny."""

import re

from schemas.profile import Competing

WAS = r"(?:(?:was|were|is|are|had been|has been|later|subsequently|screen(?:ing)?|tests?)\s+)*"
RULED_OUT = r"(?:not|never|excluded|ruled out|negative|unlikely|absent)\b"
PIECES = re.compile(rf"[;.]|\b(?:but|however|although|then)\b(?!\s+{WAS}{RULED_OUT})", re.IGNORECASE)
"""What follows a `but` is read separately, unless it revokes what came before: `considered but ruled out`."""
OPEN = re.compile(r"\b(?:not|never|cannot)\s+(?:\w+\s+){0,2}?(?:excluded?|ruled? out)\b", re.IGNORECASE)
"""`not excluded` denies nothing; it is taken out before a denial is looked for."""
DENIED_BEFORE = re.compile(
    r"\b(?:no|not|without|den(?:y|ies|ied)|negative for|absence of|never|free of|rather than|instead of|ruled out|"
    r"exclu(?:ded|ding|sion of)|family history of|risk of|allerg(?:y|ic) to|intoleran(?:ce|t) (?:of|to)|"
    r"contraindications? to|avoid(?:ed|ing|ance of)?|screen(?:ed|ing)? for|tests? for)\b|\bnon-?\s*$|"
    r"\b(?:(?:grand)?(?:father|mother|parents?)|brothers?|sisters?|siblings?|family)\b(?:[^,;.:]{0,30}:|\s+(?:had|has|with)\b)",
    re.IGNORECASE,
)
"""What is said to be absent, or of a relative (`father: ..`)."""
DENIED_AFTER = re.compile(
    rf"[\s(:?-]*{WAS}(?:(?:considered|suspected|discussed|possible),?\s+(?:but|however|although|then)\s+{WAS})?"
    rf"(?:{RULED_OUT}|(?:no|none|withheld|avoided|omitted|declined|refused|"
    r"contraindicated|allergy|intolerance|induced)\b)|\s+screen(?:ing)?\b",
    re.IGNORECASE,
)
PREVENTED_BEFORE = re.compile(r"\b(?:prophyla\w+|prevent\w*|vaccin\w+|immuni[sz]\w+)\b", re.IGNORECASE)
PREVENTED_AFTER = re.compile(r"\s+(?:prophyla\w+|prevention|vaccin\w+|immuni[sz]\w+)\b", re.IGNORECASE)
"""What is guarded against did not happen; a drug for prophylaxis was given, so this counts for conditions alone."""
REACH = 200
"""A denial may be at most so many characters before a name; this keeps long texts with many names quick to read."""


class Names:
    """The names of every kind, searched together; of two names at one place the longer one counts."""

    def __init__(self, competing: dict[str, Competing]):
        self.called = {kind.casefold(): kind for kind in competing}
        self.kinds = {
            cause_name.casefold(): kind
            for kind, cause in competing.items()
            for cause_name in (*cause.drugs, *cause.conditions)
        }
        self.drugs = {drug_name.casefold() for cause in competing.values() for drug_name in cause.drugs}
        self.short = {
            condition.casefold()
            for cause in competing.values()
            for condition in cause.conditions
            if condition.isupper()
        }
        longest_first = sorted(self.kinds, key=len, reverse=True)
        self.pattern = re.compile(rf"(?<!\w)({'|'.join(map(re.escape, longest_first))})s?(?!\w)", re.IGNORECASE)

    def named(self, text: str) -> set[str]:
        """Kinds a text names at all, denied or not, or that it is itself called; without names in the profile none."""
        called_kinds = {self.called[text.casefold()]} if text.casefold() in self.called else set()
        return called_kinds | (
            {self.kinds[hit[1].casefold()] for hit in self.pattern.finditer(text)} if self.kinds else set()
        )

    def stated(self, text: str, *, of_treatment: bool) -> set[str]:
        """Kinds that a text says are present; an abbreviation of a condition does not count in the name of a treatment."""
        if not self.named(text):
            return set()
        return {
            self.kinds[hit[1].casefold()]
            for piece in map(str.strip, PIECES.split(OPEN.sub(" ", text)))
            for hit in self.pattern.finditer(piece)
            if not (of_treatment and hit[1].casefold() in self.short) and not self._denied(piece, hit)
        }

    def _denied(self, piece: str, hit: re.Match[str]) -> bool:
        """A denial precedes the name, no further back than the last comma, or opens a whole list; or it follows immediately."""
        start, end = hit.span()
        opening = DENIED_BEFORE.match(piece, 0, start)
        near = max(start - REACH, 0)
        near = max(near, piece.rfind(",", near, start) + 1)
        if opening or DENIED_BEFORE.search(piece, near, start) or DENIED_AFTER.match(piece, end):
            return True
        prevented = PREVENTED_BEFORE.search(piece, near, start) or PREVENTED_AFTER.match(piece, end)
        return bool(prevented) and hit[1].casefold() not in self.drugs
