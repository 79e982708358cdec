"""Another format's codes in our own words, by the crosswalk columns of the code lists.

Nothing is guessed: a code that no list knows stays as sent, so that `validate` finds it in its own words.
"""

from functools import lru_cache

from schemas.codes import back, rows


@lru_cache(1 << 16)
def ours(name: str, column: str, sent: str, missing: str = "") -> str:
    """Our code for the code `sent` in the crosswalk `column` of the list `name`.

    `missing` names a column of the list `missing`, for codes that mean "no value, because ..."; a blank stays
    blank and an unknown code stays as sent.
    """
    sent = sent.strip()
    found = back(name, column).get(sent)
    if found is None and missing:
        found = back("missing", missing).get(sent)
    return sent if found is None else found


@lru_cache(1 << 16)
def label_of(name: str, column: str, sent: str) -> str:
    """The label of the code `sent`, for columns of free text such as a route; unknown codes stay as sent."""
    code = back(name, column).get(sent.strip())
    return sent.strip() if code is None else {row["code"]: row["label"] for row in rows(name)}[code]
