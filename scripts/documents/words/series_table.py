"""The case-series table that a signal assessor expects (definitions: series-table); a group is one row.

A patient's row is that of the index episode; a further episode has a row of its own after it, so that no row mixes two.
Each column is a list of parts in one order, so that a group counts part by part.
"""

from collections.abc import Callable, Mapping

from schemas.codes import back
from scripts.documents.case_file import CaseFile, Row, has
from scripts.documents.dossier import Dossier
from scripts.documents.words import groups, narrative_patient, onsets, phrases, summary
from scripts.documents.words.narrative_event import seriousness
from scripts.documents.words.phrases import joined
from scripts.documents.words.references import Citations
from scripts.words import dosing, patients_told, several, times, wording
from scripts.words.drugs import also_suspected

HEADER = (
    "Case, source", "Patient, indication, history", "Exposure", "Event, certainty, seriousness", "Onset",
    "Stopped, given again (derived)", "Other causes", "Outcome, causality",
)  # fmt: skip
ONSET = HEADER.index("Onset")
WIDTHS = (17, 23, 27, 22, 17, 23, 28, 19)
SEE_INDEX = "see the index episode"
SILENT = "seriousness not stated"


def header(data: Dossier) -> list[str]:
    """The headings; onsets name their unit where it is none of study days."""
    facts = data.bundle.facts
    named = times.onset_heading(HEADER[ONSET], data.bundle.unit(facts.onset), facts.clock)
    return [*HEADER[:ONSET], named, *HEADER[ONSET + 1 :]]


def table(data: Dossier, cases: list[CaseFile], citations: Citations) -> list[list[str]]:
    """One row per identified patient and episode, one for all anonymous members of an aggregate."""
    rows = []
    for members in groups.lines(cases):
        told = [several.parts([column(data, case) for case in members]) for column in COLUMNS]
        level = members[0].derived["evidence_level"]
        source = joined([citations.of_case(members[0]), f"evidence level {level}" if level else ""], ", ")
        rows.append([f"{groups.group_name(members)}\n{source}", *told])
        rows += [_further(data, case, episode) for case in members for episode in case.further_episodes]
    return rows


def _further(data: Dossier, case: CaseFile, episode: dict) -> list[str]:
    """A further episode: what is its own; all else is referred to the row of the index episode."""
    use = case.exposure_of(episode)
    met = episode["serious"].replace("; ", ", ")
    serious = patients_told.serious(f"serious: {met}" if met else "", episode["not_serious"] == "yes", SILENT)
    heading = f"{case.case_id}, episode {episode['episode']} of {len(case.episodes)}\n{SEE_INDEX}"
    exposure = joined([use["drug"], dosing.given(use), f"exposure no. {wording.cell(use['ordinal'])}"])
    event = joined([episode["terms"], serious])
    onset = several.parts([_onset(data, case.further_times.get(episode["episode"], {}))])
    outcome = wording.coded("outcome", episode["outcome"])
    return [heading, wording.cell(use["indication"]), exposure, event, onset, SEE_INDEX, SEE_INDEX, outcome]


def _patient(data: Dossier, case: CaseFile) -> list[str]:
    derived = case.derived
    bound = derived["age_lower"] if has(derived["age_lower"]) else derived["age_upper"]
    known, missing = _known(
        ("sex", derived["sex"], wording.coded("sex", derived["sex"])),
        ("age", bound, wording.years(derived)),
        ("country", derived["country"], narrative_patient.country(case)),
        ("indication", derived["indication"], wording.cell(derived["indication"])),
    )
    reporter = f"reported by {narrative_patient.reporter(case)}" if has(derived["reporter"]) else ""
    return [*known[:3], reporter, known[3], _history(case), missing]


def _known(*facts: tuple[str, str, str]) -> tuple[list[str], str]:
    """Of facts (name, cell, words) the words of those that are known, blank for the others, and the others by their reason."""
    lacking: dict[str, list[str]] = {}
    for fact_name, cell, _ in facts:
        if not has(cell):
            lacking.setdefault(wording.cell(cell), []).append(fact_name)
    missing = joined(f"{reason}: {', '.join(names)}" for reason, names in lacking.items())
    return [words if has(cell) else "" for _, cell, words in facts], missing


def _history(case: CaseFile) -> str:
    """Conditions other than the indication, then earlier drugs; the details are in the narrative."""
    terms_by_kind: dict[str, list[str]] = {}
    for row in case.rows("history"):
        if has(row["term"]) and row["term"] != case.derived["indication"]:
            terms_by_kind.setdefault(row["kind"], []).append(row["term"])
    drugs = terms_by_kind.pop("past_drug", [])
    earlier = f"earlier drugs: {', '.join(dict.fromkeys(drugs))}" if drugs else ""
    return joined([", ".join(term for terms in terms_by_kind.values() for term in dict.fromkeys(terms)), earlier])


