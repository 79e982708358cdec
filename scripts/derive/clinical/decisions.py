"""What is decided of a patient once, from the tables before: alive, survived, serious, dechallenge, rechallenge, causes."""

import numpy as np

from schemas.codes import DEAD, SERIOUSNESS, crosswalk
from schemas.profile import Profile
from schemas.rows_by_case import Row
from scripts.derive.clinical import rechallenge, rechallenge_patient, rechallenge_record
from scripts.derive.clinical.class_members import given_again
from scripts.derive.clinical.dechallenge import dechallenge
from scripts.derive.clinical.gathered import Rows
from scripts.derive.clinical.lifetime import is_told, survived, vital
from scripts.derive.clinical.seen_alive import alive_until
from scripts.derive.rows_of_cases import cell, joined, runs
from scripts.records.drugs import SUSPECT, name_of, names_one_of
from scripts.records.terms import plain

DECHALLENGE_ORDER = ("negative", "not_applicable", "positive")
"""Of several coded results the one that claims least stands: codes that contradict each other make none positive."""
EXTRACTS = ("database_listing",)
"""Kinds of source whose code `no` for rechallenge is used for `not done` too."""


def rechallenges_of(case: str, rows: Rows) -> list[Row]:
    """The rows of `rechallenges` of one case."""
    reactions, tests = _timed(case, rows, "reactions", "reaction"), _timed(case, rows, "tests", "result")
    named = _coded(case, rows)
    code, literal = rechallenge_record.coded_rechallenge(named, [row for row in reactions if is_told(row)])
    numbers = crosswalk("rechallenge", "e2b_r3")
    of_code = [row for row in named if numbers.get(row["rechallenge"]) == literal]
    record = rechallenge_record.Record(
        case=case,
        exposures=rows.exposures.get(case, []),
        episodes=rows.episodes.get(case, []),
        reactions=_by_exposure(reactions),
        tests=_by_exposure(tests),
        verdicts={row["result"]: rows.verdicts.get((case, row["result"]), "") for row in tests},
        code=code,
        literal=literal,
        days={
            exposure["exposure"]: rows.days.get((case, exposure["exposure"]), [])
            for exposure in rows.exposures.get(case, [])
        },
        begins={
            exposure["exposure"]: rows.begins.get((case, exposure["exposure"]), [])
            for exposure in rows.exposures.get(case, [])
        },
        doses=_by_exposure([row for row in rows.of_case("doses", case) if row["given"] != "no"]),
        from_extract=bool(of_code) and all(rows.kinds.get(row["source_id"]) in EXTRACTS for row in of_code),
        past=[
            cell("history", row, "reaction", "item")
            for row in rows.of_case("history", case)
            if _reacted(row, rows.profile)
        ],
        window=rows.window,
        expected=rows.expected,
        signs=frozenset(map(plain, rows.profile.event.sentinel_signs)),
    )
    members = rows.members.get(case, [])
    return rechallenge.rechallenges(record) + given_again(case, members, record.exposures, record.episodes, reactions)


def _timed(case: str, rows: Rows, table: str, key: str) -> list[Row]:
    """Rows of a case; where it has several exposures, those of a later one with their time on its clock."""
    case_rows, kind = rows.of_case(table, case), table.removesuffix("s")
    if len(rows.exposures.get(case, [])) < 2:
        return case_rows
    return [row | _time(rows.signs.get((case, kind, row[key]))) for row in case_rows]


def _reacted(row: Row, profile: Profile) -> bool:
    """A past use of the drug of which the event is told as its reaction."""
    if row["kind"] != "past_drug" or not names_one_of(row["term"], profile.drug.substances):
        return False
    return plain(row["reaction"]) in {plain(term) for term in profile.event.terms}


def _time(sign: list | None) -> Row:
    lower, upper, origin = sign or (np.nan, np.nan, "")
    return {"lower": lower, "upper": upper, "origin": origin}


def _by_exposure(rows: list[Row]) -> dict[str, list[Row]]:
    rows_by_exposure: dict[str, list[Row]] = {}
    for row in rows:
        rows_by_exposure.setdefault(row["exposure"], []).append(row)
    return rows_by_exposure


def _coded(case: str, rows: Rows) -> list[Row]:
    """Coded results of the drug of the series and the event, and those that name no drug or no reaction."""
    assessments = [row for row in rows.of_case("assessments", case) if not row["other_drug"]]
    return rechallenge_record.of_the_event(assessments, rows.of_case("reactions", case))


