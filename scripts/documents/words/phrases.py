"""Rows of a case as words: times, drugs, tests, other causes. A gap reads as its reason for missing."""

import re
from collections.abc import Iterable

from schemas.codes import DOUBTFUL_UNITS
from scripts.documents.case_file import CaseFile, Row, has
from scripts.words import dosing, times, wording
from scripts.words.drugs import drug as drug


def joined(parts: Iterable[str], between: str = "; ") -> str:
    """The parts that say something."""
    return between.join(part for part in parts if part)


def mark_if_told(case: CaseFile, table: str, row: Row, column: str) -> str:
    """The mark of a cell that holds a value."""
    return case.mark(table, row, column) if has(row[column]) else ""


def when(row: Row, prefix: str, case: CaseFile, table: str) -> str:
    """A time group as words; blank where nothing is known. A drug given beside counts from the drug of the series.

    A time that a check keeps out of use is named as printed, and so marked.

    2022-07; study day 3 to 4; within 16 days of onset of haemoptysis; more than 5 and at most 7 days after diagnosis.
    """
    date, low, high = row[f"{prefix}_date"], row[f"{prefix}_lower"], row[f"{prefix}_upper"]
    if has(date):
        return date
    if not (has(low) or has(high)):
        return case.as_printed(table, row, prefix)
    low, high = (cell if has(cell) else "" for cell in (low, high))
    origin = row[f"{prefix}_origin"]
    if origin == "first_dose" and row.get("role") == "concomitant" and row[f"{prefix}_scale"] != "study_day":
        return times.reported(low, high, row[f"{prefix}_scale"], f"the first dose of {case.derived['drug']}")
    told = times.reported(low, high, row[f"{prefix}_scale"], origin_words(origin, case))
    return f"about {told}" if case.about(table, row, prefix) else told


def origin_words(origin: str, case: CaseFile) -> str:
    """What a time is counted from: a code in words, or the onset of a reaction of the case."""
    kind, colon, reaction_key = origin.partition(":")
    if colon and kind == "onset":
        terms = {row["reaction"]: row["term"] for row in case.rows("reactions")}
        return f"onset of {terms.get(reaction_key, reaction_key)}"
    return wording.coded("origin", origin)


CODED_NOTE = re.compile(r"[\w.]+=\S+")
"""How readers keep a code among the words on a drug: the name of its element, and the code."""


def notes(course: Row) -> str:
    """Additional information on a course in words, without the codes among it."""
    told = course["additional_information"].split("; ")
    return joined(note for note in told if has(note) and not CODED_NOTE.fullmatch(note))


def doses(case: CaseFile, course: Row) -> str:
    """Doses planned and given, then each dose with its time, amount and route."""
    planned, low, high = course["planned_doses"], course["given_lower"], course["given_upper"]
    given = case.mark("courses", course, "given", "given_lower", "given_upper") if has(low) or has(high) else ""
    counts = f"doses given {wording.span(low, high)}{given}"
    if has(planned):
        counts += f" of {planned} planned{case.mark('courses', course, 'planned_doses')}"
    course_doses = [row for row in case.rows("doses") if row["course"] == course["course"]]
    return joined([counts, joined((dose(row, case) for row in course_doses), ", ")])


def dose(row: Row, case: CaseFile) -> str:
    """`dose 1 on study day 1, 12 mg`; a dose planned and not given says so."""
    if row["given"] == "no":
        return f"dose {row['dose']} not given"
    partly = " (begun or given in part)" if row["given"] == "partial" else ""
    time = marked(when(row, "time", case, "doses"), case.mark("doses", row, "time"))
    end = when(row, "end", case, "doses")
    dose_words = f"dose {row['dose']}{partly}" + (f" on {time}" if time else "") + (f" until {end}" if end else "")
    more = joined([amount(row), row["route"] if has(row["route"]) else "", extra(row)], " ")
    return joined([dose_words, more], ": ")


def extra(row: Row) -> str:
    """Lot and dosage as reported, where its words say more than the amount."""
    lot = f"lot {row['lot']}" if has(row["lot"]) else ""
    told = has(row["dosage_text"]) and row["dosage_text"] not in (row["amount"], f"{row['amount']} {row['unit']}")
    return joined([lot, row["dosage_text"] if told else ""], ", ")


def dosage_as_described(case: CaseFile) -> str:
    """Words of the source on the doses of the index course; blank where there are none."""
    course_texts = (row["dosage_text"] for row in case.rows("doses") if row["course"] == case.derived["course"])
    return joined(dict.fromkeys(text for text in course_texts if has(text)))


