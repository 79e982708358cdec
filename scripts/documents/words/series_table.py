"""The case-series table that a signal assessor expects (definitions: series-table); a group is one row.

A patient's row is that of the index episode; a further episode has a row of its own after it, so that no row mixes two.
"""

from scripts.documents.case_file import CaseFile, has
from scripts.documents.dossier import Dossier
from scripts.documents.words import groups, phrases, summary
from scripts.documents.words.narrative import history, seriousness
from scripts.documents.words.phrases import joined
from scripts.words import times, wording

HEADER = (
    "Case, source", "Patient", "Indication, history", "Exposure", "Event, certainty, seriousness",
    "Time to onset (study day)", "De- and rechallenge (derived)", "Other causes", "Outcome",
    "Causality, completeness",
)  # fmt: skip
WIDTHS = (27, 22, 28, 30, 32, 24, 32, 28, 20, 26)


def table(data: Dossier, cases: list[CaseFile]) -> list[list[str]]:
    """One row per identified patient, one for all anonymous members of an aggregate."""
    rows = []
    for own in groups.lines(cases):
        told = zip(*(cells(data, case) for case in own), strict=True)
        rows.append([groups.name(own) + "\n" + _source(own[0]), *(groups.cell(list(column)) for column in told)])
        rows += [_further(case, episode) for case in own for episode in case.further_episodes]
    return rows


SEE_INDEX = "see the index episode"


def _further(case: CaseFile, episode: dict) -> list[str]:
    """A further episode: what is its own; all else is referred to the row of the index episode."""
    use = case.exposure_of(episode)
    known = case.further_times.get(episode["episode"], {})
    serious = episode["serious"].replace("; ", ", ")
    denied = "stated not to be serious" if episode["not_serious"] == "yes" else "seriousness not stated"
    said = joined([episode["terms"], f"serious: {serious}" if serious else denied])
    name = f"{case.case_id}, episode {episode['episode']} of {len(case.episodes)}"
    outcome = wording.coded("outcome", episode["outcome"])
    return [f"{name}\n{SEE_INDEX}", SEE_INDEX, wording.cell(use["indication"]), _used(use), said,
            _onset(known), SEE_INDEX, SEE_INDEX, outcome, SEE_INDEX]  # fmt: skip


def _used(use: dict) -> str:
    given = wording.span(use["given_lower"], use["given_upper"])
    planned, number = wording.cell(use["planned_doses"]), wording.cell(use["ordinal"])
    return joined([use["drug"], f"doses given: {given}", f"planned: {planned}", f"exposure no.: {number}"])


def _source(case: CaseFile) -> str:
    level = f"evidence level {case.derived['evidence_level']}"
    inside = f"counted inside {case.aggregate}" if case.inside else ""
    return joined([case.derived["source_ids"], level, inside])


def cells(data: Dossier, case: CaseFile) -> tuple[str, ...]:
    """All columns after the first."""
    return (
        _patient(case),
        joined([wording.cell(case.derived["indication"]), history(case)]),
        _exposure(case),
        _event(case),
        _onset(case.times),
        _challenge(case),
        _alternatives(case),
        _outcome(case),
        _causality(data, case),
    )


def _patient(case: CaseFile) -> str:
    derived = case.derived
    age = wording.span(derived["age_lower"], derived["age_upper"])
    return joined(
        [
            f"age {age}",
            f"sex {wording.coded('sex', derived['sex'])}",
            f"country {wording.cell(derived['country'])}",
            f"reporter {wording.coded('qualification', derived['reporter'])}",
        ]
    )


def _exposure(case: CaseFile) -> str:
    derived = case.derived
    given = wording.span(derived["given_lower"], derived["given_upper"])
    others = [phrases.drug(row) for row in case.rows("courses") if row["role"] == "concomitant"]
    return joined(
        [
            derived["drug"],
            f"dose: {wording.cell(derived['dose'])}",
            f"doses given: {given}",
            f"planned: {wording.cell(derived['planned_doses'])}",
            f"exposure no.: {wording.cell(derived['ordinal'])}",
            f"with {', '.join(others)}" if others else "",
        ]
    )


def _event(case: CaseFile) -> str:
    return joined(
        [
            joined((row["term"] for row in case.events()), ", "),
            f"certainty {wording.coded('case_definition', case.derived['certainty'])}",
            f"signs: {case.derived['symptoms']}" if has(case.derived["symptoms"]) else "",
            f"serious: {seriousness(case)}" if seriousness(case) else "seriousness not stated",
        ]
    )


def _onset(known_times: dict[tuple[str, str], dict]) -> str:
    said = []
    for endpoint in ("first_symptom", "sentinel_sign", "diagnosis"):
        time = known_times.get((endpoint, "first_dose"))
        told = times.of_case(time, labelled=False)
        said.append(f"{wording.name(endpoint)} {'not known' if told == wording.NOTHING else told}")
    return joined(said)


def _challenge(case: CaseFile) -> str:
    derived = case.derived
    literal = f"as coded G.k.9.i.4 = {derived['e2b_literal']}" if derived["e2b_literal"] else ""
    again = wording.coded("rechallenge_class", derived["rechallenge_event"])
    more = (
        ""
        if derived["rechallenge_event"] == "not_stated"
        else ", ".join(
            f"{of} {wording.coded('rechallenge_class', derived[f'rechallenge_{of}'])}" for of in ("symptoms", "tests")
        )
    )
    return joined(
        [
            f"dechallenge {wording.name(derived['dechallenge'])}",
            derived["dechallenge_note"],
            f"event on re-exposure as reported: {wording.coded('rechallenge_reported', derived['rechallenge_reported'])}",
            f"strictly: event {again}",
            more,
            literal,
        ]
    )


def _alternatives(case: CaseFile) -> str:
    """What the source considered, and whether another cause may explain the event."""
    told = joined(phrases.alternative(row) for row in case.rows("alternatives")) or wording.UNKNOWN
    answers = {"yes": "another cause possible", "no": "every kind named in the profile excluded"}
    answer = answers.get(case.derived["other_cause"], "other causes not assessed")
    return joined([told, f"{answer} ({case.derived['other_cause_basis']})"])


def _outcome(case: CaseFile) -> str:
    died = f"death {case.derived['death']}" if case.derived["death"] else ""
    return joined(
        [wording.coded("outcome", case.derived["outcome"]), wording.coded("vital", case.derived["vital"]), died]
    )


def _causality(data: Dossier, case: CaseFile) -> str:
    said = wording.cell(case.derived["causality"])
    return joined([said, f"completeness {wording.number(summary.completeness_of(data, case), 2)}"])
