"""What stands in the boxes of a CIOMS I form (definitions: cioms-i)."""

from dataclasses import dataclass

from schemas.codes import SERIOUSNESS
from schemas.config import Sender
from scripts.documents.case_file import CaseFile, Row, has, of_the_event
from scripts.documents.words import phrases
from scripts.documents.words.narrative import story
from scripts.documents.words.narrative_patient import after_previous, country, country_of_report, history, reporter
from scripts.documents.words.phrases import joined
from scripts.documents.words.references import LITERATURE
from scripts.documents.words.texts import fill, texts
from scripts.records.drugs import SUSPECT
from scripts.words import dosing, times, wording
from scripts.words.references import reference

NAME = "cioms_i"
DECHALLENGE = {"positive": "yes", "negative": "no", "not_applicable": "n.a.", "not_assessable": "n.a."}
"""Box 20. Death and a course already complete make it not applicable; anything unknown stays blank."""
RECHALLENGE = {"positive": "yes", "negative": "no", "not_done": "n.a."}
"""Box 21. Inconclusive, continued exposure and silence stay blank."""


@dataclass(frozen=True)
class Boxes:
    """Text by box number, and the ticked answers of the boxes with choices."""

    text: dict[str, str]
    ticked: dict[str, set[str]]


def boxes(case: CaseFile, sender: Sender | None, identifier: str, data_lock: str) -> Boxes:
    """All boxes of a case; a blank box is unknown."""
    wanted = texts(NAME)
    suspects, doses, patient = _suspects(case), _given(case), case.patient
    text = {
        "1": wanted["not_held"],
        "1a": country(case) if patient else wording.UNKNOWN,
        "2": wanted["not_held"],
        "2a": wording.age(case.derived),
        "3": wording.coded("sex", patient.get("sex", "")),
        "4-6": onset(case, wanted["relative"]),
        "7+13": joined([_of_report(case), story(case)], "\n"),
        "14": _distinct(joined([phrases.drug(row), *_lots(row, doses)], ", ") for row in suspects),
        **therapy(case),
        "17": _distinct(wording.cell(row["indication"]) for row in suspects),
        "19": _distinct(_duration(row) for row in doses),
        "22": joined([_others(case), _premedication(suspects)]),
        "23": history(case),
        "24a": sender.organisation if sender else wanted["unregistered"],
        "24b": joined([identifier, case.report.get("worldwide_case_id", "")], " / "),
        "24c": _received(case),
        "25a": data_lock,
        "26": _reporter(case, wanted),
    }
    return Boxes(text, ticks(case))


def therapy(case: CaseFile) -> dict[str, str]:
    """The boxes that a line listing has too: daily dose, route, dates of therapy."""
    doses = _given(case)
    return {
        "15": _distinct(phrases.amount(row) or row["dosage_text"] for row in doses) or _reason(doses, "amount"),
        "16": _distinct(row["route"] if has(row["route"]) else "" for row in doses) or _reason(doses, "route"),
        "18": "; ".join(_dates(row, doses, case) for row in _suspects(case)),
    }


def _suspects(case: CaseFile) -> list[Row]:
    return [row for row in case.rows("courses") if row["role"] in SUSPECT]


def _given(case: CaseFile) -> list[Row]:
    return [row for row in case.suspect_doses() if row["given"] != "no"]


def onset(case: CaseFile, relative: str) -> str:
    """Day / month / year of the event as far as dated; else what is known of it, or of its first sign, by name."""
    signs = [row for row in case.rows("reactions") if of_the_event(row)]
    for row in [*case.events(), *(sign for sign in signs if sign["occurred"] == "yes")]:
        date, plain = row["onset_date"], row["onset_date"].rstrip("~?")
        if has(date) and row["role"] == "event" and "/" not in date:
            year, month, day = (*plain.split("-"), "", "")[:3]
            return f"{day or '–'} / {month or '–'} / {year}"
        time_text = phrases.when(row, "onset", case, "reactions")
        if time_text:
            sign = "" if row["role"] == "event" else f"{row['term']}, "
            return fill(relative, {"when": sign + time_text}, f"{NAME}.yaml")
    return wording.UNKNOWN


def ticks(case: CaseFile) -> dict[str, set[str]]:
    """The answers to tick: by rows and derived classes only."""
    wanted = texts(NAME)
    met = case.derived["serious"].split("; ")
    serious = {wanted["seriousness"][criterion] for criterion in SERIOUSNESS if criterion.replace("_", " ") in met}
    version = case.report.get("version", "")
    kind = wanted["reports"][int(version) > 1] if version.isdecimal() else ""
    return {
        "8-12": serious,
        "20": {DECHALLENGE.get(case.derived["dechallenge"], "")} - {""},
        "21": {RECHALLENGE.get(case.derived["rechallenge_event"], "")} - {""},
        "24d": _source(case, wanted["sources"]),
        "25b": {kind} - {""},
    }


