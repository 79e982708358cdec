"""The page: everything inline, so that it opens anywhere and reaches for nothing."""

import base64
import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import jinja2
import pandas as pd
from markupsafe import Markup

from schemas.codes import labels
from schemas.derived import MAIN_SET
from scripts.files.bundle import Bundle, find
from scripts.report import patients as of_patients
from scripts.report.addresses import Links, anchor
from scripts.report.definitions import definitions
from scripts.report.headlines import Line
from scripts.report.numbers import line, numbers, populations
from scripts.report.pictures import picture
from scripts.report.references import references
from scripts.report.sections import Section, arranged
from scripts.words.printable import printable
from scripts.words.wording import IN_SHORT

HERE = Path(__file__).parent
BEHIND = {
    "patients": "characteristics",
    "onset": "onset",
    "resolution": "resolution",
    "rechallenge": "rechallenge",
}
"""Section -> the analysis whose rows of results stand behind its figures and tables."""
IN_THE_LIST = (
    "Case", "Indication", "Age (years)", "Sex", "First symptom (study day)", "Resolution (days after)", "Outcome",
    "Rechallenge, as reported", "Certainty", "Flags",
)  # fmt: skip
"""Columns of the line listing that the list of patients shows."""


def page(bundle: Bundle, told: Sequence[Line], tables: Path, figures: Path, made_with: str) -> str:
    """The HTML of the report. Only figures and tables made by Dahlia go in unescaped.

    made_with: the manifest, which the last section prints in words.
    """
    loader = jinja2.FileSystemLoader(HERE)
    environment = jinja2.Environment(
        loader=loader, autoescape=True, trim_blocks=True, lstrip_blocks=True, finalize=_visible
    )
    environment.globals.update(anchor=anchor)
    links, script = links_of(bundle), (HERE / "page.js").read_text(encoding="utf-8")
    groups = numbers(bundle.results)
    behind = {row["line"] for group in groups for row in group["rows"]}
    quoted = {each for group in groups for row in group["rows"] for each in row["populations"].split()}
    return environment.get_template("page.html.j2").render(
        title=bundle.profile.title,
        data_lock=bundle.data_lock,
        lead=bundle.lead,
        headlines=[
            {"headline": each.headline, "shown": each.shown, "rows": sorted(behind & set(map(line, each.rows)))}
            for each in told
            if each.headline != IN_SHORT
        ],
        claims=bundle.claims,
        warnings=[*bundle.profile.cautions, *_warnings(bundle.results)],
        sections=_sections(tables, figures, links),
        patients=of_patients.patients(bundle, set(bundle.cases["case_id"])),
        listed=_listed(tables / "line_listing.csv"),
        definitions=definitions(bundle),
        findings_summary=_summary(bundle.findings),
        numbers=groups,
        populations=populations(bundle.books["populations"], quoted),
        references=references(bundle.series["sources"]),
        environment=json.loads(made_with),
        words=links.words,
        script=Markup(script),
        script_hash=base64.b64encode(hashlib.sha256(script.encode()).digest()).decode(),
    )


def _visible(value: object) -> object:
    """Text of a user with what is hidden in it made visible; what we made ourselves, and numbers, as they are."""
    return printable(value) if type(value) is str else value


def links_of(bundle: Bundle) -> Links:
    """What the words of this report lead to: findings, cases, sources, populations."""
    links = Links()
    links.add("finding", bundle.findings["finding"])
    links.add("case", bundle.cases["case_id"])
    links.add("source", bundle.series["sources"]["source_id"])
    links.add("population", bundle.books["populations"]["population"].unique())
    return links


def _sections(tables: Path, figures: Path, links: Links) -> list[dict[str, Any]]:
    """The sections in order; figures are numbered as they come, tables keep the number of their files."""
    shown, number = [], 0
    for section in arranged(_names(figures, "*.svg"), _names(tables, "*.html")):
        drawn = [_figure(figures, name, number + place) for place, name in enumerate(section.figures, start=1)]
        number += len(drawn)
        shown.append(_section(section, drawn, tables, links))
    return shown


def _section(section: Section, drawn: list[dict], tables: Path, links: Links) -> dict[str, Any]:
    return {
        "id": section.id,
        "heading": section.heading,
        "figures": drawn,
        "tables": [
            links.fragment(
                (tables / f"{name}.html").read_text(encoding="utf-8"), "finding" if name == "data_quality" else ""
            )
            for name in section.tables
        ],
        "behind": BEHIND.get(section.id, ""),
    }


def _names(folder: Path, pattern: str) -> set[str]:
    return {file.stem for file in folder.glob(pattern)}


def _figure(folder: Path, name: str, number: int) -> dict:
    alt = (folder / f"{name}.alt.txt").read_text(encoding="utf-8").strip()
    return {
        "name": name,
        "number": number,
        "svg": picture(folder / f"{name}.svg", alt),
        "caption": (folder / f"{name}.caption.txt").read_text(encoding="utf-8").strip(),
    }


def _listed(listing: Path) -> dict[str, list]:
    """The list of patients: its columns, and a row per line of the line listing."""
    if not listing.exists():
        return {"columns": [], "rows": []}
    table = pd.read_csv(listing, dtype=str, keep_default_na=False)
    columns = [name for name in IN_THE_LIST if name in table.columns]
    return {"columns": columns, "rows": table[columns].to_numpy().tolist()}


def _warnings(results: pd.DataFrame) -> list[str]:
    noted = find(results, statistic="npmle_median", set=MAIN_SET)
    lines = [
        f"{row['endpoint'].replace('_', ' ')}, {row['group']}, {row['clock'].replace('_', ' ')}: {row['note']}"
        for _, row in noted[noted["note"].str.contains("decides|reaches 1")].iterrows()
    ]
    return list(dict.fromkeys(lines))


def _summary(findings: pd.DataFrame) -> str:
    if not len(findings):
        return "No findings."
    counts, done = findings.groupby(["severity", "action"], sort=False).size(), labels("action")
    return "; ".join(f"{number} {severity}: {done[action]}" for (severity, action), number in counts.items())