def decided(case: str, index: Row, again: list[Row], rows: Rows) -> Row:
    """The patient-level decisions of one case. index: the exposure of its index episode. again: its rechallenges."""
    reactions = [row for row in rows.of_case("reactions", case) if is_told(row)]
    episodes = rows.episodes.get(case, [])
    episode = next((row for row in episodes if row["index"] == "yes"), None)
    patient = next(iter(rows.of_case("cases", case)), {})
    later = _later(case, index, rows)
    seen = later + [row["cell"] for row in rows.alive.get(case, [])]
    deaths, reports = rows.of_case("deaths", case), rows.of_case("reports", case)
    state, state_basis = vital(rows.died.get(case, []), deaths, reactions, episodes, patient, seen)
    known_later = later if state != "died_of_event" else _ended_first(later, episode)
    others = [other_episode for other_episode in episodes if other_episode is not episode]
    elsewhere = bool(known_later) or any(other_episode["ended"] != "yes" for other_episode in others)
    alive, alive_basis = survived(state, episode, patient, known_later, elsewhere=elsewhere)
    codes = {row["dechallenge"] for row in _coded(case, rows)}
    coded = next((code for code in DECHALLENGE_ORDER if code in codes), "")
    return {
        "exposures": str(len(rows.exposures.get(case, []))),
        "episodes": str(len(episodes)),
        "relapsed": _relapsed(episode, episodes, rows),
        "vital": state,
        "vital_basis": state_basis,
        "alive_until": alive_until(_known_alive(case, index, rows)) if state == "alive" else "",
        "survived_event": alive,
        "survived_basis": alive_basis,
        "outcome": episode["outcome"] if episode else "",
        "doses_before_onset": episode["doses_before"] if episode else "",
        **_seriousness(episode, reports, died=state in DEAD),
        **dechallenge(
            index,
            episode,
            state,
            coded,
            _jointly(case, rows),
            [row for row in rows.of_case("doses", case) if row["exposure"] == index["exposure"]],
            rows.latest.get((case, index["exposure"]), np.nan),
        ),
        **rechallenge_patient.of_patient(again),
        "possibly_continued": _possibly_continued(episodes, rows.days),
    }


def _relapsed(episode: Row | None, episodes: list[Row], rows: Rows) -> str:
    """Yes where the event came back after the episode had ended, in the same exposure and without a dose between: off the
    drug it is a relapse, and no rechallenge. Unknown where doses are listed of which one may lie between.
    """
    if episode is None:
        return ""
    case, exposure = episode["case_id"], episode["exposure"]
    later = [
        later_episode
        for later_episode in episodes
        if later_episode["exposure"] == exposure and int(later_episode["episode"]) > int(episode["episode"])
    ]
    if not later:
        return ""
    days = rows.days.get((case, exposure))
    if days is None:
        listed = [row for row in rows.of_case("doses", case) if row["exposure"] == exposure and row["given"] != "no"]
        return "unknown" if listed else "yes"
    between = [
        any(episode["end_lower"] <= day < later_episode["onset_upper"] for day in days) for later_episode in later
    ]
    return "" if all(between) else "yes"


def _possibly_continued(episodes: list[Row], days: dict[tuple[str, str], list[int]]) -> str:
    """Doses of the first episode's exposure, after its first one, that lie where the onset may be: before it or after it."""
    if not episodes:
        return ""
    first = episodes[0]
    given = days.get((first["case_id"], first["exposure"]), [])
    doubtful = [place for place, day in enumerate(given, 1) if first["onset_lower"] <= day < first["onset_upper"]]
    return runs([place for place in doubtful if place > 1 and np.isfinite(first["onset_upper"])])


def _ended_first(later: list[str], episode: Row | None) -> list[str]:
    """Re-exposure shows survival of the first episode, whatever a later one did; without an episode it shows nothing."""
    return later if episode is not None else []


def _later(case: str, index: Row, rows: Rows) -> list[str]:
    """Cells that show the patient in an exposure after the index one, typed or dated."""
    later = [
        exposure for exposure in rows.exposures.get(case, []) if int(exposure["exposure"]) > int(index["exposure"])
    ]
    return [line for exposure in later for line in exposure["basis"].split("; ")]


def _known_alive(case: str, index: Row, rows: Rows) -> list[tuple[float, float]]:
    """First and last possible day on which the patient was surely alive: ends of the event, later uses and findings."""
    days = [
        (episode["end_first"], episode["end_last"])
        for episode in rows.episodes.get(case, [])
        if episode["abated"] == "yes"
    ]
    days += [(row["first"], row["last"]) for row in rows.alive.get(case, [])]
    later = [
        exposure for exposure in rows.exposures.get(case, []) if int(exposure["exposure"]) > int(index["exposure"])
    ]
    return days + [(exposure["began_first"], exposure["began_last"]) for exposure in later]


def _seriousness(episode: Row | None, reports: list[Row], *, died: bool) -> Row:
    """On two levels, never merged: the event's criteria and the report's, which may concern another reaction.

    A report of a patient who died is not one that was not serious, whatever it says (rule Q40).
    """
    of_report = [criterion for criterion in SERIOUSNESS if any(row[f"serious_{criterion}"] == "yes" for row in reports)]
    denied = bool(reports) and not died and not of_report and all(map(_denied, reports))
    denied_levels = ["the event" if episode and episode["not_serious"] else "", "the report" if denied else ""]
    return {
        "serious": episode["serious"] if episode else "",
        "serious_report": "; ".join(criterion.replace("_", " ") for criterion in of_report),
        "not_serious": joined(denied_levels),
    }


def _denied(report: Row) -> bool:
    """Said not to be serious, or every criterion denied."""
    return report["serious"] == "no" or all(report[f"serious_{criterion}"] == "no" for criterion in SERIOUSNESS)


def _jointly(case: str, rows: Rows) -> list[str]:
    """Other suspect drugs that were withdrawn too."""
    exposure_lines = {line for exposure in rows.exposures.get(case, []) for line in exposure["lines"].split("; ")}
    others = [
        name_of(row)
        for row in rows.of_case("courses", case)
        if row["course"] not in exposure_lines and row["role"] in SUSPECT and row["action_taken"] == "withdrawn"
    ]
    return list(dict.fromkeys(others))
