"""The last lines of a run: what ran and why, headline numbers with what they were before, files, the state of results."""

import csv
import textwrap
from pathlib import Path

from scripts.commands.messages import shown
from scripts.words.wording import IN_SHORT
from workflow import attention, publishing
from workflow.fingerprints import Fingerprints
from workflow.freshness import record
from workflow.steps import Step
from workflow.study import Place

PUBLISH = Step("publish", (), ())


def headlines(results: Path) -> dict[str, str]:
    """The headline numbers of the last completed run; none before the first."""
    path = results / "headlines.csv"
    if not path.exists():
        return {}
    with path.open(encoding="utf-8", newline="") as handle:
        return {row["headline"]: row["shown"] for row in csv.DictReader(handle)}


def last_results(place: Place) -> str:
    """What lies under results/ after a run that did not end well, as the disk has it."""
    where = shown(place.results)
    last = record(place, PUBLISH)
    if not place.results.is_dir():
        return f"There are no results yet under {where}."
    if not last:
        return f"What lies under {where} is of an earlier version and was not touched."
    now = publishing.files(place.results, Fingerprints(place.processed / "fingerprints.json"))
    lost = [name for name, digest in last["files"].items() if now.get(name) != digest]
    if lost:
        return (
            f"{where} is not as the last good run left it: {len(lost)} files are missing or changed, {lost[0]} among "
            "them. The next run that ends well makes it whole."
        )
    return f"Nothing new under {where}: it is whole, as the last good run left it."


def tell(why: list[str], before: dict[str, str], after: dict[str, str], results: Path) -> None:
    """What needs a person; the series in short and its headline numbers, with what they were before where that differs;
    the files; what ran and why."""
    if open_points := attention.lines(results):
        print("\nNeeds attention")
        for line in open_points:
            print(textwrap.fill(line, 100, initial_indent="  ", subsequent_indent="    "))
    print("\nIn short")
    print(textwrap.fill(after.get(IN_SHORT, ""), 100, initial_indent="  ", subsequent_indent="  "))
    print("\nHeadline numbers")
    for name in dict.fromkeys([*after, *before]):
        if name == IN_SHORT:
            continue
        new, old = after.get(name, "(no longer there)"), before.get(name)
        print(f"  {name}: {new}")
        if before and old != new:
            print(f"  {'':4}before: {old or '(not there)'}")
    print("\nFiles")
    for path in [results / "report.html", *_others(results)]:
        print(f"  {shown(path)}{'/' if path.is_dir() else ''}")
    print("\nWhat ran, and why")
    for line in why:
        print(f"  {line}")


def _others(results: Path) -> list[Path]:
    return [path for path in sorted(results.iterdir()) if path.name != "report.html" and not path.name.startswith(".")]
