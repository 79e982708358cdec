"""How short of oxygen a case was: lowest saturation and ventilation, from the tests and measures the profile names."""

import pandas as pd

from schemas.fields import NO_VALUE
from schemas.plain_rows import plain_rows
from schemas.profile import Oxygenation
from scripts.words.quantities import printed_number

UNNAMED = "not_applicable"


def lowest_saturation(tests: pd.DataFrame, cases: pd.Index, named: Oxygenation) -> pd.Series:
    """case -> the lowest saturation of the index course as printed, with its finding in words; else a reason.

    Numbers are compared only where they are printed in one unit; else all are given. A reason for missing stands
    where a saturation is listed without a number, blank where none is; not_applicable where the profile names no test.
    """
    names = {name.casefold() for name in named.saturation_tests}
    own = tests[tests["test"].str.casefold().isin(names)]
    found = {case: _lowest(plain_rows(part)) for case, part in own.groupby("case_id", sort=False)}
    return _filled(found, cases, bool(names))


def _lowest(rows: list[dict]) -> str:
    read = [(printed_number(row["value"].rstrip("% ")).value, row) for row in rows]
    numbers = [(value, row) for value, row in read if value is not None]
    if not numbers:
        return next((row["value"] for row in rows if row["value"] in NO_VALUE and row["value"]), rows[0]["finding"])
    least = min(value for value, _ in numbers)
    one_unit = len({row["unit_as_printed"] for _, row in numbers}) == 1
    chosen = [row for value, row in numbers if value == least or not one_unit]
    return "; ".join(dict.fromkeys(map(_words, chosen)))


def _words(row: dict) -> str:
    unit = "" if row["unit_as_printed"] in NO_VALUE else f" {row['unit_as_printed']}"
    said = "" if row["finding"] in NO_VALUE else f" ({row['finding']})"
    return f"{row['value']}{unit}{said}"


def ventilation(managements: pd.DataFrame, cases: pd.Index, named: Oxygenation) -> pd.Series:
    """case -> the measures named as ventilation, as reported with their detail; a reason for missing alone.

    A measure is recognised by the profile's words within it; `ventilation` with the detail `not_stated` says that
    nothing is stated about ventilation.
    """
    words = [word.casefold() for word in named.ventilation_measures]
    kept = [any(word in measure for word in words) for measure in managements["measure"].str.casefold()]
    own = managements[pd.Series(kept, index=managements.index, dtype=bool)]
    found = {case: _measures(plain_rows(part)) for case, part in own.groupby("case_id", sort=False)}
    return _filled(found, cases, bool(words))


def _measures(rows: list[dict]) -> str:
    reasons = [row["detail"] for row in rows if row["detail"] in NO_VALUE and row["detail"]]
    said = [
        f"{row['measure']} ({row['detail']})" if row["detail"] else row["measure"]
        for row in rows
        if row["detail"] not in NO_VALUE or not row["detail"]
    ]
    return "; ".join(dict.fromkeys(said)) or reasons[0]


def _filled(values: dict[str, str], cases: pd.Index, is_named: bool) -> pd.Series:
    return pd.Series(values, dtype=str).reindex(cases).fillna("" if is_named else UNNAMED)