def _exposure(data: Dossier, case: CaseFile) -> list[str]:
    derived = case.derived
    others = dict.fromkeys(_other(case, row) for row in case.rows("courses") if row["role"] == "concomitant")
    dose = derived["dose"] if has(derived["dose"]) else phrases.dosage_as_described(case) or derived["dose"]
    doses = [derived[column] for column in ("given_lower", "given_upper", "planned_doses")]
    number = [("exposure no.", derived["ordinal"], f"exposure no. {derived['ordinal']}")]
    known, missing = _known(
        ("dose", dose, f"dose {dose}"),
        ("doses given", next((cell for cell in doses if has(cell)), doses[0]), dosing.given(derived)),
        *(number if derived["ordinal"] != "not_applicable" else []),
    )
    return [
        joined([derived["drug"], known[0]], ", "),
        *known[1:2],
        "".join(known[2:]),
        joined(also_suspected(derived)),
        f"other drugs, at any time: {', '.join(others)}" if others else "",
        missing,
    ]


def _other(case: CaseFile, row: Row) -> str:
    """A drug given beside, with its start and what is told of it: it may belong to another course than the event."""
    start = phrases.marked(phrases.when(row, "start", case, "courses"), case.mark("courses", row, "start"))
    inside = joined([start, phrases.notes(row)])
    return phrases.drug(row) + (f" ({inside})" if inside else "")


def _event(data: Dossier, case: CaseFile) -> list[str]:
    return [
        joined((row["term"] for row in case.events()), ", "),
        f"certainty {wording.coded('case_definition', case.derived['certainty'])}",
        f"signs: {case.derived['symptoms'].replace('; ', ', ')}" if has(case.derived["symptoms"]) else "",
        f"seriousness: {seriousness(case)}" if seriousness(case) else SILENT,
    ]


def _index_onset(data: Dossier, case: CaseFile) -> list[str]:
    return _onset(data, case.times)


def _onset(data: Dossier, known: Mapping[tuple[str, str], dict]) -> list[str]:
    """Each endpoint that is known; one word where none is."""
    onset_words = onsets.told(data, known, labelled=False)
    return [*onset_words, "" if any(onset_words) else "not known"]


def _challenge(data: Dossier, case: CaseFile) -> list[str]:
    derived = case.derived
    again = [
        f"{sign} {wording.coded('rechallenge_class', derived[f'rechallenge_{sign}'])}"
        for sign in ("event", "symptoms", "tests")
    ]
    told = derived["rechallenge_event"] != "not_stated"
    return [
        joined(
            [f"dechallenge {wording.name(derived['dechallenge'])}", derived["dechallenge_note"].split("; ")[0]], ": "
        ),
        f"event on re-exposure as reported: {wording.coded('rechallenge_reported', derived['rechallenge_reported'])}",
        f"by the strict rules: {', '.join(again)}" if told else "",
        f"code for E2B (G.k.9.i.4): {_coded_again(derived['e2b_literal'])}" if derived["e2b_literal"] else "",
    ]


def _coded_again(code: str) -> str:
    """`2 = rechallenged, reaction did not recur`."""
    our_code = back("rechallenge", "e2b_r3").get(code)
    return f"{code} = {wording.coded('rechallenge', our_code)}" if our_code else code


def _alternatives(data: Dossier, case: CaseFile) -> list[str]:
    """What the source considered, by its verdict, and whether another cause may explain the event."""
    answers = {"yes": "another cause possible", "no": "every kind named in the profile excluded"}
    answer, basis = answers.get(case.derived["other_cause"], "not settled"), case.derived["other_cause_basis"]
    return [phrases.verdicts(case), f"{answer} ({basis})" if basis else answer]


def _outcome(data: Dossier, case: CaseFile) -> list[str]:
    return [
        f"outcome: {wording.coded('outcome', case.derived['outcome'])}",
        wording.coded("vital", case.derived["vital"]),
        f"death: {case.derived['death']}" if case.derived["death"] else "",
        f"judged {case.derived['causality']}" if has(case.derived["causality"]) else "",
        f"completeness {wording.number(summary.completeness_of(case), 2)}",
    ]


COLUMNS: tuple[Callable[[Dossier, CaseFile], list[str]], ...] = (
    _patient, _exposure, _event, _index_onset, _challenge, _alternatives, _outcome,
)  # fmt: skip
