"""The few kinds of cell a reported table is made of, as pandera columns.

Reported cells are text as typed: nothing is coerced, so that a bad cell keeps its own words. Every kind but
`key` also accepts a blank (no information) or a reason for missing from the code list `missing`.
A kind's check looks at distinct values only, so its cost follows the variety of a column, not its length.
"""

import re
from collections.abc import Callable
from datetime import date

import numpy as np
import pandas as pd
import pandera.pandas as pa

from schemas.codes import MISSING, codes
from schemas.plain_text import Text

NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?", re.ASCII)
WHOLE = re.compile(r"\d{1,15}", re.ASCII)
ID = re.compile(r"(?=.*\d)[A-Za-z0-9][A-Za-z0-9._:/#-]{0,39}", re.ASCII)
PART_DATE = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?[~?]?", re.ASCII)
AT_AN_EDGE = re.compile(r"^\s|\s$", re.MULTILINE)
NO_VALUE = frozenset({"", *MISSING})
OUT_OF_USE = "no_information"
"""What stands in a cell that a check keeps out of use; the book `withheld` has it as printed."""


def is_number(text: str) -> bool:
    """A finite decimal number with a point, as in 12, 0.5 or 1e-3; no thousands separator."""
    return bool(NUMBER.fullmatch(text)) and abs(float(text)) < 1e300


def is_id(text: str) -> bool:
    """A number of a case, a source, a course or a row: one word with a digit in it, so that no name of a person is one."""
    return bool(ID.fullmatch(text))


def is_date(text: str) -> bool:
    """An EDTF date: YYYY, YYYY-MM, YYYY-MM-DD, one closing ~ or ?, an interval a/b, or an open end `..`."""
    start, slash, end = text.partition("/")
    if slash:
        sides = [side for side in (start, end) if side not in ("", "..")]
        return bool(sides) and all(map(_is_part_date, sides))
    return _is_part_date(text)


def _is_part_date(text: str) -> bool:
    match = PART_DATE.fullmatch(text)
    if not match:
        return False
    try:
        date(int(match[1]), int(match[2] or 1), int(match[3] or 1))
    except ValueError:
        return False
    return True


def filled(column: pd.Series) -> pd.Series:
    """The cells that are not blank; numpy compares texts in a fifth of the time that pandas takes."""
    return pd.Series(column.to_numpy(object) != "", index=column.index)


def any_filled(column: pd.Series) -> bool:
    """Whether any cell is not blank; of most columns of a series none is."""
    return bool((column.to_numpy(object) != "").any())


def stated(column: pd.Series) -> pd.Series:
    """The cells that hold a value: not blank, and no reason for missing. Blank columns, of which there are many, cost little."""
    known = filled(column)
    return known & ~column.isin(MISSING) if known.any() else known


def bounded(rows: pd.DataFrame, prefix: str) -> pd.Series:
    """The rows whose time `prefix` has a bound."""
    return stated(rows[f"{prefix}_lower"]) | stated(rows[f"{prefix}_upper"])


def timed(rows: pd.DataFrame, prefix: str) -> pd.Series:
    """The rows whose time `prefix` is told at all: by a date or a bound."""
    return stated(rows[f"{prefix}_date"]) | bounded(rows, prefix)


def distinct(valid: Callable[[str], bool]) -> Callable[[pd.Series], pd.Series]:
    """Turn a rule about one text into a check of a column that asks once per distinct value."""

    def check(column: pd.Series) -> pd.Series:
        bad = [value for value in column.unique() if value not in NO_VALUE and not valid(value)]
        return ~column.isin(bad)

    return check


def _column(column_name: str, kind: str, title: str, description: str, checks: list, **metadata: str) -> pa.Column:
    known = {key: value for key, value in metadata.items() if value}
    return pa.Column(
        Text, checks, name=column_name, title=title, description=description, metadata={"kind": kind, **known}
    )


def _padded(texts: list[str]) -> np.ndarray:
    """Which texts have blanks around them; that none has is seen at one glance."""
    if not AT_AN_EDGE.search("\n".join(texts)):
        return np.zeros(len(texts), bool)
    return np.array([text != text.strip() for text in texts], bool)


