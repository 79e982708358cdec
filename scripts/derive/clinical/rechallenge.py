"""Rechallenge: what happened when the drug was given again, in two readings side by side (definitions: rechallenge).

`reported` is what the source says; `strict` asks that every earlier episode had ended before the restart, that the event
was looked for, that at least half of the doses were given, and for how long recurrence could be seen.
"""

from dataclasses import dataclass, field

import numpy as np

from schemas.codes import crosswalk
from schemas.fields import NO_VALUE
from scripts.derive.clinical.lifetime import ENDED
from scripts.derive.clinical.mitigation import FIELDS, modifiers
from scripts.derive.exposure import doses_before
from scripts.derive.rows_of_cases import Row, cell, joined
from scripts.words.quantities import analyte

LEAST_FRACTION = 0.5
"""Of the doses before the first onset: with less exposure, that the event stayed away tells nothing."""
DOUBTFUL_UNITS = ("incomplete", "implausible")
NOT_DONE = "4"
REPORTED = {"1": "recurred", "2": "not_recurred", "3": "unknown"}


@dataclass(frozen=True)
class Record:
    """What the rechallenge of one case rests on.

    exposures, episodes   in the order of time
    reactions, tests      by exposure; verdicts: of the unit of each test result
    code                  G.k.9.i.4 of the event as reported, as its E2B number; blank when nobody said
    days                  dose days by exposure
    from_extract          the code is that of a public extract, whose `no` is used for `not done` too
    window                days that recurrence must have been looked for; nan where the series gives none
    expected              tests that the drug itself changes, which do not count as recurrence
    """

    case: str
    exposures: list[Row]
    episodes: list[Row]
    reactions: dict[str, list[Row]]
    tests: dict[str, list[Row]]
    verdicts: dict[str, str]
    code: str
    days: dict[str, list[int]]
    from_extract: bool = False
    window: float = np.nan
    expected: frozenset[str] = field(default_factory=frozenset)

    @property
    def first(self) -> Row | None:
        """The first episode, from which every rechallenge is judged, whatever the index."""
        return self.episodes[0] if self.episodes else None


def rechallenges(record: Record) -> list[Row]:
    """Rows of the table `rechallenges` of one case, without the group."""
    if not record.exposures:
        return []
    later = [one for one in record.exposures if _after_the_first_episode(one, record)]
    rows = [_re_exposure(one, record) for one in later] + _continued(record)
    if not later:
        rows += _without_exposure(record)
    return rows


def _after_the_first_episode(exposure: Row, record: Record) -> bool:
    """A re-exposure begins after the exposure with the first episode; without an episode, after the first exposure."""
    home = int(record.first["exposure"]) if record.first else 1
    return int(exposure["exposure"]) > home


def _re_exposure(exposure: Row, record: Record) -> Row:
    own = exposure["exposure"]
    reactions, tests = record.reactions.get(own, []), record.tests.get(own, [])
    fraction = _fraction(exposure, record)
    ended, ended_by = ended_before(exposure, record)
    recurred, doubtful, tests_class = _tests(record, tests)
    row = {
        "case_id": record.case,
        "exposure": own,
        "course": exposure["course"],
        "kind": "re_exposure",
        "gap": _gap(exposure),
        "doses_given": _given(exposure),
        "dose_fraction": fraction,
        **{name: exposure[name] for name in FIELDS},
        "modifiers": modifiers(exposure, fraction),
        "e2b_literal": record.code,
        "reported": reported(reactions, record.code, described=True),
        "symptoms": _symptoms(reactions),
        "tests": tests_class,
        "tests_recurred": recurred,
        "tests_doubtful": doubtful,
        "ended_by": ended_by,
        **_strict(exposure, record, ended, fraction),
    }
    if row["event"] == "exposure_continued":
        row |= {"kind": "exposure_continued", "symptoms": "exposure_continued", "tests": "exposure_continued"}
    return row


