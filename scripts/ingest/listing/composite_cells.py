"""Cells of the EudraVigilance listing that hold several entries, each a name with particulars in brackets.

    Term (Duration - Outcome - Criterion, Criterion),<BR><BR>Term (its own brackets) (n/a - Unknown - )
    PRODUCT [SUBSTANCE] (S - Indication - Drug withdrawn - [2d - 12mg - Intravenous use - More in ICSR])

An entry is taken apart from its end, because names hold brackets and dashes too; a part may be blank. What cannot be
taken apart is kept whole, an entry as the name and a dosage as its text, with a finding.
"""

import re
from collections.abc import Iterator

from schemas.codes import back
from scripts.e2b.translation import ours
from scripts.ingest.reports import Report

EV = "eudravigilance"
BETWEEN = re.compile(r",?\s*(?:<br\s*/?>\s*|\r?\n)+", re.IGNORECASE)
DASH = re.compile(r"(?:^|(?<=\s))[-–](?=\s|$)")
PARTS = 3
"""Of a reaction, of a dosage, and of a drug before its dosage."""
AFTER_PARTICULARS = re.compile(r"(?<=\))\s*,\s*")
DOSAGE = re.compile(r"\[([^\[\]]*)\][\s,;]*$")
AMOUNT = re.compile(r"(\d+(?:\.\d+)?)\s*([A-Za-z]+)")
MORE = "More in ICSR"
"""Behind the dosage of a drug of which the report has more dosages than the listing."""
NONE = ("", "n/a", "N/A", "Not reported")


def entries(cell: str) -> list[str]:
    """The entries of a cell: in lines of their own, or one after the particulars of the other."""
    parts = [part for line in BETWEEN.split(cell) for part in _one_by_one(line)]
    return [entry for part in parts if (entry := part.strip().rstrip(",")) not in NONE]


def _one_by_one(line: str) -> Iterator[str]:
    """The entries of a line, each of which ends with brackets that hold parts; those of a name hold none."""
    began = 0
    for comma in AFTER_PARTICULARS.finditer(line):
        if len(_parts(particulars(line[began : comma.start()].strip())[1])) >= PARTS:
            yield line[began : comma.start()]
            began = comma.end()
    yield line[began:]


def particulars(entry: str) -> tuple[str, str]:
    """Name and what stands in the brackets that close at the very end, which may hold brackets themselves."""
    depth = 0
    for place in range(len(entry) - 1, -1, -1) if entry.endswith(")") else ():
        depth += (entry[place] == ")") - (entry[place] == "(")
        if depth == 0:
            return entry[:place].strip(), entry[place + 1 : -1].strip()
    return entry, ""


def reaction(report: Report, entry: str, number: str) -> None:
    """Add one reaction; the listing has neither its onset nor its end."""
    term, inside = particulars(entry)
    parts = _parts(inside, PARTS - 1)
    if len(parts) < PARTS:
        _whole(report, "reactions", "term", entry)
        term, parts = entry, ["", "", ""]
    duration, outcome, criteria = parts
    serious = [ours("seriousness", EV, words.strip()) for words in criteria.split(",") if words.strip() not in NONE]
    known = back("seriousness", EV).values()
    report.add(
        "reactions",
        f"reaction {number}",
        reaction=number,
        term=term,
        occurred="yes",
        outcome=ours("outcome", EV, outcome, EV),
        **_duration(report, "reactions", number, duration),
        **{criterion: "yes" for criterion in serious if criterion in known},
    )
    for criterion in serious:
        if criterion not in known:
            report.note("reactions", "other_important", criterion, "not a seriousness criterion", "Check the listing.")


def drug(report: Report, entry: str, number: str) -> None:
    """Add one drug with its dosages: role - indication - action taken - [duration - dose - route]."""
    drug_name, inside = particulars(entry)
    inside, dosages = _dosages(inside)
    parts = _parts(re.sub(r"\s[-–]$", "", inside))
    if len(parts) < PARTS:
        _whole(report, "courses", "drug", entry)
        drug_name, parts = entry, ["", "", ""]
    product, substance = _product(drug_name)
    indication = " - ".join(parts[1:-1])
    report.add(
        "courses",
        f"drug {number}",
        course=number,
        drug=product,
        substance=substance,
        role=ours("drug_role", EV, parts[0]),
        indication="" if indication in NONE else indication,
        action_taken=ours("action_taken", EV, parts[-1], EV),
    )
    for dose, dosage in enumerate(dosages, start=1):
        _dosage(report, number, str(dose), dosage)


def _parts(inside: str, most: int = 0) -> list[str]:
    return [part.strip() for part in DASH.split(inside, maxsplit=most)] if inside else []


def _dosages(inside: str) -> tuple[str, list[str]]:
    """What stands before the dosages, and the words of each that says anything."""
    dosages: list[str] = []
    while match := DOSAGE.search(inside):
        inside, dosages = inside[: match.start()].rstrip(), [match[1].strip(), *dosages]
    return inside, [dosage for dosage in dosages if not all(part in NONE for part in _parts(dosage))]


def _product(drug_name: str) -> tuple[str, str]:
    """Product and substance of `PRODUCT [SUBSTANCE]`; `[SUBSTANCE]` alone stands for both."""
    if not drug_name.endswith("]"):
        return drug_name, ""
    product, _, substance = drug_name[:-1].rpartition("[")
    return product.strip() or substance.strip(), substance.strip()


def _dosage(report: Report, course: str, number: str, words: str) -> None:
    parts = _parts(words)
    if parts[PARTS:] == [MORE]:
        del parts[PARTS:]
        report.sent("doses", f"{course};{number}", "dosage_text", f"drug {course}", words)
    if len(parts) != PARTS:
        _whole(report, "doses", "dosage_text", words)
        parts = ["", words, ""]
    duration, dose, route = ("" if part in NONE else part for part in parts)
    cells = _duration(report, "doses", f"{course};{number}", duration)
    report.add("doses", f"drug {course}", course=course, dose=number, dosage_text=dose, route=route, **cells)


def _duration(report: Report, table: str, key: str, words: str) -> dict[str, str]:
    """Number and scale of `2d` or `3 wk`; other words stand beside the cell."""
    match = AMOUNT.fullmatch(words)
    scale = back("scale", "e2b_r3").get(match[2].lower()) if match else None
    if match and scale:
        return {"duration": match[1], "duration_scale": scale}
    if words not in NONE:
        report.sent(table, key, "duration", "duration", words)
    return {}


def _whole(report: Report, table: str, column: str, entry: str) -> None:
    what = "this entry of the listing could not be taken apart and is kept whole"
    report.note(table, column, entry, what, "Look at the entry in the listing.")
