"""Check reported tables: contracts, keys, clinical rules, records that look alike. Nothing is repaired.

    python -m scripts.validate data/raw/my-series          check a folder or workbook before any run
    python -m scripts.validate reported/a reported/b --out findings.csv --profile p.yaml --policy '{...}'

Exit codes: 0 nothing stops a run, 2 the input cannot be read, 3 findings stop a run. With --out the code is 0, the
findings stand in FILE and the pairs in candidate_pairs.csv beside it: `assemble` stops the run.
"""

import argparse
import gc
import json
from pathlib import Path

import pandas as pd

from schemas.config import Policy
from schemas.findings import findings
from schemas.profile import Profile, load
from schemas.reported import TABLES
from scripts.findings_text import text
from scripts.messages import STOPPED_BY_FINDINGS, UserError, run, say, shown
from scripts.reading import Reading, read
from scripts.tablefiles import read_numbers, read_reported, write
from scripts.validate import contracts, decide, examine
from scripts.validate.flags import together


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m scripts.validate",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("paths", type=Path, nargs="+", metavar="PATH", help="raw source, or folders written by ingest")
    parser.add_argument("--out", type=Path, metavar="FILE", help="write all findings here and exit with 0")
    parser.add_argument("--profile", type=Path, metavar="FILE", help="series profile; without it, fewer clinical rules")
    parser.add_argument("--policy", default="{}", metavar="JSON", help="what a finding of each severity does")
    return parser.parse_args()


def main() -> None:
    # A million rows are tens of millions of cells, and none of them makes a cycle that a collector would have to find.
    gc.set_threshold(200_000, 50, 50)
    given = arguments()
    readings = [_reading(path) for path in given.paths]
    columns = [contracts.columns(reading.tables) for reading in readings]
    unread = together([reading.findings for reading in readings])
    in_part = set(unread.loc[unread["severity"] == "contract", "table"])
    checked, pairs = examine(merged([reading.tables for reading in readings]), _profile(given.profile), in_part)
    found = together([unread, *columns, checked])
    decided = decide(found, _policy(given.policy))
    if given.out:
        write(decided, given.out)
        write(pairs, given.out.with_name("candidate_pairs.csv"))
        say(f"validate: {len(decided)} findings in {shown(given.out)}, {len(pairs)} pairs that look alike beside it")
        return
    say(text(decided, "give --out FILE") or "No findings.")
    if not given.profile:
        say("Without --profile nothing is compared with the drug, the event, its analytes and schedules of the series.")
    if (decided["action"] == "stop").any():
        raise SystemExit(STOPPED_BY_FINDINGS)


def merged(parts: list[dict[str, pd.DataFrame]]) -> dict[str, pd.DataFrame]:
    """The tables of all sources, one below the other; columns that a source left out are blank."""
    return {name: _below([part[name] for part in parts if len(part.get(name, ()))]) for name in TABLES
            if any(len(part.get(name, ())) for part in parts)}  # fmt: skip


def _below(parts: list[pd.DataFrame]) -> pd.DataFrame:
    if len(parts) == 1:
        return parts[0]
    once = [part.loc[:, ~part.columns.duplicated()] for part in parts]
    return pd.concat(once, ignore_index=True).fillna("").astype({"at_row": int})


def _reading(path: Path) -> Reading:
    """A folder written by `ingest`, or else a raw source in the native format."""
    if (path / "ledger.csv").exists():
        texts = tuple(name for name in findings([]).columns if name != "row")
        return Reading(read_reported(path), read_numbers(path / "findings.csv", texts).astype({"row": int}))
    if not path.exists():
        raise UserError(f"{path}: no such file or folder. Check the path.")
    return read("xlsx" if path.suffix.lower() == ".xlsx" else "csv", path)


def _policy(text: str) -> dict[str, str]:
    try:
        return Policy(**json.loads(text)).model_dump()
    except (ValueError, TypeError) as fault:
        raise UserError(f"--policy {text}: {' '.join(str(fault).split())}") from None


def _profile(path: Path | None) -> Profile | None:
    try:
        return load(path) if path else None
    except ValueError as fault:
        raise UserError(str(fault)) from None


if __name__ == "__main__":
    run(main)
