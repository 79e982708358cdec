"""Content of the Pneumotox summary, laid out by its DOCX and PDF pages."""

from dataclasses import dataclass

from scripts.documents import criteria
from scripts.documents.dossier import Dossier
from scripts.documents.words import statement, summary
from scripts.documents.words.references import cited
from scripts.documents.words.texts import fill, texts
from scripts.files.bundle import find, one
from scripts.words import times, wording

NAME = "pneumotox_summary"


@dataclass(frozen=True)
class Sheet:
    """One page: labelled facts, the criteria table and references."""

    title: str
    status: str
    facts: list[tuple[str, str]]
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
    wanted = texts(NAME)
    return Sheet(
        title=_fill(data, wanted["title"]),
        status=statement.status(data),
        facts=[(label, facts(data)[name]) for name, label in wanted["rows"].items()],
        criteria_heading=wanted["criteria_heading"],
        criteria_header=wanted["criteria_header"],
        criteria=_criteria(data, wanted),
        references_heading=wanted["references_heading"],
        references=cited(data, list(data.cases.values())),
        notes=[wanted["submission"], wanted["instrument"], *statement.definitions(data, "days", "rechallenge")],
        human=statement.human(data, wanted["human"]),
        footer=statement.footer(data),
    )


def _fill(data: Dossier, template: str, **more: object) -> str:
    return fill(template, statement.values(data) | more, f"{NAME}.yaml")


def facts(data: Dossier) -> dict[str, str]:
    """The labelled facts by name."""
    wanted, cases = texts(NAME), data.counted
    identified = sum(case.identified for case in cases)
    positive, assessable = summary.dechallenge(data)
    notes = dict.fromkeys(case.derived["dechallenge_note"] for case in cases if criteria.withdrawal(case))
    return {
        "drug": data.bundle.profile.drug.name,
        "pattern": _pattern(data),
        "cases": _fill(
            data,
            wanted["cases"],
            n=len(cases),
            identified=identified,
            anonymous=len(cases) - identified,
            inside=len(data.cases) - len(cases),
        ),
        "latency": latency(data),
        "resolution": resolution(data),
        "dechallenge": _fill(
            data,
            wanted["dechallenge"],
            positive=positive,
            assessable=assessable,
            note="".join(f" ({note})" for note in notes if note),
        ),
        "rechallenge": _fill(
            data,
            wanted["rechallenge"],
            event=summary.recurrence(data),
            symptoms="{} of {}".format(*summary.rechallenge(data, "symptoms")),
            tests="{} of {}".format(*summary.rechallenge(data, "tests")),
        ),
        "outcome": _fill(
            data, wanted["outcome"], alive=summary.alive(data), silent=summary.unstated_outcomes(cases), n=len(cases)
        ),
    }


def _pattern(data: Dossier) -> str:
    event = data.bundle.profile.event
    return f"{event.pattern or 'not set in the profile'}: {event.name}" + (f" ({event.source})" if event.source else "")


def latency(data: Dossier) -> str:
    """Bounds per endpoint of onset, on the primary clock; an endpoint without a case says so."""
    said = []
    for endpoint in ("first_symptom", "sentinel_sign", "diagnosis"):
        median, spread = (summary.onset(data, name, endpoint) for name in ("median_bounds", "range"))
        if median is None or spread is None:
            said.append(f"{wording.name(endpoint)}: no time known")
            continue
        said.append(
            f"{wording.name(endpoint)}: {summary.told(data, spread)} (median bounds "
            f"{summary.told(data, median)}), known in {wording.count(median['n'])} of "
            f"{wording.count(median['n_total'])}"
        )
    return "; ".join(said) + f"; counted from the {wording.name(data.bundle.conventions.clock)}"


def resolution(data: Dossier) -> str:
    """Known to possible by each threshold under each coding, and the range of what is known."""
    endpoint = data.bundle.profile.event.primary_resolution
    own = find(
        data.bundle.results,
        analysis="resolution",
        set=data.bundle.main_set,
        endpoint=endpoint,
        group="all",
        clock="pooled origins",
    )
    spread = one(own, statistic="range")
    if spread is None:
        return f"{wording.name(endpoint)}: no time known"
    said = [
        f"{wording.name(endpoint)}: {summary.told(data, spread)}, known in "
        f"{wording.count(spread['n'])} of {wording.count(spread['n_total'])}"
    ]
    for _, row in find(own, statistic="known_by").iterrows():
        same = find(own, coding=row["coding"], at=row["at"], at_unit=row["at_unit"])
        possible = one(same, statistic="possible_by")
        assert possible is not None, "known_by and possible_by come in pairs"
        coding = f" (unclear cases taken as {row['coding']})" if row["coding"] else ""
        bounds = wording.known_possible(row["value"], possible["value"], row["n_total"])
        said.append(f"{times.by(row.to_dict())} known to possible {bounds}{coding}")
    note = find(own, statistic="known_by")["note"]
    return "; ".join([*said, *(note.str.split("; ").str[-1].unique()[:1] if len(note) else [])]).rstrip("; ")


def _criteria(data: Dossier, wanted: dict) -> list[list[str]]:
    rows = []
    steroids = sum(criteria.steroid(case) for case in data.counted if criteria.withdrawal(case))
    negative = [case.case_id for case in data.counted if case.derived["rechallenge_event"] == "negative"]
    for name, label in wanted["criteria"].items():
        yes, no = criteria.shown(data.counted, name)
        remark = _fill(data, wanted["remarks"][name], steroids=steroids, negative=criteria.compact(negative))
        rows.append([label, f"{len(yes)}: {criteria.compact(yes)}", f"{len(no)}: {criteria.compact(no)}", remark])
    return rows
