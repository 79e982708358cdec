"""The whole line in one process, from reported tables to what documents are made from: for small and mutated series."""

import json
from dataclasses import replace
from pathlib import Path

import pandas as pd

from schemas.config import Analysis, Documents, Settings
from schemas.contract import PLACE
from schemas.endpoints import MAIN_SET
from schemas.findings import findings
from schemas.profile import Profile, load
from schemas.reported import TABLES
from scripts.analyse import run_all
from scripts.analyse.results import rows
from scripts.assemble import series
from scripts.derive.derived import derive
from scripts.documents.case_file import CaseFile
from scripts.documents.dossier import Dossier, case_files, dossier
from scripts.files import bundle
from scripts.files.tablefiles import write, write_book, write_reported
from scripts.ingest.native import from_csv
from scripts.validate import check, decide
from scripts.validate.contracts import table_contracts

REPOSITORY = Path(__file__).resolve().parents[2]
PROFILE = REPOSITORY / "config/series/alemtuzumab-dah.yaml"
RAW = REPOSITORY / "data/raw/alemtuzumab-dah"
LOCK = "2025-12-31"
SETTINGS = Settings(analysis=Analysis(onset_days=[2, 4]), data_lock=LOCK)
POLICY = {"contract": "stop", "error": "withhold_value", "warning": "warn", "information": "warn"}
SENDER = {"identifier": "SENDERID", "receiver": "RECEIVERID", "organisation": "INVENTED", "country": "GB",
          "kind": "company", "documents_available": False, "expedited": False}  # fmt: skip

Tables = dict[str, pd.DataFrame]


def default_tables() -> Tables:
    """The default series as typed, with every column of the contracts."""
    typed = from_csv.read(RAW).tables
    return table_contracts.complete({table: typed.get(table, empty(table)) for table in TABLES})


def empty(table: str) -> pd.DataFrame:
    return pd.DataFrame(columns=[*TABLES[table].columns, *PLACE], dtype=object)


def written(tables: Tables, home: Path) -> dict[str, Path]:
    """Run validate, assemble, derive and analyse; the folders and files they would write."""
    profile = load(PROFILE)
    all_findings = decide(check(tables, profile), POLICY)
    built = series.build(
        tables,
        all_findings,
        substances=profile.drug.substances,
        terms=profile.event.terms,
        not_this=profile.event.not_this_event,
        data_lock=LOCK,
        use_assumed=True,
    )
    derived = derive(built.tables, built.membership, all_findings, profile)
    write_reported(built.tables, home / "series")
    write_book(built.membership, "membership", home / "series")
    write_book(built.ledger, "ledger", home / "series")
    write_book(all_findings, "findings", home)
    for table_name, table in derived.items():
        write(table, home / f"derived/{table_name}.csv")
    _analysed(home)
    return {"series": home / "series", "derived": home / "derived", "results": home / "results",
            "findings": home / "findings.csv", "profile": PROFILE}  # fmt: skip


def _analysed(home: Path) -> None:
    """Results of what lies in the folders of `home`, as the room reads it."""
    data = bundle.read(
        load(PROFILE),
        SETTINGS,
        derived=home / "derived",
        findings=home / "findings.csv",
        ledger=home / "series/ledger.csv",
    )
    results, steps = run_all(data, data.conventions)
    table, populations = rows.table(results)
    for book_name, book in {"results": table, "populations": populations, "curves": rows.curves(steps)}.items():
        write_book(book, book_name, home / "results")


def dossier_of(tables: Tables, home: Path, options: dict | None = None) -> Dossier:
    """What the documents of a series are made from."""
    return read(written(tables, home), Documents.model_validate(options or {}))


def read(paths: dict[str, Path], options: Documents) -> Dossier:
    """What the documents are made from, out of the folders and files of a line."""
    folders = {place_name: path for place_name, path in paths.items() if place_name != "profile"}
    return dossier(bundle.read(load(paths["profile"]), SETTINGS, **folders), options)


def with_options(data: Dossier, **options: object) -> Dossier:
    """The same dossier under other options, with its own books."""
    chosen = Documents.model_validate(data.options.model_dump() | options)
    return replace(data, options=chosen, books=type(data.books)())


def arguments(paths: dict[str, Path], out: Path, options: dict | None = None) -> list[str]:
    """The command line of the room; its settings lie beside `out`."""
    settings = out.with_name(f"{out.name}.settings.yaml")
    settings.write_text(json.dumps({"data_lock": LOCK, "documents": options or {}}), encoding="utf-8")
    return [str(paths["series"]), str(paths["derived"]), "--results", str(paths["results"]), "--findings",
            str(paths["findings"]), "--profile", str(paths["profile"]), "--settings", str(settings),
            "--out", str(out)]  # fmt: skip


def derived_cases(tables: Tables) -> dict[str, CaseFile]:
    """Case files of a series without findings whose drug and event are what the rows say."""
    suspect = tables["courses"][tables["courses"]["role"] == "suspect"]
    events = tables["reactions"][tables["reactions"]["role"] == "event"]
    drug = {"name": "the drug", "substances": list({*suspect["substance"], *suspect["drug"]} - {""}) or ["none"]}
    event = {"name": "the event", "terms": list(dict.fromkeys(events["term"])) or ["none"]}
    profile = Profile.model_validate({"title": "as reported", "drug": drug, "event": event})
    counted = tables["cases"][["case_id"]].assign(set=MAIN_SET, replaces="", inside="")
    return case_files(tables, derive(tables, counted, findings([]).astype({"row": int}), profile))
