"""The overview of many series: a line for each, with a link to its report; as CSV, and as a page that sorts by any column."""

import csv
import html
import io
import os
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from schemas.codes import DEAD
from scripts.commands.messages import STOPPED_BY_FINDINGS
from scripts.files.atomic import write_text
from scripts.words.formula import guarded
from scripts.words.page_policy import page_policy
from scripts.words.printable import printable
from workflow.books import rows as read
from workflow.study import Place

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
DONE = "done"
NUMBERS = ("cases", "died", "vital_unknown", "recurrence_known", "recurred", "onset_known", "findings", "changed")
STYLE = """body{font:16px/1.5 system-ui,sans-serif;margin:2rem}table{border-collapse:collapse}
th,td{padding:.3rem .8rem;border-bottom:1px solid #999;text-align:left}.n{text-align:right}
th[aria-sort=ascending] button::after{content:" ▲"}th[aria-sort=descending] button::after{content:" ▼"}
button{all:unset;cursor:pointer;font-weight:600}button:focus-visible{outline:2px solid}"""
# A cell without a number, or without a report, is below the others either way.
SCRIPT = """document.querySelectorAll('th button').forEach((b,k)=>b.addEventListener('click',()=>{
const h=b.parentNode,t=b.closest('table').tBodies[0],up=h.getAttribute('aria-sort')!=='ascending';
[...h.parentNode.cells].forEach(o=>o.removeAttribute('aria-sort'));h.setAttribute('aria-sort',up?'ascending':'descending');
const v=r=>r.cells[k].textContent.trim(),o=(a,c)=>a.localeCompare(c,'en',{numeric:true})*(up?1:-1);
[...t.rows].sort((p,q)=>!v(p)-!v(q)||o(v(p),v(q))).forEach(r=>t.append(r))}))"""


@dataclass(frozen=True)
class Ended:
    """A series that was run: its name in the list, where it lies, and the exit code."""

    series: str
    place: Place
    code: int

    @property
    def how(self) -> str:
        """In words; that there is no case is an answer too, where many drugs and events are asked for."""
        if self.code != STOPPED_BY_FINDINGS:
            return "failed" if self.code else DONE
        findings = read(self.place.processed / "findings.csv")
        return "no case" if any(row["rule"] == "no_cases" for row in findings) else "stopped by findings"


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
    results, report = each.place.results, each.place.results / "report.html"
    status = {"series": each.series, "ended": each.how}
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
    heads = "".join(
        f'<th scope="col"{_kind(heading)}><button type="button">{words}</button></th>'
        for heading, words in HEADINGS.items()
    )
    body = "\n".join(f"<tr>{''.join(_cell(heading, each[heading]) for heading in HEADINGS)}</tr>" for each in rows)
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>Overview of the series</title>'
        f"{page_policy(SCRIPT)}"
        f"<style>{STYLE}</style></head><body><h1>Overview of the series</h1>"
        "<p>Numbers of patients as each report has them, which is that of the last run that ended well. A heading sorts. Reports of cases have no denominator of exposed "
        f"patients: no line is an incidence.</p>\n<table><thead><tr>{heads}</tr></thead>\n<tbody>\n{body}\n</tbody></table>"
        f"<script>{SCRIPT}</script></body></html>\n"
    )


def _cell(heading: str, value: str) -> str:
    text = html.escape(printable(value))
    if heading == "report" and value:
        return f'<td><a href="{text}">report</a></td>'
    return f"<td{_kind(heading)}>{text}</td>"


def _kind(heading: str) -> str:
    return ' class="n"' if heading in NUMBERS else ""