def amount(row: Row) -> str:
    """Amount and unit of a dose, and how often a day where that is told; blank without an amount."""
    return dosing.amount(row)


def reaction(row: Row, case: CaseFile) -> str:
    """`haemoptysis (study day 3 to 4, derived)`; in another course than that of the event with its number."""
    time = when(row, "onset", case, "reactions")
    free = when(row, "free_until", case, "reactions")
    inside = joined(
        [
            of_course(row, case),
            "there before the drug, and worsened" if row["present_before"] == "yes" else "",
            marked(time, case.mark("reactions", row, "onset")),
            f"free of it until {free}" if free else "",
        ],
        ", ",
    )
    return wording.cell(row["term"]) + (f" ({inside})" if inside else "")


def of_course(row: Row, case: CaseFile) -> str:
    """`course 2` of what belongs to another course than that of the event; blank otherwise."""
    return f"course {row['course']}" if has(row["course"]) and row["course"] != case.derived["course"] else ""


def lasted(row: Row, case: CaseFile) -> str:
    """`lasted 7 days`, as reported of a reaction; blank where no duration is told."""
    if not has(row["duration"]):
        return ""
    told = times.amount(row["duration"], row["duration"], row["duration_scale"])
    return f"lasted {told}{case.mark('reactions', row, 'duration')}"


def marked(words: str, mark: str) -> str:
    """`study day 3, derived`: a mark within brackets; blank where there are no words."""
    return words + (f", {mark.strip(' ()')}" if words and mark else "")


def test(row: Row, case: CaseFile) -> str:
    """A test as printed, with its reference range, its words and the verdict on a unit that cannot be used."""
    value = joined(
        [row["value"] if has(row["value"]) else "", row["unit_as_printed"] if has(row["unit_as_printed"]) else ""], " "
    )
    reference = f"reference {row['reference_as_printed']}" if has(row["reference_as_printed"]) else ""
    doubt = unit_in_doubt(row, case)
    reading = "" if has(row["finding"]) or value else wording.coded("reading", row["reading"])
    time = marked(when(row, "time", case, "tests"), case.mark("tests", row, "time"))
    inside = joined([of_course(row, case), time, reference, doubt], ", ")
    result_words = joined([value, row["finding"] if has(row["finding"]) else "", reading])
    return row["test"] + (f" ({inside})" if inside else "") + f": {result_words or wording.cell(row['value'])}"


def alternative(row: Row, case: CaseFile) -> str:
    """`infection: excluded, derived from "infection was unlikely" (culture)`."""
    how = f" ({row['how']})" if has(row["how"]) else ""
    verdict = joined([wording.coded("excluded", row["excluded"]), _said_of(row, case)], ", ")
    return f"{row['cause']}: {verdict}{how}"


def result(row: Row, case: CaseFile) -> str:
    """`D-dimer 5 mg/L (as printed: unit implausible)`, `chest X-ray (clear)`: a test and its result in short."""
    printed = joined((row[column] if has(row[column]) else "" for column in ("value", "unit_as_printed")), " ")
    doubt = unit_in_doubt(row, case)
    inside = joined([row["finding"] if has(row["finding"]) and not printed else "", doubt])
    return joined([row["test"], printed], " ") + (f" ({inside})" if inside else "")


def unit_in_doubt(row: Row, case: CaseFile) -> str:
    """That the unit of a test cannot be used as printed; blank where it can, and where none is printed."""
    verdict = case.tests.get(row["result"], {}).get("verdict")
    return f"as printed: unit {verdict}" if verdict in DOUBTFUL_UNITS and has(row["unit_as_printed"]) else ""


def _said_of(row: Row, case: CaseFile) -> str:
    """What a verdict on a cause rests on: the source's own words, and whether it was derived from them."""
    mark, words = case.mark("alternatives", row, "excluded").strip(" ()"), case.quote("alternatives", row, "excluded")
    return joined([mark, words], " from ")


def verdicts(case: CaseFile) -> str:
    """`excluded: infection ("no infection"), embolism; unclear: asthma`: causes by what was said of them, without the grounds."""
    by_verdict: dict[str, list[str]] = {}
    for row in case.rows("alternatives"):
        words = _said_of(row, case)
        told = row["cause"] + (f" ({words})" if words else "")
        by_verdict.setdefault(wording.coded("excluded", row["excluded"]), []).append(told)
    return joined(f"{verdict}: {', '.join(causes)}" for verdict, causes in by_verdict.items())
