"""Build the series from the reported tables of all sources: latest versions, links, case definition, ledger."""

import argparse
from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from schemas.codes import rows
from schemas.findings import FINDINGS
from schemas.reported import TABLES
from scripts.assemble import other_sources, selection, series
from scripts.commands import room_arguments
from scripts.commands.messages import StopError, UserError, run, say, shown
from scripts.commands.progress import counted
from scripts.files.tablefiles import empty, read_book, read_contract, read_reported, write_book, write_reported
from scripts.records import versions
from scripts.records.plain_rows import plain_rows

OTHER_REASONS = {
    "case_definition": "the event has another term than those of the profile",
    "same": "one patient with another record",
    "member_of": "counted inside a group",
}


def arguments() -> argparse.Namespace:
    parser = room_arguments.parser("assemble", __doc__, "findings", "profile", "settings", "out")
    parser.add_argument("reported", type=Path, nargs="+", metavar="DIR", help="folders written by ingest")
    return parser.parse_args()


def main() -> None:
    given = arguments()
    found = read_contract(given.findings, FINDINGS)
    stop_at(found, given.findings)
    profile = given.profile
    entered = [read_book("ledger", folder) for folder in given.reported]
    parts = [
        versions.Part(folder.stem, read_reported(folder), book)
        for folder, book in zip(given.reported, entered, strict=True)
    ]
    stay, left, older = versions.latest(parts)
    tables = _all(stay)
    built = series.build(
        tables,
        found,
        substances=profile.drug.substances,
        terms=profile.event.terms,
        not_this=profile.event.not_this_event,
        data_lock=room_arguments.data_lock(given.settings),
        use_assumed=given.settings.use_assumed,
    )
    built = other_sources.told(built, tables, _all(left), older, [profile.drug.substances, profile.event.terms])
    refuse_empty(built.ledger)
    write_reported(built.tables, given.out, counted(TABLES, "assemble: tables written"))
    books = {
        "membership": built.membership,
        "withheld": built.withheld,
        "stages": built.stages,
        "conflicts": built.conflicts,
        "corrections_applied": built.corrections,
        "ledger": pd.concat([*(_of_records(book) for book in entered if len(book)), built.ledger]),
    }
    for name, book in books.items():
        write_book(book, name, given.out)
    counts = built.ledger["decision"].value_counts()
    say("assemble: " + ", ".join(f"{number} {decision.replace('_', ' ')}" for decision, number in counts.items()))


def stop_at(findings: pd.DataFrame, path: Path) -> None:
    """Refuse to go on while a finding's action is `stop`."""
    stopping = findings[findings["action"] == "stop"]
    if len(stopping):
        from scripts.words.findings_text import for_log, text

        stop = "The run stops here."
        raise StopError(f"{stop}\n{text(stopping, shown(path))}", log=f"{stop}\n{for_log(stopping, shown(path))}")


def _of_records(book: pd.DataFrame) -> pd.DataFrame:
    """A source's ledger without the cases of its publisher's delete list that it does not hold."""
    return book[(book["records"] > 0) | (book["decision"] != "out")]


def refuse_empty(book: pd.DataFrame) -> None:
    """A series needs a case; say why every record left, in our words: a reason may quote a cell."""
    if (book["decision"] == "in").any():
        return
    reasons = pd.Series([_in_our_words(row) for row in plain_rows(book)]).value_counts(sort=False)
    lines = [f"  {number} x {reason}" for reason, number in reasons.items()]
    cure = (
        "Check the substances and event terms of the profile against the words of the data: `drug` and `substance` of "
        "`courses`, `term` of `reactions`."
    )
    raise UserError("\n".join([f"no case meets the case definition; {len(book)} records left:", *lines, cure]))


def _in_our_words(line: dict) -> str:
    """Why a record left, without the words of its cells."""
    if line["reason"] in selection.OWN_REASONS or line["rule"] in ("data_lock", "version"):
        return line["reason"]
    label = next((one["label"] for one in rows("rules") if one["code"] == line["rule"]), "")
    return OTHER_REASONS.get(line["rule"]) or f"excluded by the rule {line['rule']}: {label}"


def _all(parts: Sequence[versions.Tables]) -> dict[str, pd.DataFrame]:
    """The tables of all sources, one below the other."""
    filled = {name: [part[name] for part in parts if name in part and len(part[name])] for name in TABLES}
    return {name: pd.concat([empty(name), *tables], ignore_index=True).fillna("") for name, tables in filled.items()}


if __name__ == "__main__":
    run(main)
