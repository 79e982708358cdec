"""The strict reading of a re-exposure (definitions: rechallenge).

Every earlier episode had ended before the restart, the event was looked for, at least half of the doses were given, and
for how long recurrence could be seen. Symptoms and tests have classes of their own.
"""

import numpy as np

from schemas.codes import DOUBTFUL_UNITS
from schemas.rows_by_case import Row
from scripts.clock.dose_days import doses_before
from scripts.derive.clinical.rechallenge_record import NOT_RECURRED, Record, events_of
from scripts.derive.rows_of_cases import cell, joined, number_of
from scripts.records.events import SIGNS, is_before_exposure, shows_event
from scripts.records.terms import names_of
from scripts.words.quantities import analyte

LEAST_FRACTION = 0.5
"""Of the doses before the first onset: with less exposure, that the event stayed away tells nothing."""
SIGN_OF_THE_PROFILE = "sign of the profile"
FATAL = "fatal"


def ended_before(exposure: Row, record: Record) -> tuple[str, str]:
    """Whether every earlier episode had ended before a restart (yes, no, fatal, unknown), and what says so.

    By dates, or by elapsed times from the first dose; else by an outcome of an earlier typed course. Of an end and a
    restart on one day nobody says which came first. A message tells the outcome of its last observation, of which the
    order is unknown. Of one told as fatal on an earlier typed course it is not known either: either the outcome or the restart
    is told wrongly.
    """
    answers = [
        _ended(episode, exposure, record)
        for episode in record.episodes
        if int(episode["exposure"]) < int(exposure["exposure"])
    ]
    if any(answer == "no" for answer, _ in answers):
        return "no", ""
    if not answers or any(answer == "unknown" for answer, _ in answers):
        return "unknown", ""
    if any(answer == FATAL for answer, _ in answers):
        return FATAL, ""
    return "yes", joined([by for _, by in answers])


def _ended(episode: Row, exposure: Row, record: Record) -> tuple[str, str]:
    if episode["end_last"] < exposure["began_first"]:
        return "yes", "dates"
    if episode["end_first"] > exposure["began_last"]:
        return "no", "dates"
    before = next(
        earlier_exposure for earlier_exposure in record.exposures if earlier_exposure["exposure"] == episode["exposure"]
    )
    offset = before["since_first_upper"] + episode["end_upper"]
    if offset <= exposure["since_first_lower"] and offset > 0:
        return "yes", "times"
    if before["since_first_lower"] + episode["end_lower"] > exposure["since_first_upper"]:
        return "no", "times"
    if episode["ended"] == "no" and episode["outcome"] == "not_recovered":
        return "no", "outcome"
    if not exposure["separate_because"].startswith("typed"):
        return "unknown", ""
    if episode["ended"] == "yes":
        return "yes", "outcome"
    return FATAL if episode["outcome"] == FATAL else "unknown", ""


def strict_class(exposure: Row, record: Record, ended: str, fraction: float, reported: str) -> Row:
    """`event`, `window`, `why` and `basis`: the strict class and what it rests on. reported: the reading as reported.

    After an event told as fatal it is inconclusive, and `but_for_fatal` is the class that it would be: a fatal outcome takes
    away no answer that counts against the drug.
    """
    if ended == FATAL:
        otherwise = strict_class(exposure, record, "yes", fraction, reported)["event"]
        return _row_of("inconclusive", "the earlier event is told as fatal, and the drug as given again", []) | {
            "but_for_fatal": otherwise
        }
    exposure_number, first = exposure["exposure"], [record.first["basis"]] if record.first else []
    told = [row for row in events_of(record.reactions.get(exposure_number, [])) if row["occurred"] == "yes"]
    reactions, tests = (
        since_restart(record.reactions.get(exposure_number, [])),
        since_restart(record.tests.get(exposure_number, [])),
    )
    again = [cell("reactions", row, "occurred", "reaction") for row in events_of(reactions) if row["occurred"] == "yes"]
    again += [cell("tests", row, "reading", "result") for row in tests if shows_event(row)]
    absent = said_absent(reactions)
    if record.code == NOT_RECURRED and not record.from_extract:
        absent.append("assessments.rechallenge")
    looked = [row for row in tests if row["reading"] == "shows_no_event"]
    if ended == "no":
        return _row_of(
            "exposure_continued",
            "given again before the first event had ended: not a rechallenge",
            first,
        )
    if ended == "unknown":
        return _row_of("inconclusive", "the earlier event is not known to have ended before re-exposure", [])
    if again:
        return _row_of("positive", "the event met the case definition again", [*first, *again])
    if len(since_restart(told)) < len(told):
        return _row_of("inconclusive", "the event is told from before the drug was given again", [])
    if not absent or not looked:
        return _row_of("inconclusive", "no event stated, but no adequate assessment is described", absent)
    if reported != "not_recurred":
        return _row_of(
            "inconclusive", "said to have been absent, and elsewhere that it recurred or that this is not known", absent
        )
    if not fraction >= LEAST_FRACTION:
        less = (
            "less than half of the earlier doses was given"
            if fraction < LEAST_FRACTION
            else "how much was given is not known"
        )
        return _row_of("inconclusive", less, absent)
    window = _window(looked, record.window)
    if window == "too_short":
        return _row_of("inconclusive", "recurrence was looked for over too short a time", absent, window)
    names = ", ".join(dict.fromkeys(row["test"] for row in looked))
    basis = [*first, *absent, *(cell("tests", row, "reading", "result") for row in looked)]
    short = "; for how long is not stated" if window == "not_stated" else ""
    return _row_of("negative", f"no event; looked for by {names}{short}", basis, window)