def ended_before(exposure: Row, record: Record) -> tuple[str, str]:
    """Whether every earlier episode had ended before a restart (yes, no, unknown), and what says so.

    By dates, or by elapsed times from the first dose; else by an outcome of an earlier typed course. A message tells the
    outcome of its last observation, of which the order is unknown.
    """
    answers = [
        _ended(one, exposure, record) for one in record.episodes if int(one["exposure"]) < int(exposure["exposure"])
    ]
    if any(answer == "no" for answer, _ in answers):
        return "no", ""
    if not answers or any(answer == "unknown" for answer, _ in answers):
        return "unknown", ""
    return "yes", joined([by for _, by in answers])


def _ended(episode: Row, exposure: Row, record: Record) -> tuple[str, str]:
    if episode["end_last"] <= exposure["began_first"]:
        return "yes", "dates"
    if episode["end_first"] > exposure["began_last"]:
        return "no", "dates"
    before = next(one for one in record.exposures if one["exposure"] == episode["exposure"])
    offset = before["since_first_upper"] + episode["end_upper"]
    if offset <= exposure["since_first_lower"] and offset > 0:
        return "yes", "times"
    if before["since_first_lower"] + episode["end_lower"] > exposure["since_first_upper"]:
        return "no", "times"
    if episode["ended"] == "no" and episode["outcome"] == "not_recovered":
        return "no", "outcome"
    typed = exposure["separate_because"].startswith("typed")
    return ("yes", "outcome") if typed and episode["outcome"] in ENDED else ("unknown", "")


def reported(reactions: list[Row], code: str, *, described: bool, from_extract: bool = False) -> str:
    """As the source says it: recurred before unknown before not recurred, where statements differ.

    An extract codes `no` for `not done` too: without a described restart its outcome is unknown.
    """
    said = {
        "recurred" if row["occurred"] == "yes" else "not_recurred"
        for row in _events(reactions)
        if row["occurred"] in ("yes", "no")
    }
    if code in REPORTED:
        word = REPORTED[code]
        said.add("unknown" if word == "not_recurred" and from_extract and not described else word)
    return next(
        (word for word in ("recurred", "unknown", "not_recurred") if word in said),
        "unknown" if described else "not_stated",
    )


def _events(reactions: list[Row]) -> list[Row]:
    return [row for row in reactions if row["role"] == "event"]


def _strict(exposure: Row, record: Record, ended: str, fraction: float) -> Row:
    """`event`, `window`, `why` and `basis`: the strict class and what it rests on."""
    own, first = exposure["exposure"], [record.first["basis"]] if record.first else []
    reactions, tests = record.reactions.get(own, []), record.tests.get(own, [])
    again = [cell("reactions", row, "occurred", "reaction") for row in _events(reactions) if row["occurred"] == "yes"]
    again += [cell("tests", row, "reading", "result") for row in tests if row["reading"] == "shows_event"]
    absent = [cell("reactions", row, "occurred", "reaction") for row in _events(reactions) if row["occurred"] == "no"]
    if record.code == "2" and not record.from_extract:
        absent.append("assessments.rechallenge")
    looked = [row for row in tests if row["reading"] == "shows_no_event"]
    if ended == "no":
        return _class(
            "exposure_continued",
            "given again before the first event had ended: not a rechallenge",
            first,
        )
    if ended == "unknown":
        return _class("inconclusive", "the earlier event is not known to have ended before re-exposure", [])
    if again:
        return _class("positive", "the event met the case definition again", [*first, *again])
    if not absent or not looked:
        return _class("inconclusive", "no event stated, but no adequate assessment is described", absent)
    if not fraction >= LEAST_FRACTION:
        less = (
            "less than half of the earlier doses was given"
            if fraction < LEAST_FRACTION
            else "how much was given is not known"
        )
        return _class("inconclusive", less, absent)
    window = _window(looked, record.window)
    if window == "too_short":
        return _class("inconclusive", "recurrence was looked for over too short a time", absent, window)
    names = ", ".join(dict.fromkeys(row["test"] for row in looked))
    basis = [*first, *absent, *(cell("tests", row, "reading", "result") for row in looked)]
    short = "; for how long is not stated" if window == "not_stated" else ""
    return _class("negative", f"no event; looked for by {names}{short}", basis, window)


