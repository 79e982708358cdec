"""Pages of openFDA and typed tables through ingest, validate and assemble, for tests."""

import csv
import json
from dataclasses import dataclass
from pathlib import Path

from tests.room import called

PROFILE = """title: Examplumab and blue rash
drug: {name: examplumab, substances: [EXAMPLUMAB]}
event: {name: blue rash, terms: [blue rash]}
groups: {itch: [itch]}
"""
DRUG = {"medicinalproduct": "EXAMPLUMAB", "drugcharacterization": "1", "drugstartdate": "20240101"}


def report(number, version="1", **more):
    """An openFDA report; `outcome`, `term`, `start` and `role` (of the drug) and `latest` are given, or left as they are."""
    reaction = {"reactionmeddrapt": more.get("term", "Blue rash"), "reactionoutcome": more.get("outcome", "1")}
    serious = {"seriousnessdeath": more["death"]} if "death" in more else {}
    drug = DRUG | {"drugstartdate": more.get("start", "20240101"), "drugcharacterization": more.get("role", "1")}
    return serious | {
        "safetyreportid": number,
        "safetyreportversion": version,
        "receivedate": more.get("received", ""),
        "receiptdate": more.get("latest", "20240201"),
        "patient": {"reaction": [reaction], "drug": [drug]},
    }


@dataclass(frozen=True)
class Line:
    """Exit code of `assemble`, its ledger, the findings, all that was printed, and where the series lies."""

    code: int
    ledger: list[dict]
    found: list[dict]
    printed: str
    series: Path

    def decided(self, cases="0123456789"):
        """Record -> decision and reason of the cases whose number begins so, the lines of ingest aside."""
        ledger_rows = [row for row in self.ledger if row["stage"] != "ingest" and row["record"][0] in cases]
        return {row["record"]: (row["decision"], row["reason"]) for row in ledger_rows}


def line(tmp_path, policy="{}", typed=None, also=(), **sources):
    """Ingest every source, validate, assemble. also: names of sources that were ingested before."""
    (tmp_path / "profile.yaml").write_text(PROFILE, encoding="utf-8")
    (tmp_path / "options.yaml").write_text("{drugs: [examplumab], terms: [blue rash]}", encoding="utf-8")
    settings = tmp_path / "settings.yaml"
    settings.write_text(f"policy: {policy}\ndata_lock: '2025-12-31'\n", encoding="utf-8")
    printed, folders = "", [tmp_path / "reported" / source_name for source_name in also]
    for key, reports in sources.items():
        page = tmp_path / key / "page.json"
        page.parent.mkdir()
        page.write_text(json.dumps({"results": reports}), encoding="utf-8")
        folders.append(tmp_path / "reported" / key)
        printed += called(
            "ingest", "openfda", page, "--options", tmp_path / "options.yaml", "--out", folders[-1]
        ).stdout
    if typed:
        raw = tmp_path / "typed"
        raw.mkdir()
        for key, text in typed.items():
            (raw / f"{key}.csv").write_text(text, encoding="utf-8")
        folders.append(tmp_path / "reported" / "typed")
        printed += called("ingest", "csv", raw, "--out", folders[-1]).stderr
    given = ("--profile", tmp_path / "profile.yaml", "--settings", settings)
    out, findings_file = tmp_path / "series", tmp_path / "findings.csv"
    printed += called("validate", *folders, *given, "--out", findings_file).stderr
    ended = called("assemble", *folders, *given, "--findings", findings_file, "--out", out)
    printed += ended.stdout + ended.stderr
    ledger = rows(out / "ledger.csv") if ended.returncode == 0 else []
    return Line(ended.returncode, ledger, rows(findings_file), printed, out)


def rows(file):
    with file.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


ASIDE = "set aside: a cell or key of the record is not what its column holds"
