"""The words of captions: names of endpoints and clocks, and the sentences that captions share."""

from scripts.figures.drawing import ALT_LIMIT
from scripts.files.bundle import Bundle
from scripts.files.facts import Facts
from scripts.words import wording
from scripts.words.wording import counted

CLOCKS = {
    "first_dose": "first dose of the course",
    "last_dose": "last dose at or before onset",
    "diagnosis": "diagnosis of the event",
    "symptom": "a symptom",
    "": "not stated",
}
"""Clocks for which a caption has room for more words than a table."""
NOT_A_RISK = "A case series holds only cases, so the curve shows the share of reported cases, not a risk."


def endpoint(endpoint_name: str, facts: Facts) -> str:
    """first_symptom -> first symptom; the characteristic sign by its own name."""
    return wording.endpoint(endpoint_name, facts.sentinel)


def clock(clock_name: str, facts: Facts) -> str:
    """What a time is counted from, in words."""
    return CLOCKS.get(clock_name) or wording.clock(clock_name, facts.sentinel)


def point(clock_name: str, facts: Facts) -> str:
    """The same behind `from`: the first dose of the course; a point that is not stated."""
    words = clock(clock_name, facts)
    return "a point that is not stated" if words == CLOCKS[""] else f"the {words}"


def count(value: int, singular: str, many: str = "") -> str:
    """1 case, 2 cases, no cases."""
    return counted(value or "no", singular, many)


def closing(data: Bundle) -> str:
    """The last sentences of every caption: data lock, findings, abbreviation."""
    facts = data.facts
    lock = f"Data lock point {facts.data_lock}." if facts.data_lock else ""
    flags = f"{count(len(data.findings), 'data-quality finding').capitalize()} on record."
    short = f"{facts.abbreviation}, {facts.event}." if facts.abbreviation else ""
    return " ".join(filter(None, [lock, flags, short]))


def sentences(*parts: str) -> str:
    """Parts as sentences with a full stop each, blanks left out."""
    ended = [part if part.endswith((".", "!", "?")) else f"{part}." for part in parts if part]
    return " ".join(part[:1].upper() + part[1:] for part in ended)


def alt(*parts: str) -> str:
    """Alternative text: sentences, cut at a whole word where they are too long for a screen reader."""
    words = sentences(*parts)
    if len(words) <= ALT_LIMIT:
        return words
    return words[: ALT_LIMIT - 1].rsplit(" ", 1)[0] + "…"
