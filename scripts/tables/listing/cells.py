"""The words of the cells of the line listing that need more than a look at one column."""

import math

from schemas.fields import NO_VALUE
from scripts.words import quantities, wording
from scripts.words.drugs import also_suspected
from scripts.words.patients_told import RELAPSED, possibly_continued
from scripts.words.times import of_case
from scripts.words.wording import NOTHING, cell, coded, is_gap, name, number, span

CLASSES = ("event", "symptoms", "tests")
ANOTHER_CAUSE = {"yes": "may explain the event", "no": "every kind named in the profile excluded"}


def another_cause(case: dict) -> str:
    basis = f" ({case['other_cause_basis']})" if case["other_cause_basis"] else ""
    return ANOTHER_CAUSE.get(case["other_cause"], "not assessed") + basis


def counted_inside(case: dict) -> str:
    return f" (counted inside {case['aggregate_id'] or 'a group'})" if case["counted"] == "inside" else ""


def doses_given(case: dict) -> str:
    given, planned = span(case["given_lower"], case["given_upper"]), cell(case["planned_doses"])
    if is_gap(given) and given == planned:
        return given
    return f"{given} of {planned}" if not is_gap(planned) else f"{given} (planned: {planned})"


def onset(time: dict | None) -> str:
    told = of_case(time, labelled=False)
    return "not known" if told == NOTHING else told


def resolution(time: dict | None) -> str:
    if time is None or time["state"] == "unknown":
        return "not known"
    if time["state"] == "died":
        return "died"
    ended = of_case(time, labelled=False)
    if ended == NOTHING:
        return coded("time_state", time["state"])
    if time["state"] == "not_usable":
        return ended
    origin = "origin not stated" if time["clock"] in ("not_stated", "") else f"after {wording.clock(time['clock'])}"
    sequelae = ", with sequelae" if time["state"] == "sequelae" else ""
    return f"{ended} {origin}{sequelae}"


def relapse(case: dict) -> str:
    return f"; {RELAPSED[case['relapsed']]}" if case["relapsed"] else ""


def outcome(case: dict) -> str:
    died = f"; died, {case['death']}" if case["death"] else ""
    return coded("outcome", case["outcome"]) + died


def dechallenge(case: dict) -> str:
    label = coded("dechallenge_class", case["dechallenge"])
    notes = [part for part in case["dechallenge_note"].split("; ") if part not in label]
    return label + (f" ({'; '.join(notes)})" if notes else "")


def columns_of_tests(tests: list[dict], index_course: str) -> dict[str, str]:
    """Laboratory values as printed, and all other investigations; those of another course say so."""
    numeric = [_in_course(row, index_course, _value(row)) for row in tests if not math.isnan(row["value"])]
    others = [_in_course(row, index_course, _reading(row)) for row in tests if math.isnan(row["value"])]
    return {"Investigations": "; ".join(others) or cell(""), "Laboratory as printed": "; ".join(numeric) or cell("")}


def _in_course(row: dict, index_course: str, words: str) -> str:
    flags = f" [{row['findings']}]" if row["findings"] else ""
    other = f"course {row['course']}: " if row["course"] not in ("", index_course) else ""
    return other + words + flags


def _value(row: dict) -> str:
    if math.isnan(row["fold"]):
        return f"{row['test']} {row['as_printed']}"
    condition = f" {row['fold_condition']}" if row["fold_condition"] else ""
    return f"{row['test']} {row['as_printed']} {_fold(row)} x the printed upper limit{condition}"


def _fold(row: dict) -> str:
    """= 37.5; = 0.02, of which one decimal would leave 0; < 0.02 of a result that is printed as a limit."""
    limit = quantities.QUALIFIER.match(row["as_printed"])
    several = f"{row['fold']:.1g}" if 0 < row["fold"] < 0.1 else number(row["fold"], 1)
    return f"{limit[1] if limit else '='} {several}"


def _reading(row: dict) -> str:
    printed = "" if row["as_printed"] in NO_VALUE else row["as_printed"]
    finding = "" if row["finding"] in NO_VALUE else row["finding"]
    words = finding or printed or coded("reading", row["reading"])
    return f"{row['test']}: {words}"


def coded_rechallenge(case: dict) -> str:
    """Every reaction with its E2B number, that of the event alone where terms are not shared; `absent` where nobody gives one."""
    coded_terms = case["e2b_coded"]
    return (coded_terms if coded_terms not in NO_VALUE else case["e2b_literal"]) or "absent"


def other_drugs(case: dict) -> str:
    """Further suspects, then concomitant drugs."""
    return cell("; ".join(filter(None, [*also_suspected(case), case["concomitants"]])))


def strict_rechallenge(case: dict) -> str:
    words = "; ".join(f"{key} {name(case[f'rechallenge_{key}'])}" for key in CLASSES)
    again = f"dose {case['exposure_continued']} of the course followed onset" if case["exposure_continued"] else ""
    silent = all(case[f"rechallenge_{key}"] == "not_stated" for key in CLASSES)
    return "; ".join(filter(None, [cell("not_stated") if silent else words, again, possibly_continued(case)]))


def causality(case: dict, judgements: list[dict]) -> str:
    """Result with method per assessor, of another drug or reaction under its name; quality appraisals have their own table."""
    verdicts = [
        f"{' on '.join(filter(None, [row['assessor'], row['judged_besides']]))}: {row['result']} (method: {cell(row['method'])})"
        for row in judgements
        if row["result"] not in NO_VALUE and row["instrument"] != "murad"
    ]
    return "; ".join(dict.fromkeys(verdicts)) or cell(case["causality"])
