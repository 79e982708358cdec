"""Another format's codes in our own words, by the crosswalk columns of the code lists.

Nothing is guessed: a code that no list knows stays as sent, so that `validate` finds it in its own words.
"""

from functools import lru_cache

from schemas.codes import back, rows


@lru_cache(1 << 16)
def ours(code_list: str, column: str, sent: str, missing: str = "") -> str:
    """Our code for the code `sent` in the crosswalk `column` of the list `code_list`.

    `missing` names a column of the list `missing`, for codes that mean "no value, because ..."; a blank stays
    blank and an unknown code stays as sent.
    """
    sent = sent.strip()
    code = back(code_list, column).get(sent)
    if code is None and missing:
        code = back("missing", missing).get(sent)
    return sent if code is None else code


def country(sent: str) -> str:
    """A country as sent, or the reason for none where FDA's words for one stand in its place."""
    return ours("missing", "fda_country", sent)


@lru_cache(1 << 16)
def label_of(code_list: str, column: str, sent: str) -> str:
    """The label of the code `sent`, for columns of free text such as a route; unknown codes stay as sent."""
    code = back(code_list, column).get(sent.strip())
    return sent.strip() if code is None else {row["code"]: row["label"] for row in rows(code_list)}[code]
