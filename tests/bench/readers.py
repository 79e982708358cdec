"""How fast the readers are beside the barest thing that touches the same bytes.

python -m tests.bench.readers            all formats
python -m tests.bench.readers 20000      with a smaller FAERS quarter
"""

import re
import sys
import tempfile
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import median
from time import perf_counter, process_time

import duckdb
import pandas as pd
from lxml import etree

from scripts.ingest import Reading
from scripts.ingest.e2b import from_e2b_r2, from_e2b_r3
from scripts.ingest.faers import from_faers_ascii
from scripts.validate import examine
from scripts.validate.contracts import table_contracts
from scripts.validate.flags import together
from tests.bench.faers_quarter import generate
from tests.bench.goals import MOST_MEMORY, goal
from tests.bench.own_process import used
from tests.ingest import write_r2, write_r3
from tests.ingest.five_cases import CASES, one_dosage_per_drug

COPIES = 400
PAIR = {"drugs": ["Dahliumab"], "terms": ["Invented bleeding"]}
WORD = re.compile(r"\bdahliumab\b", re.IGNORECASE)
READ = "read_csv('{0}', delim='$', header=true, quote='', escape='', all_varchar=true)"
JOIN = """select {columns} from {DEMO} d join {DRUG} x using (primaryid) join {REAC} r using (primaryid)
    left join {THER} t on t.primaryid = x.primaryid and t.dsg_drug_seq = x.drug_seq
    left join {OUTC} o on o.primaryid = d.primaryid
    left join {INDI} i on i.primaryid = x.primaryid and i.indi_drug_seq = x.drug_seq
    where lower(x.prod_ai) = 'dahliumab' and lower(r.pt) = 'invented bleeding'"""


def run(reports: int = 400_000, repeats: int = 5) -> None:
    """Print the ratios, on the clock and, in brackets, of processor time."""
    with tempfile.TemporaryDirectory() as folder:
        _messages(Path(folder), repeats)
        _faers(Path(folder) / "faers", reports, repeats)


@dataclass(frozen=True)
class Took:
    """Seconds on the clock and of the processor, medians over the runs."""

    wall: float
    processor: float


def race(repeats: int, **works: Callable[[], object]) -> dict[str, Took]:
    """What each takes; they take turns, so that a busy machine is busy for all. The first round only warms up."""
    rounds = [{label: _clocked(work) for label, work in works.items()} for _ in range(repeats + 1)][1:]
    return {label: Took(*(median(turn[label][clock] for turn in rounds) for clock in (0, 1))) for label in works}


def _clocked(work: Callable[[], object]) -> tuple[float, float]:
    wall, processor = perf_counter(), process_time()
    work()
    return perf_counter() - wall, process_time() - processor


def say(what: str, took: Took, against: Took | None = None, goal: str = "") -> None:
    ratio = ""
    if against:
        ratio = f"  ratio {took.wall / against.wall:5.2f} ({took.processor / against.processor:5.2f})  goal {goal}"
    print(f"{what:62s}{took.wall:7.2f} s ({took.processor:5.2f}){ratio}", flush=True)


def _messages(folder: Path, repeats: int) -> None:
    r3_text = "".join(map(write_r3.message, CASES))
    two = write_r2.xml(write_r2.trees(one_dosage_per_drug())).decode()
    two = two.partition('<ichicsr lang="en">')[2].removesuffix("</ichicsr>")
    for form, reader, text, tag in (
        ("e2b_r3", from_e2b_r3, r3_text, "{urn:hl7-org:v3}PORR_IN049016UV"),
        ("e2b_r2", from_e2b_r2, two, "safetyreport"),
    ):
        file = folder / f"{form}.xml"
        wrap = write_r3.batch("@").decode() if form == "e2b_r3" else "<ichicsr>@</ichicsr>"
        copies = "".join(text.replace("-INVENTED-", f"-{number}-") for number in range(COPIES))
        file.write_text(wrap.replace("@", copies), encoding="utf-8")
        took = race(
            repeats,
            bare=partial(_bare, file),
            by_tag=partial(_bare, file, tag),
            every=partial(reader.read, file),
            chosen=partial(reader.read, file, drugs=["neverdahl"]),
        )
        say(f"{form}: bare iterparse over {len(CASES) * COPIES} reports, every element", took["bare"])
        say(f"{form}: bare iterparse, one event per report", took["by_tag"])
        say(f"{form}: reader that keeps every report", took["every"], took["bare"], "at most 5")
        say(f"{form}: reader that selects", took["chosen"], took["bare"], "at most 5")
        say(f"{form}: the same, against one event per report", took["chosen"], took["by_tag"], "")
        for how, kept in (("every", "keeps every report"), ("chosen", "selects")):
            ratio = took[how].processor / took["bare"].processor
            goal(f"{form}: a reader that {kept} over a bare iterparse of every element", ratio, 5)


