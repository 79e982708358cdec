"""The page: everything inline, so that it opens anywhere and reaches for nothing."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup

from scripts.files.bundle import Bundle
from scripts.files.tablefiles import read_text
from scripts.report import patients as of_patients
from scripts.report.addresses import Links, anchor, lines_quoted
from scripts.report.alone import drawings
from scripts.report.cautions import summary, warnings
from scripts.report.definitions import OF_EVERY_SERIES, definitions
from scripts.report.headlines import Line
from scripts.report.numbers import members, numbers, populations
from scripts.report.pictures import lines_behind, picture
from scripts.report.references import references
from scripts.report.sections import Section, arranged
from scripts.words.page_policy import page_policy
from scripts.words.printable import printable
from scripts.words.wording import IN_SHORT

HERE = Path(__file__).parent
REPORT = "report.html"
PATIENTS_A_PAGE = 200
"""Up to so many, all stand in the report itself."""
PAGES_AT_ONCE = 25
"""So many pages of patients are put together at a time: the rows of all, in words, would be many times as large as the tables."""
BEHIND = {
    "patients": "characteristics",
    "onset": "onset",
    "resolution": "resolution",
    "rechallenge": "rechallenge",
}
"""Section -> the analysis whose rows of results stand behind its figures and tables."""
OF_RECORDS = "case_flow"
PLACES = {"data_quality": "finding", OF_RECORDS: "record"}
"""Table -> the things that its rows are the place of."""
IN_THE_LIST = (
    "Case", "Indication", "Age", "Sex", "First symptom", "Resolution", "Outcome", "Rechallenge, as reported", "Certainty", "Flags",
)  # fmt: skip
"""Columns of the line listing that the list of patients shows, without what stands in brackets behind some."""


def pages(
    bundle: Bundle,
    told: Sequence[Line],
    tables: Path,
    figures: Path,
    made_with: str,
    changed: dict,
    *,
    shared: bool = False,
) -> Iterator[tuple[str, str]]:
    """File and HTML: report.html, and where there are many patients their pages, one after the other. Only figures and tables
    made by Dahlia go in unescaped.

    made_with: the manifest, which the last section prints in words. changed: what differs from the accepted run
    (scripts.report.what_changed). shared: the page is of a copy to share, which has no findings, sources, facts of the
    profile or words of a report.
    """
    loader = jinja2.FileSystemLoader(HERE)
    environment = jinja2.Environment(
        loader=loader, autoescape=True, trim_blocks=True, lstrip_blocks=True, finalize=_visible
    )
    environment.globals.update(anchor=anchor)
    apart = paged(list(bundle.cases["case_id"]))
    links, script = links_of(bundle, apart), (HERE / "page.js").read_text(encoding="utf-8")
    told_patients = [] if apart else of_patients.patients(bundle, set(bundle.cases["case_id"]))
    cautions = [*([] if shared else [(each, []) for each in bundle.profile.cautions]), *warnings(bundle)]
    compared = [each["against"] for each in (*told_patients, *changed["new"])]
    if (tables / f"{OF_RECORDS}.html").exists() and not shared:
        links.add("record", bundle.ledger["record"])
    groups = numbers(
        bundle.results,
        _quoted(told, tables, figures).union(
            *(rows for _, rows in cautions), *(rows for each in compared for rows in each["behind"])
        ),
    )
    populations_shown = {each for group in groups for row in group["rows"] for each in row["populations"].split()}
    report = environment.get_template("page.html.j2").render(
        title=bundle.profile.title,
        data_lock=bundle.data_lock,
        lead=_lead(bundle, {group["id"] for group in groups}),
        headlines=[each for each in told if each.headline != IN_SHORT],
        claims=bundle.claims,
        changed=changed,
        behind_headline={each.headline: each.rows for each in told},
        warnings=cautions,
        shared=shared,
        sections=_sections(tables, figures, links, {group["id"] for group in groups}),
        patients=told_patients,
        listed=_listed(tables / "line_listing.csv"),
        definitions=[(term, meaning) for term, meaning in definitions(bundle) if not shared or term in OF_EVERY_SERIES],
        findings_summary=summary(bundle.findings),
        numbers=groups,
        listed_cases=[
            *(("group", each) for each in populations(members(bundle.cases))),
            *(("population", each) for each in populations(bundle.books["populations"], populations_shown)),
        ],
        references=references(bundle.series["sources"]),
        environment=json.loads(made_with),
        words=links.words,
        heading=links.heading,
        script=Markup(script),
        policy=page_policy(script),
    )
    yield REPORT, report
    yield from drawings(told_patients, environment, "" if shared else "Confidential").items()
    yield from _pages_of_patients(bundle, apart, environment, shared)


def _quoted(told: Sequence[Line], tables: Path, figures: Path) -> set[int]:
    """The lines of results.csv that a headline, a table or a figure rests on."""
    of_tables = (lines_quoted(file.read_text(encoding="utf-8")) for file in tables.glob("*.html"))
    of_figures = (lines_behind(file) for file in figures.glob("*.svg"))
    return {row for each in told for row in each.rows}.union(*of_tables, *of_figures)


def _lead(bundle: Bundle, groups: set[str]) -> list[dict[str, str]]:
    """The first sentences, each with the part of the page that has its rows of results; blank where there is none."""
    behind = {matter: f"numbers-{matter}" for matter in bundle.lead_by_matter}
    return [
        {"words": words, "behind": behind[matter] if behind[matter] in groups else ""}
        for matter, words in bundle.lead_by_matter.items()
    ]


def _visible(value: object) -> object:
    """Text of a user with what is hidden in it made visible; what we made ourselves, and numbers, as they are."""
    return printable(value) if type(value) is str else value


def paged(case_ids: Sequence[str]) -> dict[str, Sequence[str]]:
    """File -> its patients, 200 a page; no files where the report itself has room for all."""
    if len(case_ids) <= PATIENTS_A_PAGE:
        return {}
    starts = range(0, len(case_ids), PATIENTS_A_PAGE)
    return {
        f"patients/patients-{number:03}.html": case_ids[start : start + PATIENTS_A_PAGE]
        for number, start in enumerate(starts, start=1)
    }


def _pages_of_patients(
    bundle: Bundle, apart: dict[str, Sequence[str]], environment: jinja2.Environment, shared: bool
) -> Iterator[tuple[str, str]]:
    template, links = environment.get_template("patients.html.j2"), links_of(bundle, apart, "../")
    numbered = list(enumerate(apart.items()))
    for start in range(0, len(numbered), PAGES_AT_ONCE):
        some = numbered[start : start + PAGES_AT_ONCE]
        wanted = {case_id for _, (_, ids) in some for case_id in ids}
        told = {each["case_id"]: each for each in of_patients.patients(bundle, wanted, compared=False)}
        for number, (file, ids) in some:
            yield (
                file,
                template.render(
                    title=bundle.profile.title,
                    shared=shared,
                    first=number * PATIENTS_A_PAGE + 1,
                    last=number * PATIENTS_A_PAGE + len(ids),
                    patients=[told[case_id] for case_id in ids],
                    words=links.words,
                    policy=page_policy(),
                ),
            )


def links_of(bundle: Bundle, apart: dict[str, Sequence[str]], up: str = "") -> Links:
    """What the words of this report lead to: findings, cases, sources, populations.

    apart: the pages of patients beside the report. up: the way from such a page to the report's folder.
    """
    links, report = Links(), f"{up}{REPORT}" if up else ""
    links.add("finding", bundle.findings["finding"], report)
    for file, ids in apart.items():
        links.add("case", ids, f"{up}{file}")
    links.add("case", bundle.cases["case_id"], report)
    links.add("source", bundle.series["sources"]["source_id"], report)
    links.add("group", members(bundle.cases)["population"].unique(), report)
    links.add("population", bundle.books["populations"]["population"].unique(), report)
    return links


def _sections(tables: Path, figures: Path, links: Links, groups: set[str]) -> list[dict[str, Any]]:
    """The sections in order; figures are numbered as they come, tables keep the number of their files.

    groups: the ids of the groups of numbers that are on the page."""
    shown, number = [], 0
    for section in arranged(_names(figures, "*.svg"), _names(tables, "*.html")):
        drawn = [
            _figure(figures, figure_name, number + place) for place, figure_name in enumerate(section.figures, start=1)
        ]
        number += len(drawn)
        behind = f"numbers-{BEHIND.get(section.id, '')}"
        shown.append(_section(section, drawn, tables, links) | {"behind": behind if behind in groups else ""})
    return shown


def _section(section: Section, drawn: list[dict], tables: Path, links: Links) -> dict[str, Any]:
    return {
        "id": section.id,
        "heading": section.heading,
        "figures": drawn,
        "tables": [
            links.fragment((tables / f"{table_name}.html").read_text(encoding="utf-8"), PLACES.get(table_name, ""))
            for table_name in section.tables
        ],
    }


def _names(folder: Path, pattern: str) -> set[str]:
    return {file.stem for file in folder.glob(pattern)}


def _figure(folder: Path, figure_name: str, number: int) -> dict:
    alt = (folder / f"{figure_name}.alt.txt").read_text(encoding="utf-8").strip()
    return {
        "name": figure_name,
        "number": number,
        "svg": picture(folder / f"{figure_name}.svg", alt),
        "rows": lines_behind(folder / f"{figure_name}.svg"),
        "caption": (folder / f"{figure_name}.caption.txt").read_text(encoding="utf-8").strip(),
    }


def _listed(listing: Path) -> dict[str, list]:
    """The list of patients: its columns, and a row per line of the line listing."""
    if not listing.exists():
        return {"columns": [], "rows": []}
    table = read_text(listing)
    columns = [column for wanted in IN_THE_LIST for column in table.columns if column.partition(" (")[0] == wanted]
    return {"columns": columns, "rows": table[columns].to_numpy().tolist()}
