"""Check reported tables: contracts, keys, clinical rules, records that look alike. Nothing is repaired.

    python -m scripts.validate data/raw/my-series          check a folder or workbook before any run
    python -m scripts.validate reported/a reported/b --out findings.csv --profile p.yaml --settings study.yaml

Exit codes: 0 nothing stops a run, 2 the input cannot be read, 3 findings stop a run. With --out the code is 0, the
findings stand in FILE and the pairs in candidate_pairs.csv beside it: `assemble` stops the run.
"""

import argparse
import gc
from pathlib import Path

from schemas.findings import FINDINGS
from scripts.commands import room_arguments
from scripts.commands.messages import STOPPED_BY_FINDINGS, run, say, shown
from scripts.files.tablefiles import write, write_book
from scripts.records.versions import elsewhere, of_cases
from scripts.validate import decide, examine
from scripts.validate.contracts import several_sources, table_contracts
from scripts.validate.flags import together
from scripts.validate.readings import reading
from scripts.words.findings_text import for_log, text

ALL = "give --out FILE"


def arguments() -> argparse.Namespace:
    parser = room_arguments.parser("validate", __doc__, "profile", "settings", optional=("profile",))
    parser.add_argument("--out", type=Path, metavar="FILE", help="write all findings here and exit with 0")
    parser.add_argument("paths", type=Path, nargs="+", metavar="PATH", help="raw source, or folders written by ingest")
    return parser.parse_args()


def main() -> None:
    # A million rows are tens of millions of cells, and none of them makes a cycle that a collector would have to find.
    gc.set_threshold(200_000, 50, 50)
    given = arguments()
    readings = [reading(path) for path in given.paths]
    parts = [
        of_cases.Part(path.stem, source_reading.tables, source_reading.ledger)
        for path, source_reading in zip(given.paths, readings, strict=True)
    ]
    asked = given.settings
    stay, _, older = of_cases.latest(parts, asked.data_lock)
    columns = [table_contracts.columns(each.tables) for each in readings]
    unread = together([each.findings for each in readings])
    in_part = set(unread.loc[unread["severity"] == "contract", "table"])
    whole = of_cases.together(stay)
    checked, pairs = examine(whole, given.profile, in_part, asked.data_lock, asked.analysis.clock)
    books = {path.stem: each.not_selected for path, each in zip(given.paths, readings, strict=True)}
    outdated = elsewhere.find(parts, stay, books, asked.data_lock)
    late = elsewhere.of_after_lock(parts, stay, asked.data_lock)
    twice = several_sources.examine(whole.get("cases"), older, outdated, late)
    findings = together([unread, *columns, checked, twice])
    received = of_cases.only_received(parts)
    decided = several_sources.with_cures(decide(findings, asked.policy.model_dump(), received), whole, received)
    aside = decided.loc[decided["action"] == "exclude_record", "case_id"].nunique()
    if given.out:
        write(FINDINGS.validate(decided), given.out)
        write_book(pairs, "candidate_pairs", given.out.parent)
        say(
            f"validate: {len(decided)} findings in {shown(given.out)}, {len(pairs)} pairs that look alike beside it{_aside(aside)}"
        )
        return
    say(text(decided, ALL) or "No findings.", for_log(decided, ALL) or "No findings.")
    if not given.profile:
        say("Without --profile nothing is compared with the drug, the event, its analytes and schedules of the series.")
    if (decided["action"] == "stop").any():
        raise SystemExit(STOPPED_BY_FINDINGS)


def _aside(records: int) -> str:
    noun = "record" if records == 1 else "records"
    return f"; {records} {noun} of messages or extracts set aside" if records else ""


if __name__ == "__main__":
    run(main)
