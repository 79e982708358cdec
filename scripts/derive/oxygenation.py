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
    names = {test_name.casefold() for test_name in named.saturation_tests}
    saturation_rows = tests[tests["test"].str.casefold().isin(names)]
    lowest_by_case = {case: _lowest(plain_rows(part)) for case, part in saturation_rows.groupby("case_id", sort=False)}
    return _filled(lowest_by_case, cases, bool(names))


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
    finding_words = "" if row["finding"] in NO_VALUE else f" ({row['finding']})"
    return f"{row['value']}{unit}{finding_words}"


def ventilation(managements: pd.DataFrame, cases: pd.Index, named: Oxygenation) -> pd.Series:
    """case -> the measures named as ventilation, as reported with their detail; a reason for missing alone.

    A measure is recognised by the profile's words within it; `ventilation` with the detail `not_stated` says that
    nothing is stated about ventilation.
    """
    words = [word.casefold() for word in named.ventilation_measures]
    kept = [any(word in measure for word in words) for measure in managements["measure"].str.casefold()]
    ventilation_rows = managements[pd.Series(kept, index=managements.index, dtype=bool)]
    measures_by_case = {
        case: _measures(plain_rows(part)) for case, part in ventilation_rows.groupby("case_id", sort=False)
    }
    return _filled(measures_by_case, cases, bool(words))


def _measures(rows: list[dict]) -> str:
    reasons = [row["detail"] for row in rows if row["detail"] in NO_VALUE and row["detail"]]
    told_measures = [
        f"{row['measure']} ({row['detail']})" if row["detail"] else row["measure"]
        for row in rows
        if row["detail"] not in NO_VALUE or not row["detail"]
    ]
    return "; ".join(dict.fromkeys(told_measures)) or reasons[0]


def _filled(values: dict[str, str], cases: pd.Index, is_named: bool) -> pd.Series:
    return pd.Series(values, dtype=str).reindex(cases).fillna("" if is_named else UNNAMED)