def key(column_name: str, title: str, description: str, **metadata: str) -> pa.Column:
    """An identifier that must be filled in."""
    filled = pa.Check(
        lambda column: ~column.isin(NO_VALUE) & ~_padded(column.tolist()),
        name="required",
        error=f"{title} must be filled in, without blanks around it",
    )
    return _column(column_name, "key", title, description, [filled], **metadata)


def text(column_name: str, title: str, description: str, **metadata: str) -> pa.Column:
    """Free text."""
    return _column(column_name, "text", title, description, [], **metadata)


def coded_beside(column_name: str, title: str, element: str, *, several: bool = False) -> list[pa.Column]:
    """Code and dictionary version sent beside the words of a column; of several words in their order."""
    order = " In the order of the words, separated by semicolons." if several else ""
    return [
        text(
            f"{column_name}_code",
            f"{title}: code",
            f"As sent, never looked up.{order}",
            e2b=f"{element}b",
            of_messages="yes",
        ),
        text(
            f"{column_name}_version",
            f"{title}: dictionary version",
            order.strip(),
            e2b=f"{element}a",
            of_messages="yes",
        ),
    ]


def coded(column_name: str, codelist: str, title: str, description: str, **metadata: str) -> pa.Column:
    """One code of a code list."""
    allowed = frozenset(codes(codelist))
    listed = pa.Check(distinct(allowed.__contains__), name="code", error=f"not a code of the list '{codelist}'")
    return _column(column_name, "code", title, description, [listed], codelist=codelist, **metadata)


def required_code(column_name: str, codelist: str, title: str, description: str) -> pa.Column:
    """One code of a code list that must be filled in."""
    allowed = frozenset(codes(codelist))
    listed = pa.Check(
        lambda cells: cells.isin(allowed),
        name="required_code",
        error=f"must be a code of the list '{codelist}'",
    )
    return _column(column_name, "code", title, description, [listed], codelist=codelist, required="yes")


def number(column_name: str, title: str, description: str, *, unit: str = "", **metadata: str) -> pa.Column:
    """A decimal number with a point."""
    numeric = pa.Check(distinct(is_number), name="number", error="not a number with a decimal point")
    return _column(column_name, "number", title, description, [numeric], unit=unit, **metadata)


def whole(column_name: str, title: str, description: str, **metadata: str) -> pa.Column:
    """A whole number, zero or more."""
    counting = pa.Check(
        distinct(lambda value: bool(WHOLE.fullmatch(value))), name="whole_number", error="not a whole number"
    )
    return _column(column_name, "whole", title, description, [counting], **metadata)


def day(column_name: str, title: str, description: str, **metadata: str) -> pa.Column:
    """A calendar date in ISO 8601 / EDTF text; part dates stay part dates."""
    dated = pa.Check(
        distinct(is_date),
        name="date",
        error="not a date such as 2022-07-04, 2022-07, 2022 or 2022-07/2022-09",
    )
    return _column(column_name, "date", title, description, [dated], **metadata)


def time(prefix: str, title: str, **metadata: str) -> list[pa.Column]:
    """A time: either a calendar date, or lower and upper bound with scale and origin (definitions: days-and-intervals)."""
    return [
        day(f"{prefix}_date", f"{title}: date", "Calendar date; leave the bounds empty.", **metadata),
        number(f"{prefix}_lower", f"{title}: from", "Lower bound. Study days: included. Elapsed: not included."),
        number(f"{prefix}_upper", f"{title}: to", "Upper bound, included. Equal to the lower bound: exact."),
        coded(
            f"{prefix}_scale",
            "scale",
            f"{title}: scale",
            "study_day (first dose day = 1) or an elapsed unit.",
        ),
        origin(f"{prefix}_origin", f"{title}: counted from", "Where the count starts. There is no default."),
    ]


def origin(column_name: str, title: str, description: str) -> pa.Column:
    """A code of the list `origin`, or `onset:<reaction>` naming a reaction of the same case."""
    allowed = frozenset(codes("origin"))
    named = pa.Check(
        distinct(lambda value: value in allowed or bool(re.fullmatch(r"onset:\S.*", value))),
        name="origin",
        error="not a code of the list 'origin', nor onset:<reaction>",
    )
    return _column(column_name, "origin", title, description, [named], codelist="origin")
