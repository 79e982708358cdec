"""What the rows of a case, or of an exposure, say in words: each thing once, a reason for missing only where nothing else stands."""

from collections.abc import Callable

import pandas as pd

from schemas.fields import NO_VALUE
from schemas.plain_rows import plain_rows
from schemas.rows_by_case import Row
from scripts.words import dosing


def distinct(rows: pd.DataFrame, words: Callable[[Row], str]) -> dict[str, str]:
    """case -> the distinct words of its rows, separated by semicolons, in the order of the rows."""
    return {case: text for (case, _), text in _distinct(rows.assign(part=""), words).items()}


def doses_told(exposures: pd.DataFrame, doses: pd.DataFrame) -> list[str]:
    """Amount and unit per administration of each exposure, of the doses given. doses: placed."""
    given = doses[(doses["given"] != "no") & (doses["exposure"] != "")]
    told = _distinct(given.assign(part=given["exposure"]), amount)
    return [told.get(key, "") for key in zip(exposures["case_id"], exposures["exposure"], strict=True)]


def amount(row: Row) -> str:
    return dosing.amount(row) or row["amount"]


def _distinct(rows: pd.DataFrame, words: Callable[[Row], str]) -> dict[tuple[str, str], str]:
    texts_by_part: dict[tuple[str, str], dict[str, None]] = {}
    for row in plain_rows(rows):
        texts_by_part.setdefault((row["case_id"], row["part"]), {})[words(row)] = None
    return {key: _values_or_reason(list(texts)) for key, texts in texts_by_part.items()}


def _values_or_reason(texts: list[str]) -> str:
    values = [text for text in texts if text not in NO_VALUE]
    return "; ".join(values) if values else next((text for text in texts if text), "")
