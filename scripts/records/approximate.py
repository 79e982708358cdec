"""Words that call a number approximate: `~7`, about 7 d, ca. 50."""

import re
from functools import cache

from schemas.codes import back


@cache
def about() -> re.Pattern:
    """A word that means about, and a number behind it."""
    words = [word for word, code in back("printed_limits", "printed").items() if code == "~"]
    longest = sorted(map(re.escape, words), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(longest)})\s*\d", re.IGNORECASE)
