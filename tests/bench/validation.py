"""Validating a native series of 100,000 cases against reading the same CSV files with pandas, `read_csv(file)` as it comes.

Three series of about a million rows: sound, one with 100,000 broken cells, and one with 100,000 clinical findings.
"""

import tempfile
from pathlib import Path

import numpy as np
import pandas as pd

from schemas.reported import TABLES
from tests.bench.goals import MOST_MEMORY, goal
from tests.bench.own_process import used
from tests.conftest import REPOSITORY

CASES, GOAL, ROUNDS = 100_000, 5.0, 3
PROFILE = REPOSITORY / "tests/studies/invented/profile.yaml"
WHERE = {"source_id": "S1", "locator": "p. 1", "status": "stated"}
COUNTRIES = ["DE", "FR", "GB", "IT", "JP", "NL", "NO", "US"]


def run() -> None:
    """Print, per series, the ratio of the room's whole command to pandas' reading, and the peak of memory."""
    for kind, spoil in (("sound", None), ("100,000 broken cells", _break), ("100,000 clinical findings", _contradict)):
        with tempfile.TemporaryDirectory() as folder:
            raw = Path(folder) / "raw"
            write(series(CASES), raw, spoil)
            floor, whole, findings_count, peak = _measured(raw, Path(folder) / "findings.csv")
            print(
                f"{kind}: pandas {floor:.2f} s, validate {whole:.2f} s, ratio {whole / floor:.2f}, "
                f"{findings_count} findings, {peak:.2f} GiB"
            )
            goal(f"{CASES} cases, {kind}: validating over pandas' reading", whole / floor, GOAL)
            goal(f"{CASES} cases, {kind}: memory", 1024 * peak, MOST_MEMORY, "MB")


def series(cases: int) -> dict[str, pd.DataFrame]:
    """A plausible series: about ten rows per case, most columns blank, as real series are."""
    rng = np.random.default_rng(20251231)
    ids = pd.Series([f"C{number:06d}" for number in range(cases)])
    start = pd.Series(pd.to_datetime("2015-01-01") + pd.to_timedelta(rng.integers(0, 3650, cases), "D"))
    age = pd.Series(rng.integers(18, 90, cases)).astype(str)
    case_rows = _rows(ids, 1)
    cases_table = case_rows.assign(
        identity="identified",
        country=rng.choice(COUNTRIES, cases),
        sex=rng.choice(["F", "M"], cases),
        age_lower=age,
        age_upper=age,
    )
    dated = start.dt.strftime("%Y-%m-%d")
    courses = case_rows.assign(
        course="1",
        drug="examplumab",
        substance="examplumab",
        role="suspect",
        indication="example",
        start_date=dated,
        planned_doses="3",
        given_lower="3",
        given_upper="3",
    )
    doses = _rows(ids, 3).assign(
        course="1", amount="10", unit="mg", given="yes", time_scale="study_day", time_origin="first_dose"
    )
    order = pd.Series(np.tile(["1", "2", "3"], cases))
    doses = doses.assign(dose=order, time_lower=order, time_upper=order)
    reactions = _rows(ids, 3)
    onset = pd.Series(rng.integers(1, 40, 3 * cases)).astype(str)
    reactions = reactions.assign(
        reaction=np.tile(["event", "sign", "other"], cases),
        course="1",
        term=np.tile(["blue rash", "itching", "headache"], cases),
        role=np.tile(["event", "symptom", "other"], cases),
        occurred="yes",
        attribution="certain",
        onset_lower=onset,
        onset_upper=onset,
        onset_scale="study_day",
        onset_origin="first_dose",
        outcome=rng.choice(["recovering", "not_recovered", "unknown"], 3 * cases),
        end_date="not_stated",
    )
    history = _rows(ids, 1).assign(
        item="h", kind="condition", term=rng.choice([f"condition {k}" for k in range(200)], cases)
    )
    tests = _rows(ids, 1).assign(
        result="t",
        test="tryptase",
        course="1",
        value=rng.integers(1, 50, cases).astype(str),
        unit_as_printed="ug/L",
        reference_as_printed="0-11.4",
    )
    reports = case_rows.assign(
        version="1",
        report_type="spontaneous",
        received="2025",
        reporter_qualification="physician",
        worldwide_case_id=ids,
    )
    sources = pd.DataFrame({"source_id": ["S1"], "kind": ["database_listing"], "published": ["2025"]})
    tables = {"sources": sources, "reports": reports, "cases": cases_table, "history": history, "courses": courses,
              "doses": doses, "reactions": reactions, "tests": tests}  # fmt: skip
    return {key: table.reindex(columns=list(TABLES[key].columns), fill_value="") for key, table in tables.items()}


def _rows(ids: pd.Series, each: int) -> pd.DataFrame:
    return pd.DataFrame({"case_id": np.repeat(ids.to_numpy(), each)}).assign(**WHERE)


def _break(tables: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """A wrong code in every case: 100,000 different words where a sex is expected."""
    cases = tables["cases"]
    return tables | {"cases": cases.assign(sex="woman " + cases["case_id"])}


def _contradict(tables: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """Every event a day before the first dose."""
    reactions = tables["reactions"]
    event = reactions["role"] == "event"
    early = {column: reactions[column].mask(event, "-1") for column in ("onset_lower", "onset_upper")}
    return tables | {"reactions": reactions.assign(**early)}


def write(tables: dict[str, pd.DataFrame], folder: Path, spoil=None) -> None:
    """The series as CSV files, spoilt if asked."""
    folder.mkdir(parents=True)
    for table_name, table in (spoil(tables) if spoil else tables).items():
        table.to_csv(folder / f"{table_name}.csv", index=False)


PLAIN = """
import sys, warnings, pandas
from pathlib import Path
warnings.simplefilter("ignore")
tables = [pandas.read_csv(file) for file in sorted(Path(folder).glob("*.csv"))] if (folder := sys.argv[1]) else []
"""


def _measured(folder: Path, out: Path) -> tuple[float, float, int, float]:
    """Processor seconds of pandas' reading and of the room's command, less the imports of both; findings; GiB at its peak.

    The four commands take turns, and of each the least of ROUNDS counts: what else the machine does falls on all alike.
    """
    room = ["-m", "scripts.validate"]
    commands = (["-c", PLAIN, str(folder)], ["-c", PLAIN, ""],
                [*room, str(folder), "--profile", str(PROFILE), "--out", str(out)], [*room, "--help"])  # fmt: skip
    rounds = [[used(*given) for given in commands] for _ in range(ROUNDS)]
    plain, start, whole, room_start = (min(took.processor for took in column) for column in zip(*rounds, strict=True))
    peak = max(turn[2].peak for turn in rounds) / 1024
    return plain - start, whole - room_start, len(pd.read_csv(out)), peak
