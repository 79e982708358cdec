"""The key table of the signal summary: what a reader asks first, one line each, every number with its denominator."""

from collections import Counter
from collections.abc import Callable

import pandas as pd

from schemas.derived_patients import WELL_DOCUMENTED
from schemas.endpoints import CLOCKS, ONSETS, POOLED
from schemas.fields import is_number
from scripts.documents.case_file import CaseFile, has
from scripts.documents.dossier import Dossier
from scripts.documents.words import claims, judged, summary
from scripts.documents.words.references import Citations
from scripts.documents.words.texts import fill, texts
from scripts.words import patients_told, times, wording
from scripts.words.results import result_row, result_rows

NAME = "prac_signal_summary"


def rows(data: Dossier, citations: Citations) -> list[tuple[str, str]]:
    """Label and text; a line that has nothing to say is left out, deaths and re-exposure never are."""
    labels = texts(NAME)["key"]["rows"]
    told = {line_name: line(line_name, data, citations) for line_name in labels}
    return [(labels[line_name], words) for line_name, words in told.items() if words]


def line(line_name: str, data: Dossier, citations: Citations) -> str:
    """The text of one line of the table; sources are cited for what is printed alone."""
    return LINES[line_name](data, citations)


def _text(data: Dossier, text_name: str, **values: object) -> str:
    return fill(texts(NAME)["key"][text_name], {"n": len(data.counted)} | values, f"{NAME}.yaml")


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def counted(numbers: Counter[str]) -> str:
    """`14 possible, 1 probable`."""
    return ", ".join(f"{number} {label}" for label, number in numbers.items())


def outcomes(cases: list[CaseFile]) -> str:
    """`10 recovered or resolved, 5 not known (not seen)`: of the event, the most frequent first; in brackets why it is not known."""
    told = Counter[str]()
    for case in cases:
        words = wording.coded("outcome", case.derived["outcome"])
        told[words if has(case.derived["outcome"]) else f"not known ({words})"] += 1
    return counted(Counter(dict(told.most_common())))


def _patients(data: Dossier) -> str:
    """Who counts; and, where records were not added, how many entered and what became of these."""
    entered, identified = summary.records(data), sum(case.identified for case in data.counted)
    numbers = {"entered": entered["entered"], "inside": entered["counted_inside"], "out": entered["out"]}
    parts = [_text(data, f"records_{decision}", **numbers) for decision in ("inside", "out") if numbers[decision]]
    patients = _text(data, "patients", identified=identified, anonymous=len(data.counted) - identified)
    return f"{patients} {_text(data, 'records', parts='; '.join(parts), **numbers)}" if parts else patients


def onset(data: Dossier) -> str:
    """Each endpoint of onset with the number of patients whose time is known, on the primary clock."""
    parts = []
    for endpoint in ONSETS:
        median, spread = (summary.onset(data, statistic, endpoint) for statistic in ("median_bounds", "range"))
        if spread is not None:
            told = summary.told(data, spread)
            values = {
                "what": summary.called(data, endpoint),
                "range": _text(data, "onset_open") if told == wording.NOTHING else told,
                "known": wording.count(spread["n"]),
            }
            parts.append(_text(data, "onset", **values, median=_median(data, median)))
    clock = wording.point(data.bundle.conventions.clock)
    return _text(data, "onsets", said="; ".join(parts), clock=clock) if parts else _text(data, "onset_unknown")


def _median(data: Dossier, median: pd.Series | None) -> str:
    """Only where enough times are known for one to be a description."""
    if median is None or median["n"] < wording.LEAST_FOR_MEDIAN:
        return ""
    exact = median["lower"] == median["upper"] or (
        median["lower_is"] == "day" and median["lower"] + 1 >= median["upper"]
    )
    return _text(data, "median_exact" if exact else "median", told=summary.told(data, median))


def resolution(data: Dossier) -> str:
    """How many cleared by each threshold, at least and at most, for each way to count the unclear ones."""
    bundle = data.bundle
    endpoint = bundle.profile.event.primary_resolution
    matches = bundle.results_of(
        "resolution",
        set=bundle.main_set,
        endpoint=endpoint,
        group="all",
        clock=POOLED,
    )
    spread = result_row(matches, statistic="range")
    if spread is None:
        return _text(data, "resolution_unknown", what=wording.name(endpoint))
    parts = [
        _text(
            data,
            "resolution",
            what=wording.name(endpoint),
            range=summary.told(data, spread),
            known=wording.count(spread["n"]),
            origins=_origins(data, endpoint),
        )
    ]
    for _, row in result_rows(matches, statistic="known_by").iterrows():
        possible = result_row(
            result_rows(matches, coding=row["coding"], at=row["at"], at_unit=row["at_unit"]), statistic="possible_by"
        )
        assert possible is not None, "known_by and possible_by come in pairs"
        way = _text(data, f"coding_{row['coding']}") if row["coding"] else ""
        bounds = wording.known_possible(row["value"], possible["value"], row["n_total"])
        parts.append(_text(data, "by", by=times.by(row.to_dict()), bounds=bounds, way=way))
    return "; ".join(parts)


