"""What tables, figures, documents and report are made from: derived tables, results and the books of records."""

from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from schemas.profile import Profile
from schemas.reported import TABLES
from schemas.results import TEXT_COLUMNS
from scripts.files.tablefiles import read_reported, read_text

WITHHELD = ("finding", "case_id", "table", "column", "printed")
CONFLICT = ("kept", "left", "table", "key", "column", "kept_value", "left_value")
REPAIR = tuple(TABLES["corrections"].columns)


@dataclass(frozen=True)
class Displays:
    """All inputs of a product. Numbers are floats, everything else is text with blanks for nothing.

    claims       what sources say of the series about rechallenge without giving cases
    series       the reported tables of the series, by name
    withheld     cells kept out of use, as printed: finding, case_id, table, column, printed
    corrections  accepted repairs that were applied: table, key, column, from, to, reason, by, date
    conflicts    what the poorer record of a patient, which is not counted, says differently or alone
    onset, clock the primary onset and what it is counted from, as the config declares
    level        confidence level of all limits
    """

    cases: pd.DataFrame
    times: pd.DataFrame
    rechallenges: pd.DataFrame
    tests: pd.DataFrame
    results: pd.DataFrame
    populations: pd.DataFrame
    curves: pd.DataFrame
    ledger: pd.DataFrame
    findings: pd.DataFrame
    claims: list[str]
    profile: Profile
    data_lock: str
    series: dict[str, pd.DataFrame] = field(default_factory=dict)
    withheld: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=list(WITHHELD), dtype=str))
    corrections: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=list(REPAIR), dtype=str))
    conflicts: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=list(CONFLICT), dtype=str))
    onset: str = "first_symptom"
    clock: str = "first_dose"
    level: float = 0.95


def read(
    derived: Path,
    results: Path,
    series: Path,
    findings: Path,
    profile: Profile,
    data_lock: str,
    onset: str = "first_symptom",
    clock: str = "first_dose",
    level: float = 0.95,
) -> Displays:
    """Read what the rooms before have written."""
    reported = read_reported(series)
    return Displays(
        cases=read_text(derived / "patients.csv"),
        times=_numbers(_of_index(read_text(derived / "times.csv")), ["lower", "upper", "complement_lower"]),
        rechallenges=_numbers(read_text(derived / "rechallenges.csv"), ["dose_fraction"]),
        tests=_numbers(read_text(derived / "test_results.csv"), ["value", "fold"]),
        results=_except(read_text(results / "results.csv"), TEXT_COLUMNS),
        populations=read_text(results / "populations.csv"),
        curves=_numbers(read_text(results / "curves.csv"), ["lower", "upper", "mass", "cumulative"]),
        ledger=_numbers(read_text(series / "ledger.csv"), ["records"]),
        findings=_numbers(read_text(findings), ["row"]),
        claims=_claims(reported["statements"]),
        profile=profile,
        data_lock=data_lock,
        series=reported,
        withheld=_book(series / "withheld.csv", WITHHELD),
        corrections=_book(series / "corrections_applied.csv", REPAIR),
        conflicts=_book(series / "conflicts.csv", CONFLICT),
        onset=onset,
        clock=clock,
        level=level,
    )


def _of_index(times: pd.DataFrame) -> pd.DataFrame:
    """The times of the index episodes, of which every headline speaks."""
    return times[times["of_index"] == "yes"].reset_index(drop=True)


def _book(path: Path, columns: tuple[str, ...]) -> pd.DataFrame:
    """A book of `assemble`; without rows where there is no such file."""
    if not path.exists():
        return pd.DataFrame(columns=list(columns), dtype=str)
    return read_text(path).reindex(columns=list(columns), fill_value="")


def _claims(statements: pd.DataFrame) -> list[str]:
    """What sources say of the series about rechallenge, each with its source; a claim without a number says so."""
    said = statements[statements["variable"] == "rechallenge"]
    lines = []
    for row in said.to_dict("records"):
        number = f"{row['n']} of {row['of']}" if row["n"].isdigit() else "no number given"
        lines.append(f"{row['words']} ({number}; {row['source_id']}, {row['locator']})")
    return lines


def _numbers(table: pd.DataFrame, columns: list[str]) -> pd.DataFrame:
    return table.assign(**{name: pd.to_numeric(table[name]) for name in columns})


def _except(table: pd.DataFrame, texts: tuple[str, ...]) -> pd.DataFrame:
    return _numbers(table, [name for name in table.columns if name not in texts])


def find(results: pd.DataFrame, **wanted: object) -> pd.DataFrame:
    """Rows of results with these values; `at=2` compares numbers."""
    keep = pd.Series(True, index=results.index)
    for name, value in wanted.items():
        keep &= results[name] == value
    return results[keep]


def one(results: pd.DataFrame, **wanted: object) -> pd.Series | None:
    """The single row with these values; None where there is none."""
    rows = find(results, **wanted)
    return rows.iloc[0] if len(rows) else None


def only(results: pd.DataFrame, **wanted: object) -> pd.Series:
    """The single row with these values; LookupError where there is none."""
    rows = find(results, **wanted)
    if not len(rows):
        raise LookupError(f"no result for {wanted}")
    return rows.iloc[0]
