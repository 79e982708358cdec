"""Characters that cannot be seen, made visible in the same way in every product and message.

Controls, line and paragraph separators, byte-order marks, marks that steer the direction of text or hide in it: a
reader would not see them, and some turn the words around them. Letters of right-to-left scripts, and the two joiners
that shape them, stay. Tables of `data/` keep what was reported; only what people read is made visible.
"""

import re

HIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff"
    "\ud800-\udfff\U000e0000-\U000e007f]"
)


def printable(text: object) -> str:
    """The text with each hidden character as its code point, `[U+202E]`; a line break of any system is a newline."""
    words = str(text)
    if words.isascii() and words.isprintable():  # as nearly all are
        return words
    return HIDDEN.sub(lambda match: code_point(match[0]), words.replace("\r\n", "\n").replace("\r", "\n"))


def on_one_line(text: str) -> str:
    """The same, with tabs and newlines shown too: what a terminal or a log prints on one line."""
    return (
        HIDDEN.sub(lambda match: code_point(match[0]), text)
        .replace("\t", code_point("\t"))
        .replace("\n", code_point("\n"))
    )


def code_point(character: str) -> str:
    """`[U+202E]` for a character that cannot be shown."""
    return f"[U+{ord(character):04X}]"
