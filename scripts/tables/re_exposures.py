"""Lines of the table on rechallenge about single re-exposures: each as described, and its onset beside the first."""

from scripts.files.bundle import Bundle
from scripts.words import dosing
from scripts.words.times import of_case
from scripts.words.wording import NONE, NOTHING, cell, coded, name

ONSET_AGAIN = "Onset on re-exposure, paired"
KINDS = {"re_exposure": "Re-exposure", "exposure_continued": "Exposure continued", "code_only": "Code only",
         "past_reaction": "Reaction in the past", "within_course": "Resumed within the course", "not_assessable": "Not assessable",
         "class_member": "Another drug of the class"}  # fmt: skip

NO_RECHALLENGE = ("exposure_continued", "within_course", "not_assessable")


def re_exposures(bundle: Bundle) -> list[dict]:
    inside = set(bundle.cases.loc[bundle.cases["counted"] == "inside", "case_id"])
    rows = [_re_exposure(row, row["case_id"] in inside) for row in bundle.rechallenges.to_dict("records")]
    return rows or [{"Block": "Re-exposure", "Item": NONE}]


def _re_exposure(row: dict, inside: bool) -> dict:
    doubt = f"; doubtful unit: {row['tests_doubtful']}" if row["tests_doubtful"] else ""
    parts = [
        f"event as reported: {coded('rechallenge_reported', row['reported'])}",
        f"event strictly: {name(row['event'])}",
        f"symptoms {name(row['symptoms'])}"
        + (f" (new on re-exposure: {row['symptoms_new']})" if row["symptoms_new"] else ""),
        f"tests {name(row['tests'])}" + (f" ({row['tests_recurred']}{doubt})" if row["tests_recurred"] else ""),
    ]
    code = f"E2B code {row['e2b_literal']}" if row["e2b_literal"] else ""
    given = f"{dosing.doses(row['doses_given'])} given" if row["kind"] == "re_exposure" and row["doses_given"] else ""
    before = f"premedication: {cell(row['premedication'])}" if row["premedication"] else ""
    facts = [
        row["why"],
        f"gap {row['gap']}" if row["gap"] else "",
        given,
        before,
        cell(row["setting"]) if row["setting"] else "",
        row["mitigation"],
        code,
        "counted inside a group, not added" if inside else "",
    ]
    return {
        "Block": KINDS[row["kind"]],
        "Item": ", course ".join(filter(None, [row["case_id"], row["course"]])),
        "Patients": _told(row["kind"], parts),
        "Remarks": "; ".join(filter(None, facts)),
    }


def _told(kind: str, parts: list[str]) -> str:
    if kind == "class_member":
        return f"not a rechallenge; {parts[0]}"
    return "not a rechallenge" if kind in NO_RECHALLENGE else "; ".join(parts)


def paired_onsets(bundle: Bundle) -> list[dict]:
    """First symptom on re-exposure beside that of the first episode, each from its own first dose; no row without a pair."""
    rows = [line for pairs in _pairs(bundle).values() for line in pairs]
    if not rows:
        return []
    known = {row["case"] for row in rows if row["known"]}
    every = {row["case"] for row in rows}
    counted = {"Block": ONSET_AGAIN, "Item": "both onsets known", "Patients": f"{len(known)} of {len(every)}"}
    return [counted, *({"Block": ONSET_AGAIN, "Item": row["item"], "Patients": row["told"]} for row in rows)]


def _pairs(bundle: Bundle) -> dict[str, list[dict]]:
    """By case of the main set: a line for each episode in an exposure after that of the first episode."""
    own = bundle.derived["times"]
    own = own[(own["set"] == bundle.main_set) & (own["endpoint"] == "first_symptom") & (own["clock"] == "first_dose")]
    onsets = {(row["case_id"], row["episode"]): row for row in own.to_dict("records")}
    found: dict[str, list[dict]] = {}
    firsts: dict[str, dict] = {}
    for row in bundle.derived["episodes"].to_dict("records"):
        first = firsts.setdefault(row["case_id"], row)
        before, after = (onsets.get((row["case_id"], one["episode"])) for one in (first, row))
        if row["exposure"] != first["exposure"] and before is not None and after is not None:
            found.setdefault(row["case_id"], []).append(_pair(row, before, after))
    return found


def _pair(episode: dict, before: dict, after: dict) -> dict:
    told = [of_case(one) for one in (before, after)]
    told = ["not known" if words == NOTHING else words for words in told]
    return {
        "case": episode["case_id"],
        "item": f"{episode['case_id']}, exposure {episode['exposure']}",
        "told": f"first symptom: {told[0]} in the first episode; {told[1]} on re-exposure",
        "known": before["state"] == after["state"] == "observed",
    }