def _class(name: str, why: str, basis: list[str], window: str = "") -> Row:
    return {"event": name, "why": why, "basis": joined(basis), "window": window}


def _window(looked: list[Row], wanted: float) -> str:
    """For how long after the restart the last look was, against the risk window; not stated where either is not known."""
    seen = [row["upper"] for row in looked if row["origin"] == "first_dose" and np.isfinite(row["upper"])]
    if not seen or np.isnan(wanted):
        return "not_stated"
    return "known" if max(seen) >= wanted else "too_short"


def _symptoms(reactions: list[Row]) -> str:
    part = [
        row for row in reactions if row["role"] in ("symptom", "sentinel_sign") and row["attribution"] != "unlikely"
    ]
    said = {row["occurred"] for row in part}
    return "positive" if "yes" in said else "negative" if "no" in said else "not_stated"


def _tests(record: Record, after: list[Row]) -> tuple[str, str, str]:
    """Tests abnormal with the first episode and again; those the drug itself changes do not count.

    Their names, those whose values have a doubtful unit, and the class.
    """
    home = record.first["exposure"] if record.first else "1"
    abnormal = {analyte(row["test"]) for row in record.tests.get(home, []) if row["reading"] == "abnormal"}
    again = [row for row in after if analyte(row["test"]) in abnormal - record.expected]
    recurred = [row for row in again if row["reading"] == "abnormal"]
    if recurred:
        doubtful = [row for row in recurred if record.verdicts.get(row["result"]) in DOUBTFUL_UNITS]
        return _names(recurred), _names(doubtful), "positive"
    return "", "", "negative" if any(row["reading"] == "normal" for row in again) else "not_stated"


def _names(rows: list[Row]) -> str:
    return ", ".join(dict.fromkeys(row["test"] for row in rows))


def _fraction(exposure: Row, record: Record) -> float:
    """Doses given now over doses of the first exposure with the event before its onset; over all where days are unknown."""
    if record.first is None:
        return np.nan
    home = next(one for one in record.exposures if one["exposure"] == record.first["exposure"])
    days = record.days.get(home["exposure"], [])
    before = doses_before(days, record.first["onset_lower"], record.first["onset_upper"])
    reference = before[1] or _number(home["given_upper"])
    given = _number(exposure["given_lower"])
    return float(given / reference) if reference and reference > 0 else np.nan


def _number(text: str) -> float:
    return np.nan if text in NO_VALUE else float(text)


def _gap(exposure: Row) -> str:
    low, high, unit = exposure["gap_lower"], exposure["gap_upper"], exposure["gap_scale"]
    if low in NO_VALUE:
        return low
    return f"{low} {unit}" if low == high else f"{low} to {high} {unit}"


def _given(exposure: Row) -> str:
    low, high = exposure["given_lower"], exposure["given_upper"]
    return low if low == high else f"{low} to {high}"


def _continued(record: Record) -> list[Row]:
    """Doses of the first exposure that surely followed its onset; after its end they are `within_course`.

    None where its lines may be several exposures: then it is not known what they were.
    """
    first = record.first
    if first is None:
        return []
    home = next(one for one in record.exposures if one["exposure"] == first["exposure"])
    if home["not_one_because"]:
        return []
    days = record.days.get(first["exposure"], [])
    after = [(place, day) for place, day in enumerate(days, start=1) if day >= first["onset_upper"]]
    resumed = [place for place, day in after if day >= first["end_upper"]]
    going_on = [place for place, day in after if not day >= first["end_upper"]]
    rows = []
    for kind, places, why in (
        ("exposure_continued", going_on, "followed the first symptom: not a rechallenge"),
        ("within_course", resumed, "followed the end of the event within the course"),
    ):
        if places:
            named = ", ".join(map(str, places))
            name = "exposure_continued" if kind == "exposure_continued" else "not_stated"
            rows.append(
                dict.fromkeys(("event", "symptoms", "tests"), name)
                | {"case_id": record.case, "exposure": first["exposure"], "kind": kind, "doses_given": named,
"course": home["course"], "reported": "not_stated",
                   "why": f"dose {named} of the course {why}", "basis": f"doses[{named}]"}
            )  # fmt: skip
    return rows


