"""The page: everything inline, so that it opens anywhere and reaches for nothing."""

import re
from pathlib import Path

import jinja2
import pandas as pd
from markupsafe import Markup

from schemas.codes import labels
from schemas.derived import MAIN_SET
from scripts.files.bundle import Bundle, find
from scripts.report.definitions import definitions
from scripts.words.wording import IN_SHORT

FIRST_FIGURES = ("case_flow", "swimmer", "onset", "resolution")
TABLE_ORDER = (
    "patients",
    "characteristics",
    "line_listing",
    "times",
    "rechallenge",
    "sensitivity",
    "quality_appraisal",
    "case_flow",
)
APART = ("data_quality",)
ON_SCREEN = 1.35


def page(bundle: Bundle, headlines: pd.DataFrame, tables: Path, figures: Path) -> str:
    """The HTML of the report. Only figures and tables made by Dahlia go in unescaped."""
    loader = jinja2.FileSystemLoader(Path(__file__).parent)
    template = jinja2.Environment(loader=loader, autoescape=True).get_template("page.html.j2")
    return template.render(
        title=bundle.profile.title,
        data_lock=bundle.data_lock,
        lead=bundle.lead,
        headlines=headlines[headlines["headline"] != IN_SHORT].to_dict("records"),
        claims=bundle.claims,
        warnings=[*bundle.profile.cautions, *_warnings(bundle.results)],
        figures=[_figure(figures, name) for name in _ordered(figures, "*.svg", FIRST_FIGURES)],
        tables=[
            _safe(tables / f"{name}.html") for name in _ordered(tables, "*.html", TABLE_ORDER) if name not in APART
        ],
        definitions=definitions(bundle),
        findings_summary=_summary(bundle.findings),
        findings_table=_safe(tables / "data_quality.html"),
    )


def _ordered(folder: Path, pattern: str, first: tuple[str, ...]) -> list[str]:
    names = sorted(file.stem for file in folder.glob(pattern))
    return [name for name in first if name in names] + [name for name in names if name not in first]


def _figure(folder: Path, name: str) -> dict:
    svg = (folder / f"{name}.svg").read_text(encoding="utf-8")
    return {
        "name": name,
        "svg": Markup(_own_ids(_picture(svg), name)),
        "caption": (folder / f"{name}.caption.txt").read_text(encoding="utf-8"),
        "alt": (folder / f"{name}.alt.txt").read_text(encoding="utf-8").strip(),
    }


def _picture(svg: str) -> str:
    """The drawing without its metadata, enlarged for the screen; print figures are small."""
    drawing = re.sub(r"<metadata>.*?</metadata>", "", svg[svg.index("<svg") :], count=1, flags=re.DOTALL)
    size = re.compile(r'(width|height)="([\d.]+)(pt|mm)"')
    return size.sub(lambda match: f'{match[1]}="{float(match[2]) * ON_SCREEN:.1f}{match[3]}"', drawing, count=2)


def _own_ids(svg: str, name: str) -> str:
    """Several pictures on one page must not share ids: each id gets the figure's name."""
    return svg.replace('id="', f'id="{name}-').replace('"#', f'"#{name}-').replace("url(#", f"url(#{name}-")


def _safe(path: Path):
    return Markup(path.read_text(encoding="utf-8")) if path.exists() else ""


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
