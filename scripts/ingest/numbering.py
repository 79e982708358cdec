"""Drugs and reactions that an extract numbers: each under a number of its own, and lines that point at one of them.

A number that two share, or none, would make two rows one, and the record would be set aside. A line that stands twice as it is
is one line.
"""

from collections import Counter
from collections.abc import Container, Iterable

from schemas.contract import PLACE
from scripts.ingest.reports import Report, without_place

Lines = list[dict]
NAMES = {"courses": "course", "reactions": "reaction", "history": "item"}
"""Table -> the column by which its rows are told apart."""


def apart(report: Report, lines: Iterable[dict], column: str, table: str) -> tuple[Lines, frozenset[str]]:
    """The lines with a number of their own in `column`, and the numbers that several were sent with, which tell none of them.

    A number that is blank or taken becomes the next that is free, with a finding.
    """
    distinct = _distinct(lines)
    counts = Counter(line[column] for line in distinct)
    free = (str(number) for number in range(1, 2 * len(distinct) + 1) if str(number) not in counts)
    taken: set[str] = set()
    numbered = []
    for line in distinct:
        sent = line[column]
        number = next(free) if not sent or sent in taken else sent
        taken.add(sent)
        numbered.append(line | {column: number})
    for sent, count in counts.items():
        if count > 1 or not sent:
            what = f"{count} lines share the number {sent}" if sent else f"{count} without a number"
            cure = "Nothing to do; where it matters, look at the lines in the file."
            report.note(
                table,
                NAMES[table],
                sent,
                f"{what}; each is read as one of its own",
                cure,
            )
    return numbered, frozenset(sent for sent, count in counts.items() if count > 1)


def _distinct(lines: Iterable[dict]) -> Lines:
    """The lines without those that say what a line before them says."""
    first: dict[tuple, dict] = {}
    for line in lines:
        first.setdefault(tuple(without_place(line).items()), line)
    return list(first.values())


def pointing(
    report: Report, lines: Iterable[dict], number: str, drugs: Container[str], shared: Container[str], column: str
) -> dict[str, Lines]:
    """Lines of drugs by the number of their drug. One that points at no drug, or at several, is told and belongs to none.

    number  the column with the drug's number; column: the cell of `courses` that the lines are about
    """
    of_drug: dict[str, Lines] = {}
    for line in _distinct(lines):
        if line[number] in drugs and line[number] not in shared:
            of_drug.setdefault(line[number], []).append(line)
            continue
        told = "several drugs" if line[number] in shared else "no drug"
        words = ", ".join(cell for cell_name, cell in line.items() if _tells(cell_name, number) and cell)
        cure = "Nothing to do; where it matters, look at the line in the file."
        report.note(
            "courses",
            column,
            words,
            f"a line with the number {line[number] or '(none)'} points at {told} of this report",
            cure,
        )
    return of_drug


def _tells(cell_name: str, number: str) -> bool:
    return cell_name not in (*PLACE, number, "primaryid", "caseid")