def _without_exposure(record: Record) -> list[Row]:
    """A code without a described re-exposure, and lines of the drug that may be a second exposure."""
    if record.code:
        return [_code_only(record)]
    why = joined([one["not_one_because"] for one in record.exposures])
    if not why:
        return []
    return [
        dict.fromkeys(("event",), "not_assessable")
        | {"case_id": record.case, "kind": "not_assessable", "reported": "not_stated", "symptoms": "not_stated",
           "tests": "not_stated", "why": f"one or several exposures: {why}", "basis": record.exposures[0]["basis"]}
    ]  # fmt: skip


def _code_only(record: Record) -> Row:
    """Not done if the code says so, else inconclusive: only the code describes the re-exposure."""
    return {
        "case_id": record.case,
        "kind": "code_only",
        "modifiers": modifiers(dict.fromkeys(FIELDS, ""), np.nan),
        "e2b_literal": record.code,
        "reported": reported([], record.code, described=False, from_extract=record.from_extract),
        "event": "not_done" if record.code == NOT_DONE else "inconclusive",
        "symptoms": "not_stated",
        "tests": "not_stated",
        "why": "only a code is reported",
        "basis": "assessments.rechallenge",
    }


PRECEDENCE = ("positive", "negative", "inconclusive", "exposure_continued", "not_done", "not_assessable")
"""Of several re-exposures of one patient the first of these classes decides."""


def of_patient(rows: list[Row]) -> Row:
    """The patient's rechallenge in both readings, from the rows of the table `rechallenges`."""
    decided = {
        f"rechallenge_{of}": next((name for name in PRECEDENCE if name in {row[of] for row in rows}), "not_stated")
        for of in ("event", "symptoms", "tests")
    }
    counted = [row for row in rows if row["kind"] in ("re_exposure", "code_only") and row["event"] != "not_done"]
    negative = [row for row in counted if row["event"] == "negative"]
    strict = decided["rechallenge_event"] == "negative"
    words = {row["reported"] for row in counted}
    return decided | {
        "rechallenge_reported": next((word for word in ("recurred", "unknown", "not_recurred") if word in words), "not_stated"),
        "rechallenge_negative": f"{len(negative)} of {len(counted)}" if strict else "",
        "rechallenge_window": "not_stated" if strict and any(row["window"] == "not_stated" for row in negative) else "",
        "re_exposed": _re_exposed(rows, counted),
        "e2b_literal": next((row["e2b_literal"] for row in rows if row.get("e2b_literal")), ""),
        "exposure_continued": "; ".join(
            row["doses_given"] for row in rows if row["kind"] == "exposure_continued" and row.get("doses_given")
        ),
    }  # fmt: skip


def _re_exposed(rows: list[Row], counted: list[Row]) -> str:
    kinds = {row["kind"] for row in rows}
    if counted:
        return "yes"
    if "exposure_continued" in kinds or "within_course" in kinds:
        return "continued"
    if "not_assessable" in kinds:
        return "not_assessable"
    return "no" if any(row["event"] == "not_done" for row in rows) else "unknown"


def codes(assessments: list[Row], reactions: list[Row]) -> str:
    """G.k.9.i.4 of the event as reported, as its E2B number: recurred, then unknown, then not recurred, then not done."""
    events = {row["reaction"] for row in _events(reactions)}
    numbers = crosswalk("rechallenge", "e2b_r3")
    said = {
        numbers[row["rechallenge"]]
        for row in assessments
        if row["reaction"] in events and row["rechallenge"] in numbers
    }
    return next((code for code in ("1", "3", "2", NOT_DONE) if code in said), "")