def _origins(data: Dossier, endpoint: str) -> str:
    """`origin not stated in 9, haemoptysis in 1`: what the times of a resolution are counted from, by patients."""
    counted = data.bundle.origins(endpoint)
    return ", ".join(f"{_origin(data, clock)} in {number}" for clock, number in counted.items())


def _origin(data: Dossier, clock: str) -> str:
    """A clock in words: the sign by its name, a dose clock or another event by what it is called."""
    if clock in CLOCKS or clock == "event":
        return wording.clock(clock)
    return summary.called(data, clock) if clock == "sentinel_sign" else wording.coded("origin", clock)


def _again(data: Dossier) -> str:
    number = summary.re_exposed(data)
    if not number:
        return _text(data, "never_again")
    reported_counts = patients_told.counts(data.bundle.results, "rechallenge", "reported")
    judged = {sign: summary.rechallenge(data, sign) for sign in ("event", "symptoms", "tests")}
    shares = {sign: "{} of {}".format(*numbers) for sign, numbers in judged.items()}
    reported = {answer: reported_counts.get(answer, 0) for answer in ("recurred", "not_recurred", "unknown")}
    denied = patients_told.counts(data.bundle.results, "rechallenge", "ladder_open")
    others = {"no": denied.get("re_exposed: no", 0), "open": denied.get("re_exposed: unknown", 0)}
    lines = [_text(data, "again", number=number, **others, **reported, **shares)]
    signs = ", ".join(
        _text(data, f"again_{sign}", told=shares[sign]) for sign in ("symptoms", "tests") if judged[sign][1]
    )
    return "; ".join([*lines, *([signs] if signs else [])])


def certainty(cases: list[CaseFile]) -> str:
    return counted(Counter(wording.coded("case_definition", case.derived["certainty"]) for case in cases))


def _stopped(data: Dossier) -> str:
    positive, assessable = summary.dechallenge(data)
    if not assessable:
        return _text(data, "stopped_none")
    notes = dict.fromkeys(
        case.derived["dechallenge_note"] for case in data.counted if case.derived["dechallenge"] == "positive"
    )
    note = "".join(f" ({remark})" for remark in notes if remark)
    return _text(data, "stopped", positive=positive, assessable=assessable, note=note)


def _suspects(data: Dossier) -> str:
    """In how many patients another drug was suspected too, with the names; blank where in none."""
    told = Counter(case.derived["other_suspects"] for case in data.counted if case.derived["other_suspects"])
    names = "; ".join(f"{drug_names.replace('; ', ' and ')} in {number}" for drug_names, number in told.most_common())
    return _text(data, "suspects", number=told.total(), names=names) if told else ""


def _causes(data: Dossier) -> str:
    explained = summary.confounders(data.counted)
    return _text(
        data,
        "causes",
        assessed=summary.considered(data.counted),
        possible=explained["yes"],
        excluded=explained["no"],
        open=explained["not_assessed"],
    )


def causality(cases: list[CaseFile]) -> str:
    """Per assessor and method, each scale by itself; how many nobody judged; where two judged, how often they agree."""
    number, scales = judged.tally(cases)
    told = [
        f"{scale}: {', '.join(_given(*each) for each in frequencies.items())}" for scale, frequencies in scales.items()
    ]
    return "; ".join([f"judged in {number} of {len(cases)}", *told, *judged.agreement(cases)])


def _given(result: str, number: int) -> str:
    """`probable 4`; of a sum, `6 in 4`."""
    return f"{result} {'in ' if is_number(result) else ''}{number}"


LINES: dict[str, Callable[[Dossier, Citations], str]] = {
    "patients": lambda data, _: _patients(data),
    "deaths": lambda data, _: _capital(summary.alive(data)),
    "outcome": lambda data, _: outcomes(data.counted),
    "ended": lambda data, citations: " ".join(claims.elsewhere(data, citations, claims.ends())),
    "onset": lambda data, _: onset(data),
    "resolution": lambda data, _: resolution(data),
    "again": lambda data, _: _again(data),
    "claims": lambda data, citations: _capital(" ".join(claims.elsewhere(data, citations, claims.RECURRENCE))),
    "stopped": lambda data, _: _stopped(data),
    "suspects": lambda data, _: _suspects(data),
    "causes": lambda data, _: _causes(data),
    "certainty": lambda data, _: certainty(data.counted),
    "causality": lambda data, _: causality(data.counted),
    "quality": lambda data, _: _text(data, "quality", good=summary.well_documented(data), threshold=WELL_DOCUMENTED),
}
"""The lines of the table by name; their labels and order stand in the texts."""