def since_restart(rows: list[Row]) -> list[Row]:
    """Rows of a re-exposure without those that lie surely before its first dose."""
    return [row for row in rows if not is_before_exposure(row)]


def said_absent(reactions: list[Row]) -> list[str]:
    """The cells that say that the event was absent."""
    return [cell("reactions", row, "occurred", "reaction") for row in events_of(reactions) if row["occurred"] == "no"]


def _row_of(class_name: str, why: str, basis: list[str], window: str = "") -> Row:
    return {"event": class_name, "why": why, "basis": joined(basis), "window": window}


def _window(looked: list[Row], wanted: float) -> str:
    """For how long after the restart the last look was, against the risk window; not stated where either is not known."""
    seen = [row["upper"] for row in looked if row["origin"] == "first_dose" and np.isfinite(row["upper"])]
    if not seen or np.isnan(wanted):
        return "not_stated"
    return "known" if max(seen) >= wanted else "too_short"


def class_of_symptoms(record: Record, after: list[Row]) -> tuple[str, str]:
    """Signs of the first episode and again: the same term, or a sign of the profile. Those new on re-exposure, and the class."""
    before = [
        _names(row, record) for row in _symptoms(record.reactions.get(record.home, [])) if row["occurred"] == "yes"
    ]
    known = {sign_name for names in before for sign_name in names}
    again = [(row, bool(_names(row, record) & known)) for row in _symptoms(after)]
    occurrences = {row["occurred"] for row, same in again if same}
    new = dict.fromkeys(row["term"] for row, same in again if row["occurred"] == "yes" and not same)
    return ", ".join(new), "positive" if "yes" in occurrences else "negative" if "no" in occurrences else "not_stated"


def _symptoms(reactions: list[Row]) -> list[Row]:
    return [row for row in reactions if row["role"] in SIGNS and row["attribution"] != "unlikely"]


def _names(row: Row, record: Record) -> set[str]:
    """What a sign is called; the signs that the profile names are one."""
    names = names_of(row)
    return names | {SIGN_OF_THE_PROFILE} if names & record.signs else names


def class_of_tests(record: Record, after: list[Row]) -> tuple[str, str, str]:
    """Tests abnormal with the first episode and again; those the drug itself changes do not count.

    Their names, those whose values have a doubtful unit, and the class.
    """
    abnormal = {analyte(row["test"]) for row in record.tests.get(record.home, []) if row["reading"] == "abnormal"}
    again = [row for row in after if analyte(row["test"]) in abnormal - record.expected]
    recurred = [row for row in again if row["reading"] == "abnormal"]
    if recurred:
        doubtful = [row for row in recurred if record.verdicts.get(row["result"]) in DOUBTFUL_UNITS]
        return _named(recurred), _named(doubtful), "positive"
    return "", "", "negative" if any(row["reading"] == "normal" for row in again) else "not_stated"


def _named(rows: list[Row]) -> str:
    return ", ".join(dict.fromkeys(row["test"] for row in rows))


def fraction_of_doses(exposure: Row, record: Record) -> float:
    """Doses given now over doses of the first exposure with the event before its onset; over all where days are unknown."""
    if record.first is None:
        return np.nan
    home = next(
        earlier_exposure
        for earlier_exposure in record.exposures
        if earlier_exposure["exposure"] == record.first["exposure"]
    )
    days = record.days.get(home["exposure"], [])
    before = doses_before(days, record.first["onset_lower"], record.first["onset_upper"])
    reference = before[1] or number_of(home["given_upper"])
    given = number_of(exposure["given_lower"])
    return float(given / reference) if reference and reference > 0 else np.nan
