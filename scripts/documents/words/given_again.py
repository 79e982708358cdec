"""What was seen when the drug was given again: signs of that exposure in, one text out; no verdict is drawn from them here."""

from scripts.documents.case_file import CaseFile, has, of_the_event
from scripts.documents.words import phrases
from scripts.documents.words.phrases import joined
from scripts.records.events import is_before_exposure

READINGS = {
    "abnormal": "abnormal tests",
    "shows_event": "tests that showed the event",
    "shows_no_event": "tests that did not show the event",
}
"""Readings of tests that speak for or against a recurrence, in the order in which they are told."""


def seen(case: CaseFile, exposure: str) -> str:
    """`symptoms: cough; abnormal tests: D-dimer 5 mg/L; tests that did not show the event: CT chest (clear)`."""
    sign_keys = {
        key for key, sign in case.signs.items() if sign["exposure"] == exposure and not is_before_exposure(sign)
    }
    signs = dict.fromkeys(
        row["term"]
        for row in case.rows("reactions")
        if ("reaction", row["reaction"]) in sign_keys
        and of_the_event(row)
        and row["occurred"] == "yes"
        and has(row["term"])
    )
    tests = [row for row in case.rows("tests") if ("test", row["result"]) in sign_keys and has(row["test"])]
    parts = {"symptoms": list(signs)} | {
        words: [phrases.result(row, case) for row in tests if row["reading"] == reading]
        for reading, words in READINGS.items()
    }
    return joined(f"{what}: {', '.join(told)}" for what, told in parts.items() if told)
