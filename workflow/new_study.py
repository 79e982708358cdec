"""A new study: config, profile, entry workbook and a page that says what to do next.

python -m workflow.new_study --name my-series --drug "the drug" --event "the event"
"""

import json
from datetime import date
from pathlib import Path

from schemas import profile
from schemas.config import faults_of_name
from schemas.faults import no_such
from scripts.commands.messages import UserError, run, say, shown
from scripts.commands.program import as_typed, command_parser
from scripts.files.atomic import write_text

SERIES = Path(__file__).parents[1] / "config/series"
OPEN_DRUG = "\ndrug: the suspect drug\n"
CONFIG = """# The study {name}. Run it with: `make CONFIG={config}`
series: {name}
profile: profile.yaml

sources:                     # any number; formats: {formats}
  - {{name: entry, format: xlsx, path: entry.xlsx}}
  # - {{name: published, format: table, path: cases.csv}}      # one row per patient; `make map FILE=cases.csv` proposes the map

data_lock: "{today}"      # nothing later is in the series

# policy: {{error: withhold_value, warning: warn}}             # what a finding does: stop, withhold_value, exclude_case, warn
# How the numbers are asked; printed beside every one. Onsets are asked for no day until `onset_days` names some that fit your
# event: study days, or [30 min, 6 h, 14 d]. `clock: last_dose` where the sources count from the last dose.
# analysis: {{onset: first_symptom, clock: first_dose, onset_days: [], resolution_days: [14], level: 0.95}}
"""
PROFILE = """# What the program must know about this drug and this event. Only drug and event are needed; remove the # before
# a fact once you have its source. What cannot be checked without it is listed in the report, under "Not checked".
drug:
  name: {drug}
  # substances: [{drug}, a brand name]     # names that count as the drug
  # first_used: {{date: "2001", source: ...}}           # an exposure before it is impossible
  # class_members: [another drug of the class]          # given after the event: counted apart, never a re-exposure
  # effect: {{at_least: 6, unit: mo, words: ..., source: ...}}         # acts on after the last dose: dechallenge gets a note
  # new_exposure_after: {{every: 1, unit: mo, source: ...}}            # a longer gap makes a line of a message a new exposure
event:
  name: {event}
  # terms: [{event}, another spelling]     # reaction terms that meet the case definition
  # not_this_event: {{a look-alike: why it is another thing}}          # kept out by its name, with the reason
  # sentinel_signs: [the characteristic sign]           # an onset of its own, declared before the data were seen
  # competing:                                          # other causes: looked for, and asked by Naranjo and Murad
  #   a kind of cause: {{conditions: [its names], drugs: [their names], why: ..., source: ...}}
  # certainty: {{confirmed_by: [a test], signs: [a sign], signs_needed: 2, source: ...}}   # confirmed, probable, possible
  # risk_window: {{days: 30, source: ...}}              # how long recurrence must be looked for
  # primary_resolution: radiological_resolution         # or clinical_resolution
  # poolable_origins: [event, diagnosis]                # resolution times of different origins that may be put together
# groups: {{an indication: [its names as reported]}}    # results by indication too
# schedules: {{an indication: {{dose: 10, unit: mg, planned_doses: [3], source: ...}}}}     # doses against the label
# analytes: {{a test: {{upper: 400, unit: ug/L, source: ...}}}}      # results against usual limits and units
# plausible_ages: {{an indication: {{lower: 18, upper: 70, source: ...}}}}
# cautions: [a limit of use that every report prints]
# abbreviations: {{AB: what it stands for}}              # written out in the first sentences, explained in documents
"""
README = """# {name}: {drug} and {event}

1. Type the cases into `entry.xlsx`, or put a table with a row per patient here and name it in `study.yaml` (format `table`):
   `make map FILE={cases}` proposes which column is what.
2. `make validate FILE={entry} PROFILE={profile}` names every fault with its cure.
3. `make CONFIG={config}` makes the report, tables, figures and documents: `results/{name}/report.html` in this folder.
4. What is not checked is listed in the report under "Not checked"; each fact added to `profile.yaml` takes a line away.
"""


