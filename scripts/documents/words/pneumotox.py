"""Content of the Pneumotox summary, laid out by its DOCX and PDF pages: lead, prose of an entry, criteria, references."""

from dataclasses import dataclass

from scripts.documents import criteria
from scripts.documents.case_file import CaseFile, has
from scripts.documents.dossier import Dossier
from scripts.documents.words import given_again, groups, key_table, onsets, statement, summary
from scripts.documents.words.phrases import joined
from scripts.documents.words.references import Citations
from scripts.documents.words.texts import fill, texts
from scripts.records.events import shows_event
from scripts.words import patients_told, several, wording

NAME = "pneumotox_summary"


@dataclass(frozen=True)
class Sheet:
    """One page: lead, paragraphs as heading and text, patients one by one, the criteria table and references."""

    title: str
    status: str
    lead: str
    prose: list[tuple[str, str]]
    criteria_heading: str
    criteria_header: list[str]
    criteria: list[list[str]]
    references_heading: str
    references: list[str]
    notes: list[str]
    human: str
    footer: str


def sheet(data: Dossier) -> Sheet:
    """All text of the page; numbers with their denominators."""
    wanted, citations = texts(NAME), Citations(data)
    paragraphs, rows = prose(data, citations), _criteria(data, wanted)
    notes = [wanted["submission"], wanted["instrument"], *statement.definitions(data, "days", "rechallenge", "limits")]
    references, lead = citations.listed(), " ".join(data.bundle.lead)
    text = "\n".join([lead, *paragraphs.values(), *(cell for row in rows for cell in row), *references, *notes])
    return Sheet(
        title=_fill(data, wanted["title"]),
        status=statement.status(data),
        lead=lead,
        prose=[(label, _sentence(paragraphs[part])) for part, label in wanted["prose"].items() if paragraphs[part]],
        criteria_heading=wanted["criteria_heading"],
        criteria_header=wanted["criteria_header"],
        criteria=rows,
        references_heading=wanted["references_heading"],
        references=references,
        notes=[*notes, *statement.abbreviations(data, text)],
        human=statement.human(data, wanted["human"]),
        footer=statement.footer(data),
    )


def _sentence(text: str) -> str:
    """With a capital and a full stop; the name of a patient begins as it is."""
    return text[:1].upper() + text[1:].rstrip(".") + "."


def _fill(data: Dossier, template: str, **more: object) -> str:
    return fill(template, statement.values(data) | {"n": len(data.counted)} | more, f"{NAME}.yaml")


def prose(data: Dossier, citations: Citations) -> dict[str, str]:
    """The paragraphs by name."""
    wanted, cases = texts(NAME), data.counted
    identified = sum(case.identified for case in cases)
    numbers = {"identified": identified, "anonymous": len(cases) - identified, "inside": len(data.cases) - len(cases)}
    event = data.bundle.profile.event
    told = _told(data, citations)
    outcome = {"alive": summary.alive(data), "silent": summary.unstated_outcomes(cases)}
    again = [key_table.line(line_name, data, citations) for line_name in ("again", "stopped", "claims")]
    return {
        "entry": _fill(
            data,
            wanted["entry"] + (wanted["more"] if numbers["inside"] else ""),
            pattern=event.pattern or "not set in the profile",
            source=event.source or "no source given",
            **numbers,
        ),
        "patients": " ".join(told),
        "onset": key_table.onset(data),
        "course": _fill(data, wanted["course"], resolution=key_table.resolution(data), **outcome),
        "again": joined(again),
    }


def _told(data: Dossier, citations: Citations) -> list[str]:
    """A sentence per identified patient, those within the group too, and one per group."""
    lines, sentences = groups.lines(list(data.cases.values())), []
    if len(lines) > groups.MOST_TOLD:
        return [_fill(data, texts(NAME)["many"], patients=len(lines), most=groups.MOST_TOLD)]
    for members in lines:
        source = citations.of_case(members[0])
        columns = [_patient(data, case) for case in members]
        sentences.append(f"{groups.group_name(members)} {source}: {several.parts(columns)}.")
    return sentences


def _patient(data: Dossier, case: CaseFile) -> list[str]:
    """Who, for what, when, shown by what, how it ended; in one order, so that a group counts part by part."""
    derived = case.derived
    who = joined([wording.coded("sex", derived["sex"]) if has(derived["sex"]) else "", wording.years(derived)], ", ")
    within = _fill(data, texts(NAME)["within"]) if case.inside else ""
    treated = f"treated for {derived['indication']}" if has(derived["indication"]) else "indication not known"
    again = wording.coded("rechallenge_reported", derived["rechallenge_reported"])
    return [
        joined([who, treated, within], ", "),
        f"onset {onset}" if (onset := joined(onsets.told(data, case.times), ", ")) else "",
        f"shown by {shown}" if (shown := _shown(case)) else "",
        wording.coded("outcome", derived["outcome"]) if has(derived["outcome"]) else "outcome not known",
        patients_told.life(derived) if derived["vital"].startswith("died") else "",
        _again(case, again) if derived["re_exposed"] == "yes" else "",
    ]


def _again(case: CaseFile, result: str) -> str:
    """The result of the re-exposures, and what each of them showed."""
    exposures = [row["exposure"] for row in case.rechallenges if row["kind"] == "re_exposure"]
    seen = joined(dict.fromkeys(given_again.seen(case, exposure) for exposure in exposures))
    return f"given again: {result}" + (f" ({seen})" if seen else "")


def _shown(case: CaseFile) -> str:
    """The tests read as showing the event, with what they found; a test after the patient's death is no result of theirs."""
    rows = [row for row in case.rows("tests") if shows_event(row) and has(row["test"]) and row["result"] in case.tests]
    told = (row["test"] + (f" ({row['finding']})" if has(row["finding"]) else "") for row in rows)
    return joined(dict.fromkeys(told), ", ")


def _criteria(data: Dossier, wanted: dict) -> list[list[str]]:
    """What must be shown, in how many it is, and by whom: members of a group who are described one by one by name."""
    counted = criteria.shown(data.counted, {*wanted["criteria"], "withdrawal", "corticosteroid"})
    inside, rows = criteria.shown(data.inside, wanted["criteria"]), []
    steroids = len({*counted["withdrawal"]} & {*counted["corticosteroid"]})
    numbers = patients_told.recurrence(data.bundle.results, [])
    for criterion, label in wanted["criteria"].items():
        yes, within = counted[criterion], inside[criterion]
        by = joined([_by(data, yes), f"within the group: {_by(data, within)}" if within else ""]) or "none"
        remark = _fill(data, wanted["remarks"][criterion], steroids=steroids, numbers=numbers)
        remark = "" if criterion == "withdrawal" and not yes else remark
        rows.append([label, f"{len(yes)} of {len(data.counted)}", by, remark])
    return rows


def _by(data: Dossier, ids: list[str]) -> str:
    """Identified patients by name, or by their number where they are many; the others as so many of their group."""
    lines = groups.lines([data.cases[case_id] for case_id in ids])
    named = [members[0].case_id for members in lines if members[0].identified]
    told = [f"{len(named)} identified patients"] if len(named) > groups.MOST_TOLD else named
    return ", ".join(
        [
            *told,
            *(f"{len(members)} of the group {members[0].aggregate}" for members in lines if not members[0].identified),
        ]
    )