def _source(case: CaseFile, names: list[str]) -> set[str]:
    study, literature, professional, authority = names
    kinds = {source["kind"] for source in case.sources}
    sources = {study} if case.report.get("report_type") == "study" else set()
    sources |= {literature} if kinds & set(LITERATURE) or has(case.report.get("literature")) else set()
    sources |= {authority} if "regulator_notice" in kinds else set()
    health = ("physician", "pharmacist", "other_health_professional", "health_professional")
    return sources | ({professional} if case.report.get("reporter_qualification") in health else set())


def _of_report(case: CaseFile) -> str:
    """Criteria that the report meets as a whole: they may concern another reaction, so no box of the event is ticked."""
    met = case.derived["serious_report"].replace("; ", ", ")
    return f"Seriousness of the report as a whole, which may concern another reaction: {met}" if met else ""


def _others(case: CaseFile) -> str:
    return "; ".join(_other(row, case) for row in case.rows("courses") if row["role"] == "concomitant")


def _premedication(suspects: list[Row]) -> str:
    """What was given before the suspect drugs, which is another drug too."""
    told = _distinct(row["premedication"] for row in suspects)
    return f"premedication: {told}" if told else ""


def _distinct(parts) -> str:
    return "; ".join(dict.fromkeys(part for part in parts if has(part)))


def _reason(rows: list[Row], column: str) -> str:
    """The reason for missing that the rows give, in words."""
    return "; ".join(dict.fromkeys(wording.cell(row[column]) for row in rows)) or wording.UNKNOWN


def _lots(course: Row, doses: list[Row]) -> list[str]:
    lots = [row["lot"] for row in doses if row["course"] == course["course"] and has(row["lot"])]
    return [f"batch {lot}" for lot in dict.fromkeys(lots)]


def _dates(course: Row, doses: list[Row], case: CaseFile) -> str:
    """From the first to the last administration of a course, as far as known, or how long after the course before it."""
    course_doses = [row for row in doses if row["course"] == course["course"]]
    first = [told for row in course_doses if (told := _day(row, case, "time"))]
    last = [told for row in course_doses if (told := _day(row, case, "end") or _day(row, case, "time"))]
    start, gap = phrases.when(course, "start", case, "courses"), after_previous(course)
    start, gap = (
        told and told + case.mark("courses", course, prefix) for told, prefix in ((start, "start"), (gap, "gap"))
    )
    open_end = " (last dose told)" if last and not _all_told(course, course_doses) else ""
    days = joined(dict.fromkeys([*first[:1], *last[-1:]]), " - ") + open_end
    told = joined([*dict.fromkeys([start, days]), gap], ", ")
    given = given_of(course)
    return f"course {course['course']}: {told or wording.UNKNOWN}" + (f" ({given})" if given else "")


def _day(dose: Row, case: CaseFile, which: str) -> str:
    """When a dose was given, with its mark; blank where that is not told."""
    told = phrases.when(dose, which, case, "doses")
    return told and told + case.mark("doses", dose, which)


def _all_told(course: Row, doses: list[Row]) -> bool:
    """Whether as many doses are told as were given, so that the last one told ended the course."""
    return course["given_lower"] == course["given_upper"] == str(len(doses))


def given_of(course: Row) -> str:
    """`3 of 5 doses given`; blank where no number is told."""
    return dosing.given(course) if has(course["given_lower"]) or has(course["given_upper"]) else ""


def _duration(row: Row) -> str:
    return times.amount(row["duration"], row["duration"], row["duration_scale"]) if has(row["duration"]) else ""


def _received(case: CaseFile) -> str:
    """The day of receipt; of a published case nobody received, the date of publication, named as such."""
    received, published = case.report.get("received", ""), case.derived["published"]
    if has(received) or not has(published):
        return wording.cell(received)
    return fill(texts(NAME)["published"], {"date": published}, f"{NAME}.yaml")


def _other(row: Row, case: CaseFile) -> str:
    """A concomitant drug with its indication and its start, or that this is not told."""
    start = phrases.marked(phrases.when(row, "start", case, "courses"), case.mark("courses", row, "start"))
    purpose = f"for {row['indication']}" if has(row["indication"]) else ""
    return f"{phrases.drug(row)} ({joined([purpose, start or texts(NAME)['no_dates']])})"


def _reporter(case: CaseFile, wanted: dict) -> str:
    """Profession and country; of a published case its citation, which names who reported it."""
    who = reporter(case) if case.report else wording.coded("qualification", "")
    published = [reference(source) for source in case.sources if source["kind"] in LITERATURE]
    held = joined(published) or wanted["no_person"]
    where = case.report.get("country", "")
    return f"{who}, {country_of_report(case) if has(where) else f'country {wording.cell(where)}'}; {held}"