def main() -> None:
    parser = command_parser("workflow.new_study", __doc__)
    parser.add_argument("--name", required=True, help="name of the series and of its folder")
    parser.add_argument("--drug", required=True, help="the suspect drug")
    parser.add_argument(
        "--event", default="", help="the event, as the sources call it; left out with --like, or one of its terms"
    )
    parser.add_argument(
        "--like", default="", metavar="NAME", help=f"start from a profile of config/series: {', '.join(starters())}"
    )
    parser.add_argument("--folder", type=Path, metavar="DIR", help="the folder; left out, studies/<name>")
    given = parser.parse_args()
    folder = given.folder or Path("studies") / given.name
    write(folder, given.name, given.drug, given.event, date.today(), given.like)
    say(f"new study: {shown(folder)}: study.yaml, profile.yaml, entry.xlsx, README.md; what to do next is in README.md")


def starters() -> list[str]:
    """Profiles that name no drug: what is known of an event, whichever drug is suspected."""
    return sorted(file.stem for file in SERIES.glob("*.yaml") if OPEN_DRUG in file.read_text(encoding="utf-8"))


def write(folder: Path, series: str, drug: str, event: str, today: date, like: str = "") -> None:
    """Write the four files; UserError for an unusable name, a blank drug or event, or a folder that is not empty.

    like: a starter whose profile is taken, with the drug put in; the event is then the starter's.
    """
    if like and like not in starters():
        raise UserError(f"like: {no_such('starter', like, starters())}")
    started = (SERIES / f"{like}.yaml").read_text(encoding="utf-8") if like else ""
    faults, event = _event_of(like, event) if like else ([], event)
    if faults := [*faults, *_faults(series, drug, event)]:
        raise UserError("\n".join(faults))
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UserError(f"{shown(folder)}: this folder is not empty. Give another name, or another folder.")
    from scripts.commands.reading import formats  # these load pandas
    from scripts.ingest.workbook.template import write_template

    words = {"name": series, "drug": _quoted(drug), "event": _quoted(event), "today": today.isoformat()}
    files = {"config": "study.yaml", "cases": "cases.csv", "entry": "entry.xlsx", "profile": "profile.yaml"}
    paths = {what: _in_a_command(folder / file) for what, file in files.items()}
    config = CONFIG.format(**words, config=paths["config"], formats=", ".join(formats()))
    write_text(as_typed(config), folder / "study.yaml")
    profile_text = started.replace(OPEN_DRUG, f"\ndrug: {words['drug']}\n") if started else PROFILE.format(**words)
    write_text(profile_text, folder / "profile.yaml")
    plain = {"name": series, "drug": " ".join(drug.split()), "event": " ".join(event.split())}
    write_text(as_typed(README.format(**plain, **paths)), folder / "README.md")
    write_template(folder / "entry.xlsx", series)


def _event_of(like: str, event: str) -> tuple[list[str], str]:
    """The starter's event; a fault where another is given that is none of its terms."""
    known = profile.load(SERIES / f"{like}.yaml").event
    if not event.strip() or event.casefold() in {word.casefold() for word in (known.name, *known.terms)}:
        return [], known.name
    cure = f"Leave the event out; afterwards add its name to `terms` in profile.yaml if it is {known.name}."
    return [f"event: '{event}' is none of the terms of the starter {like}. {cure}"], known.name


def _faults(series: str, drug: str, event: str) -> list[str]:
    faults = [f"{key}: a name is needed." for key, text in (("drug", drug), ("event", event)) if not text.strip()]
    faults += [line.replace("series", "name", 1) for line in faults_of_name(series)]
    return faults


def _in_a_command(path: Path) -> str:
    """A path as every shell takes it."""
    return f'"{shown(path)}"' if " " in shown(path) else shown(path)


def _quoted(text: str) -> str:
    return json.dumps(" ".join(text.split()), ensure_ascii=False)


if __name__ == "__main__":
    run(main)
