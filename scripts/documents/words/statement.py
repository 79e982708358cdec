"""What every document says of itself: what it is, from which data lock, with which definitions."""

import re

from schemas.codes import labels
from schemas.derived_patients import WELL_DOCUMENTED
from scripts.documents.dossier import Dossier
from scripts.documents.words.texts import fill, texts
from scripts.words import wording

PLACE = "shared.yaml"
LONGEST_IN_FOOTER = 100


def shared(data: Dossier, key: str, **more: object) -> str:
    """A shared text with the values of the series."""
    return fill(texts("shared")[key], values(data) | more, PLACE)


def status(data: Dossier) -> str:
    """What the document is and from which data lock."""
    return shared(data, "status")


def footer(data: Dossier) -> str:
    """One line at the foot of a page."""
    return shared(data, "footer", title=wording.brief(data.bundle.profile.title, LONGEST_IN_FOOTER))


def human(data: Dossier, what: str) -> str:
    """The mark of a place that a person must fill in."""
    return shared(data, "human", what=what)


def definitions(data: Dossier, *names: str) -> list[str]:
    """The definitions named, or all."""
    known = texts("shared")["definitions"]
    return [fill(known[term], values(data), PLACE) for term in names or known]


def abbreviations(data: Dossier, text: str) -> list[str]:
    """One line that explains the abbreviations a document uses, and those of the explanations; none where it uses none."""
    event = data.bundle.profile.event
    event_terms = {event.abbreviation: event.name} if event.abbreviation else {}
    known = texts("abbreviations") | data.bundle.profile.abbreviations | event_terms
    used = _used(known, text)
    used = sorted({*used, *_used(known, "\n".join(known[short] for short in used))})
    return [shared(data, "abbreviations", text="; ".join(f"{short}, {known[short]}" for short in used))] if used else []


def _used(known: dict[str, str], text: str) -> list[str]:
    here = (
        short for short in known if short in text
    )  # most are not: looked for as words, all of them would take longest
    return [short for short in here if re.search(rf"(?<!\w){re.escape(short)}(?!\w)", text)]


def values(data: Dossier) -> dict[str, object]:
    """Facts of the series that shared texts may name."""
    profile = data.bundle.profile
    return {
        "title": profile.title,
        "data_lock": data.bundle.data_lock,
        "event": profile.event.name,
        "drug": profile.drug.name,
        "event_source": profile.event.source or "no source given",
        "certainty": profile.event.certainty.source or "not defined in the profile",
        "sentinel": ", ".join(profile.event.sentinel_signs[:1]) or "none set",
        "onset": wording.name(data.bundle.conventions.onset),
        "clock": wording.point(data.bundle.conventions.clock),
        "threshold": WELL_DOCUMENTED,
        "levels": "; ".join(f"{code} = {label}" for code, label in labels("evidence_level").items()),
        "percent": wording.percent(data.bundle.conventions.level),
    }
