"""When the event began, per endpoint, as documents tell it of one patient: each with its mark where no source states it."""

from collections.abc import Mapping

from schemas.endpoints import ONSETS
from scripts.documents.case_file import bracketed
from scripts.documents.dossier import Dossier
from scripts.documents.words import summary
from scripts.words import times, wording


def told(data: Dossier, known: Mapping[tuple[str, str], dict], *, labelled: bool = True) -> list[str]:
    """`haemoptysis study day 3 to 4 (derived)` per endpoint, on the clock of the headline; blank where nothing is known.

    labelled: False where a heading says that the numbers are study days, and what they are counted from.
    """
    clock = data.bundle.conventions.clock
    return [_told(data, endpoint, known.get((endpoint, clock)), labelled) for endpoint in ONSETS]


def _told(data: Dossier, endpoint: str, time: dict | None, labelled: bool) -> str:
    words = times.of_case(time, labelled=labelled)
    if time is None or words == wording.NOTHING:
        return ""
    counted = times.counted_from(time["clock"]) if labelled and words != times.NOT_USABLE else ""
    return f"{summary.called(data, endpoint)} {words}{counted}{bracketed(time['status'])}"
