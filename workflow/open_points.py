"""What of a run needs a person: said on the terminal before anything else, from the books under results/.

Three kinds, beside the findings: cases left out because they are later than the data lock point, records that may be one
patient, columns of a table that nothing reads. A case is named where its id is one; no cell of a patient is shown.
"""

from collections.abc import Iterator
from pathlib import Path

from schemas.fields import is_id
from workflow.books import rows

NAMED = 5
"""Ids that are named; the others are in the book."""
OPEN = ("", "suspected")
"""Verdicts of a pair that nobody has settled."""


def lines(results: Path, findings: list[dict[str, str]]) -> list[str]:
    """One line for each kind that there is."""
    return [*_late(results), *_pairs(results), *_unread(findings)]


def _late(results: Path) -> Iterator[str]:
    late = [
        row["record"] for row in rows(results / "ledger.csv") if row["rule"] == "data_lock" and row["decision"] == "out"
    ]
    if late:
        what = _many(
            len(late),
            "case is later than the data lock point and left out",
            "cases are later than the data lock point and left out",
        )
        yield f"{what}: {_named(late)}. Move `data_lock` in the config to include {'it' if len(late) == 1 else 'them'}."


def _pairs(results: Path) -> Iterator[str]:
    pairs = [row for row in rows(results / "candidate_pairs.csv") if row["verdict"] in OPEN]
    if pairs:
        named = [f"{row['a']} and {row['b']}" for row in pairs if is_id(row["a"]) and is_id(row["b"])]
        what = _many(len(pairs), "pair of records may be one patient", "pairs of records may be one patient")
        more = f": {'; '.join(named[:NAMED])}{' ...' if len(pairs) > len(named[:NAMED]) else ''}" if named else ""
        yield f"{what}{more}. Compare them in candidate_pairs.csv and record the verdict in `links`."


def _unread(findings: list[dict[str, str]]) -> Iterator[str]:
    for row in findings:
        if row["rule"] == "unplaced":
            yield f"{Path(row['file']).name}: {row['what'].removesuffix('.')}."


def _many(number: int, singular: str, many: str) -> str:
    return f"{number} {singular if number == 1 else many}"


def _named(ids: list[str]) -> str:
    """The first ids; others are told by their number."""
    told = [each for each in ids[:NAMED] if is_id(each)]
    rest = len(ids) - len(told)
    return ", ".join([*told, f"{rest} {'more' if told else 'whose ids are more than one word'}"] if rest else told)
