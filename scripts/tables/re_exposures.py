"""Lines of the table on rechallenge about single re-exposures: each as described, and its onset beside the first."""

from schemas.derived_course import RE_EXPOSURES
from schemas.fields import NO_VALUE
from schemas.plain_rows import plain_rows
from scripts.files.bundle import Bundle
from scripts.words import dosing, given_again
from scripts.words.results import lines_of
from scripts.words.times import of_case
from scripts.words.wording import NONE, NOTHING, cell, coded, count, endpoint, name

ONSET_AGAIN = "Onset on re-exposure, paired"
AGAINST_FIRST = {"earlier": "earlier on re-exposure than at first", "same": "the same time or day in both",
                 "later": "later on re-exposure than at first", "open": "which was earlier cannot be told"}  # fmt: skip


def re_exposures(bundle: Bundle) -> list[dict]:
    inside = set(bundle.cases.loc[bundle.cases["counted"] == "inside", "case_id"])
    uses = {(row["case_id"], row["exposure"]): row for row in plain_rows(bundle.derived["exposures"])}
    rows = [
        _re_exposure(row, uses.get((row["case_id"], row["exposure"])), row["case_id"] in inside)
        for row in plain_rows(bundle.rechallenges)
    ]
    return rows or [{"Block": "Re-exposure", "Item": NONE}]


def _re_exposure(row: dict, exposure: dict | None, inside: bool) -> dict:
    doubt = f"; doubtful unit: {row['tests_doubtful']}" if row["tests_doubtful"] else ""
    parts = [
        f"event as reported: {coded('rechallenge_reported', row['reported'])}",
        f"event strictly: {name(row['event'])}",
        f"symptoms {name(row['symptoms'])}"
        + (f" (new on re-exposure: {row['symptoms_new']})" if row["symptoms_new"] else ""),
        f"tests {name(row['tests'])}" + (f" ({row['tests_recurred']}{doubt})" if row["tests_recurred"] else ""),
    ]
    code = f"E2B code {row['e2b_literal']}" if row["e2b_literal"] else ""
    told = row["kind"] == "re_exposure" and row["doses_given"] not in NO_VALUE
    given = f"{dosing.doses(row['doses_given'])} given" if told else ""
    before = f"premedication: {cell(row['premedication'])}" if row["premedication"] else ""
    facts = [
        row["why"],
        given_again.reported(row["gap"]) or (given_again.since_first(exposure) if exposure else ""),
        given,
        before,
        cell(row["setting"]) if row["setting"] else "",
        row["mitigation"],
        code,
        "counted inside a group, not added" if inside else "",
    ]
    return {
        "Block": coded("rechallenge_kind", row["kind"]).capitalize(),
        "Item": ", course ".join(filter(None, [row["case_id"], row["course"]])),
        "Patients": _told(row["kind"], parts),
        "Remarks": "; ".join(filter(None, facts)),
    }


def _told(kind: str, parts: list[str]) -> str:
    if kind in RE_EXPOSURES:
        return "; ".join(parts)
    return f"not a rechallenge; {parts[0]}" if kind == "class_member" else "not a rechallenge"


def paired_onsets(bundle: Bundle) -> list[dict]:
    """Onset on re-exposure beside that of the first episode, each from its own first dose; no row without a pair."""
    pairs = bundle.onset_pairs
    main_pairs = plain_rows(pairs[pairs["set"] == bundle.main_set])
    results = bundle.results_of("onset_again", set=bundle.main_set, group="all", statistic="against_first")
    if not main_pairs or not len(results):
        return []
    counts = [_against(row) for row in plain_rows(results) if row["value"]]
    both = {"n": results["n"].iloc[0], "n_total": results["n_total"].iloc[0]}
    known = f"{count(both['n'])} of {count(both['n_total'])}"
    first = {"Block": ONSET_AGAIN, "Item": "both onsets known", "Patients": known}
    return [first | {"source: Patients": lines_of(results.iloc[0])}, *counts, *map(_pair, main_pairs)]


def _against(row: dict) -> dict:
    return {
        "Block": ONSET_AGAIN,
        "Item": AGAINST_FIRST[row["level"]],
        "Patients": f"{count(row['value'])} of {count(row['n'])}",
        "source: Patients": lines_of(row),
        "value: x": row["value"],
        "value: n": row["n"],
    }


def _pair(row: dict) -> dict:
    first = {column: row[f"first_{column}"] for column in row if f"first_{column}" in row}
    told = ["not known" if words == NOTHING else words for words in map(of_case, (first, row))]
    return {
        "Block": ONSET_AGAIN,
        "Item": f"{row['case_id']}, exposure {row['exposure']}",
        "Patients": f"{endpoint(row['endpoint'])}: {told[0]} in the first episode; {told[1]} on re-exposure",
    }
