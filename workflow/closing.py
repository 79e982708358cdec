"""The last lines of a run: what needs attention, what changed, the answer, what ran and why, what to read; after a run
that failed, the state of the results."""

import textwrap
from collections import Counter
from pathlib import Path

from scripts.commands.messages import shown
from scripts.words import findings_text
from scripts.words.wording import IN_SHORT
from workflow import open_points, publishing
from workflow.books import rows
from workflow.fingerprints import Fingerprints
from workflow.freshness import record
from workflow.steps import Step
from workflow.study import Place

PUBLISH = Step("publish", (), ())
SEVERITIES = ("contract", "error", "warning", "information")


Headlines = dict[str, dict[str, str]]
"""Headline -> its row of headlines.csv: `shown`, and the `numbers` that it tells."""


def headlines(results: Path) -> Headlines:
    """The headline numbers of the last completed run; none before the first."""
    return {row["headline"]: row for row in rows(results / "headlines.csv")}


def last_results(place: Place) -> str:
    """What is now under results/ after a run that did not end well."""
    where = shown(place.results)
    last = record(place, PUBLISH)
    if not place.results.is_dir():
        return f"There are no results yet under {where}."
    if not last:
        return f"What lies under {where} is of an earlier version and was not touched."
    now = publishing.files(place.results, Fingerprints(place.processed / "fingerprints.json"))
    lost = [file_name for file_name, digest in last["files"].items() if now.get(file_name) != digest]
    if lost:
        return (
            f"{where} is not as the last good run left it: {len(lost)} files are missing or changed, {lost[0]} among "
            "them. The next run that ends well will restore it."
        )
    return f"Nothing new under {where}: everything is as the last good run left it."


def tell(why: list[str], before: Headlines, place: Place, old_copies: list[str]) -> None:
    """What a user must look at first, what changed, the series in short with its headline numbers, what ran and why,
    the files.

    before: the headlines of the last run.
    """
    after = headlines(place.results)
    for heading, lines in (
        ("Needs attention", [*attention(place.results), *old_copies]),
        ("What changed", changed(before, after, place)),
        ("In short", textwrap.wrap(after.get(IN_SHORT, {}).get("shown", ""), 98)),
        (
            "Headline numbers",
            [f"{headline}: {row['shown']}" for headline, row in after.items() if headline != IN_SHORT],
        ),
        ("What ran, and why", why),
    ):
        if lines:
            print("\n".join([f"\n{heading}", *(f"  {line}" for line in lines)]))
    print(f"\nRead {shown(place.results / 'report.html')} first. Beside it: {', '.join(_others(place.results))}.")


def attention(results: Path) -> list[str]:
    """What else is open; the findings counted by what was done, the gravest first: `2 errors: the value is withheld ...`."""
    findings = rows(results / "findings.csv")
    open_ = [
        part
        for line in open_points.lines(results, findings)
        for part in textwrap.wrap(line, 98, subsequent_indent="  ")
    ]
    counted = Counter((row["severity"], row["action"]) for row in findings)
    lines = [
        findings_text.counted(number, severity, action)
        for severity in SEVERITIES
        for (grade, action), number in sorted(counted.items())
        if grade == severity
    ]
    return [*open_, *lines, f"each with its cure in {shown(results / 'findings.csv')}"] if lines else open_


def changed(before: Headlines, after: Headlines, place: Place) -> list[str]:
    """Since the accepted run, by kind; then the headlines that moved since the last run, each with what it was. One that
    tells the same numbers in other words has not moved."""
    lines = []
    if (place.accepted / "accepted.json").exists():
        kinds = Counter(row["kind"].replace("_", " ") for row in rows(place.results / "changes.csv"))
        counted = ", ".join(f"{kind} {number}" for kind, number in kinds.items()) or "nothing"
        lines.append(f"since the accepted run: {counted} ({shown(place.results / 'changes.csv')})")
    names = [headline for headline in dict.fromkeys([*after, *before]) if headline != IN_SHORT]
    gone, missing = {"shown": "(no longer there)"}, {"shown": "(not there)"}
    moved = [headline for headline in names if _moved(before.get(headline), after.get(headline))] if before else []
    if moved:
        lines.append(f"since the last run: headline {len(moved)}, each with what it was")
    for headline in moved:
        lines += [
            f"{headline}: {after.get(headline, gone)['shown']}",
            f"    before: {before.get(headline, missing)['shown']}",
        ]
    return lines


def _moved(before: dict[str, str] | None, after: dict[str, str] | None) -> bool:
    """Whether a headline reads otherwise and tells other numbers: 3 of 26 records reads 3, as 3 of 25 did."""
    same_words = before is not None and after is not None and before["shown"] == after["shown"]
    return not same_words and _told(before) != _told(after)


def _told(row: dict[str, str] | None) -> str:
    """The numbers of a headline; its words where it rests on no row of results, or a run before kept none."""
    return (row.get("numbers") or row["shown"]) if row else ""


def _others(results: Path) -> list[str]:
    others = [
        path for path in sorted(results.iterdir()) if path.name != "report.html" and not path.name.startswith(".")
    ]
    return [f"{path.name}{'/' if path.is_dir() else ''}" for path in others]
