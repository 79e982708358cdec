"""A copy of a finished study that may be shared: `make share KIND=pseudonymous`, or KIND=public.

Report, figures, tables and the dataset are made anew from derived tables under pseudonyms, so that no product of the copy has
seen a name, a date, a place or the words of a source. The key stays under data/processed/<series>/share/. The public
copy holds counts of patients by group and nothing of one patient. With `share` in the config every run makes the copy.
"""

import argparse
import os
import shutil
import subprocess
import sys
from pathlib import Path

from schemas.config import Config
from scripts.commands.messages import UserError, run, shown
from scripts.commands.program import command_parser
from scripts.files.atomic import write_text
from scripts.share.counts import RULE
from workflow import copies
from workflow.figure import arguments_of, finished
from workflow.study import REPOSITORY, Place, folder
from workflow.study_checks import checked

KINDS = ("pseudonymous", "public")
FIGURES = ("swimmer", "onset", "resolution", "rechallenge_flow")
TABLES = ("patients", "characteristics", "times")
PSEUDONYMOUS = """A pseudonymous copy of a case series. Draft for qualified review.

Patients have pseudonyms that reveal neither name nor order. Ages are bands of ten years, countries are regions; times are days relative
to a dose or an event of the patient. Left out: dates, places, sources, every word of a report, findings, and whatever the
profile of the series does not name. `masked` stands where something is known and not shared.
Few patients with a rare event may still be recognised by somebody who knows them: share this only with people who
are bound to confidentiality, and publish none of it as it stands.
"""

PUBLIC = f"""Counts of patients of a case series by group. Draft for qualified review.

{RULE}
A reported case series has no denominator of exposed patients: no count is an incidence or a risk. What is known but not
shared is counted under one level.
"""
ABOUT = {"pseudonymous": PSEUDONYMOUS, "public": PUBLIC}


def arguments() -> argparse.Namespace:
    parser = command_parser("workflow.share", __doc__)
    parser.add_argument("--config", type=Path, default=REPOSITORY / "config/config.yaml", metavar="FILE")
    parser.add_argument("--kind", required=True, help=f"one of: {', '.join(KINDS)}")
    return parser.parse_args()


def main() -> None:
    given = arguments()
    if given.kind not in KINDS:
        raise UserError(f"KIND: '{given.kind}' is not a kind of copy. Give one of: {', '.join(KINDS)}.")
    study = checked(given.config)
    place = Place(folder(given.config), study.series)
    make(given.kind, study, place, given.config, finished(study, place))


def make(kind: str, study: Config, place: Place, config: Path, now: str) -> None:
    """Make a copy and say where it is; `now`: the stamp of the run. SystemExit with the code of a room that fails."""
    work, out = place.processed / "share", place.results / copies.SHARED / kind
    for old in (work, out):
        shutil.rmtree(old, ignore_errors=True)
    for command in commands(kind, arguments_of(study, place, config), work, out):
        done = subprocess.run(
            [sys.executable, "-m", *map(str, command)], env=os.environ | {"PYTHONPATH": str(REPOSITORY)}, check=False
        )
        if done.returncode:
            shutil.rmtree(out, ignore_errors=True)
            sys.exit(done.returncode)
    write_text(ABOUT[kind], out / "README.txt")
    copies.sign(out, kind, now)
    print(f"To share: {shown(out)}. The key to the pseudonyms stays here: {shown(work / 'key.csv')}.")


def commands(kind: str, inputs: list[Path | str], work: Path, out: Path) -> list[list[Path | str]]:
    """The rooms in their order, each with its arguments; `inputs`: those of a product of the study itself."""
    profile_and_settings = inputs[inputs.index("--profile") :]
    around: list[Path | str] = ["--findings", work / "findings.csv", *profile_and_settings]
    product: list[Path | str] = [work / "derived", "--results", work / "build", "--series", work / "series", *around]
    ledger: list[Path | str] = ["--ledger", work / "series/ledger.csv"]
    first: list[list[Path | str]] = [
        ["scripts.share", *inputs, "--key", work / "key.csv", "--out", work],
        ["scripts.analyse", "series", work / "derived", *ledger, *around, "--out", work / "build"],
    ]
    if kind == "public":
        return [*first, ["scripts.share", *product, "--counts", "--out", out]]
    return [
        *first,
        ["scripts.tables", *product, "--only", *TABLES, "--out", out / "tables"],
        ["scripts.figures", *product, "--only", *FIGURES, "--processes", "2", "--out", out / "figures"],
        [
            "scripts.report",
            *product,
            "--tables",
            out / "tables",
            "--figures",
            out / "figures",
            "--shared",
            "--out",
            out,
        ],
    ]


if __name__ == "__main__":
    run(main)
