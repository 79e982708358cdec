"""The few characters that no document format can hold, made visible."""

import re

ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff￾￿]")


def printable(text: str) -> str:
    """The text without the few characters that no document format can hold; each is shown as U+FFFD."""
    return ILLEGAL.sub("�", text)
