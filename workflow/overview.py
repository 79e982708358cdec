"""The overview of many series: a line for each, with a link to its report; as CSV, and as a page that sorts by any column."""

import csv
import html
import io
import os
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from schemas.codes import DEAD
from scripts.files.atomic import write_text
from scripts.words.formula import guarded
from scripts.words.page_policy import page_policy
from scripts.words.printable import printable
from workflow.books import rows as read

HEADINGS = {
    "series": "Series",
    "ended": "Run",
    "cases": "Cases",
    "died": "Died",
    "vital_unknown": "Not known whether alive",
    "recurrence_known": "Re-exposed, outcome known",
    "recurred": "Of these, recurred",
    "onset_known": "Onset known",
    "findings": "Findings",
    "changed": "Differences from the accepted run",
    "report": "Report",
}
NUMBERS = ("cases", "died", "vital_unknown", "recurrence_known", "recurred", "onset_known", "findings", "changed")
STYLE = """body{font:16px/1.5 system-ui,sans-serif;margin:2rem}table{border-collapse:collapse}
th,td{padding:.3rem .8rem;border-bottom:1px solid #999;text-align:left}td.n{text-align:right}
button{all:unset;cursor:pointer;font-weight:600}button:focus-visible{outline:2px solid}"""
SCRIPT = """document.querySelectorAll('th button').forEach((b,k)=>b.addEventListener('click',()=>{
const t=b.closest('table').tBodies[0],up=b.dataset.up!=='1';b.dataset.up=up?'1':'';
const v=r=>{const x=r.cells[k].textContent.trim(),n=parseFloat(x);return isNaN(n)?x:n};
[...t.rows].sort((p,q)=>{const a=v(p),c=v(q);return (a<c?-1:a>c?1:0)*(up?1:-1)}).forEach(r=>t.append(r))}))"""


@dataclass(frozen=True)
class Ended:
    """A series that was run: its name, the folder its results lie in, and the exit code."""

    series: str
    home: Path
    code: int


def write(ended: list[Ended], folder: Path) -> Path:
    """Write overview.csv and overview.html; the page."""
    rows = [row(each, folder) for each in ended]
    text = io.StringIO()
    out = csv.DictWriter(text, list(HEADINGS), lineterminator="\n")
    out.writeheader()
    out.writerows({key: guarded(value) for key, value in each.items()} for each in rows)
    write_text(text.getvalue(), folder / "overview.csv")
    write_text(page(rows), folder / "overview.html")
    return folder / "overview.html"


def row(each: Ended, folder: Path) -> dict[str, str]:
    """What the results of a series say; blank where there are none. Of a failed run these are the last good ones."""
    results = each.home / "results" / each.series
    report = results / "report.html"
    status = {"series": each.series, "ended": "failed" if each.code else "done"}
    if not report.is_file():
        return dict.fromkeys(HEADINGS, "") | status
    cases = [case for case in read(results / "dataset/cases.csv") if case["counted"] == "in"]
    again = Counter(case["rechallenge_reported"] for case in cases)
    numbers = {
        "cases": len(cases),
        "died": sum(case["vital"] in DEAD for case in cases),
        "vital_unknown": sum(case["vital"] == "unknown" for case in cases),
        "recurrence_known": again["recurred"] + again["not_recurred"],
        "recurred": again["recurred"],
        "onset_known": sum(case["onset_state"] == "observed" for case in cases),
        "findings": len(read(results / "findings.csv")),
        "changed": len(read(results / "changes.csv")),
    }
    link = Path(os.path.relpath(report, folder)).as_posix()
    return status | {heading: str(number) for heading, number in numbers.items()} | {"report": link}


def page(rows: list[dict[str, str]]) -> str:
    """One table, everything inline; it reads without its script, which only sorts."""
    heads = "".join(f'<th scope="col"><button type="button">{words}</button></th>' for words in HEADINGS.values())
    body = "\n".join(f"<tr>{''.join(_cell(heading, each[heading]) for heading in HEADINGS)}</tr>" for each in rows)
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>Overview of the series</title>'
        f"{page_policy(SCRIPT)}"
        f"<style>{STYLE}</style></head><body><h1>Overview of the series</h1>"
        "<p>Numbers of patients as each report has them. A heading sorts. Reports of cases have no denominator of exposed "
        f"patients: no line is an incidence.</p>\n<table><thead><tr>{heads}</tr></thead>\n<tbody>\n{body}\n</tbody></table>"
        f"<script>{SCRIPT}</script></body></html>\n"
    )


def _cell(heading: str, value: str) -> str:
    text = html.escape(printable(value))
    if heading == "report" and value:
        return f'<td><a href="{text}">report</a></td>'
    return f'<td class="n">{text}</td>' if heading in NUMBERS else f"<td>{text}</td>"
