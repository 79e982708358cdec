"""Any CSV file as rows for the statistics, every cell checked.

Interval files have the columns `lower, upper` and optionally `n` (cases per row, default 1): half-open
(lower, upper], upper empty or inf for right-censored, lower == upper for exact. Truncation files have `time, span`:
the exact time to the event, and that from the same start until the data lock, in one unit. Rechallenge files have one row
per re-exposure, oldest first: `case_id, strict`, optionally `endpoint` (default event) and `mitigation`.
"""

from pathlib import Path

import numpy as np
import pandas as pd

from schemas.fields import is_number
from scripts.analyse.estimators.rechallenge import PRECEDENCE
from scripts.commands.messages import UserError
from scripts.words import privacy


def read_intervals(path: Path | str) -> pd.DataFrame:
    """`lower, upper, n` as floats, checked; UserError naming line, column, value, reason and cure."""
    table = _read(path, ("lower", "upper"))
    rows = pd.DataFrame(
        {
            "lower": _numbers(path, table, "lower", "write 0 where nothing is known of the start"),
            "upper": _numbers(path, table, "upper", "leave it empty where the end is open", blank=np.inf),
            "n": _numbers(path, table, "n", "write the number of cases", blank=1.0) if "n" in table else 1.0,
        }
    )
    _refuse(path, rows["lower"] > rows["upper"], rows["lower"], "lower", "exceeds upper", "swap the two")
    _refuse(path, np.isinf(rows["lower"]), rows["lower"], "lower", "is infinite", "write a finite start")
    wrong = (rows["n"] < 0) | (rows["n"] % 1 != 0) | np.isinf(rows["n"])
    _refuse(path, wrong, rows["n"], "n", "is no count", "write a whole number")
    if not rows["n"].any():
        raise UserError(f"{path}: no cases; an estimate needs at least one row with n above 0.")
    return rows


def read_spans(path: Path | str) -> pd.DataFrame:
    """`time, span` as floats with 0 <= time <= span; UserError naming line, column, value, reason and cure."""
    table = _read(path, ("time", "span"))
    rows = pd.DataFrame({column: _numbers(path, table, column, "write a number") for column in ("time", "span")})
    for column in rows:
        _refuse(path, np.isinf(rows[column]), rows[column], column, "is infinite", "write how long it was")
    _refuse(path, rows["time"] < 0, rows["time"], "time", "is before the start", "leave the case out")
    _refuse(
        path, rows["time"] > rows["span"], rows["time"], "time", "exceeds span", "give the span until the data lock"
    )
    return rows


def read_rechallenges(path: Path | str) -> pd.DataFrame:
    """`case_id, endpoint, strict, mitigation` as text; UserError for a class outside the code list."""
    table = _read(path, ("case_id", "strict"))
    unknown = ~table["strict"].isin(PRECEDENCE)
    _refuse(path, unknown, table["strict"], "strict", "is no class", f"write one of {', '.join(PRECEDENCE)}")
    _refuse(path, table["case_id"] == "", table["case_id"], "case_id", "is empty", "name the patient")
    given = {column: table.get(column, "") for column in ("endpoint", "mitigation")}
    rows = table[["case_id", "strict"]].assign(**given)
    return rows.assign(endpoint=rows["endpoint"].replace("", "event"))


def _read(path: Path | str, required: tuple[str, ...]) -> pd.DataFrame:
    try:
        table = pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8-sig", skipinitialspace=True)
    except FileNotFoundError:
        raise UserError(f"{path}: no such file. Check the path.") from None
    except (pd.errors.ParserError, pd.errors.EmptyDataError, UnicodeDecodeError) as fault:
        raise UserError(f"{path}: is not a CSV table ({fault}). Save it as UTF-8 CSV with a header row.") from None
    table.columns = table.columns.str.strip()
    missing = [column for column in required if column not in table]
    if missing:
        raise UserError(f"{path}: column '{missing[0]}' is missing. The header row needs {', '.join(required)}.")
    if table.empty:
        raise UserError(f"{path}: has a header but no rows. Add one row per case.")
    return table.apply(lambda column: column.str.strip())


def _numbers(path: Path | str, table: pd.DataFrame, column: str, cure: str, blank: float = np.nan) -> pd.Series:
    numbers = pd.to_numeric(table[column].replace("", str(blank)), errors="coerce").astype(float)
    _refuse(path, numbers.isna(), table[column], column, "is no number", cure)
    return numbers


def _refuse(path: Path | str, bad: pd.Series, values: pd.Series, column: str, reason: str, cure: str) -> None:
    """Stop at the first bad cell; lines are counted as an editor does, the header being line 1."""
    if bad.any():
        row = int(np.argmax(bad))
        cell = str(values.iloc[row])
        shown = f"'{cell}'" if not cell or is_number(cell) else privacy.length(cell)
        place = f"{path}, line {row + 2}, {column}"
        raise UserError(f"{place}: {shown} {reason}; {cure}.", log=f"{place}: {reason}; {cure}.")