def _bare(file: Path, tag: str | None = None) -> None:
    for _, element in etree.iterparse(str(file), tag=tag):
        element.clear()


def _faers(folder: Path, reports: int, repeats: int) -> None:
    print(f"faers: a quarter of {reports} reports", flush=True)
    packed = generate(folder, reports)
    sources = {file.name[:4]: READ.format(file) for file in (folder / "ascii").glob("*.txt")}
    few = JOIN.format(columns="d.primaryid, x.drugname, r.pt, t.start_dt, o.outc_cod, i.indi_pt", **sources)
    every = JOIN.format(columns="*", **sources)
    took = race(
        repeats,
        unpack=lambda: _unpack(packed, folder / "again"),
        few=lambda: duckdb.sql(few).fetchall(),
        every=lambda: duckdb.sql(every).fetchall(),
        ours=lambda: _validated(from_faers_ascii.read(packed, **PAIR)),
        pandas=lambda: _pandas(packed),
    )
    ours = took["ours"]
    say("faers: unpacking alone", took["unpack"])
    say("faers: bare DuckDB scan and join, one column per table", took["few"])
    say("faers: bare DuckDB scan and join, all columns", took["every"])
    say("faers: zip to validated series, against the scan of few columns", ours, took["few"], "within 3")
    say("faers: zip to validated series, against the scan of all columns", ours, took["every"], "within 3")
    say("faers: the same selection in pandas, every column, from the zip", took["pandas"], ours, "at least 5")
    goal(f"FAERS quarter of {reports} reports: memory of a process that only reads", _peak(packed), MOST_MEMORY, "MB")
    goal("FAERS zip to validated series over a DuckDB scan of few columns", ours.processor / took["few"].processor, 3)
    goal("FAERS zip to validated series over the same in pandas, on the clock", ours.wall / took["pandas"].wall, 0.2)


def _validated(reading: Reading) -> pd.DataFrame:
    checked, _ = examine(reading.tables, None, set())
    return together([reading.findings, table_contracts.columns(reading.tables), checked])


def _unpack(packed: Path, folder: Path) -> None:
    with zipfile.ZipFile(packed) as archive:
        archive.extractall(folder)


def _pandas(packed: Path) -> pd.DataFrame:
    with zipfile.ZipFile(packed) as archive:
        tables = {
            member[6:10]: pd.read_csv(archive.open(member), sep="$", dtype=str, quoting=3, keep_default_na=False)
            for member in archive.namelist()
        }
    demo, drugs, reactions = tables["DEMO"], tables["DRUG"], tables["REAC"]
    version = demo["caseversion"].astype(int)
    latest = demo.assign(version=version).sort_values("version").drop_duplicates("caseid", keep="last")
    named = drugs["drugname"].str.contains(WORD) | drugs["prod_ai"].str.contains(WORD)
    events = reactions["pt"].str.lower() == "invented bleeding"
    both = set(drugs["primaryid"][named & (drugs["role_cod"] != "C")]) & set(reactions["primaryid"][events])
    kept = {table_name: table[table["primaryid"].isin(both)] for table_name, table in tables.items()}
    joined = latest[latest["primaryid"].isin(both)].merge(kept["DRUG"], on=["primaryid", "caseid"])
    return joined.merge(kept["REAC"], on=["primaryid", "caseid"])


def _peak(packed: Path) -> float:
    """Peak resident memory in MB of a process that only reads."""
    script = f"from pathlib import Path; from scripts.ingest.faers.from_faers_ascii import read; read(Path({str(packed)!r}), **{PAIR!r})"
    return used("-c", script).peak


if __name__ == "__main__":
    run(*map(int, sys.argv[1:]))
